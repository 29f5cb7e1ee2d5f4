"""Two runs of the same questions: paired differences, and whether anything is shown.

Only the declared primaries are tested, Holm-adjusted together; every other row has an interval of
its difference. "No difference shown" is a sentence of its own and never means "equal".
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.measures import MEASURES
from eval.outputs import read_rows
from eval.questions import Question, digest_questions, read_questions
from eval.score import cluster_of, declining_components
from eval.statistics import (
    Array,
    Interval,
    Statistic,
    cluster_bootstrap,
    f1_of,
    holm,
    mcnemar,
    mean_components,
    mean_of,
    paired_bootstrap,
    sign_flip,
)

ALPHA = 0.05
MARGIN = 0.03  # a primary may not fall further than this, shown or not
FLIP_MEASURES = ("all_evidence@5", "correct")

BETTER = "变好 (better)"
WORSE = "变差 (worse)"
NO_DIFFERENCE = "未见差异 (no difference shown)"
UNDEFINED = "无法比较 (undefined)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in two runs, over the questions where both define it."""

    name: str
    label: str
    n: int
    base: float
    new: float
    delta: Interval
    p: float  # Holm-adjusted; nan where not tested
    wins: int
    ties: int
    losses: int
    lower_is_better: bool
    primary: bool

    @property
    def verdict(self) -> str:
        """Say in words what is shown."""
        if math.isnan(self.delta.value) or math.isnan(self.delta.low):
            return UNDEFINED
        excludes_zero = self.delta.low > 0 or self.delta.high < 0
        if not excludes_zero or (self.primary and not self.p < ALPHA):
            return NO_DIFFERENCE
        return BETTER if (self.delta.value > 0) != self.lower_is_better else WORSE

    @property
    def regressed(self) -> bool:
        """Whether the gate fails here: a primary proved worse, or worse by more than MARGIN."""
        worst, value = self.delta.high, self.delta.value
        if self.lower_is_better:
            worst, value = -self.delta.low, -value
        return self.primary and (worst < 0 or value < -MARGIN)


@dataclass(frozen=True, slots=True)
class Flip:
    """A question whose binary result differs between the runs."""

    id: str
    question: str
    measure: str
    improved: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, primaries first, and the questions behind them."""

    differences: tuple[Difference, ...]
    flips: tuple[Flip, ...]

    @property
    def regressed(self) -> bool:
        """Whether the gate fails."""
        return any(difference.regressed for difference in self.differences)


@dataclass(frozen=True, slots=True)
class _Paired:
    """One measure's components in both runs, row by row the same question."""

    name: str
    label: str
    base: Array
    new: Array
    clusters: tuple[str, ...]
    statistic: Statistic
    binary: bool
    lower_is_better: bool
    primary: bool


def _pair_questions(base: Path, new: Path) -> list[Question]:
    """Return the common questions; raises ``ValueError`` unless gold and facts are the same.

    The wording may differ: a perturbed run is compared with the clean one. Results kept without
    their questions (the reference) name them by version.
    """
    if not (base / "questions.jsonl").is_file():
        _check_versions(base, new)
        return read_questions(new / "questions.jsonl")
    sets = [read_questions(folder / "questions.jsonl") for folder in (base, new)]
    bare = [
        [q.model_copy(update={"question": "", "perturbation": ""}) for q in questions]
        for questions in sets
    ]
    if digest_questions(bare[0]) != digest_questions(bare[1]):
        raise ValueError(f"{base} 与 {new} 不是同一套问题，不能成对比较；用同一问题集重跑其一")
    return sets[0]


def _check_versions(base: Path, new: Path) -> None:
    versions = [
        json.loads((folder / "config.json").read_text(encoding="utf-8"))["version"]
        for folder in (base, new)
    ]
    if versions[0] != versions[1]:
        raise ValueError(f"{base} 用的是问题集 {versions[0]}，{new} 是 {versions[1]}，不能比较")


def _paired_measures(base: Path, new: Path, questions: Sequence[Question]) -> list[_Paired]:
    scores = [{row["id"]: row for row in read_rows(f / "scores.jsonl")} for f in (base, new)]
    paired: list[_Paired] = []
    for measure in MEASURES:
        values = [
            [_number(table[question.id].get(measure.name)) for question in questions]
            for table in scores
        ]
        kept = [
            i for i, pair in enumerate(zip(*values, strict=True)) if not any(map(math.isnan, pair))
        ]
        paired.append(
            _Paired(
                measure.name,
                measure.label,
                mean_components([values[0][i] for i in kept]),
                mean_components([values[1][i] for i in kept]),
                tuple(cluster_of(questions[i]) for i in kept),
                mean_of,
                measure.binary,
                measure.lower_is_better,
                measure.primary,
            )
        )
    return [*paired, _pair_declining(base, new, questions)]


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _pair_declining(base: Path, new: Path, questions: Sequence[Question]) -> _Paired:
    components: list[Array] = []
    for folder in (base, new):
        rows = {row["id"]: row for row in read_rows(folder / "scores.jsonl")}
        declined = [bool(rows[q.id]["declined"]) for q in questions]
        components.append(declining_components(questions, declined))
    clusters = tuple(cluster_of(question) for question in questions)
    return _Paired(
        "abstention_F1",
        "回绝 F1",
        components[0],
        components[1],
        clusters,
        f1_of,
        False,
        False,
        True,
    )


def _difference(pair: _Paired, p: float) -> Difference:
    higher = lower = 0
    if pair.statistic is mean_of:
        change = pair.new[:, 0] - pair.base[:, 0]
        higher, lower = int((change > 0).sum()), int((change < 0).sum())
    else:  # a decline that became right: one more true, or one less false or missed
        change = (pair.new - pair.base) @ [1.0, -1.0, -1.0]
        higher, lower = int((change > 0).sum()), int((change < 0).sum())
    wins, losses = (lower, higher) if pair.lower_is_better else (higher, lower)
    return Difference(
        name=pair.name,
        label=pair.label,
        n=len(pair.base),
        base=_value(pair.base, pair),
        new=_value(pair.new, pair),
        delta=paired_bootstrap(pair.base, pair.new, pair.clusters, pair.statistic),
        p=p,
        wins=wins,
        ties=len(pair.base) - wins - losses,
        losses=losses,
        lower_is_better=pair.lower_is_better,
        primary=pair.primary,
    )


def _value(components: Array, pair: _Paired) -> float:
    return cluster_bootstrap(components, pair.clusters, pair.statistic).value


def _p_value(pair: _Paired) -> float:
    if pair.binary and len(pair.base):
        change = pair.new[:, 0] - pair.base[:, 0]
        return mcnemar(int((change > 0).sum()), int((change < 0).sum()))
    return sign_flip(pair.base, pair.new, pair.statistic)


def compare_runs(base: Path, new: Path) -> Comparison:
    """Compare two scored run folders, question by question."""
    questions = _pair_questions(base, new)
    paired = _paired_measures(base, new, questions)
    primaries = [pair for pair in paired if pair.primary]
    adjusted = dict(
        zip((p.name for p in primaries), holm([_p_value(p) for p in primaries]), strict=True)
    )
    ordered = [*primaries, *(pair for pair in paired if not pair.primary)]
    differences = tuple(_difference(pair, adjusted.get(pair.name, math.nan)) for pair in ordered)
    return Comparison(differences, tuple(_find_flips(base, new, questions)))


def _find_flips(base: Path, new: Path, questions: Sequence[Question]) -> list[Flip]:
    before, after = (
        {row["id"]: row for row in read_rows(folder / "scores.jsonl")} for folder in (base, new)
    )
    return [
        Flip(question.id, question.question, name, bool(after[question.id][name]))
        for name in FLIP_MEASURES
        for question in questions
        if before[question.id][name] is not None
        and after[question.id][name] is not None
        and before[question.id][name] != after[question.id][name]
    ]
