"""Where a clause stands: its label as an official would say it, and its id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.folding import fold
from index.lines import ends_sentence
from index.types import Document

NUMBERED = "段"  # becomes 第2段: an unnumbered paragraph named by its place
CLOSING = "末段"
TABLE = "表"  # in the id of a row, not in its label
CONTENTS = "目录"

# Shorter lines than this are contained in too much to be recognised as a title.
_MIN_TITLE = 8


@dataclass(slots=True)
class Heading:
    """A heading that is open: what follows stands under it until one as high closes it."""

    depth: int  # 0 is the highest, as in ``Marker.depth``
    label: str
    text: str


class OpenHeadings:
    """The headings above the clause in hand, outermost first."""

    def __init__(self) -> None:
        """Begin without any."""
        self._open: list[Heading] = []

    def __len__(self) -> int:
        return len(self._open)

    @property
    def labels(self) -> list[str]:
        """The labels of the open headings."""
        return [heading.label for heading in self._open]

    @property
    def path(self) -> tuple[str, ...]:
        """The texts of the open headings."""
        return tuple(heading.text for heading in self._open)

    @property
    def innermost(self) -> Heading | None:
        """The heading that was opened last."""
        return self._open[-1] if self._open else None

    def open(self, depth: int, label: str, text: str) -> None:
        """Open a heading in place of those as deep or deeper."""
        self.close(depth)
        self._open.append(Heading(depth, label, text))

    def close(self, depth: int = 0) -> None:
        """Close the headings at ``depth`` and below."""
        self._open = [heading for heading in self._open if heading.depth < depth]

    def close_innermost(self) -> None:
        """Close the heading that was opened last."""
        self._open.pop()


def display_label(labels: Sequence[str]) -> str:
    """Return a label as an official would say it: 三、（二）, 附件1 一、, 专栏5 2."""
    labels = [label for label in labels if label != TABLE]
    boxed = [i for i, label in enumerate(labels) if label.startswith(("专栏", "附件", CONTENTS))]
    if boxed and boxed[-1] < len(labels) - 1:
        return f"{labels[boxed[-1]]} {''.join(labels[boxed[-1] + 1 :])}"
    return "".join(labels[boxed[-1] :] if boxed else labels)


def name_attachment(title: str, listed: Sequence[str]) -> str:
    """Return 附件4 for the title of a listed attachment that lost its 附件 4 line, else ""."""
    wanted = fold(title)
    if ends_sentence(title) or len(wanted) < _MIN_TITLE:
        return ""
    for item in listed:
        number = re.search(r"(\d+)\s*[.．、]", item)
        if number and wanted in fold(item):
            return f"附件{number[1]}"
    return ""


class PlaceIds:
    """Gives out the clause ids of one document: issue/文号/label path, each once."""

    def __init__(self, document: Document) -> None:
        """Begin with no id given."""
        self._prefix = f"{document.issue}/{document.key}"
        self._given: dict[str, int] = {}

    def give(self, labels: Sequence[str]) -> str:
        """Return the id of the next clause with these labels."""
        place = "/".join(re.sub(r"\s+", "", label).rstrip("、.") for label in labels)
        full = f"{self._prefix}/{place}"
        count = self._given[full] = self._given.get(full, 0) + 1
        if labels[-1] == NUMBERED:
            return f"{full}{count}"
        if count == 1:
            return full
        # The second 序号1 is not 序号12.
        return f"{full}-{count}" if full[-1:].isdigit() else f"{full}{count}"
