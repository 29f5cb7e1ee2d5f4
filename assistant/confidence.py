"""How likely the gazette answers a question, in [0, 1].

A near miss finds the right clause, which then does not state what is asked. Neither its score nor
its words give that away; other questions do, known to be answered or known not to be.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.lookup import look_up
from assistant.question_banks import Nearness, measure_nearness, open_banks
from assistant.retrieve import store_names, topic_of
from assistant.stop_tokens import STOP_TOKENS
from assistant.types import Passage
from index.chunks import said_text
from index.lexical import ceiling_of, holds_token
from index.store import Store
from index.tokens import tokens

# Logistic regression on the tuning questions that no rule and no look-up decides. T1 to T4 and T11
# of calibration are kept to see how it does on others: `python -m eval calibrate` of dev.jsonl and
# calibration.jsonl `--without T1 T2 T3 T4 T11` prints these numbers, and the curve the threshold
# was read from.
_INTERCEPT = -0.05
_SLOPES = {
    "odds": 0.98,
    "over_background": 2.88,
    "wording": 0.10,
    "coverage": 2.79,
    "elsewhere": -4.00,
}

# A question farther than this from every one known to be answered is about something else: all
# answerable tuning questions are nearer.
_FAR = 0.45
# As near as this it is a known question in other words, and a rule that misses a detail errs.
_KNOWN = 1.8
# A clause's text is this much less like a question than an expansion would be, measured on an index
# without expansions by the false refusals on the tuning questions.
_BARE = 0.45


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely the question is answered, which questions it is near to, and what says so."""

    value: float  # in [0, 1]
    nearness: Nearness | None = None  # None where nothing was found
    features: Mapping[str, float] = field(default_factory=dict)  # none where it is settled


def measure_confidence(
    question: str, passages: Sequence[Passage], store: Store, lacking: str = ""
) -> Confidence:
    """Return how likely the passages, best first, answer the question; 0 without any.

    ``lacking`` is a detail asked for that what would be quoted does not state: nothing answers, but
    for a question that is known to be answered.
    """
    own = next((passage for passage in passages if not passage.via), None)
    if own is None:
        return Confidence(0.0)
    nearness = _compare(question, passages, store)
    if nearness.answered < (_KNOWN if lacking else _FAR):
        return Confidence(0.0, nearness)
    coverage, elsewhere = _coverage(question, own, store)
    features = {
        "odds": nearness.odds,
        "over_background": nearness.over_background,
        "wording": nearness.wording,
        "coverage": coverage,
        "elsewhere": elsewhere,
    }
    total = _INTERCEPT + sum(slope * features[name] for name, slope in _SLOPES.items())
    return Confidence(1.0 / (1.0 + math.exp(-total)), nearness, features)


def _compare(question: str, passages: Sequence[Passage], store: Store) -> Nearness:
    """Compare a question with the banks of a store.

    A clause without expansions stands for itself, by the likeness of its text.
    """
    bare = [p for p in passages if not p.via and p.clause.id not in store.expansions]
    legs = ("text", "dense")
    texts = [_BARE + sum(leg.score for leg in p.legs if leg.name in legs) for p in bare]
    return measure_nearness(question, open_banks(store), texts)


def _coverage(question: str, passage: Passage, store: Store) -> tuple[float, float]:
    """Return the shares of a question's tokens that its clause holds, and that only others hold.

    The expansions of a clause count as its text. Each token weighs what it can score at best
    (BM25), one seen nowhere as much as the rarest. A word the clause lacks may be the reader's own;
    one of the gazette's, 约谈, is another matter.
    """
    topic = topic_of(question, look_up(question, store_names(store)))
    asked = [token for token in dict.fromkeys(tokens(topic)) if token not in STOP_TOKENS]
    if store.texts.model is None or not asked:
        return 1.0, 0.0
    clause = passage.clause
    said = said_text(clause, name=topic == question)
    held = set(tokens(f"{said} {' '.join(store.expansions.get(clause.id, ()))}"))
    weights = {token: ceiling_of(store.texts, token) for token in asked}
    total = sum(weights.values())
    covered = sum(weight for token, weight in weights.items() if token in held)
    elsewhere = sum(
        weight
        for token, weight in weights.items()
        if token not in held and holds_token(store.texts, token)
    )
    return covered / total, elsewhere / total
