"""Whether to answer, and what to say when not.

The gazette either states the thing asked or it does not; a question near to something it states
gets that clause and the words that say what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from assistant.confidence import Confidence, measure_confidence
from assistant.detail_years import other_year
from assistant.details import missing_detail
from assistant.extract import place
from assistant.intent import Intent
from assistant.retrieve import store_names
from assistant.scope import (
    is_errand,
    is_greeting,
    is_order,
    is_pastime,
    is_thanks,
    other_issue,
    other_place,
)
from assistant.select import Quote
from assistant.sentences import column_of
from assistant.types import Lookup, Passage
from index.documents import NEWS_KIND
from index.store import Store
from index.types import Clause

# Said whenever the gazette does not answer; shared by code, prompt and tests.
DECLINED = "公报里没有找到这个问题的答案。"
GREETING = "您好！我只根据公报原文回答问题，例如政策、补贴、办事流程和条款。请直接提问。"
THANKS = "不客气，有问题请继续问。"
OUT_OF_SCOPE = "我只回答与公报内容有关的问题，并且只引用公报原文；这个请求不在范围内。"

_ASKED = "所问的内容"
# What the news tells of is no document of the gazette: nothing says from or until when it holds.
_VALIDITY = "它是否有效"
# Below this confidence the gazette does not answer: 1 % false refusals and 97 % declined,
# cross-validated, on the tuning questions that the confidence was fitted to; of dev alone, whose
# plain questions are the hardest, 4 % are refused.
THRESHOLD = 0.65
# Whether a document holds is computed, so that no detail of it can be missing: only the document
# must be the one meant.
_VALIDITY_THRESHOLD = 0.5
# Weather and trips are out of scope unless a clause is plainly about them.
_PASTIME_BELOW = 0.9
# A gap as near as this is about the clause asked about; nearer still, it is the question asked in
# other words, and what it lacks can be named.
_SAME_CLAUSE = 1.0
_SAME_QUESTION = 1.45
# A question this much nearer to the clauses than to the background is about one of them.
_ON_TOPIC = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer; when not, ``text`` says so and ``about`` is the clause to quote."""

    answered: bool
    confidence: float
    kind: str = ""  # greeting, out_of_scope, other_place, other_time, missing, near_miss, absent
    text: str = ""
    about: str = ""  # clause id


def decide_scope(question: str) -> Decision | None:
    """Return the decision for a message that is no question to the gazette, None for others."""
    if is_greeting(question):
        return Decision(False, 1.0, "greeting", GREETING)
    if is_thanks(question):
        return Decision(False, 1.0, "greeting", THANKS)
    if is_order(question) or is_errand(question):
        return Decision(False, 1.0, "out_of_scope", OUT_OF_SCOPE)
    return None


def decide(
    question: str,
    intent: Intent,
    lookup: Lookup,
    passages: Sequence[Passage],
    quotes: Sequence[Quote],
    store: Store,
    complete: bool = False,
    allowed: Set[str] | None = None,
) -> Decision:
    """Return whether the passages answer the question; ``complete`` says they are a full list.

    ``allowed`` are the ids of the clauses that a filter lets through, None where there is none.
    """
    by_rule = decide_by_rule(question, intent, lookup, quotes, store)
    if by_rule:
        return by_rule
    lacking = missing_detail(question, intent, quotes)
    confidence = measure_confidence(question, passages, store, lacking)
    exact = is_exact(intent, lookup, complete)
    if confidence.value < _PASTIME_BELOW and not exact and is_pastime(question):
        return Decision(False, confidence.value, "out_of_scope", OUT_OF_SCOPE)
    enough = _VALIDITY_THRESHOLD if intent.kind == "validity" else THRESHOLD
    if confidence.value < enough and (lacking or not exact):
        return _decline_unsure(confidence, quotes[0].passage.clause, lacking, store, allowed)
    return Decision(True, confidence.value)


def is_exact(intent: Intent, lookup: Lookup, complete: bool) -> bool:
    """Return whether what is asked was looked up, not searched for.

    A clause, a person, an office's tasks, or whether a document holds.
    """
    judged = intent.kind == "validity" and lookup.documents
    return bool(lookup.clause_ids or lookup.people or complete or judged)


def decide_by_rule(
    question: str, intent: Intent, lookup: Lookup, quotes: Sequence[Quote], store: Store
) -> Decision | None:
    """Return the decision where what is named, or nothing found, settles it; else None."""
    if lookup.missing and not lookup.clause_ids:
        text = f"{DECLINED}公报中没有{'、'.join(lookup.missing)}。"
        return Decision(False, 0.0, "missing", text)
    if not quotes:
        return Decision(False, 0.0, "absent", DECLINED)
    issue = other_issue(question, store_names(store).documents)
    if issue:
        return Decision(False, 0.0, "missing", f"{DECLINED}这里没有收录{issue}。")
    elsewhere = other_place(question, store_names(store).documents, _evidence(quotes))
    if elsewhere:
        text = f"{DECLINED}公报只登载本地文件，没有{elsewhere}的规定。"
        return Decision(False, 0.0, "other_place", text)
    year = other_year(question, intent, quotes, store.clauses)
    if year:
        return _near_miss(0.0, quotes[0].passage.clause, f"{year}的情况")
    if intent.kind == "validity" and quotes[0].passage.clause.document.kind == NEWS_KIND:
        return _near_miss(0.0, quotes[0].passage.clause, _VALIDITY)
    return None


def _decline_unsure(
    confidence: Confidence,
    nearest: Clause,
    lacking: str,
    store: Store,
    allowed: Set[str] | None,
) -> Decision:
    """Decline, with the nearest clause where the question is about it, and what that lacks."""
    near = confidence.nearness
    if near is None or near.over_background < _ON_TOPIC:
        return Decision(False, confidence.value, "absent", DECLINED)
    if lacking:
        return _near_miss(confidence.value, nearest, lacking)
    gap = near.nearest_gap
    hidden = gap and allowed is not None and gap.clause_id not in allowed
    if gap is None or hidden or near.gap < _SAME_CLAUSE:
        return _near_miss(confidence.value, nearest, _ASKED)
    lacking = gap.lacks if near.gap >= _SAME_QUESTION else _ASKED
    return _near_miss(confidence.value, store.clauses[gap.clause_id], lacking)


def _near_miss(confidence: float, clause: Clause, lacking: str) -> Decision:
    text = f"公报规定了与此有关的内容（{place(clause)}），但没有写明{lacking}。"
    return Decision(False, confidence, "near_miss", text, clause.id)


def _evidence(quotes: Sequence[Quote]) -> str:
    """Return what is quoted, with where it stands and under which column."""
    parts = []
    for quote in quotes:
        clause = quote.passage.clause
        parts += [clause.document.title, clause.document.date, clause.label, *clause.path]
        parts += [f"{column_of(s)}{s.text}" for s in quote.sentences]
    return "\n".join(parts)
