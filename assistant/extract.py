"""Quotes → the extractive answer: verbatim sentences, each with its mark, then where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.select import Quote
from assistant.sentences import Sentence, column_of
from assistant.types import Citation, Validity
from assistant.validity import clause_validity, is_on_trial
from index.dates import chinese_date
from index.types import Clause


def cite_quotes(
    quotes: Sequence[Quote], clauses: Mapping[str, Clause], as_of: date
) -> list[Citation]:
    """Return one citation for each quoted clause: from its first to its last quoted piece."""
    citations = []
    for number, quote in enumerate(quotes, 1):
        clause = quote.passage.clause
        start = quote.sentences[0].start
        end = quote.sentences[-1].end
        citations.append(
            Citation(
                mark=str(number),
                clause=clause,
                quote=clause.text[start:end],
                start=start,
                end=end,
                validity=clause_validity(clause, clauses, as_of),
            )
        )
    return citations


def write_extract(quotes: Sequence[Quote], citations: Sequence[Citation]) -> str:
    """Return the answer's text: what each clause says, then which clause it is."""
    paragraphs = []
    for quote, citation in zip(quotes, citations, strict=True):
        body = _write_sentences(quote.sentences)
        paragraphs.append(f"{body}[{citation.mark}]\n——{place(citation.clause)}")
    return "\n\n".join(paragraphs)


def place(clause: Clause) -> str:
    """Return a clause as an official would cite it: 《…》（文号）第十一条."""
    return f"{clause.document.cite}{clause.label}"


def _write_sentences(sentences: Sequence[Sentence]) -> str:
    """Join pieces of one clause; … stands where something between two of them is left out."""
    if sentences[0].kind == "cell":
        return _write_cells(sentences)
    written: list[str] = []
    for before, sentence in zip([None, *sentences[:-1]], sentences, strict=True):
        if before is not None:
            gap = sentence.clause.text[before.end : sentence.start]
            written.append("\n" if sentence.kind == "item" or "\n" in gap else "")
            if len(gap.strip()) > len("（一十）、. "):
                written.append("……")
        written.append(sentence.text.rstrip("\n"))
    return "".join(written)


def _write_cells(sentences: Sequence[Sentence]) -> str:
    """Write cells under their column names, each name once."""
    written: list[str] = []
    last = ""
    for before, sentence in zip([None, *sentences[:-1]], sentences, strict=True):
        name = column_of(sentence)
        if name and name != last:
            written.append(f"{'；' if written else ''}{name}：{sentence.text}")
        elif before and sentence.clause.text[before.end : sentence.start].strip(" |"):
            written.append(f"……{sentence.text}")
        else:
            written.append(f"{'；' if written and not name else ''}{sentence.text}")
        last = name
    return "".join(written)


def write_status(citation: Citation, as_of: date) -> str:
    """Return whether a document holds on a day, as the answer to that question."""
    validity, document = citation.validity, citation.clause.document
    issued = f"{chinese_date(document.date)}印发，" if document.date and not validity.start else ""
    start = f"自{chinese_date(validity.start)}起施行" if validity.start else "未写明施行日期"
    end = f"有效期至{chinese_date(validity.end)}" if validity.end else "未规定有效期"
    if validity.plan_over:
        end = f"是{validity.plan_over}的安排"
    elif is_on_trial(document) and not validity.end:
        end = "未规定试行期"
    state = "是否仍然有效，公报未载明" if validity.status == "未载明" else validity.status
    day = chinese_date(as_of.isoformat())
    return f"截至{day}：{document.cite}{state}（{issued}{start}，{end}）。"


def write_repeal(number: str, citation: Citation, as_of: date) -> str:
    """Return whether a document that a clause repeals holds on a day."""
    document = citation.clause.document
    start = citation.validity.start or document.date
    state = "已停止执行" if start <= as_of.isoformat() else "仍在执行"
    since = f"{document.cite}自{chinese_date(start)}起施行，停止其执行"
    return f"截至{chinese_date(as_of.isoformat())}：{number}{state}（{since}）。"


def write_validity(validity: Validity, clause: Clause) -> str:
    """Return the warning for a measure that does not hold, "" for one that does."""
    cite, basis = clause.document.cite, validity.basis
    if validity.plan_over:
        over = f"是{validity.plan_over}的安排，这一期间已过"
        return f"注意：{cite}{over}；是否延续，公报没有写明。"
    if validity.status == "已过有效期":
        return f"注意：{cite}的有效期已于{chinese_date(validity.end)}届满（{basis}）"
    if validity.status == "已废止":
        return f"注意：{cite}已废止（{basis}）"
    if validity.status == "未施行":
        start = f"自{chinese_date(validity.start)}起施行，目前尚未施行"
        return f"注意：{cite}{start}（{basis}）"
    return ""
