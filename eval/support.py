"""How well the support check agrees with hand-made labels: ``python -m eval.support``.

eval/support_pairs.jsonl holds sentences as an answer could say them, each with one clause and a
label: does the clause, alone, say this? The threshold of assistant.checks is the one that agrees
best; κ says how far the agreement goes beyond chance.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checks import SUPPORT_THRESHOLD, Verdict, is_supported

PAIRS = Path(__file__).with_name("support_pairs.jsonl")
_CURVE = [step / 20 for step in range(4, 20)]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, the clause it cites and whether a reader finds it there."""

    sentence: str
    clause: str
    supported: bool
    note: str  # kind of paraphrase or of error


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of verdict against label, supported being the positive class."""

    threshold: float
    both: int
    only_check: int  # let through although unsupported
    only_label: int  # flagged although supported
    neither: int

    @property
    def total(self) -> int:
        """The number of pairs."""
        return self.both + self.only_check + self.only_label + self.neither

    @property
    def accuracy(self) -> float:
        """The share of pairs where check and label agree."""
        return (self.both + self.neither) / self.total

    @property
    def kappa(self) -> float:
        """Cohen's κ: agreement beyond what the two margins give by chance."""
        said = (self.both + self.only_check) / self.total
        labelled = (self.both + self.only_label) / self.total
        chance = said * labelled + (1 - said) * (1 - labelled)
        return (self.accuracy - chance) / (1 - chance) if chance < 1 else 1.0


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the labelled pairs; a row with other fields raises TypeError naming them."""
    with path.open(encoding="utf-8") as rows:
        return [Pair(**json.loads(row)) for row in rows if row.strip()]


def agreement(pairs: Sequence[Pair], verdicts: Sequence[Verdict], threshold: float) -> Agreement:
    """Count where figures and names are clean and the score reaches ``threshold``."""
    said = [
        not verdict.figures and not verdict.names and verdict.score >= threshold
        for verdict in verdicts
    ]
    counts = [(check, pair.supported) for check, pair in zip(said, pairs, strict=True)]
    return Agreement(
        threshold,
        both=counts.count((True, True)),
        only_check=counts.count((True, False)),
        only_label=counts.count((False, True)),
        neither=counts.count((False, False)),
    )


def main() -> None:
    """Print agreement and κ at the threshold in use, the curve, and every disagreement."""
    pairs = read_pairs()
    verdicts = [is_supported(pair.sentence, [pair.clause]) for pair in pairs]
    lines = ["threshold  accuracy      κ  let through  flagged wrongly"]
    for threshold in sorted({*_CURVE, SUPPORT_THRESHOLD}):
        row = agreement(pairs, verdicts, threshold)
        mark = "  <- in use" if threshold == SUPPORT_THRESHOLD else ""
        lines.append(
            f"{threshold:9.2f}  {row.accuracy:8.3f}  {row.kappa:5.3f}"
            f"  {row.only_check:11}  {row.only_label:15}{mark}"
        )
    in_use = agreement(pairs, verdicts, SUPPORT_THRESHOLD)
    labelled = sum(pair.supported for pair in pairs)
    lines.append(f"{in_use.total} pairs, {labelled} supported; κ = {in_use.kappa:.3f}")
    for pair, verdict in zip(pairs, verdicts, strict=True):
        if verdict.supported != pair.supported:
            kind = "flagged wrongly" if pair.supported else "let through"
            flags = " ".join((*verdict.figures, *verdict.names))
            lines.append(f"{kind} {verdict.score:.2f} {pair.note}: {pair.sentence} {flags}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
