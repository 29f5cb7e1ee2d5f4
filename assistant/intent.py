"""What a question asks for: an amount, a person, a time, a list, a clause, whether it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.validity_wording import HOLDS, OF_DOCUMENT, OTHERWISE, STILL_POSSIBLE

# The first intent one of whose words occurs is meant; those that ask for a kind of figure stand
# before those that any text answers.
_WORDS: tuple[tuple[str, str], ...] = (
    ("document", "文号 字号 几号文 印发日期 发文日期 哪天发 什么时候发布 哪年发"),
    ("compare", "区别 不同 比较 相比 哪个多 哪个高 哪个长 哪个大 分别"),
    (
        "amount",
        "多少钱 几多钱 多少万 多少元 几万 几千 金额 标准是多少 奖多少 奖励多少 补多少 "
        "补贴多少 补助多少 给多少 给几 能拿多少 能领多少 领多少 拿多少 交多少 收多少 "
        "几块钱 补几 奖几 多少奖金 多少工资 多少费 "
        "奖金多少 奖金是多少 要多少费 收费标准是 收费标准多少 利息 费用比例 补点 给什么奖 "
        "给点什么奖",
    ),
    ("percent", "百分之几 比例 占比 报销几成 几成 覆盖率 百分比"),
    (
        "duration",
        "多久 几天 多长时间 多少天 几年 几个月 多少年 期限 多少个工作日 多少工作日 "
        "多少日 几日 多少小时",
    ),
    ("when", "什么时候 何时 哪天 哪年 哪一年 几月 几号 最晚 截止 时限 何年 多早 日期"),
    (
        "who",
        "谁 哪个部门 哪个单位 哪些部门 哪些单位 什么部门 什么单位 找哪 归哪 哪家 哪位 由哪 "
        "牵头 负责单位 责任单位 哪个机构 哪个局",
    ),
    ("where", "哪里 哪儿 在哪 去哪 上哪 什么地方 何处 哪个窗口 哪个版块 地址 电话"),
    ("list", "哪些 哪几 有什么 包括 都有 条件 材料 情形 几种 几类 列出 列举 什么人"),
    ("count", "多少 几个 几家 几项 几次 几份 几名 多大 多高 多远"),
    (
        "can",
        "能不能 可不可以 可以吗 行不行 行吗 能吗 是不是 要不要 算不算 用不用 能否 是否 "
        "对吗 对不对 会不会 需不需要 允许",
    ),
    ("how", "怎么 如何 怎样 咋 办法 流程 手续 程序 步骤"),
    ("definition", "是什么意思 什么叫 什么是 是指 含义 定义 所称"),
)
_INTENTS = tuple(
    (kind, re.compile("|".join(map(re.escape, words.split())))) for kind, words in _WORDS
)
# 能…吗 and a bare 吗 or 不 at the end ask for yes or no.
_YES_OR_NO = re.compile(r"(?:[吗不没]|(?<!什)么)$")
# 前几年 asks for nothing.
_VAGUE = re.compile("[前这那早好近头过]几[年天月]|几[年天]前")
# A figure asked for in the last parts of a question (能领多少，怎么算的) must be stated, whatever
# else is asked.
_ASKING_PARTS = 2

# Kinds of figure that answer an intent (index.figures); an intent that is not here needs none.
FIGURE_KINDS: dict[str, frozenset[str]] = {
    "amount": frozenset({"money", "percent"}),
    "percent": frozenset({"percent", "count", "number"}),
    "duration": frozenset({"duration", "date"}),
    "when": frozenset({"date", "duration"}),
}

_OFFICE = re.compile("(?:牵头|责任|负责|配合)(?:单位|部门)|(?:哪[个些]|什么)(?:单位|部门)")
_BENEFIT = re.compile(
    "补贴|补助|奖|补点|给钱|给多少|能领|能拿|领钱|减免|少交|免费|优惠|扶持|贴息|补偿|资助|报销"
    "|退税|补多少"
)
_CLAUSE = re.compile("第.{1,5}条|怎么规定|如何规定|规定了什么|原文|内容是什么|全文|写了什么")


@dataclass(frozen=True, slots=True)
class Intent:
    """What kind of answer fits a question."""

    kind: str  # a name of _WORDS, or "fact"
    benefit: bool  # about money or an advantage given
    clause: bool  # wants the wording of a named place
    office: bool = False  # wants to know who does it, whatever else


@lru_cache(maxsize=256)  # retrieval, companions and answer read the same question
def read_intent(question: str) -> Intent:
    """Return what a question asks for.

    The last part that asks anything counts: a follow-up stands behind what it follows, and people
    tell their story before they ask. Validity is asked only of a document or a policy.
    """
    sentences = [part for part in re.split(r"[。？?！!]", question) if part.strip(" ~～")]
    last = re.split(r"[，；;]", sentences[-1]) if sentences else []
    of_document = bool(OF_DOCUMENT.search(question))
    kinds = [_kind_of(part, of_document) for part in reversed(last)]
    if all(kind == "fact" for kind in kinds):  # a follow-up: it asks what the one before asked
        parts = re.split(r"[，。？?！!；;]", question)
        kinds = [_kind_of(part, of_document) for part in reversed(parts)]
    if STILL_POSSIBLE.search(question):
        kinds.append("validity")
    figures = [kind for kind in kinds[:_ASKING_PARTS] if kind in FIGURE_KINDS]
    kind = next((kind for kind in [*figures, *kinds] if kind != "fact"), "fact")
    if "validity" in kinds:
        kind = "validity"
    office = "who" in kinds or bool(_OFFICE.search(question))
    return Intent(kind, bool(_BENEFIT.search(question)), bool(_CLAUSE.search(question)), office)


def _kind_of(part: str, of_document: bool) -> str:
    if of_document and HOLDS.search(part.rstrip(" ~～")) and not OTHERWISE.search(part):
        return "validity"
    part = _VAGUE.sub("", part)
    kind = next((name for name, pattern in _INTENTS if pattern.search(part)), "")
    if not kind:
        kind = "can" if _YES_OR_NO.search(part.strip()) else "fact"
    return kind
