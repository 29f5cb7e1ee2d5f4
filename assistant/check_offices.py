"""Offices in a sentence, found by how their names end, and looked up in short and long form.

A gazette writes one office as 市卫生健康委员会, 市卫健委 or 卫生健康部门, and a sentence may
continue before and behind it without a mark, so the beginning of a name is only estimated: too
short a name is looked up too leniently, too long a one would be reported although it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import jieba

jieba.setLogLevel("WARNING")

_HAN = "[一-鿿]"
_SUFFIXES = (
    "管理委员会|委员会|领导小组|指挥部|办公室|办事处|基金会|联合会|研究院|法院|检察院|管委会|"
    "中心(?![城区镇组])|支队|总队|大队|集团|公司|银行|协会|商会|学院|大学|医院|部门|机关|"
    "局(?![面部限势])|厅(?![局])|联社|院(?=[,.;、和及与牵负按]|$)"
)
_LONG = re.compile(rf"({_HAN}*?)({_SUFFIXES})")
# 办 and 委 alone end an office only behind its level: 市发改委, not 通办 or 委托.
_SHORT = re.compile(rf"[省市县]({_HAN}{{1,6}}?)(办(?![法理事公案好学结证税件贷成])|委(?![员托派]))")
_BEFORE_NAME = re.compile(
    "牵头单位|责任单位|主管单位|所在地|同级|会同|联系|分管|协管|兼管|牵头|设在|负责|通过|根据|按照|依照|"
    "属于|以及|应当|可以|需要|有关|相关|主管|职能|上级|下级|各级|当地|所属|前往|咨询|交由|协助|配合|提请|"
    "报送|本级|市级|县级|省级|具体|[由向报经到在和与及或对为归找去请至并将把被从于是让等的各其该本副]|"
    "(?<!城)[市县省区](?![场政民容域])"
)
# Tails that many offices share: 管理局 of 城市管理局 says nothing about 应急管理局.
_COMMON_TAILS = frozenset(
    re.findall(
        "[一-鿿]+",
        "管理 监督 监督管理 服务 发展 建设 工作 保障 事务 研究 监管 审批 执法 指导 行政 经办",
    )
)
_GOVERNMENT = re.compile(r"([省市县区镇乡])级?(?:人民)?政府(?![性网采部])")
# 省级, 国家级: of whom something is asked or who pays.
_LEVEL = re.compile("(国家|省|市|县)级([一-鿿]{0,2})")
# Characters an abbreviation may leave out between two that it keeps: 住(房和城乡)建(设)局.
_LEFT_OUT = "[^局委办厅部院,.;、:()\n]{0,4}"


@dataclass(frozen=True, slots=True)
class _Office:
    level: str  # 省 市 县 or ""
    core: str  # what distinguishes it, 城乡建设
    suffix: str
    run: str  # everything before the suffix, 由市住房和城乡建设

    @property
    def name(self) -> str:
        return self.core + self.suffix


def missing_offices(folded: str, facts: str) -> list[str]:
    """Return the offices of a folded sentence that the folded ``facts`` do not name."""
    missing = [
        f"{office.level}{office.name}"
        for office in _offices(folded)
        if not _is_named(office, facts) or _other_level(office, facts)
    ]
    missing += [
        match.group()
        for match in _GOVERNMENT.finditer(folded)
        if not re.search(f"{match.group(1)}[^.;]{{0,10}}政府", facts)
    ]
    return missing + [
        f"{level}级{subject}"
        for level, subject in _LEVEL.findall(folded)
        if not _is_level(level, subject, facts)
    ]


def office_names(folded: str) -> list[str]:
    """Return the offices of a folded text, as far as their beginnings can be told."""
    return [office.name for office in _offices(folded)]


def _is_level(level: str, subject: str, facts: str) -> bool:
    """Return whether the facts speak of that level, and not of another one's 财政 or 标准."""
    if not re.search(f"{level}(?:本?级|[^.;]{{0,10}}(?:政府|级))", facts):
        return False
    if len(subject) < 2 or f"级{subject}" not in facts:
        return True
    return re.search(f"{level}(?:本?级)?(?:{subject}|[、,和及])", facts) is not None


def _offices(folded: str) -> Iterator[_Office]:
    for match in (*_LONG.finditer(folded), *_SHORT.finditer(folded)):
        run, suffix = match.groups()
        core = _BEFORE_NAME.split(run)[-1]
        before = folded[: match.start(1)] + run[: len(run) - len(core)]
        level = before[-1:] if before[-1:] in tuple("省市县") else ""
        if len(core) > 1 and core not in _COMMON_TAILS:
            yield _Office(level, core, suffix, run)


def _is_named(office: _Office, facts: str) -> bool:
    if office.name in facts:
        return True
    if office.suffix in ("部门", "机关"):
        return any(tail in facts for tail in _tails(office.core))
    return (
        any(tail + office.suffix in facts for tail in _tails(office.core))
        or re.search(_abbreviated(office.name), facts) is not None
        or any(
            re.search(_abbreviated(short) + "(?:员会|公室)?$", office.run + office.suffix)
            for short in _short_names(facts)
        )
    )


def _tails(core: str) -> list[str]:
    """Return ``core`` without its first words, as long as that still names an office."""
    words = jieba.lcut(core)
    tails = ["".join(words[start:]) for start in range(len(words))]
    return [tail for tail in tails if len(tail) > 1 and tail not in _COMMON_TAILS]


def _abbreviated(name: str) -> str:
    return _LEFT_OUT.join(map(re.escape, name))


@lru_cache(maxsize=64)  # the facts are the same for every sentence of an answer
def _short_names(facts: str) -> frozenset[str]:
    return frozenset(office.name for office in _offices(facts) if 2 <= len(office.core) <= 4)


def _other_level(office: _Office, facts: str) -> bool:
    if not office.level or office.name not in facts:
        return False
    levels = set(re.findall(f"([省市县]?){re.escape(office.name)}", facts))
    return not levels & {office.level, ""}
