"""How much a benefit is: the amounts of a grant, and which case each belongs to."""

from __future__ import annotations

import re
from itertools import pairwise

from index.figures import Figure, find_figures
from index.types import Span

# Words that belong to an amount: 不低于二万元, 投资额的1%, 80%以上.
_BEFORE = re.compile(r"(?:不低于|不少于|不超过|最高|最低|至少|每[户人亩家个月年]|上浮|下浮|下调)+$")
_BASE = re.compile(r"(?:\d[\d月年-]*)?[^,;。、按对和]{2,16}?的$|一年期[A-Za-z]+$")
_AFTER = re.compile(r"\s*(?:以上|以内|以下)")
_BETWEEN = re.compile(r"\s*[至到~—–-]\s*")
# Between an amount and the grant behind it: 1%比例给予奖励, 每亩300元的标准给予补助.
_LEADS = re.compile(r"的?(?:标准|比例|额度|金额)?")
# Where no sum is written: 不低于上年度平均工资水平, 全额资助、定额资助, 6个月的费用缓缴期.
_MEASURE = re.compile(
    r"不低于(?:上年度|当地|最低)[^,;。]+|(?:全额|定额)资助(?:、(?:全额|定额)资助)*|"
    r"[\d一二三四五六]+个月(?=[^,;。]{0,4}缓缴期)"
)


def find_sums(segment: str, start: int, end: int, floor: int) -> list[Span]:
    """Return the amounts of the grant ``segment[start:end]``, ranges joined, in order.

    ``floor`` is where its wording begins: a base (应缴水电气费用的30%) does not reach before it.
    """
    figures = [f for f in find_figures(segment) if f.kind in {"money", "percent"}]
    figures = _leading(figures, segment, start, floor) + [
        f for f in figures if start <= f.start and f.end <= end
    ]
    spans = [_phrase(segment, figure, floor) for figure in figures]
    joined: list[Span] = []
    for span in spans:
        between = segment[joined[-1].end : span.start] if joined else None
        if between is not None and _BETWEEN.fullmatch(between):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    if joined:
        return joined
    measure = _MEASURE.search(segment, start, end)
    return [Span(*measure.span())] if measure else []


def _leading(figures: list[Figure], segment: str, start: int, floor: int) -> list[Figure]:
    """Return the amounts right before the grant at ``start``, a list of them together."""
    found: list[Figure] = []
    for figure in reversed([f for f in figures if floor <= f.start and f.end <= start]):
        between = segment[figure.end : found[0].start if found else start]
        if not (between == "、" if found else _LEADS.fullmatch(between)):
            break
        found.insert(0, figure)
    return found


def _phrase(segment: str, figure: Figure, floor: int) -> Span:
    begin = figure.start
    for words in (_BEFORE, _BASE) if figure.kind == "percent" else (_BEFORE,):
        found = words.search(segment, floor, begin)
        # An open end ($) is the end of the searched stretch.
        begin = found.start() if found else begin
    after = _AFTER.match(segment, figure.end)
    return Span(begin, after.end() if after else figure.end)


_SEPARATOR = re.compile(r"[、和与及]|以及")
_ITEM_START = re.compile(r".*(?:的|按|为|对|制定|突破|超过|达到|获得|建设|评为)")
_BRACKET = re.compile(r"\([^()]*\)")


def pair_cases(wording: str, count: int) -> list[Span]:
    """Return the ``count`` items that the amounts of a 分别 answer to, [] where not plain.

    ``wording`` is what stands before the first amount: 对制定国际标准、国家标准的企业.
    """
    masked = _BRACKET.sub(lambda match: "·" * len(match[0]), wording)
    figures = [f for f in find_figures(wording) if f.kind == "money"]
    runs = _runs_of(figures, masked, count)
    parts = reversed(list(re.finditer(r"[^,;。]+", masked)))
    runs += [_run_in(masked, part.start(), part.end(), count) for part in parts]
    return next(filter(None, runs), [])


_FIRST_LABEL = re.compile(r"(?:给予|予以|奖励|补助|补贴|按)([^,;。、\d]{2,10})$")


def label_cases(segment: str, start: int, sums: list[Span]) -> list[Span]:
    """Return what is written before each amount of a list: 给予一等奖5万元、二等奖3万元.

    [] where an amount has no label of its own.
    """
    first = _FIRST_LABEL.search(segment, start, sums[0].start)
    labels = [Span(*first.span(1))] if first else []
    for before, after in pairwise(sums):
        label = re.fullmatch(r"、([^,;。、\d]{2,10})", segment[before.end : after.start])
        if label:
            labels.append(Span(before.end + label.start(1), after.start))
    return labels if len(labels) == len(sums) else []


def _runs_of(figures: list[Figure], masked: str, count: int) -> list[list[Span]]:
    """Return runs of exactly ``count`` amounts written as a list, the last one first."""
    runs: list[list[Figure]] = []
    for figure in figures:
        if runs and _SEPARATOR.fullmatch(masked[runs[-1][-1].end : figure.start]):
            runs[-1].append(figure)
        else:
            runs.append([figure])
    return [[Span(f.start, f.end) for f in run] for run in reversed(runs) if len(run) == count]


def _run_in(masked: str, start: int, end: int, count: int) -> list[Span]:
    marks = [match for match in _SEPARATOR.finditer(masked, start, end) if match[0] == "、"]
    if len(marks) != count - 1:
        return []
    edges = [start, *(mark.end() for mark in marks), end + 1]
    items = [Span(begin, after - 1) for begin, after in pairwise(edges)]
    first = _ITEM_START.match(masked, items[0].start, items[0].end)
    items[0] = Span(first.end() if first else items[0].start, items[0].end)
    items[-1] = Span(items[-1].start, _last_end(masked, items))
    return items


def _last_end(masked: str, items: list[Span]) -> int:
    """Return where the last item ends: it closes as the one before, 国家标准、行业标准|的企业."""
    before, last = items[-2], items[-1]
    closing = masked[before.end - 1]
    as_long = last.start + before.end - before.start
    if as_long <= last.end and masked[as_long - 1] == closing:
        return as_long
    found = masked.find(closing, last.start + 1, last.end)
    return (
        found + 1 if found >= 0 else last.start + len(masked[last.start : last.end].rstrip("的 "))
    )
