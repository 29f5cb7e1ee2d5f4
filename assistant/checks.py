"""The deterministic checks of an answer's sentence against the clauses it cites.

They need no model: figures and names must occur, and enough of the rest must be said. What fails is
for the caller to drop or to mark; nothing here changes a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check_figures import check_figures, misplaced_figures
from assistant.check_names import about_persons, check_names
from assistant.check_support import support

__all__ = [
    "SUPPORT_THRESHOLD",
    "Verdict",
    "check_figures",
    "check_names",
    "is_supported",
    "misplaced_figures",
    "support",
]

# Chosen on the 245 labelled pairs of eval/support_pairs.jsonl (python -m eval.support): κ = .918 at
# .60, between .88 and .92 from .40 to .75. The rules were tuned on the same pairs: two batches of
# them, when still unseen, gave κ = .67 and .62 at the threshold then in use.
SUPPORT_THRESHOLD = 0.6


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may stand, and what speaks against it."""

    supported: bool
    score: float  # lexical support in [0, 1]
    figures: tuple[str, ...]  # absent from the evidence, or said there of something else
    names: tuple[str, ...]  # absent from the evidence


def is_supported(
    sentence: str, evidence: Sequence[str], threshold: float = SUPPORT_THRESHOLD
) -> Verdict:
    """Judge ``sentence`` by ``evidence``: the texts of the clauses it cites, with their titles.

    A clause's title, heading path and table columns may be given as further texts; a name that
    stands only there counts as present.
    """
    evidence = about_persons(sentence, evidence)
    figures = (*check_figures(sentence, evidence), *misplaced_figures(sentence, evidence))
    names = tuple(check_names(sentence, evidence))
    score = support(sentence, evidence)
    return Verdict(not figures and not names and score >= threshold, score, figures, names)
