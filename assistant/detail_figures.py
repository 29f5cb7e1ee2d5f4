"""A figure asked for: money, a share, a length of time, a date, and whether quotes state it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.intent import FIGURE_KINDS, Intent, read_intent
from assistant.select import Quote
from assistant.sentences import Sentence, column_of
from assistant.stop_tokens import STOP_TOKENS
from index.figures import Figure, find_figures
from index.tokens import bigrams

# What is missing, in the words of the answer.
_NAMES = {
    "amount": "具体金额",
    "percent": "具体比例",
    "duration": "具体期限",
    "when": "具体时间",
}
# Words that answer a question for an amount or a time without a figure. 减免 and 适当 do not say
# how much, 及时 does not say how long.
_INSTEAD = {
    "amount": re.compile(
        r"(?<!减)免(?![去职])|不收|不[^，。；]{1,8}收取|无偿|自行(?=[承负解协支定])|协商(?:确定|议定|解决)"
        r"|全额|据实|自理"
    ),
    "percent": re.compile(r"全覆盖|全部|全额"),
    "duration": re.compile(
        r"[双半]?[月季周]刊|长期|第一时间|立即|当场|即时|即办|实时|之日|永久(?!基本)"
    ),
    "when": re.compile(r"之日|长期|每年|届时|立即|当天|十四五.?(?:末|期)"),
}
# What a price is settled by, where the thing itself is spoken of.
_PRICED = re.compile("协商定价|市场调节价|政府(?:指导|定)价")
_MONEY_ASKED = re.compile(
    r"(?:补[助贴]|贴息|奖金|投资|预算|造价|经费|资金|费用|奖励|补偿款?)"
    r"(?:标准|金额|最高|最多|总额|规模)*"
    r"(?:应?[为是到达]|需要?|要)?(?:多少|几万)"
    r"|(?<![颁公下印])[发领给报补](?:得到|到|得)?(?:多少|几百|几千|几块)"
    r"(?![0-9一-龥]*[个家人名份次户件条项种类位])"
    r"|多少(?:补[助贴]|奖金|津贴|经费|工资)|[一每].补(?:多少|几)|几毛|几分钱"
)
_TIME_ASKED = re.compile(
    r"(?:多少|(?<![今以]后)(?<![这那近前好过了上第早月分])几)个?"
    r"(?:工作日|小时|钟头|分钟|天|日|年(?!级)|月(?![几份]))(?![前不就了慢])"
)
_SHARE_ASKED = re.compile("几成|百分")
# What makes a date the end, or the beginning, of something that lasts.
_BOUND = re.compile("[至到止前起]|届满|期")
_COUNTED = re.compile("(?:多少|几)万?(?=[亩人户千株吨平个家年岁项名次])")
_REPEATED = re.compile("一[次回签届]|周期|多久[检查评开公更传]")
# What 一亩补多少 asks must be given by the 亩.
_EACH = re.compile(
    r"[一每]个?(亩|台|辆|头|棵|株|度电?|吨|平方米?|平米|公里|天|日|月|小时|钟头|公斤|斤)"
)
_EACH_SAID = {
    "台": "台|辆",
    "棵": "棵|株",
    "株": "棵|株",
    "度": "度|千瓦时",
    "度电": "度|千瓦时",
    "天": "天|日",
    "日": "天|日",
    "平方": "平方|平米|㎡",
    "平方米": "平方|平米|㎡",
    "平米": "平方|平米|㎡",
    "钟头": "小时|时",
    "月": "月",
    "公斤": "公斤|千克|kg",
}
# An amount given at another level does not answer for this one.
_LEVEL = re.compile("(国家|省|市|县)级")
# So many pairs of characters shared with the question make a sentence one about it.
_ABOUT = 2


def missing_figure(asked: str, intent: Intent, quotes: Sequence[Quote]) -> str:
    """Return the kind of figure asked for, where the quotes hold none that fits."""
    kind = intent.kind
    if kind == "amount" and read_intent(_COUNTED.sub("若干", asked)).kind != "amount":
        kind = "count"  # 给多少个村, 奖几年评一次
    if kind not in FIGURE_KINDS:
        kind = "duration" if _TIME_ASKED.search(asked) else kind
        kind = "amount" if _MONEY_ASKED.search(asked) else kind
    if kind not in FIGURE_KINDS:
        return ""
    if not _states(asked, kind, intent, quotes):
        return _NAMES[kind]
    level = _LEVEL.search(asked)
    if level and level[1] not in words_of(quotes):
        return f"{level[0]}的情况"
    return ""


def words_of(quotes: Sequence[Quote]) -> str:
    """Return what is quoted, table cells behind the names of their columns."""
    return "\n".join(f"{column_of(s)}{s.text}" for quote in quotes for s in quote.sentences)


def _states(asked: str, kind: str, intent: Intent, quotes: Sequence[Quote]) -> bool:
    """Return whether the quotes state a figure of a fitting kind, or words instead of one.

    Money asked for as a benefit must be money given. A time may stand in another clause: the first
    paragraph of a meeting report, the article that says when a document takes effect.
    """
    told = quotes if kind == "when" else quotes[:1]
    pieces = [s for quote in told for s in quote.sentences]
    instead = _INSTEAD[kind]
    words = "\n".join(s.text for s in pieces)
    if instead.search(words):
        return True
    if kind == "duration" and "年度" in words and _REPEATED.search(asked):
        return True
    fitting = [s for s in pieces if _holds(asked, kind, s)]
    if kind == "amount" and intent.benefit:
        facts = [f for f in quotes[0].passage.clause.facts if f.kind == "amount"]
        fitting = [s for s in fitting if any(s.start <= f.start < s.end for f in facts)]
    return bool(fitting) and (kind == "when" or _speak_of(asked, fitting, pieces))


def _holds(asked: str, kind: str, sentence: Sentence) -> bool:
    """Return whether a sentence holds a figure of the kind asked for."""
    column = column_of(sentence)
    if kind == "percent" and "%" in column:
        return True
    if kind == "when" and any(f.kind == "date" for f in find_figures(column)):
        return True  # 2025年目标
    if kind == "amount" and _PRICED.search(sentence.text):
        return True
    kinds = FIGURE_KINDS[kind]
    if kind == "percent" and sentence.kind != "cell" and _SHARE_ASKED.search(asked):
        kinds = frozenset({"percent"})
    figures = [f for f in find_figures(sentence.text) if f.kind in kinds]
    if kind == "duration":
        text = f"{sentence.text} "  # 上一年度 lasts nothing
        figures = [f for f in figures if _lasts(asked, f) and text[f.end] != "度"]
        if _TIME_ASKED.search(asked) and not _BOUND.search(sentence.text):  # nor does 10月22日印发
            figures = [f for f in figures if f.kind != "date"]
    each = _EACH.search(asked) if kind == "amount" else None
    return bool(figures) and (
        not each or bool(re.search(_EACH_SAID.get(each[1], each[1]), sentence.text))
    )


def _lasts(asked: str, figure: Figure) -> bool:
    """Return whether a figure says how long: days where days are asked for, not 每年."""
    if _REPEATED.search(asked):
        return True
    if figure.text.startswith("每"):
        return False
    if re.search("[天日时]|分钟", (_TIME_ASKED.search(asked) or [""])[0]):
        return figure.kind == "duration" and "年" not in figure.text
    return True


def _speak_of(asked: str, fitting: Sequence[Sentence], pieces: Sequence[Sentence]) -> bool:
    """Return whether a sentence with a figure speaks of what is asked, as far as any does.

    实施柑橘容器苗木补贴政策 speaks of 容器苗; that another sentence of the clause gives 300万元 for
    something else does not say what a 容器苗 is given.
    """
    if any(s.kind in {"item", "lead", "cell"} for s in pieces):
        return True
    words = {b for b in bigrams(asked) if b not in STOP_TOKENS}
    shared = {s.start: len(words & set(bigrams(s.text))) for s in pieces}
    most = max(shared.values())
    return most < _ABOUT or max(shared[s.start] for s in fitting) > 0
