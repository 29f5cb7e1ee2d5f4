"""Paragraphs into clauses: which paragraphs make one clause, and under which headings it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.folding import fold
from index.lines import ends_annotation
from index.markers import Marker
from index.paragraphs import Paragraph, join_text
from index.places import (
    CLOSING,
    CONTENTS,
    NUMBERED,
    TABLE,
    OpenHeadings,
    PlaceIds,
    display_label,
    name_attachment,
)
from index.rows import RowReader
from index.tables import parse_table, skip_markup
from index.types import Clause, Document, Skipped

# What a person in a list of responsibilities does; anything else ends the person's clause.
_DUTY_VERBS = ("负责", "分管", "联系", "协管", "兼管", "协助", "协调", "主持", "在")
# A page break sometimes repeats the last characters of the paragraph before it.
_MAX_REPEAT = 6
_ITEM_MARKS = {"level1", "level2", "level3"}
# A paragraph that speaks of the whole document, not of the item above it.
_SPEAKS_OF_ALL = re.compile(
    r"^(?:本|以上|上述|此前)(?:政策|措施|方案|意见|办法|通知|规划|细则|规定|计划|文件|行动)"
)
_BYLINE = "发文单位"
# After one of these a list follows; after the others the sentence goes on, unless they end an item.
_LIST_OPENS = ("：", ":")
_GOES_ON = ("；", ";")
_CAPTION_DEPTH = 9  # below every mark: a caption holds its table only


@dataclass(slots=True)
class _Unit:
    """A clause being put together."""

    labels: Sequence[str]
    path: tuple[str, ...]
    kind: str
    paragraphs: list[Paragraph]
    columns: str  # of a table row


class Assembler:
    """Puts the clauses of one document together from its paragraphs, in order."""

    def __init__(self, document: Document, body_label: str = "引言") -> None:
        """Begin a document whose paragraphs before the first mark are called ``body_label``."""
        self.clauses: list[Clause] = []
        self.skipped: list[Skipped] = []
        self._document = document
        self._body_label = body_label
        self._attachments: list[str] = []
        self._headings = OpenHeadings()
        self._unit: _Unit | None = None
        self._rows = RowReader()
        self._ids = PlaceIds(document)

    def add(self, paragraph: Paragraph) -> None:
        """Take the next paragraph."""
        if self._repeats_last(paragraph):
            self.skipped += [Skipped(span, "分页处重复的字") for span in paragraph.spans]
            return
        match paragraph.kind:
            case "table":
                self._add_table(paragraph)
            case "heading" if paragraph.marker:
                self._open_marked("heading", paragraph, paragraph.marker, paragraph.text)
            case "title":
                self._open_title(paragraph)
            case "note":
                self.open(["公开属性"], "note", paragraph, path=())
            case "byline":
                self.open([_BYLINE], "paragraph", paragraph, path=())
            case "attachments":
                self._add_attachment(paragraph)
            case "person" | "office":
                name = re.split(r"[：:]", paragraph.text)[0].replace(" ", "")
                self.open([*self._headings.labels, name], paragraph.kind, paragraph)
            case _:
                self._add_text(paragraph)

    def open(
        self,
        labels: Sequence[str],
        kind: str,
        paragraph: Paragraph,
        path: tuple[str, ...] | None = None,
        columns: str = "",
    ) -> None:
        """Close the clause in hand and begin another, under the open headings unless told where."""
        self.close()
        path = self._headings.path if path is None else path
        self._unit = _Unit(labels, path, kind, [paragraph], columns)

    def open_contents(self) -> None:
        """Put what follows under the heading 目录."""
        self._headings.open(0, CONTENTS, CONTENTS)

    def close(self) -> None:
        """Turn the clause in hand into a ``Clause``."""
        unit, self._unit = self._unit, None
        if unit is None:
            return
        self.clauses.append(
            Clause(
                id=self._ids.give(unit.labels),
                document=self._document,
                path=unit.path,
                label=display_label(unit.labels),
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
            self._headings.close(marker.depth)
            self.open([marker.label], "article", paragraph)
        elif marker and marker.kind in _ITEM_MARKS:
            title = re.split(r"[。：:]", paragraph.text, maxsplit=1)[0]
            self._open_marked("item", paragraph, marker, title)
        elif marker and marker.kind == "dash":
            self.open([*self._headings.labels, NUMBERED], "paragraph", paragraph)
        elif annex := name_attachment(paragraph.text, self._attachments):
            self._headings.open(0, annex, f"{annex} {paragraph.text}")
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
        if unit is None or unit.kind == "note" or unit.labels == [_BYLINE]:
            return False
        if paragraph.breaks or paragraph.kind == "annotation" or unit.kind == "article":
            return True
        if unit.kind == "heading":
            unit.kind = "item"
            return True
        if unit.kind == "person":
            return paragraph.text.startswith(_DUTY_VERBS)
        if not self._headings:
            return self._body_label != NUMBERED and unit.kind != "head"
        last = unit.paragraphs[-1]
        return last.text.endswith(_LIST_OPENS) or (last.text.endswith(_GOES_ON) and not last.breaks)

    def _after_person(self) -> bool:
        return self._unit is not None and self._unit.kind == "person"

    def _open_paragraph(self, paragraph: Paragraph) -> None:
        """Open a clause for an unnumbered paragraph: one that closes something, or one of several.

        A paragraph that speaks of the whole document closes it; one after a complete item or the
        last person does not belong to that item and closes the section above.
        """
        if _SPEAKS_OF_ALL.match(paragraph.text):
            self._headings.close()
            self.open([CLOSING], "paragraph", paragraph)
        elif self._after_person():
            self.open([*self._headings.labels, CLOSING], "paragraph", paragraph)
        elif self._closes_section():
            self._headings.close_innermost()
            self.open([*self._headings.labels, CLOSING], "paragraph", paragraph)
        else:
            self.open([*self._headings.labels, NUMBERED], "paragraph", paragraph)

    def _closes_section(self) -> bool:
        unit = self._unit
        return (
            unit is not None
            and unit.kind == "item"
            and len(self._headings) > 1
            and ends_annotation(unit.paragraphs[-1].text)
        )

    def _open_marked(self, kind: str, paragraph: Paragraph, marker: Marker, title: str) -> None:
        """Open a clause that is itself a heading, ``title``, for what follows."""
        self._headings.close(marker.depth)
        self.open([*self._headings.labels, marker.label], kind, paragraph)
        self._headings.open(marker.depth, marker.label, title)
        self._rows.end_table()

    def _open_title(self, paragraph: Paragraph) -> None:
        annex = self._headings.innermost
        if (
            annex
            and annex.depth == 0
            and annex.label.startswith("附件")
            and self._unit
            and self._unit.kind == "heading"
        ):
            annex.text = f"{annex.label} {paragraph.text}"
            self.extend(paragraph)
            return
        labels = [*self._headings.labels, "标题"]
        self._body_label = "引言"
        self.open(labels, "heading", paragraph)
        # The instrument's own title says nothing its document does not; a table's caption does.
        if fold(paragraph.text) not in fold(self._document.title):
            name = re.sub(r"\s+", "", paragraph.text)
            label = CONTENTS if name == CONTENTS else TABLE
            self._headings.open(_CAPTION_DEPTH, label, paragraph.text)
        self.close()

    def _add_attachment(self, paragraph: Paragraph) -> None:
        if self._unit and self._unit.labels == ["附件目录"]:
            self.extend(paragraph)
        else:
            self.open(["附件目录"], "paragraph", paragraph, path=())
        self._attachments.append(paragraph.text)

    def _add_table(self, paragraph: Paragraph) -> None:
        table = parse_table(paragraph.lines)
        self.skipped += skip_markup(paragraph.lines, table.rows)
        headings = self._headings.path
        for row in self._rows.read(table):
            kind = "heading" if row.is_section else "row"
            path = (*headings, row.section) if row.section else headings
            content = Paragraph("row", row.text, row.spans)
            self.open([*self._headings.labels, row.label], kind, content, path, row.columns)
            self.close()

    def extend(self, paragraph: Paragraph) -> None:
        """Add a paragraph to the clause in hand."""
        if self._unit is None:
            raise ValueError(f"no clause to append to: {paragraph.text!r}")
        self._unit.paragraphs.append(paragraph)

    def _repeats_last(self, paragraph: Paragraph) -> bool:
        if self._unit is None or paragraph.kind != "text" or paragraph.marker:
            return False
        text = fold(paragraph.text)
        return len(text) <= _MAX_REPEAT and fold(self._unit.paragraphs[-1].text).endswith(text)
