"""How likely the best passage is about the question, in [0, 1]."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.intent import FIGURE_KINDS, Intent
from assistant.lookup import look_up
from assistant.retrieve import store_names, topic_of
from assistant.stop_tokens import STOP_TOKENS
from assistant.types import Passage
from index.store import Store
from index.tokens import tokens

# Logistic regression on the dev and calibration questions that neither scope nor a look-up decides;
# `python -m eval calibrate` prints these numbers and the curve the threshold was read from.
_INTERCEPT = -0.89
_SLOPES = {"text": -0.68, "questions": -0.78, "dense": 2.34, "coverage": 2.62, "figure": -1.47}

_FIGURE_INTENTS = frozenset({*FIGURE_KINDS, "count"})


def measure_confidence(
    question: str, intent: Intent, passages: Sequence[Passage], store: Store
) -> float:
    """Return in [0, 1] how likely the best passage is about the question."""
    features = measure_features(question, intent, passages, store)
    if not features:
        return 0.0
    total = _INTERCEPT + sum(slope * features[name] for name, slope in _SLOPES.items())
    return 1.0 / (1.0 + math.exp(-total))


def measure_features(
    question: str, intent: Intent, passages: Sequence[Passage], store: Store
) -> dict[str, float]:
    """Return the features of the best passage that was found on its own; {} without one.

    ``figure`` is 1 where a figure is asked for: a wrong one does most harm, and a clause near to
    such a question states it less often.
    """
    own = next((passage for passage in passages if not passage.via), None)
    if own is None:
        return {}
    legs = {leg.name: leg.score for leg in own.legs}
    return {
        "text": legs.get("text", 0.0),
        "questions": legs.get("questions", 0.0),
        "dense": legs.get("dense", 0.0),
        "coverage": _coverage(question, own, store),
        "figure": float(intent.kind in _FIGURE_INTENTS),
    }


def _coverage(question: str, passage: Passage, store: Store) -> float:
    """Return the share of the question's tokens that the clause or its expansions hold.

    Each token weighs what it can score at best (BM25), one seen nowhere as much as the rarest.
    """
    model, ceilings = store.texts.model, store.texts.ceilings
    topic = topic_of(question, look_up(question, store_names(store)))
    asked = [token for token in dict.fromkeys(tokens(topic)) if token not in STOP_TOKENS]
    if model is None or not asked:
        return 1.0
    clause = passage.clause
    name = clause.document.name if topic == question else ""
    said = " ".join((name, *clause.path, clause.columns, clause.text))
    held = set(tokens(f"{said} {' '.join(store.expansions.get(clause.id, ()))}"))
    rarest = float(ceilings.max())
    weights = [
        float(ceilings[model.vocab_dict[token]]) if token in model.vocab_dict else rarest
        for token in asked
    ]
    covered = sum(w for token, w in zip(asked, weights, strict=True) if token in held)
    return covered / sum(weights)
