"""Proving a reading: nothing lost, nothing twice, articles without a gap, sentences whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from index.documents import FRONT_KIND, NEWS_KIND
from index.lines import ends_sentence
from index.numerals import parse_numeral
from index.reading import IssueReading
from index.types import Clause

_ARTICLE_LINE = re.compile(r"^第[一二三四五六七八九十百]+条(?=\s)", re.MULTILINE)
# No sentence begins with one of these.
_NOT_A_BEGINNING = "，。、；：,.;:）)〕】》”"


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``verify_reading`` found; ``problems`` is empty for a faithful reading."""

    issue: str
    documents: int  # with a 文号
    news: int
    clauses: int
    articles: dict[str, int]  # 文号 -> number of articles
    characters: int  # non-space characters of the source
    in_clauses: int
    skipped: dict[str, int]  # reason -> characters
    repaired: tuple[str, ...]  # clause ids
    problems: tuple[str, ...]


def verify_reading(reading: IssueReading) -> Verification:
    """Check a reading against its source."""
    documents = [d for d in reading.documents if d.kind not in {FRONT_KIND, NEWS_KIND}]
    covered, problems = _count_coverage(reading)
    problems += _check_documents(reading)
    articles, article_problems = _check_articles(reading)
    problems += article_problems
    problems += [problem for clause in reading.clauses for problem in _check_clause(clause)]
    skipped: Counter[str] = Counter()
    for skip in reading.skipped:
        skipped[skip.reason] += _dense_length(reading, skip.span.start, skip.span.end)
    return Verification(
        issue=reading.issue.id,
        documents=len(documents),
        news=sum(d.kind == NEWS_KIND for d in reading.documents),
        clauses=len(reading.clauses),
        articles=articles,
        characters=_dense_length(reading, 0, len(reading.issue.text)),
        in_clauses=covered,
        skipped=dict(skipped),
        repaired=tuple(c.id for c in reading.clauses if c.repaired),
        problems=tuple(problems),
    )


def _dense_length(reading: IssueReading, start: int, end: int) -> int:
    return sum(not character.isspace() for character in reading.issue.text[start:end])


def _count_coverage(reading: IssueReading) -> tuple[int, list[str]]:
    """Count the characters held by clauses and name those held never or twice."""
    text = reading.issue.text
    held = bytearray(len(text))
    for clause in reading.clauses:
        for span in clause.spans:
            for position in range(span.start, span.end):
                held[position] += 1
    in_clauses = sum(1 for i, n in enumerate(held) if n and not text[i].isspace())
    for skip in reading.skipped:
        for position in range(skip.span.start, skip.span.end):
            held[position] += 1
    problems = []
    for found in re.finditer(r"[^\n]+", text):
        line = range(found.start(), found.end())
        wrong = [i for i in line if held[i] != 1 and not text[i].isspace()]
        if wrong:
            how = "属于多个条款" if held[wrong[0]] > 1 else "不属于任何条款"
            problems.append(f"字符 {wrong[0]} 起 {len(wrong)} 个{how}：{found[0][:30]}")
    return in_clauses, problems


def _check_documents(reading: IssueReading) -> list[str]:
    problems = []
    for document in reading.documents:
        if document.kind == FRONT_KIND:
            continue
        missing = [
            name
            for name, value in (
                ("标题", document.title),
                ("日期", document.date),
                ("起始页", document.page),
            )
            if not value
        ]
        if missing:
            problems.append(f"{document.key}：缺{'、'.join(missing)}")
    ids = Counter(clause.id for clause in reading.clauses)
    return problems + [f"条款编号重复：{id_}" for id_, count in ids.items() if count > 1]


def _check_articles(reading: IssueReading) -> tuple[dict[str, int], list[str]]:
    """Check that each document's articles run 1..n and are as many as its text shows."""
    articles: dict[str, int] = {}
    problems = []
    for document in reading.documents:
        numbers = [
            int(parse_numeral(clause.label[1:-1]))
            for clause in reading.clauses
            if clause.document.key == document.key and clause.kind == "article"
        ]
        shown = reading.issue.text[document.span.start : document.span.end]
        expected = len(_ARTICLE_LINE.findall(shown))
        if not numbers and not expected:
            continue
        articles[document.key] = len(numbers)
        if numbers != list(range(1, expected + 1)):
            problems.append(f"{document.key}：条号不连续，读到 {numbers}")
    return articles, problems


def _check_clause(clause: Clause) -> list[str]:
    problems = []
    if clause.text[:1] in _NOT_A_BEGINNING:
        problems.append(f"{clause.id}：从句子中间开始：{clause.text[:20]}")
    prose = clause.kind in {"article", "item", "paragraph", "person", "office"}
    if prose and _needs_end(clause) and not ends_sentence(clause.text):
        problems.append(f"{clause.id}：在句子中间结束：…{clause.text[-20:]}")
    wrong = [f for f in clause.facts if clause.text[f.start : f.end] != f.text]
    return problems + [f"{clause.id}：事实与原文不符：{fact.text}" for fact in wrong]


def _needs_end(clause: Clause) -> bool:
    """Return whether a clause ends with a sentence, not with a by-line, form field or list entry.

    A list entry stands on a line of its own and has no sentence mark at all.
    """
    if clause.document.kind == FRONT_KIND or clause.label in {"发文单位", "附件目录"}:
        return False
    *before, last = clause.text.split("\n")
    return not before or any(mark in last for mark in "，。；：,;:")
