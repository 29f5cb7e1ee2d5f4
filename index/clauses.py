"""A document into its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.assembly import Assembler
from index.documents import FRONT_KIND, NEWS_KIND, find_body
from index.facts import find_facts
from index.lines import Line, split_lines
from index.paragraphs import Paragraph, join_lines, join_text
from index.types import Clause, Document, Issue, Skipped

_MASTHEAD_WORDS = ("编委", "主编", "编辑", "地址", "电话")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's clauses and what was left out of them."""

    clauses: tuple[Clause, ...]
    skipped: tuple[Skipped, ...]


def split_clauses(document: Document, issue: Issue) -> list[Clause]:
    """Split a document into clauses, in the order of the source."""
    return list(read_document(document, issue).clauses)


def read_document(document: Document, issue: Issue) -> Reading:
    """Split a document into clauses and record every character left out, with its reason."""
    lines = list(split_lines(issue, document.span))
    if document.kind == FRONT_KIND:
        assembler = _assemble_front(document, lines)
    else:
        assembler = _assemble_body(document, lines)
    clauses = [
        replace(clause, order=clause.spans[0].start, facts=find_facts(clause))
        for clause in _number_paragraphs(assembler.clauses)
    ]
    skipped = [*assembler.skipped, *_skipped_lines(lines, clauses, assembler.skipped)]
    return Reading(tuple(clauses), tuple(skipped))


def _assemble_body(document: Document, lines: Sequence[Line]) -> Assembler:
    body = find_body(lines, document)
    paragraphs = join_lines(document, lines[body:])
    assembler = Assembler(document, _body_label(document, paragraphs))
    head = [Paragraph("head", line.text, (line.span,)) for line in lines[:body]]
    if head:
        assembler.open(["题头"], "head", head[0])
        for paragraph in head[1:]:
            assembler.extend(paragraph)
        assembler.close()
    for paragraph in paragraphs:
        assembler.add(paragraph)
    assembler.close()
    return assembler


def _body_label(document: Document, paragraphs: Sequence[Paragraph]) -> str:
    """Return what the paragraphs before a document's first mark are called."""
    if document.kind == NEWS_KIND:
        return "段"
    first_mark = next((i for i, p in enumerate(paragraphs) if p.marker and p.kind != "note"), None)
    if any(p.kind == "title" for p in paragraphs[:first_mark]):
        return "印发通知"
    marked = first_mark is not None
    persons = any(p.kind == "person" for p in paragraphs)
    return "引言" if marked or persons else "正文"


def _assemble_front(document: Document, lines: Sequence[Line]) -> Assembler:
    """Cut the front matter at its tables: cover, contents rows, masthead."""
    assembler = Assembler(document)
    table: list[Line] = []
    group: list[Paragraph] = []

    def flush_group() -> None:
        if group:
            text = join_text(group).replace(" ", "")
            label = "编辑信息" if any(word in text for word in _MASTHEAD_WORDS) else "封面"
            assembler.open([label], "paragraph", group[0], path=())
            for paragraph in group[1:]:
                assembler.extend(paragraph)
            assembler.close()
            group.clear()

    def flush_table() -> None:
        if table:
            assembler.open_contents()
            assembler.add(Paragraph("table", "", (table[0].span,), lines=tuple(table)))
            table.clear()

    for line in lines:
        if line.is_table:
            flush_group()
            table.append(line)
        else:
            flush_table()
            group.append(Paragraph("text", line.text, (line.span,)))
    flush_table()
    flush_group()
    return assembler


def _number_paragraphs(clauses: Sequence[Clause]) -> list[Clause]:
    """Name unnumbered paragraphs by their place: 三、第2段 follows the paragraph labelled 三、."""
    counts: dict[str, int] = {}
    named = []
    for clause in clauses:
        stem = clause.label.removesuffix("段")
        unnumbered = clause.kind == "paragraph" and stem != clause.label
        if unnumbered and not clause.label.endswith("末段"):
            counts[stem] = counts.get(stem, 0) + 1
            place = clause.id.rpartition("段")[0]
            label, full = f"{stem}第{counts[stem]}段", f"{place}段{counts[stem]}"
            named.append(replace(clause, label=label, id=full))
        else:
            counts.setdefault(clause.label, int(clause.kind != "heading"))
            named.append(clause)
    return named


def _skipped_lines(
    lines: Sequence[Line], clauses: Sequence[Clause], skipped: Sequence[Skipped]
) -> list[Skipped]:
    """Return the lines that neither a clause nor a skip holds: those a column break repeated."""
    held = [span for clause in clauses for span in clause.spans] + [s.span for s in skipped]
    return [
        Skipped(line.span, "分栏处重复的行")
        for line in lines
        if not any(h.start < line.span.end and line.span.start < h.end for h in held)
    ]
