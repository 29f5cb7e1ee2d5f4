"""The year a question asks about, and whether what is quoted is of that year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.intent import Intent
from assistant.select import Quote
from index.figures import find_figures
from index.types import Clause

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
_RANGE = re.compile(r"((?:19|20)\d{2})\s*年?\s*[—\-－~至到]+\s*((?:19|20)\d{2})")
# A rule holds in later years too; a plan, an appointment or a report speaks of its own time.
_OF_ITS_TIME = {"人事", "动态", "通知", "规划", "方案"}
# So does a target, in whatever document it stands.
_TARGET = re.compile(
    "目标|指标|达到|力争|建成|压缩|任务|计划|预计|增长|产值|总量|覆盖|[要做涨提增压降]到|实际|完成"
)
# What came of it, and what will: no rule tells.
_OUTCOME = re.compile(
    "名单|获奖的|评[出上]了|表彰了|结果(?:怎|如何|是|出)|公布了|新出|出台了|颁给|评给|给了[谁哪]|会[涨变]"
    "|获得[^,，。？?]{2,12}的(?:组织|企业|单位|集体|个人|人)|谁获得|谁拿"
)
_AGO = r"(?:\d+|[一二两三四五六七八九十百]+)年前"
# What is asked about the year past, in one part of the question; 我厂去年亏了，… tells a story.
_COUNTED_PAST = re.compile(
    "(?<![比跟和])(?:去年|前年)[^,，。;；?？]{0,20}(?:多少|几多?[个家起项件次名回]|哪|什么水平|啥水平|总[额量数])"
    f"|{_AGO}[^,，。;；?？]{{0,16}}(?:是多少|有多少|什么水平|啥水平|总[额量数])"
)
# A year or a number put forward to be confirmed is not what is asked about.
PREMISE = re.compile("听说|听人讲|据说|对[吧吗么]|没错吧|是真的|真的吗|是不是|还是")
# What has come of something by then.
_REALISED = re.compile(
    "实际(?:上)?[完修建做达是有]|完成了|做成了|[修建办评查]了[几多]|达到了|实现了"
)
_RELATIVE = re.compile(f"去年|大?前年|{_AGO}|今年|明年|后年|上一届|下一届")
# Kinds of figure that say how much.
_AMOUNTS = frozenset({"money", "percent", "count", "number"})


def other_year(
    question: str, intent: Intent, quotes: Sequence[Quote], clauses: Mapping[str, Clause]
) -> str:
    """Return a year of the question that its clause and document do not speak of, else "".

    2018年, or 去年 as it is written. A rule holds in the years after it too; what is of its time
    does not, nor what came of a rule. A paragraph is of the year that its section begins with,
    which is found in ``clauses`` by its id.
    """
    if intent.kind == "validity" or PREMISE.search(question):
        return ""
    clause = quotes[0].passage.clause
    document = clause.document
    above = clauses.get(clause.id.rpartition("/")[0])
    begun = above.text if above else ""
    evidence = " ".join((document.title, document.date, *clause.path, clause.columns, begun))
    spoken = _years_in(evidence + " ".join(quote.passage.clause.text for quote in quotes))
    issued = int(document.date[:4]) if document.date else 0
    outcome = bool(_OUTCOME.search(question))
    dated = document.kind in _OF_ITS_TIME or outcome or bool(_TARGET.search(question))
    asked = _years_asked(question)
    foreign = sorted(y for y in asked - spoken if y < issued or dated)
    if _REALISED.search(question):
        foreign += sorted(y for y in asked if issued and y > issued)
    if foreign:
        return f"{foreign[0]}年"
    counted = outcome or bool(_COUNTED_PAST.search(question))
    relative = _RELATIVE.search(question) if counted else None
    return relative[0] if relative and relative[0] not in clause.text else ""


def missing_year(asked: str, quotes: Sequence[Quote]) -> str:
    """Return the year of a target asked for, where the targets quoted are other years'."""
    years = _years_asked(asked)
    if len(years) != 1 or PREMISE.search(asked) or not _TARGET.search(asked):
        return ""
    quoted = [sentence.text for quote in quotes for sentence in quote.sentences]
    told = [text for text in quoted if _AMOUNTS & {f.kind for f in find_figures(text)}]
    spoken = _years_in(" ".join(told))
    return f"{min(years)}年的情况" if spoken and not years & spoken else ""


def _years_asked(question: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(question)}


def _years_in(text: str) -> set[int]:
    """Return the years a text speaks of, those within a range included."""
    years = {int(year) for year in re.findall(r"(?:19|20)\d{2}", text)}
    for start, end in _RANGE.findall(text):
        years |= set(range(int(start), int(end) + 1))
    return years
