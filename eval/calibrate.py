"""Fitting when to answer: the logistic regression behind ``assistant.confidence``.

Reads questions set aside for tuning (dev, calibration), never test, and prints the numbers to
paste into the module, with the curve its threshold is read from.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.confidence import measure_features
from assistant.conversation import rewrite_question
from assistant.details import missing_detail
from assistant.intent import read_intent
from assistant.lookup import look_up
from assistant.retrieve import retrieve, store_names
from assistant.select import select_quotes
from assistant.types import Turn
from eval.questions import Question
from index.store import Store

# Kinds of unanswerable question that rules decide before confidence is asked.
_BY_RULE = {"injection", "out_of_scope", "other_place"}
# Ridge penalty; with 270 questions and five features its size hardly matters.
_L2 = 0.05
_STEPS = 50
_FALSE_REFUSALS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1)


def calibrate(questions: Sequence[Question], store: Store) -> str:
    """Fit the confidence of an answer and return a report in Markdown."""
    rows, answerable, lacking = _measure(questions, store)
    names = list(rows[0])
    features = np.array([[row[name] for name in names] for row in rows])
    intercept, slopes = fit_logistic(features, answerable)
    confidence = 1 / (1 + np.exp(-(intercept + features @ slopes)))
    lines = [
        f"{len(rows)} questions, {int(answerable.sum())} answerable",
        f"_INTERCEPT = {intercept:.2f}",
        "_SLOPES = {"
        + ", ".join(f'"{n}": {s:.2f}' for n, s in zip(names, slopes, strict=True))
        + "}",
        "",
        "| threshold | false refusals | declined |",
        "| ---: | ---: | ---: |",
    ]
    known = confidence[answerable == 1]
    for share in _FALSE_REFUSALS:
        threshold = float(np.quantile(known, share))
        refused = (confidence < threshold) | lacking
        lines.append(
            f"| {threshold:.3f} | {refused[answerable == 1].mean():.3f} "
            f"| {refused[answerable == 0].mean():.3f} |"
        )
    return "\n".join(lines)


def fit_logistic(features: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Return (intercept, slopes) of a ridge-penalised logistic regression, by Newton's method.

    ``features`` is (questions, features), ``labels`` 0 or 1; slopes are in the features' units.
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    design = np.c_[np.ones(len(features)), (features - mean) / spread]
    penalty = _L2 * len(features) * np.diag([0.0] + [1.0] * features.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        predicted = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (predicted - labels) + penalty @ weights
        hessian = design.T @ (design * (predicted * (1 - predicted))[:, None]) + penalty
        weights -= np.linalg.solve(hessian, gradient)
    slopes = weights[1:] / spread
    return float(weights[0] - slopes @ mean), slopes


def _measure(
    questions: Sequence[Question], store: Store
) -> tuple[list[dict[str, float]], np.ndarray, np.ndarray]:
    """Return features, whether answerable, and whether the asked detail is missing."""
    rows, answerable, lacking = [], [], []
    for question in questions:
        if question.unanswerable_kind in _BY_RULE:
            continue
        history = [Turn(message.role, message.content) for message in question.history]
        asked = rewrite_question(question.question, history, store_names(store))
        lookup = look_up(asked, store_names(store))
        if lookup.clause_ids or lookup.people or lookup.missing:
            continue
        passages = retrieve(asked, store)
        intent = read_intent(asked)
        quotes = select_quotes(asked, intent, passages, store.embeddings)
        rows.append(measure_features(asked, intent, passages, store))
        answerable.append(float(question.answerable))
        lacking.append(bool(missing_detail(asked, intent, quotes)))
    return rows, np.array(answerable), np.array(lacking)
