"""The detail a question asks for, and whether what is quoted states it.

A question near to a clause is not answered by it unless the clause holds the kind of thing asked
for: money for 多少钱, a telephone for 电话, 亩 for 多少亩, a reason for 为什么.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.intent import FIGURE_KINDS, Intent
from assistant.select import Quote
from assistant.sentences import column_of
from index.figures import Figure, find_figures

# What is missing, in the words of the answer.
_NAMES = {
    "amount": "具体金额",
    "percent": "具体比例",
    "duration": "具体期限",
    "when": "具体时间",
}
# Words that answer a question for an amount or a time without a figure.
_INSTEAD = {
    "amount": re.compile(r"免|不收|零|无偿|自行|协商|承担|适当|全额|据实"),
    "percent": re.compile(r"全覆盖|全部|全额"),
    "duration": re.compile(r"长期|立即|及时|当场|即时|每年|之日"),
    "when": re.compile(r"之日|长期|每年|届时|立即|当天"),
}
# 任命为什么职务 asks for a post.
_REASON_ASKED = re.compile(r"(?<![命聘任称认评定])为什么|为啥|什么原因|犯了什么|怎么会被")
_REASON = re.compile(r"因|由于|鉴于|原因")
_PHONE_ASKED = re.compile(r"电话|手机号|号码|联系方式|怎么联系")
_PHONE = re.compile(r"\d{7,}|\d{3,4}\)?[-－]?\d{7,8}|\b1\d{4}\b")
_PLACE_ASKED = re.compile(r"地址|哪条路|哪栋|几楼|几号楼|门牌|在哪个地方")
_PLACE = re.compile(r"[路街道巷]|号楼|\d\s*室|楼|中心|大厅")
# 多少亩, 几台: a number of that unit.
_UNIT_ASKED = re.compile(
    r"(?:多少|几)\s*(分|亩|吨|公里|平方米|平方公里|平米|千瓦|千伏|万?元|块|倍|度|桌|辆|台|张|岁|周岁)(?!钟)"
)
_MONEY_UNITS = {"元", "万元", "块"}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
_RANGE = re.compile(r"((?:19|20)\d{2})\s*年?\s*[—\-－~至到]+\s*((?:19|20)\d{2})")
# A rule holds in later years too; a plan, an appointment or a report speaks of its own time.
_OF_ITS_TIME = {"人事", "动态", "通知", "规划", "方案"}


def missing_detail(question: str, intent: Intent, quotes: Sequence[Quote]) -> str:
    """Return what a question asks for and the quotes do not state, "" where nothing lacks."""
    words = _words(quotes[:1])
    everything = _words(quotes)
    if _REASON_ASKED.search(question) and not _REASON.search(words):
        return "原因"
    if _PHONE_ASKED.search(question) and not _PHONE.search(everything):
        return "电话"
    if _PLACE_ASKED.search(question) and not _PLACE.search(everything):
        return "具体地点"
    unit = _UNIT_ASKED.search(question)
    if unit and not _states_unit(unit[1], find_figures(everything)):
        return f"多少{unit[1]}"
    kinds = FIGURE_KINDS.get(intent.kind)
    if kinds and not _states(intent, kinds, quotes):
        return _NAMES[intent.kind]
    year = "" if intent.kind == "validity" else _foreign_year(question, quotes)
    return f"{year}年的情况" if year else ""


def _words(quotes: Sequence[Quote]) -> str:
    return "\n".join(s.text for quote in quotes for s in quote.sentences)


def _states_unit(unit: str, figures: Sequence[Figure]) -> bool:
    if unit in _MONEY_UNITS:
        return any(figure.kind == "money" for figure in figures)
    return any(unit.removesuffix("米") in figure.text or unit == figure.unit for figure in figures)


def _states(intent: Intent, kinds: frozenset[str], quotes: Sequence[Quote]) -> bool:
    """Return whether the quotes state a figure of a fitting kind, or words instead of one.

    Money asked for as a benefit must be money given. A time may stand in a companion clause: the
    first paragraph of a meeting report, the article that says when a document takes effect.
    """
    told = [q for q in quotes if q is quotes[0] or q.passage.via]
    words = _words(told if intent.kind == "when" else quotes[:1])
    instead = _INSTEAD.get(intent.kind)
    if instead and instead.search(words):
        return True
    if intent.kind == "amount" and intent.benefit:
        first = quotes[0]
        spans = [(s.start, s.end) for s in first.sentences]
        return any(
            fact.kind == "amount" and any(a <= fact.start < b for a, b in spans)
            for fact in first.passage.clause.facts
        )
    columns = "".join(column_of(s) for s in quotes[0].sentences)
    return any(figure.kind in kinds for figure in find_figures(words)) or bool(
        intent.kind == "percent" and "%" in columns
    )


def _foreign_year(question: str, quotes: Sequence[Quote]) -> str:
    """Return a year of the question that what is quoted does not speak of, else ""."""
    years = {int(year) for year in _YEAR.findall(question)}
    if not years:
        return ""
    clause = quotes[0].passage.clause
    document = clause.document
    evidence = " ".join((document.title, document.date, *clause.path, clause.columns))
    evidence += " ".join(quote.passage.clause.text for quote in quotes)
    spoken = {int(year) for year in re.findall(r"(?:19|20)\d{2}", evidence)}
    for start, end in _RANGE.findall(evidence):
        spoken |= set(range(int(start), int(end) + 1))
    issued = int(document.date[:4]) if document.date else 0
    foreign = sorted(
        year for year in years - spoken if year < issued or document.kind in _OF_ITS_TIME
    )
    return str(foreign[0]) if foreign else ""
