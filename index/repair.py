"""Putting back in order the sentences of short notices that two columns interleaved.

In a short notice set in two columns the text extraction reads across both: the right column's
first line, which ends the last sentence, stands behind the salutation, and the sentence it
belongs to ends the document without a full stop:

    各单位; 室副主任(挂职一年半)。        <- salutation, then the sentence's tail
    经市政府研究,决定: (此件主动公开)
    曹培倩同志任…金融工作办公             <- the sentence, cut off
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.folding import fold
from index.lines import Line, ends_sentence
from index.types import Span

# The salutation's own end: the last addressee, whatever mark follows it.
_SALUTATION = re.compile(r"^.*?人民政府.*(?:单位|部门)[，,；;：:]")
_DECISION = re.compile(r"决定[：:]")
_NOTE = re.compile(r"[（(]\s*此件[^）)]*[）)]$")


def repair_interleaved(lines: Sequence[Line]) -> list[Line] | None:
    """Return the lines of a notice's body in reading order, or None where nothing is interleaved.

    The first line returned is the salutation. Lines that only repeat the salutation's end are
    left out. The cut sentence and its tail are adjacent, so that joining lines that do not end a
    sentence makes it whole.
    """
    if len(lines) < 3:
        return None
    split = _split_salutation(lines[0])
    decision = next((i for i, line in enumerate(lines) if _DECISION.search(line.text)), None)
    if split is None or decision is None:
        return None
    salutation, tail = split
    left, notes = _without_notes(lines[decision:])
    if not left or ends_sentence(left[-1].text):
        return None
    salutation_key = fold(salutation.text).rstrip(",;:")
    right = [tail] + [
        line
        for line in lines[1:decision]
        if not salutation_key.endswith(fold(line.text).rstrip(",;:"))
    ]
    return [salutation, *left, *right, *notes]


def _split_salutation(line: Line) -> tuple[Line, Line] | None:
    found = _SALUTATION.match(line.text)
    if not found or found.end() == len(line.text):
        return None
    rest = line.text[found.end() :]
    start = line.span.start + found.end() + len(rest) - len(rest.lstrip())
    return (
        Line(found[0], Span(line.span.start, line.span.start + found.end())),
        Line(rest.strip(), Span(start, line.span.end)),
    )


def _without_notes(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Split （此件主动公开） off the lines it stands behind."""
    body: list[Line] = []
    notes: list[Line] = []
    for line in lines:
        found = _NOTE.search(line.text)
        if not found:
            body.append(line)
            continue
        notes.append(Line(found[0], Span(line.span.start + found.start(), line.span.end)))
        before = line.text[: found.start()].rstrip()
        if before:
            body.append(Line(before, Span(line.span.start, line.span.start + len(before))))
    return body, notes
