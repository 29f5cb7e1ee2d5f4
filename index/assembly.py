"""Paragraphs into clauses: which paragraphs make one clause, and under which headings it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.folding import fold
from index.lines import ends_sentence
from index.markers import Marker
from index.paragraphs import Paragraph
from index.rows import label_row
from index.tables import Row, continues_table, is_section_row, parse_table
from index.types import Clause, Document, Skipped, Span

# What a person in a list of responsibilities does; anything else ends the person's clause.
_DUTY_VERBS = ("负责", "分管", "联系", "协管", "兼管", "协助", "协调", "主持", "在")
# A page break sometimes repeats the last characters of the paragraph before it.
_MAX_REPEAT = 6
_ITEM_MARKS = {"level1", "level2", "level3"}
# A paragraph that speaks of the whole document, not of the item above it.
_SPEAKS_OF_ALL = re.compile(
    r"^(?:本|以上|上述|此前)(?:政策|措施|方案|意见|办法|通知|规划|细则|规定|计划|文件|行动)"
)
# Shorter lines than this are contained in too much to be recognised as a title.
_MIN_TITLE = 8

_NUMBERED = "段"  # becomes 第2段: an unnumbered paragraph named by its place
_CLOSING = "末段"
_TABLE = "表"
_CONTENTS = "目录"
_CAPTION_DEPTH = 9  # below every mark: a caption holds its table only


@dataclass(slots=True)
class _Heading:
    depth: int
    label: str
    text: str


@dataclass(slots=True)
class _Unit:
    """A clause being put together."""

    labels: list[str]
    path: tuple[str, ...]
    kind: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    columns: str = ""


class Assembler:
    """Puts the clauses of one document together from its paragraphs, in order."""

    def __init__(self, document: Document, body_label: str = "引言") -> None:
        """Begin a document whose paragraphs before the first mark are called ``body_label``."""
        self.clauses: list[Clause] = []
        self.skipped: list[Skipped] = []
        self._document = document
        self._body_label = body_label
        self._attachments: list[Paragraph] = []
        self._headings: list[_Heading] = []
        self._unit: _Unit | None = None
        self._header: Row | None = None
        self._row_label = ""
        self._section = ""
        self._ids: dict[str, int] = {}

    def add(self, paragraph: Paragraph) -> None:
        """Take the next paragraph."""
        if self._repeats_last(paragraph):
            self.skipped += [Skipped(span, "分页处重复的字") for span in paragraph.spans]
            return
        match paragraph.kind:
            case "table":
                self._add_table(paragraph)
            case "heading":
                self._open_heading(paragraph)
            case "title":
                self._open_title(paragraph)
            case "note":
                self.open(["公开属性"], "note", paragraph, path=())
            case "byline":
                self.open(["发文单位"], "paragraph", paragraph, path=())
            case "attachments":
                self._add_attachment(paragraph)
            case "person" | "office":
                name = re.split(r"[：:]", paragraph.text)[0].replace(" ", "")
                self.open([*self._labels(), name], paragraph.kind, paragraph)
            case _:
                self._add_text(paragraph)

    def open(
        self,
        labels: Sequence[str],
        kind: str,
        paragraph: Paragraph,
        path: tuple[str, ...] | None = None,
    ) -> None:
        """Close the clause in hand and begin another, under the open headings unless told where."""
        self.close()
        if path is None:
            path = tuple(heading.text for heading in self._headings)
        self._unit = _Unit(list(labels), path, kind, [paragraph])

    def open_contents(self) -> None:
        """Put what follows under the heading 目录."""
        self._headings = [_Heading(0, _CONTENTS, _CONTENTS)]

    def close(self) -> None:
        """Turn the clause in hand into a ``Clause``."""
        unit, self._unit = self._unit, None
        if unit is None:
            return
        label = display_label(unit.labels)
        self.clauses.append(
            Clause(
                id=self._unique_id(unit.labels),
                document=self._document,
                path=unit.path,
                label=label,
                kind=unit.kind,
                text=join_text(unit.paragraphs),
                spans=tuple(span for p in unit.paragraphs for span in p.spans),
                order=0,
                columns=unit.columns,
                repaired=any(p.repaired for p in unit.paragraphs),
            )
        )

    def _add_text(self, paragraph: Paragraph) -> None:
        marker = paragraph.marker
        if marker and marker.kind == "article":
            self._headings = [h for h in self._headings if h.depth < marker.depth]
            self.open([marker.label], "article", paragraph)
        elif marker and marker.kind in _ITEM_MARKS:
            self._open_item(paragraph, marker)
        elif marker and marker.kind == "dash":
            self.open([*self._labels(), _NUMBERED], "paragraph", paragraph)
        elif annex := self._unmarked_annex(paragraph):
            self._headings = [_Heading(0, annex, f"{annex} {paragraph.text}")]
            self.open([annex], "heading", paragraph, path=())
        elif self._goes_on(paragraph):
            self.extend(paragraph)
        elif not self._headings and not self._after_person():
            self.open([self._body_label], "paragraph", paragraph)
        else:
            self._open_paragraph(paragraph)

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Return whether an unmarked paragraph belongs to the clause in hand."""
        unit = self._unit
        if unit is None or unit.kind == "note":
            return False
        if paragraph.breaks or paragraph.kind == "annotation" or unit.kind == "article":
            return True
        if unit.kind == "heading":
            unit.kind = "item"
            return True
        if unit.kind == "person":
            return paragraph.text.startswith(_DUTY_VERBS)
        if not self._headings:
            return self._body_label != _NUMBERED and unit.kind != "head"
        return unit.paragraphs[-1].text.endswith(("：", ":"))

    def _after_person(self) -> bool:
        return self._unit is not None and self._unit.kind == "person"

    def _open_paragraph(self, paragraph: Paragraph) -> None:
        """Open a clause for an unnumbered paragraph: one that closes something, or one of several.

        A paragraph that speaks of the whole document closes it; one after a complete item or the
        last person does not belong to that item and closes the section above.
        """
        if _SPEAKS_OF_ALL.match(paragraph.text):
            self._headings = []
            self.open([_CLOSING], "paragraph", paragraph)
        elif self._after_person():
            self.open([*self._labels(), _CLOSING], "paragraph", paragraph)
        elif self._closes_section():
            self._headings.pop()
            self.open([*self._labels(), _CLOSING], "paragraph", paragraph)
        else:
            self.open([*self._labels(), _NUMBERED], "paragraph", paragraph)

    def _closes_section(self) -> bool:
        unit = self._unit
        return (
            unit is not None
            and unit.kind == "item"
            and len(self._headings) > 1
            and _is_annotated(unit.paragraphs[-1])
        )

    def _unmarked_annex(self, paragraph: Paragraph) -> str:
        """Return 附件4 for the title of a listed attachment that lost its 附件 4 line, else ""."""
        title = fold(paragraph.text)
        if ends_sentence(paragraph.text) or len(title) < _MIN_TITLE:
            return ""
        for item in self._attachments:
            number = re.search(r"(\d+)\s*[.．、]", item.text)
            if number and title in fold(item.text):
                return f"附件{number[1]}"
        return ""

    def _open_heading(self, paragraph: Paragraph) -> None:
        marker = paragraph.marker
        if marker is None:
            raise ValueError(f"heading without a mark: {paragraph.text!r}")
        self._push(marker, paragraph.text)
        own = self._headings.pop()
        self.open([*self._labels(), own.label], "heading", paragraph)
        self._headings.append(own)
        self._header = None

    def _open_title(self, paragraph: Paragraph) -> None:
        annex = self._headings[-1] if self._headings and self._headings[-1].depth == 0 else None
        if annex and annex.label.startswith("附件") and self._unit and self._unit.kind == "heading":
            annex.text = f"{annex.label} {paragraph.text}"
            self.extend(paragraph)
            return
        labels = [*self._labels(), "标题"]
        self._body_label = "引言"
        self.open(labels, "heading", paragraph)
        # The instrument's own title says nothing its document does not; a table's caption does.
        if fold(paragraph.text) not in fold(self._document.title):
            name = re.sub(r"\s+", "", paragraph.text)
            label = _CONTENTS if name == _CONTENTS else _TABLE
            self._headings = [h for h in self._headings if h.depth < _CAPTION_DEPTH]
            self._headings.append(_Heading(_CAPTION_DEPTH, label, paragraph.text))
        self.close()

    def _open_item(self, paragraph: Paragraph, marker: Marker) -> None:
        title = re.split(r"[。：:]", paragraph.text, maxsplit=1)[0]
        self._push(marker, title)
        own = self._headings.pop()
        self.open([*self._labels(), own.label], "item", paragraph)
        self._headings.append(own)

    def _push(self, marker: Marker, text: str) -> None:
        self._headings = [h for h in self._headings if h.depth < marker.depth]
        self._headings.append(_Heading(marker.depth, marker.label, text))

    def _add_attachment(self, paragraph: Paragraph) -> None:
        if self._unit and self._unit.labels == ["附件目录"]:
            self.extend(paragraph)
        else:
            self.open(["附件目录"], "paragraph", paragraph, path=())
        self._attachments.append(paragraph)

    def _add_table(self, paragraph: Paragraph) -> None:
        table = parse_table(paragraph.lines)
        if not continues_table(table, self._header):
            self._header, self._section, self._row_label = table.header, "", ""
        self._skip_markup(paragraph, table.rows)
        for row in table.rows:
            section = self._header is not None and is_section_row(row)
            if section:
                self._section = row.cells[0]
            self._add_row(row, section)

    def _add_row(self, row: Row, section: bool) -> None:
        above = self._row_label.split(" ")[0]
        label = row.cells[0] if section else label_row(row.cells, above)
        self._row_label = self._row_label if section else label
        kind = "heading" if section else "row"
        paragraph = Paragraph("row", row.text, row.spans)
        self.open([*self._labels(), label], kind, paragraph)
        unit = self._unit
        if unit is None:
            return
        if self._section and not section:
            unit.path = (*unit.path, self._section)
        if self._header is not None:
            unit.columns = " | ".join(self._header.cells)
        self.close()

    def _skip_markup(self, paragraph: Paragraph, rows: Sequence[Row]) -> None:
        """Record headers, rules and tags of a table as skipped: all that no row holds."""
        kept = sorted((s for row in rows for s in row.spans), key=lambda span: span.start)
        for line in paragraph.lines:
            position = line.span.start
            inside = [s for s in kept if line.span.start <= s.start < line.span.end]
            for span in inside:
                if span.start > position:
                    self.skipped.append(Skipped(Span(position, span.start), "表格标记"))
                position = span.end
            if position < line.span.end:
                reason = "表格标记" if inside or set(line.text) <= set("|-: ") else "表头"
                self.skipped.append(Skipped(Span(position, line.span.end), reason))

    def extend(self, paragraph: Paragraph) -> None:
        """Add a paragraph to the clause in hand."""
        if self._unit is None:
            raise ValueError(f"no clause to append to: {paragraph.text!r}")
        self._unit.paragraphs.append(paragraph)

    def _labels(self) -> list[str]:
        return [heading.label for heading in self._headings]

    def _repeats_last(self, paragraph: Paragraph) -> bool:
        if self._unit is None or paragraph.kind != "text" or paragraph.marker:
            return False
        text = fold(paragraph.text)
        return len(text) <= _MAX_REPEAT and fold(self._unit.paragraphs[-1].text).endswith(text)

    def _unique_id(self, labels: Sequence[str]) -> str:
        place = "/".join(re.sub(r"\s+", "", label).rstrip("、.") for label in labels)
        full = f"{self._document.issue}/{self._document.key}/{place}"
        count = self._ids[full] = self._ids.get(full, 0) + 1
        if labels[-1] == _NUMBERED:
            return f"{full}{count}"
        if count == 1:
            return full
        # The second 序号1 is not 序号12.
        return f"{full}-{count}" if full[-1:].isdigit() else f"{full}{count}"


def _is_annotated(paragraph: Paragraph) -> bool:
    return ends_sentence(paragraph.text) and paragraph.text.rstrip()[-1] in "）)〕]】"


def join_text(paragraphs: Sequence[Paragraph]) -> str:
    """Return the text of a clause: its paragraphs, one a line."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def display_label(labels: Sequence[str]) -> str:
    """Return a label as an official would say it: 三、（二）, 附件1 一、, 专栏5 2."""
    labels = [label for label in labels if label != _TABLE]
    boxed = [i for i, label in enumerate(labels) if label.startswith(("专栏", "附件", _CONTENTS))]
    if boxed and boxed[-1] < len(labels) - 1:
        return f"{labels[boxed[-1]]} {''.join(labels[boxed[-1] + 1 :])}"
    return "".join(labels[boxed[-1] :] if boxed else labels)
