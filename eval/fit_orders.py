"""Fitting what tells orders from questions: the weights behind ``assistant.order_wording``.

Messages written for this stand against the questions known of the gazette. What is printed is
cross-validated, so that the threshold can be read from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from assistant.order_wording import THRESHOLD, cut_ngrams, sum_weights

# An n-gram of a single message tells of that message only.
_MIN_MESSAGES = 2
# A message written for this counts as much as this many of the known questions, which are many and
# rarely worded like orders; with the penalty, the best of ten settings on messages left out.
_WEIGHT = 30.0
_C = 0.1
# White space within an n-gram would not survive the table, and # opens a comment there.
_WRITABLE = re.compile(r"[^\s#]\S*")
_FOLDS = 5
_SHARES = (0.0, 0.001, 0.002, 0.005)
_HEADER = "# n-gram, weight; the empty one is the intercept. Written by `python -m eval orders`.\n"


def fit_orders(
    messages: Sequence[tuple[str, str]], questions: Sequence[str]
) -> tuple[dict[str, float], str]:
    """Return the weights of n-grams, and a report in Markdown.

    ``messages`` are (kind, text) pairs, ``questions`` further ones that are no orders.
    """
    texts = [text for _, text in messages] + list(questions)
    labels = np.array([kind != "question" for kind, _ in messages] + [False] * len(questions))
    cut = [cut_ngrams(text) for text in texts]
    counts = np.where(np.arange(len(texts)) < len(messages), _WEIGHT, 1.0)
    held = np.zeros(len(texts))
    fold = np.random.default_rng(0).integers(_FOLDS, size=len(texts))
    for number in range(_FOLDS):
        rest = np.flatnonzero(fold != number).tolist()
        weights = _fit([cut[i] for i in rest], labels[rest], counts[rest])
        for i in np.flatnonzero(fold == number):
            held[i] = sum_weights(cut[i], weights)
    return _fit(cut, labels, counts), _report(held, labels, len(messages))


def write_weights(weights: Mapping[str, float], path: Path) -> None:
    """Write the table, the intercept first."""
    lines = [f"{ngram}\t{weight:.3f}\n" for ngram, weight in sorted(weights.items())]
    path.write_text(_HEADER + "".join(lines), encoding="utf-8")


def _fit(cut: Sequence[set[str]], labels: np.ndarray, counts: np.ndarray) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression

    messages = Counter(ngram for i in np.flatnonzero(labels).tolist() for ngram in cut[i])
    common = (ngram for ngram, n in messages.items() if n >= _MIN_MESSAGES)
    names = sorted(ngram for ngram in common if _WRITABLE.fullmatch(ngram))
    column = {ngram: number for number, ngram in enumerate(names)}
    cells = [(row, column[g]) for row, ngrams in enumerate(cut) for g in ngrams if g in column]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(cut), len(names)))
    model = LogisticRegression(C=_C, solver="liblinear", random_state=0)
    model.fit(matrix, labels, sample_weight=counts)
    weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
    return {"": float(model.intercept_[0]), **weights}


def _report(scores: np.ndarray, labels: np.ndarray, messages: int) -> str:
    """Return the share of orders found, and of questions taken for orders, at some thresholds."""
    orders, questions = scores[labels], scores[~labels]
    worded = scores[:messages][~labels[:messages]]
    thresholds = {f"{share:.1%}": float(np.quantile(questions, 1 - share)) for share in _SHARES}
    lines = [
        f"{len(orders)} orders and errands, {len(questions)} questions, "
        f"{len(worded)} of them worded like orders",
        "",
        "| | threshold | found | questions taken for orders | worded like them |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, threshold in {**thresholds, "in use": THRESHOLD}.items():
        lines.append(
            f"| {name} | {threshold:.2f} | {(orders > threshold).mean():.3f} "
            f"| {(questions > threshold).mean():.4f} | {(worded > threshold).mean():.3f} |"
        )
    return "\n".join(lines)
