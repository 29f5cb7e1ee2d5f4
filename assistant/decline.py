"""Whether to answer, and what to say when not.

The gazette either states the thing asked or it does not; a question near to something it states
gets that clause and the words that say what is missing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.extract import place
from assistant.intent import FIGURE_KINDS, Intent
from assistant.scope import is_errand, is_greeting, is_order, is_thanks, other_place
from assistant.select import Quote
from assistant.sentences import column_of
from assistant.types import Lookup, Passage
from index.figures import find_figures
from index.types import Clause

# Said whenever the gazette does not answer; shared by code, prompt and tests.
DECLINED = "公报里没有找到这个问题的答案。"
GREETING = "您好！我只根据公报原文回答问题，例如政策、补贴、办事流程和条款。请直接提问。"
THANKS = "不客气，有问题请继续问。"
OUT_OF_SCOPE = "我只回答与公报内容有关的问题，并且只引用公报原文；这个请求不在范围内。"

# Logistic regression on the dev questions (eval/README.md): the three legs of the best passage.
_INTERCEPT = -3.0
_SLOPES = {"text": 3.0, "questions": 10.0, "dense": 4.0}
# Below this confidence the best passage is not about the question.
THRESHOLD = 0.5

# What the answer must hold for each intent, and how its absence is put into words.
_MISSING = {
    "amount": "具体金额",
    "percent": "具体比例",
    "duration": "具体期限",
    "when": "具体时间",
    "why": "原因",
}
# Words that answer a question for an amount or a time without a figure.
_INSTEAD = {
    "amount": re.compile(r"免|不收|零|无偿|自行|协商|承担|适当|全额|据实"),
    "percent": re.compile(r"全覆盖|全部|全额"),
    "duration": re.compile(r"长期|立即|及时|当场|即时|每年|之日"),
    "when": re.compile(r"之日|长期|每年|届时|立即|当天"),
}
_WHY = re.compile(r"为什么|为啥|什么原因|犯了什么|怎么会被")
_REASON = re.compile(r"因为?|由于|鉴于|原因")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
_RANGE = re.compile(r"((?:19|20)\d{2})\s*年?\s*[—\-－~至到]+\s*((?:19|20)\d{2})")


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer; ``text`` is what to say when not, ``nearest`` whether to quote."""

    answered: bool
    confidence: float
    kind: str = ""  # greeting, out_of_scope, other_place, other_time, missing, near_miss, absent
    text: str = ""
    nearest: bool = False


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
    clauses: Mapping[str, Clause],
) -> Decision:
    """Return whether the passages answer the question."""
    confidence = measure_confidence(passages)
    if lookup.missing and not lookup.clause_ids:
        text = f"{DECLINED}公报中没有{'、'.join(lookup.missing)}。"
        return Decision(False, 1.0 - confidence, "missing", text)
    if not passages or not quotes:
        return Decision(False, confidence, "absent", DECLINED)
    evidence = _evidence(quotes)
    documents = {c.document.key: c.document for c in clauses.values()}
    elsewhere = other_place(question, documents.values(), evidence)
    if elsewhere:
        text = f"{DECLINED}公报只登载本地文件，没有{elsewhere}的规定。"
        return Decision(False, confidence, "other_place", text)
    exact = bool(lookup.clause_ids or lookup.people)
    if confidence < THRESHOLD and not exact:
        return Decision(False, confidence, "absent", DECLINED)
    lacking = _lacking(question, intent, quotes, evidence)
    if lacking:
        where = place(quotes[0].passage.clause)
        text = f"公报规定了与此有关的内容（{where}），但没有写明{lacking}。"
        return Decision(False, confidence, "near_miss", text, nearest=True)
    return Decision(True, confidence)


def measure_confidence(passages: Sequence[Passage]) -> float:
    """Return in [0, 1] how likely the best passage is about the question."""
    own = [passage for passage in passages if not passage.via]
    if not own:
        return 0.0
    legs = {leg.name: leg.score for leg in own[0].legs}
    total = _INTERCEPT + sum(slope * legs.get(name, 0.0) for name, slope in _SLOPES.items())
    return 1.0 / (1.0 + math.exp(-total))


def _evidence(quotes: Sequence[Quote]) -> str:
    """Return what is quoted, with where it stands and under which column."""
    parts = []
    for quote in quotes:
        clause = quote.passage.clause
        parts += [clause.document.title, clause.document.date, clause.label, *clause.path]
        parts += [f"{column_of(s)}{s.text}" for s in quote.sentences]
    return "\n".join(parts)


def _lacking(question: str, intent: Intent, quotes: Sequence[Quote], evidence: str) -> str:
    """Return what the question asks for and the quotes do not say, "" when nothing lacks."""
    if _WHY.search(question) and not _REASON.search(_words(quotes)):
        return _MISSING["why"]
    kinds = FIGURE_KINDS.get(intent.kind)
    words = _words(quotes if intent.kind == "when" else quotes[:1])
    if kinds and not _states(intent, kinds, quotes, words):
        instead = _INSTEAD.get(intent.kind)
        if not (instead and instead.search(words)):
            return _MISSING[intent.kind]
    year = _foreign_year(question, quotes, evidence)
    return f"{year}年的情况" if year and intent.kind != "validity" else ""


def _states(intent: Intent, kinds: frozenset[str], quotes: Sequence[Quote], words: str) -> bool:
    """Return whether the quotes state a figure of a fitting kind.

    Money asked for as a benefit must be money given.
    """
    if intent.kind == "amount" and intent.benefit:
        return any(f.kind == "amount" for f in quotes[0].passage.clause.facts)
    return any(figure.kind in kinds for figure in find_figures(words))


def _words(quotes: Sequence[Quote]) -> str:
    return "\n".join(s.text for quote in quotes for s in quote.sentences)


def _foreign_year(question: str, quotes: Sequence[Quote], evidence: str) -> str:
    """Return a year of the question before the quoted document and not named in it, else ""."""
    years = {int(year) for year in _YEAR.findall(question)}
    stated = {int(year) for year in re.findall(r"(?:19|20)\d{2}", evidence)}
    for start, end in _RANGE.findall(evidence):
        stated |= set(range(int(start), int(end) + 1))
    dates = [q.passage.clause.document.date for q in quotes if q.passage.clause.document.date]
    issued = min((int(date[:4]) for date in dates), default=0)
    foreign = sorted(year for year in years - stated if year < issued)
    return str(foreign[0]) if foreign else ""
