"""From stored answers to ``summary.json`` and ``scores.jsonl``; no system is needed."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.cases import Case, build_case
from eval.corpus import Corpus
from eval.decomposition import LABELS, explain
from eval.measures import MEASURES, Measure, confidence_of, evidence_curve
from eval.metrics import NAN, all_evidence, normalised_auc, risk_coverage
from eval.outputs import dump_rows, parse_output, read_rows
from eval.questions import SLICES, Question, read_questions, slice_value
from eval.statistics import Array, Interval, cluster_bootstrap, f1_of, mean_components, wilson

DIGITS = 6  # beyond this, sums differ between machines
SLICE_MEASURES = (
    "all_evidence@5", "RR@10", "correct", "all_facts", "false_refusal", "wrong_answer"
)  # fmt: skip
MIN_SLICE = 5  # below this an interval spans half the scale and says nothing


@dataclass(frozen=True, slots=True)
class Scored:
    """All cases of a run with every measure's value, parallel to the cases."""

    cases: tuple[Case, ...]
    values: Mapping[str, tuple[float, ...]]
    labels: tuple[str, ...]


def cluster_of(question: Question) -> str:
    """Return what a question is resampled with: its document, itself where it has none."""
    return question.documents[0] if question.documents else question.id


def score_cases(cases: Sequence[Case]) -> Scored:
    """Evaluate every measure on every case."""
    values = {m.name: tuple(m.value(case) for case in cases) for m in MEASURES}
    return Scored(tuple(cases), values, tuple(explain(case) for case in cases))


def declining_components(questions: Sequence[Question], declined: Sequence[bool]) -> Array:
    """Return (true, false, missed) declines, one row a question, for ``f1_of``."""
    rows = [
        (
            float(refused and not question.answerable),
            float(refused and question.answerable),
            float(not refused and not question.answerable),
        )
        for question, refused in zip(questions, declined, strict=True)
    ]
    return np.asarray(rows, dtype=np.float64).reshape(-1, 3)


def _in_population(measure: Measure, question: Question) -> bool:
    return measure.population == "all" or (measure.population == "answerable") == (
        question.answerable
    )


def _summarise(measure: Measure, values: Sequence[float], cases: Sequence[Case]) -> dict[str, Any]:
    """Return value, interval, n and the number of undefined values within the population."""
    asked = [i for i, case in enumerate(cases) if _in_population(measure, case.question)]
    defined = [i for i in asked if not math.isnan(values[i])]
    kept = [values[i] for i in defined]
    clusters = [cluster_of(cases[i].question) for i in defined]
    if measure.binary:
        interval = wilson(sum(kept), len(kept))
    else:
        interval = cluster_bootstrap(mean_components(kept), clusters)
    counts = {"n": len(defined), "undefined": len(asked) - len(defined)}
    return _rounded(interval) | counts | {"clusters": len(set(clusters))}


def _rounded(interval: Interval) -> dict[str, float | None]:
    """JSON has no nan: undefined is null."""
    return {name: round_or_none(value) for name, value in asdict(interval).items()}


def round_or_none(value: float) -> float | None:
    """Return the value as it is stored: rounded, null where undefined."""
    return None if math.isnan(value) else round(value, DIGITS)


def _summarise_declining(cases: Sequence[Case]) -> dict[str, Any]:
    questions = [case.question for case in cases]
    components = declining_components(questions, [case.output.declined for case in cases])
    true, false, missed = components.sum(axis=0)
    clusters = [cluster_of(question) for question in questions]
    f1 = cluster_bootstrap(components, clusters, f1_of)
    size = {"n": len(cases), "undefined": 0, "clusters": len(set(clusters))}
    return {
        "abstention_P": _rounded(wilson(true, int(true + false))) | size | {"n": int(true + false)},
        "abstention_R": _rounded(wilson(true, int(true + missed)))
        | size
        | {"n": int(true + missed)},
        "abstention_F1": _rounded(f1) | size,
    }


def _confidence_quality(cases: Sequence[Case]) -> tuple[list[float], list[float]]:
    """Confidence, and whether an answer could have been right: all evidence in the top five.

    An unanswerable question has no evidence, so quality 0. Independent of any threshold.
    """
    pairs = [
        (confidence_of(c), all_evidence(c.coverage, len(c.question.gold), 5) if c.relevant else 0.0)
        for c in cases
    ]
    kept = [(confidence, quality) for confidence, quality in pairs if not math.isnan(confidence)]
    return [confidence for confidence, _ in kept], [quality for _, quality in kept]


def _summarise_confidence(scored: Scored) -> dict[str, Any]:
    confidence, quality = _confidence_quality(scored.cases)
    answered = [
        (confidence_of(case), correct)
        for case, correct in zip(scored.cases, scored.values["correct"], strict=True)
        if case.output.answered and not math.isnan(confidence_of(case))
    ]
    coverage, risk = risk_coverage([c for c, _ in answered], [q for _, q in answered])
    return {
        "nAUC": {"value": round_or_none(normalised_auc(confidence, quality)), "n": len(quality)},
        "risk_coverage": [
            [round(c, DIGITS), round(r, DIGITS)] for c, r in zip(coverage, risk, strict=True)
        ],
    }


def _summarise_slices(scored: Scored) -> dict[str, Any]:
    slices: dict[str, Any] = {}
    for tag in SLICES:
        groups: dict[str, list[int]] = {}
        for index, case in enumerate(scored.cases):
            groups.setdefault(slice_value(case.question, tag), []).append(index)
        for value, indices in sorted(groups.items()):
            if value and MIN_SLICE <= len(indices) < len(scored.cases):
                slices[f"{tag}={value}"] = _summarise_slice(scored, indices)
    return slices


def _summarise_slice(scored: Scored, indices: Sequence[int]) -> dict[str, Any]:
    cases = [scored.cases[i] for i in indices]
    rows = {
        measure.name: _summarise(measure, [scored.values[measure.name][i] for i in indices], cases)
        for measure in MEASURES
        if measure.name in SLICE_MEASURES
    }
    return {"n": len(cases)} | {name: row for name, row in rows.items() if row["n"]}


def _mean_curve(cases: Sequence[Case]) -> list[float | None]:
    curves = [evidence_curve(case) for case in cases if case.question.answerable and case.retrieves]
    means = np.mean(curves, axis=0) if curves else np.full(10, NAN)
    return [round_or_none(float(value)) for value in means]


def summarise(scored: Scored) -> dict[str, Any]:
    """Return the summary of a run; the same cases always give the same summary."""
    answerable = [case.question.answerable for case in scored.cases]
    declined = [case.output.declined for case in scored.cases]
    confusion = Counter(zip(answerable, declined, strict=True))
    labels = Counter(label for label in scored.labels if label)
    return {
        "questions": {"n": len(answerable), "answerable": sum(answerable)},
        "failed": sum(bool(case.output.error) for case in scored.cases),
        "metrics": {m.name: _summarise(m, scored.values[m.name], scored.cases) for m in MEASURES}
        | _summarise_declining(scored.cases),
        "evidence_curve": _mean_curve(scored.cases),
        "confusion": {
            "answerable_answered": confusion[True, False],
            "answerable_declined": confusion[True, True],
            "unanswerable_answered": confusion[False, False],
            "unanswerable_declined": confusion[False, True],
        },
        "decomposition": {label: labels[label] for label in LABELS if labels[label]},
        "slices": _summarise_slices(scored),
    } | _summarise_confidence(scored)


def load_cases(folder: Path, corpus: Corpus) -> list[Case]:
    """Read a run folder's questions and answers; raises ``ValueError`` if they do not pair up."""
    questions = read_questions(folder / "questions.jsonl")
    rows = {str(row["id"]): row for row in read_rows(folder / "per_question.jsonl")}
    missing = [question.id for question in questions if question.id not in rows]
    if missing or len(rows) != len(questions):
        raise ValueError(
            f"{folder}/per_question.jsonl 与 questions.jsonl 不一致"
            f"（缺 {'、'.join(missing[:5]) or '无'}，共 {len(rows)} 行对 {len(questions)} 题）"
        )
    retrieves = json.loads((folder / "config.json").read_text(encoding="utf-8"))["retrieves"]
    return [
        build_case(q, parse_output(q.id, rows[q.id]), corpus.evidence_text(q), retrieves=retrieves)
        for q in questions
    ]


def score_run(folder: Path, corpus: Corpus) -> Scored:
    """Score a run folder and write ``summary.json`` and ``scores.jsonl`` into it."""
    scored = score_cases(load_cases(folder, corpus))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    summary = {"system": config["system"], "version": config["version"]} | summarise(scored)
    text = json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "summary.json").write_text(text, encoding="utf-8")
    rows = [
        {
            "id": case.question.id,
            "label": scored.labels[index],
            "declined": case.output.declined,
        }
        | {name: round_or_none(values[index]) for name, values in scored.values.items()}
        for index, case in enumerate(scored.cases)
    ]
    (folder / "scores.jsonl").write_text(dump_rows(rows), encoding="utf-8")
    return scored
