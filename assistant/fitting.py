"""What a clause gains by holding the kind of thing a question asks for: money, a time."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.intent import FIGURE_KINDS, Intent
from index.figures import find_figures
from index.types import Clause

# A clause without any money cannot answer 多少钱; one without figures may still tell of support.
_HOLDS_FIGURE = 0.2
_SPEAKS_OF_BENEFIT = 0.1
# Which leader is in charge of something is told where leaders are listed.
_LISTS_LEADER = 0.3

_BENEFIT = re.compile(
    "奖励|奖补|奖金|补贴|补助|补偿|资助|扶持|减免|免收|免费|优惠|贴息|支持力度|慰问"
)
_LEADER = re.compile(
    "(?:哪[个位]|什么|谁是)(?:副?[市县区]长|领导)|(?:副?[市县区]长|领导)(?:是谁|是哪[个位])"
)


def fitness(question: str, intent: Intent, clause: Clause) -> float:
    """Return what a clause gains in rank by holding the kind of thing asked for.

    Money asked for as a benefit is money a clause gives, not a sum it mentions.
    """
    if clause.kind == "person" and _LEADER.search(question):
        return _LISTS_LEADER
    if intent.kind == "amount" and intent.benefit:
        return _HOLDS_FIGURE * any(fact.kind == "amount" for fact in clause.facts)
    kinds = FIGURE_KINDS.get(intent.kind)
    if kinds:
        return _HOLDS_FIGURE / 2 * bool(kinds & _kinds_stated(clause.text))
    return _SPEAKS_OF_BENEFIT * bool(intent.benefit and _BENEFIT.search(clause.text))


@lru_cache(maxsize=8192)
def _kinds_stated(text: str) -> frozenset[str]:
    return frozenset(figure.kind for figure in find_figures(text))
