"""The detail a question asks for, and whether what is quoted states it.

A question near to a clause is not answered by it unless the clause holds the kind of thing asked
for: money for 多少钱, a telephone for 电话, 亩 for 多少亩, a reason for 为什么.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.coverage import MASTHEAD
from assistant.detail_figures import missing_figure, words_of
from assistant.detail_lists import missing_list
from assistant.detail_words import NUMBER, lacking_detail, written
from assistant.detail_years import PREMISE, missing_year
from assistant.intent import Intent, read_intent
from assistant.select import Quote
from index.documents import NEWS_KIND
from index.figures import find_figures
from index.folding import fold
from index.types import Clause

# 任命为什么职务 asks for a post.
_REASON_ASKED = re.compile(
    r"(?<![命聘任称认评定])为什么|什么原因|犯了什么|怎么会被|凭什么(?=[能不只要收罚扣没让])|为何(?!时)|何故"
)
_REASON = re.compile(
    r"因(?![地素此人材])|由于|鉴于|原因|为了|目的|旨在|(?:^|[\s。，,])为(?!期|主)", re.MULTILINE
)
_PHONE_ASKED = re.compile(
    r"(?<!热线)(?<!通)电话(?=[是多几号给打找哪在有谁去到,?]|$)|(?:哪个|什么|值班|举报|投诉|咨询)电话(?!吗)"
    r"|手机号|(?:[打拨]|什么|哪个|联系|热线|举报|投诉|咨询)[^,]{0,6}号码|号码[是多几]"
    r"|联系方式|怎么联系|[打往]哪个号"
)
_PHONE_ON_FORM = re.compile(
    "(?:[填留写建]|公[布开示])[^,]*(?:电话|手机号|联系方式)"
    "|(?:电话|手机号|联系方式)[^,]{0,5}[填留写改]"
)
_PHONE = re.compile(r"\d{7,}|\d{3,4}\)?[-－]?\d{7,8}|\b1\d{4}\b")
_OFFICE = re.compile("[局办委院所厅科站队]|中心|公司|部门")
_ON_GAZETTE = re.compile("公报|编辑|编委|主编|刊|你们")
_PLACE_ASKED = re.compile(
    r"地址(?=[在是多哪,?]|$)|什么地址|哪条路|哪栋|几楼|几号楼|门牌|在哪个地方"
)
_PLACE = re.compile(r"[路街道巷]|号楼|\d\s*室|楼|中心|大厅")
# 多少亩, 几台: a number of that unit.
_UNITS = (
    "批次|场次|例|起|亩|吨|公里|平方米|平方公里|平方|平米|米|千瓦时|千瓦|千伏|万?元|块|倍|度|桌|辆|台|张|周岁|岁"
    "|分(?![之别类公工])|间|层|名|位|人|次|户|册|本|宗|棵|株|度电|斤|公斤|学时|课时"
)
_UNIT_ASKED = re.compile(rf"(?:多少|(?<![第好])几)个?({_UNITS})(?!钟)")
_SAME_UNIT = {
    "平方": "平方|平米|m2",
    "平米": "平方|平米|m2",
    "平方米": "平方|平米|m2",
    "名": "名|人|位|个",
    "位": "名|人|位|个",
    "人": "名|人|位|个|%",
    "岁": "周?岁",
    "周岁": "周?岁",
    "棵": "棵|株|万株",
    "株": "棵|株",
    "本": "本|册|份",
    "册": "本|册|份",
    "次": "次|批次|场|轮",
    "米": "米|公里|千米",
    "度": "度|千瓦时",
    "公里": "公里|千米|km",
    "分": "分|%",
    "倍": "倍|%",
    "户": "户|家",
}
_MONEY_UNITS = {"元", "万元", "块"}
# A number of these may be told by naming them: only where nothing is listed must it be written.
_NAMED_ASKED = re.compile("多少(?:家|项|个|条|起|所|座|件|套|种|类|处)")
_NUMBER = re.compile(NUMBER)
# Meetings, rounds and items are told apart by their number.
_NUMBERED = re.compile("次[^,]{0,5}会|届|批")
_ITEM_ASKED = re.compile(r"第(\d{1,3})项")
# So are editions and five-year plans.
_EDITION = re.compile(r"\d+(?:\.\d+)?版|十[一二三四五六七八九]五")
_PLANS = [f"十{digit}五" for digit in "一二三四五六七八九"]
# Who holds a post stands where the post does.
_POST_ASKED = re.compile(
    "((?:副?[区县市镇乡村局处科院校馆站所]长)|主任|书记)(?:是谁|是哪|是什么人|叫什么|由谁|由哪)"
)
# The name of a platform is none of a person.
_NAME_ASKED = re.compile(
    "哪位同志|姓名|(?:长|主任|书记|会计|代表|作者|顾问|专家|那位|这位|老板|负责人)叫什么(?:名字)?"
    "|[他她](?:叫)?什么名字"
)


def missing_detail(question: str, intent: Intent, quotes: Sequence[Quote]) -> str:
    """Return what a question asks for and the quotes do not state, "" where nothing lacks."""
    asked = written(question)
    if asked != fold(question):
        intent = read_intent(asked)
    if intent.kind == "validity":
        return ""
    return (
        _missing_fact(asked, quotes)
        or _missing_number(asked, quotes)
        or missing_figure(asked, intent, quotes)
        or missing_year(asked, quotes)
        or missing_list(asked, quotes)
    )


def _missing_fact(asked: str, quotes: Sequence[Quote]) -> str:
    """Return a reason, telephone, place or other detail of the table that is not stated."""
    everything = words_of(quotes)
    if _REASON_ASKED.search(asked) and not _REASON.search(words_of(quotes[:1])):
        return "原因"
    phone = _PHONE_ASKED.search(asked) and not _PHONE_ON_FORM.search(asked)
    if phone and (not _PHONE.search(everything) or _is_elsewhere(asked, quotes[0])):
        return "电话"
    if _PLACE_ASKED.search(asked) and not _PLACE.search(everything):
        return "具体地点"
    clause = quotes[0].passage.clause
    post = _POST_ASKED.search(asked)
    if post and post[1] not in "\n".join((everything, *clause.path, clause.text)):
        return f"{post[1]}的姓名"
    if _NAME_ASKED.search(asked) and not any(_names_people(q.passage.clause) for q in quotes):
        return "姓名"
    return lacking_detail(asked, "\n".join((everything, *clause.path, clause.columns, clause.text)))


def _is_elsewhere(asked: str, quote: Quote) -> bool:
    """Return whether a quote is the gazette's own masthead, and the question about some office."""
    own = _ON_GAZETTE.search(asked) or not _OFFICE.search(asked)
    return quote.passage.clause.document.kind == MASTHEAD and not own


def _names_people(clause: Clause) -> bool:
    """Return whether a clause is of the kind that names people: who holds a post, who met."""
    told = clause.kind == "person" or clause.document.kind in {"人事", NEWS_KIND, MASTHEAD}
    return told or any(fact.kind == "appointment" for fact in clause.facts)


def _missing_number(asked: str, quotes: Sequence[Quote]) -> str:
    """Return the ordinal, unit or count asked for that does not stand in the quotes."""
    numbered = _missing_ordinal(asked, quotes) if "第" in asked else ""
    numbered = numbered or _missing_edition(asked, quotes)
    if numbered:
        return numbered
    everything = words_of(quotes)
    unit = _UNIT_ASKED.search(_asking(asked))
    if unit and not _states_unit(unit[1], everything):
        return f"多少{unit[1]}"
    if _NAMED_ASKED.search(asked) and "、" not in everything and not _NUMBER.search(everything):
        return "具体数量"
    return ""


def _asking(asked: str) -> str:
    """Return a question without the story before it, in which 几户 means some, not how many."""
    *story, last = re.split("[,;]", asked.rstrip("?!"))
    return ",".join([*(part.replace("几", "") for part in story), last])


def _missing_ordinal(asked: str, quotes: Sequence[Quote]) -> str:
    """Return a meeting, round, batch or item asked for by a number that is not in the quotes."""
    clause = quotes[0].passage.clause
    item = _ITEM_ASKED.search(asked)
    if item and not re.search(rf"(?<!\d){item[1]}(?!\d)", clause.label):
        return f"第{item[1]}项的情况"
    numbered = [
        figure
        for figure in find_figures(asked)
        if figure.kind == "ordinal" and _NUMBERED.match(asked, figure.end - 1)
    ]
    if not numbered or PREMISE.search(asked):
        return ""
    said = _spoken(quotes)
    known = {(figure.unit, figure.value) for figure in find_figures(said)}
    for figure in numbered:  # a misprinted 第二十一一次 is no figure, but begins with 第二十一
        if (figure.unit, figure.value) not in known and figure.text[:-1] not in said:
            return f"{figure.text}的情况"
    return ""


def _missing_edition(asked: str, quotes: Sequence[Quote]) -> str:
    """Return an edition asked for that is not spoken of, or a five-year plan after those that are.

    What was done under an earlier plan is told in the later one.
    """
    editions = _EDITION.findall(asked)
    said = fold(_spoken(quotes)) if editions else ""
    for edition in editions:
        known = [_PLANS.index(plan) for plan in _PLANS if plan in said]
        later = edition not in _PLANS or not known or _PLANS.index(edition) > max(known)
        if edition not in said and later:
            return f"{edition}的情况"
    return ""


def _spoken(quotes: Sequence[Quote]) -> str:
    """Return what is quoted, with all of the first clause and the titles above it."""
    clause = quotes[0].passage.clause
    return " ".join((words_of(quotes), clause.document.title, *clause.path, clause.text))


def _states_unit(unit: str, text: str) -> bool:
    if unit in _MONEY_UNITS:
        return any(figure.kind == "money" for figure in find_figures(text))
    pattern = f"{NUMBER}[万亿]?个?(?:{_SAME_UNIT.get(unit, unit)})"
    return bool(re.search(pattern, fold(text)))
