"""Fitting when to answer: the logistic regression behind ``assistant.confidence``.

Reads questions set aside for tuning (dev, calibration), never test, and prints the numbers to
paste into the module, with the curve its threshold is read from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from tqdm import tqdm

from assistant.answer import choose_quotes
from assistant.confidence import measure_confidence
from assistant.conversation import resolve_question
from assistant.decline import decide_by_rule, decide_scope, is_exact
from assistant.details import missing_detail
from assistant.intent import read_intent
from assistant.lookup import look_up
from assistant.retrieve import retrieve, store_names
from assistant.types import Turn
from eval.questions import Question
from index.store import Store

# Ridge penalty; with 800 questions and five features its size hardly matters.
_L2 = 0.005
_STEPS = 20
_FOLDS = 10
_FALSE_REFUSALS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1)


def calibrate(questions: Sequence[Question], store: Store) -> str:
    """Fit the confidence of an answer and return a report in Markdown.

    The curve is cross-validated: each question's confidence is of a fit that has not seen it. The
    shares are of all questions, those that rules decline included.
    """
    rows, answerable, decided = _measure(questions, store)
    open_ = np.array([row is not None for row in rows])
    names = list(next(row for row in rows if row is not None))
    features = np.array([[row[name] for name in names] for row in rows if row is not None])
    intercept, slopes = fit_logistic(features, answerable[open_])
    confidence = np.where(decided, 0.0, 1.0)
    confidence[open_] = _cross_validate(features, answerable[open_])
    lines = [
        f"{len(questions)} questions, {int(answerable.sum())} answerable; "
        f"{int(open_.sum())} left to the confidence",
        f"_INTERCEPT = {intercept:.2f}",
        "_SLOPES = {"
        + ", ".join(f'"{n}": {s:.2f}' for n, s in zip(names, slopes, strict=True))
        + "}",
        "",
        "| threshold | false refusals | declined |",
        "| ---: | ---: | ---: |",
    ]
    for share in _FALSE_REFUSALS:
        threshold = float(np.quantile(confidence[answerable == 1], share))
        refused = confidence < max(threshold, 1e-9)
        lines.append(
            f"| {threshold:.3f} | {refused[answerable == 1].mean():.3f} "
            f"| {refused[answerable == 0].mean():.3f} |"
        )
    return "\n".join(lines)


def _cross_validate(features: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return each row's confidence by a fit to the rows of the other folds."""
    confidence = np.zeros(len(labels))
    fold = np.arange(len(labels)) % _FOLDS
    for held_out in range(_FOLDS):
        intercept, slopes = fit_logistic(features[fold != held_out], labels[fold != held_out])
        rows = features[fold == held_out]
        confidence[fold == held_out] = 1 / (1 + np.exp(-(intercept + rows @ slopes)))
    return confidence


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
) -> tuple[list[Mapping[str, float] | None], np.ndarray, np.ndarray]:
    """Return features, None where something else decides; whether answerable; whether declined."""
    rows: list[Mapping[str, float] | None] = []
    declined = []
    for question in tqdm(questions, desc="calibrate", unit="question"):
        history = [Turn(message.role, message.content) for message in question.history]
        asked = resolve_question(question.question, history, store)
        features, refused = _measure_one(asked, store)
        rows.append(features)
        declined.append(refused)
    return rows, np.array([float(q.answerable) for q in questions]), np.array(declined)


def _measure_one(asked: str, store: Store) -> tuple[Mapping[str, float] | None, bool]:
    """Return a question's features, or None and whether rules decline it."""
    if decide_scope(asked):
        return None, True
    intent = read_intent(asked)
    lookup = look_up(asked, store_names(store))
    passages = retrieve(asked, store)
    quotes, complete = choose_quotes(asked, intent, lookup, passages, store)
    if decide_by_rule(asked, intent, lookup, quotes, store):
        return None, True
    lacking = missing_detail(asked, intent, quotes)
    if is_exact(intent, lookup, complete) and not lacking:
        return None, False
    features = measure_confidence(asked, passages, store, lacking).features
    return features or None, not features
