"""Offices, persons, counties and 《titles》 of a sentence must occur in the clauses it cites.

Names are found by rule, so that a new gazette needs no list: a person by 同志 or an office held
beside a surname, a county by 县, a title by its marks; offices in assistant.check_offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import jieba

from assistant.check_marks import without_marks
from assistant.check_offices import missing_offices
from index.folding import fold

_HAN = "[一-鿿]"
_SURNAME = (
    "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻窦章云苏潘葛范彭郎鲁韦"
    "昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟平黄穆萧尹姚邵汪"
    "祁毛狄米贝臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万支柯管卢莫房缪解应丁邓郁单杭洪包左石崔吉龚程邢裴陆荣翁荀惠甄曲封储靳段焦牧谷车侯全仇甘厉武符刘"
    "景詹龙叶黎薄白蒲赖卓蒙池乔胥翟谭申桑桂牛寿尚温庄晏柴瞿阎连习艾易慎戈廖耿文欧利聂辛简饶曾沙关游权元]"
)
_NAME = f"{_SURNAME}{_HAN}{{1,2}}"
_ROLE = "市长|书记|主任|[局县省院行校会]长|秘书长|巡视员|记者|顾问|董事长|经理|总裁|主席"
_COMRADE = re.compile(rf"({_NAME})同志")
_BESIDE_ROLE = re.compile(rf"(?:{_ROLE})({_NAME})")
_AT_START = re.compile(
    rf'(?:^|[,.;:\[("])({_SURNAME}{_HAN}{{1,2}}?)(?=:|是|任{_HAN}|担任|分管|负责|协管|兼管|联系|主持)'
)
_LINE = re.compile("[；;。\n]")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》){2,90})》")
_COUNTY = re.compile(rf"({_HAN}{{2}})县(?![级域乡政委人(市])")


def check_names(sentence: str, evidence: Sequence[str]) -> list[str]:
    """Return offices, persons, counties and 《titles》 of ``sentence`` absent from ``evidence``.

    Names come back folded. An office is present in its short or long form, with or without 市; a
    title also by words of it in order (《见义勇为办法》).
    """
    folded = fold(without_marks(sentence))
    facts = "\n".join(fold(text) for text in evidence)
    missing = [f"《{title}》" for title in _TITLE.findall(folded) if not _is_titled(title, facts)]
    untitled = _TITLE.sub("《》", folded)  # an office inside a title is part of the title
    missing += missing_offices(untitled, facts)
    missing += [name for name in _persons(untitled) if name not in facts]
    missing += [f"{name}县" for name in _counties(untitled) if name not in facts]
    return list(dict.fromkeys(missing))


def about_persons(sentence: str, evidence: Sequence[str]) -> list[str]:
    """Return what ``evidence`` says of the persons in ``sentence``, others' appointments left out.

    A notice lists several appointments; 丁毅 and an office of another line do not belong together.
    Without persons the evidence comes back whole.
    """
    folded = fold(without_marks(sentence))
    known = {name for text in evidence for name in _COMRADE.findall(fold(text))}
    named = {name for name in known if name in folded}
    others = known - named
    if not named or not others:
        return list(evidence)
    lines = [line for text in evidence for line in _LINE.split(text) if line.strip()]
    return [
        line
        for line in lines
        if not any(name in fold(line) for name in others) or any(name in line for name in named)
    ]


def _is_titled(title: str, facts: str) -> bool:
    if title in facts:
        return True
    return any(_is_subsequence(title, full) for full in _TITLE.findall(facts))


def _is_subsequence(short: str, full: str) -> bool:
    """Return whether ``full`` holds the characters of ``short`` in order, in linear time."""
    characters = iter(full)
    return all(character in characters for character in short)


def _persons(folded: str) -> Iterator[str]:
    for match in _COMRADE.finditer(folded):
        yield match.group(1)
    for pattern in (_BESIDE_ROLE, _AT_START):
        for match in pattern.finditer(folded):
            name = match.group(1)
            first = jieba.lcut(folded[match.start(1) : match.start(1) + 8])[0]
            if pattern is _BESIDE_ROLE and len(first) == 2:
                name = first  # 主任王军负责: the third character is the next word's
            if not _is_word(name):
                yield name


def _is_word(name: str) -> bool:
    """Return whether ``name`` is an everyday word that merely begins like a surname: 方案, 文件."""
    return bool(jieba.dt.FREQ.get(name, 0) > 100)


def _counties(folded: str) -> Iterator[str]:
    for match in _COUNTY.finditer(folded):
        name = match.group(1)
        if not _is_word(name) and not set(name) & set("市县区各所全该本属强大"):
            yield name
