"""How much the wording of a message is that of an order or an errand, not of a question.

A logistic regression over the character n-grams that a message has. ``python -m eval orders`` fits
the weights to ``orders.tsv``, against the questions known of the gazette; they are a table, so that
loading them takes no library and no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from assistant.courtesy import strip_courtesy
from assistant.table_lines import read_entries
from index.folding import fold

MESSAGES = Path(__file__).parent / "orders.tsv"
WEIGHTS = Path(__file__).parent / "order_weights.tsv"
_LENGTHS = (1, 2, 3)
# Above this log-odds a message is an order. Held out, half of the orders and errands are, which
# were written to be unlike one another, and one question in ten thousand (`python -m eval orders`).
# An order that is missed is answered as a question, by verbatim quotes, or declined.
THRESHOLD = 2.0

_KINDS = "order|errand|question"
_MESSAGE = re.compile(rf"({_KINDS})\t(\S.*)")
_WEIGHT = re.compile(r"([^\t]*)\t(-?\d+\.\d+)")


def measure_order(message: str) -> float:
    """Return the log-odds that a message is an order or an errand."""
    return sum_weights(cut_ngrams(message), load_weights())


def sum_weights(ngrams: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the log-odds of a message with these n-grams."""
    return weights[""] + sum(weights.get(ngram, 0.0) for ngram in ngrams)


def cut_ngrams(message: str) -> set[str]:
    """Return the n-grams of a message without its courtesies, its ends marked ^ and $."""
    text = f"^{fold(strip_courtesy(message))}$"
    return {text[i : i + n] for n in _LENGTHS for i in range(len(text) - n + 1)}


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS) -> Mapping[str, float]:
    """Return the weight of each n-gram; that of the empty one is the intercept.

    :raises ValueError: when a line is not an n-gram, a tab and a number; the message names it.
    """
    lines = read_entries(path, _WEIGHT, "write an n-gram, a tab and a decimal number")
    return {found[1]: float(found[2]) for _, found in lines}


def load_messages(path: Path = MESSAGES) -> list[tuple[str, str]]:
    """Return (kind, message) pairs: order, errand, or question that is only worded like them.

    :raises ValueError: when a line is not a kind, a tab and a message; the message names it.
    """
    lines = read_entries(path, _MESSAGE, f"write {_KINDS}, a tab and a message")
    return [(found[1], found[2]) for _, found in lines]
