"""Lines of the source with their place, and whether a line ends a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.types import Issue, Span

_END = "。！？；：!?;:…"
_CLOSING = "）)】〕]”’」』》"
# What a bracketed annotation of responsibility or deadline speaks of: it closes an item although
# no full stop follows, as in （责任单位：市工信局、市财政局）.
_ANNOTATION_WORDS = re.compile(r"责任单位|牵头单位|完成时限|负责(?:落实)?$|列出$|此件")
_LAST_BRACKET = re.compile(
    r"[（(〔\[【]([^（(〔\[【]*(?:[（(][^（()）]*[）)][^（(〔\[【]*)*)[）)〕\]】]$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its surrounding white space."""

    text: str
    span: Span
    after_blank: bool = False  # a blank line stands before it

    @property
    def is_table(self) -> bool:
        """Whether the line is a row of a pipe table."""
        return self.text.startswith("|")


def split_lines(issue: Issue, span: Span) -> Iterator[Line]:
    """Yield the non-blank lines of ``span``, trimmed, with their offsets in the issue."""
    position = span.start
    after_blank = False
    for raw in issue.text[span.start : span.end].split("\n"):
        text = raw.strip()
        if text:
            start = position + len(raw) - len(raw.lstrip())
            yield Line(text, Span(start, start + len(text)), after_blank)
        after_blank = not text
        position += len(raw) + 1


def ends_sentence(text: str) -> bool:
    """Return whether ``text`` may be followed by a new paragraph.

    A closing bracket or quote counts by what stands before it, so that （市、区） at a line's end
    does not end a sentence and （责任单位：市工信局） does.
    """
    text = text.rstrip()
    annotation = _LAST_BRACKET.search(text)
    if annotation and _ANNOTATION_WORDS.search(annotation[1]):
        return True
    bare = text.rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _END


def ends_annotation(text: str) -> bool:
    """Return whether ``text`` is complete and closes with a bracket, as an annotated item does."""
    return ends_sentence(text) and text.rstrip()[-1] in "）)〕]】"


def is_annotation(text: str) -> bool:
    """Return whether a line is only an annotation of the item above it: （责任单位：…）."""
    return text[0] in "（(〔[【" and bool(
        re.match(r"[（(〔\[【](?:责任单位|牵头单位|完成时限|市[^，。]{2,12}[、,])", text)
    )
