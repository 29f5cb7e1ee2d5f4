"""Citation marks in a chat model's reply, resolved to the keys we issued.

Keys are ours (a1, a2, …), so that a model cannot cite what it was not shown. Models also write
marks in other ways than asked: full-width 【a1】［a1］, several in one [a1、a2], ranges [a1-a3], a
bare number [1]. These are resolved; any other key is invented: it is removed, and counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The letter tells our keys from footnotes, years and list numbers of the gazette's own text.
_PREFIX = "a"
_OPEN = r"\[［【"
# Up to three digits: 赣市府发[2022]14号 is no mark.
_KEY = r"[A-Za-zＡ-Ｚａ-ｚ]{0,4}\d{1,3}"
_DASH = "[-–—~～－至]"
_SEPARATOR = f"(?:[ ]*(?:[,，、;；]|{_DASH})[ ]*|[ ]+)"
_MARK = re.compile(rf"[{_OPEN}][ ]*({_KEY}(?:{_SEPARATOR}{_KEY})*)[ ]*[\]］】]")
_RANGE = re.compile(rf"({_KEY})[ ]*{_DASH}[ ]*({_KEY})|({_KEY})")
# An opening bracket with what may still become a mark when more of the reply arrives.
_UNFINISHED = re.compile(rf"[{_OPEN}][A-Za-zＡ-Ｚａ-ｚ\d ,，、;；\-–—~～－至]*\Z")
# Longer bracketed text is no mark; it bounds what is held back of a stream.
_MAX_MARK = 80


@dataclass(frozen=True, slots=True)
class Mark:
    """One bracket of a reply: the keys in it that we issued, and those we did not."""

    keys: tuple[str, ...]
    unknown: tuple[str, ...] = ()


Piece = str | Mark


def issue_keys(count: int) -> tuple[str, ...]:
    """Return the keys of ``count`` passages, in their order."""
    return tuple(f"{_PREFIX}{number}" for number in range(1, count + 1))


class MarkResolver:
    """Resolves the marks of a reply that arrives in chunks, split anywhere.

    The text before an unfinished mark is given out at once; the mark is held back until its
    bracket closes or cannot close any more.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)
        self._held = ""

    def feed(self, chunk: str) -> list[Piece]:
        """Take a chunk; return the text and the marks that are complete."""
        text = self._held + chunk
        unfinished = _UNFINISHED.search(text, max(0, len(text) - _MAX_MARK))
        cut = unfinished.start() if unfinished else len(text)
        self._held = text[cut:]
        return self._resolve(text[:cut])

    def finish(self) -> list[Piece]:
        """Return what was held back: a mark that never closed is text."""
        held, self._held = self._held, ""
        return self._resolve(held)

    def _resolve(self, text: str) -> list[Piece]:
        pieces: list[Piece] = []
        position = 0
        for found in _MARK.finditer(text):
            if len(found.group()) > _MAX_MARK:
                continue
            pieces += [text[position : found.start()], _read_mark(found[1], self._keys)]
            position = found.end()
        return [piece for piece in [*pieces, text[position:]] if piece]


def resolve_marks(chunks: Iterable[str], keys: Sequence[str]) -> Iterable[Piece]:
    """Yield the text and the marks of a reply as its chunks arrive."""
    resolver = MarkResolver(keys)
    for chunk in chunks:
        yield from resolver.feed(chunk)
    yield from resolver.finish()


def render_marks(pieces: Iterable[Piece], numbers: dict[str, str]) -> str:
    """Return text with marks as [1], [2] … in order of first use.

    ``numbers`` holds the number of each key used so far and takes up the new ones. A number that
    the mark directly before already gave is not repeated.
    """
    written: list[str] = []
    adjoining: set[str] = set()
    for piece in pieces:
        if isinstance(piece, str):
            written.append(piece)
            adjoining = set() if piece.strip(" 、，,") else adjoining
            continue
        for key in piece.keys:
            if key not in adjoining:
                number = numbers.setdefault(key, str(len(numbers) + 1))
                written.append(f"[{number}]")
                adjoining.add(key)
    return "".join(written)


def _read_mark(content: str, keys: Sequence[str]) -> Mark:
    known: list[str] = []
    unknown: list[str] = []
    for first, last, single in _RANGE.findall(unicodedata.normalize("NFKC", content)):
        for name in _span(first, last, len(keys)) if first else [single]:
            key = _as_key(name)
            (known if key in keys else unknown).append(key)
    return Mark(tuple(dict.fromkeys(known)), tuple(dict.fromkeys(unknown)))


def _span(first: str, last: str, count: int) -> list[str]:
    """Return every key of a range; only its ends where it is no range of ours."""
    low, high = (int(re.sub(r"\D", "", end)) for end in (first, last))
    if not low <= high <= count:
        return [first, last]
    letters = re.sub(r"[\d ]", "", first)
    return [f"{letters}{number}" for number in range(low, high + 1)]


def _as_key(name: str) -> str:
    """Return a key as we issue it: A1 and a bare 1 are a1."""
    name = name.replace(" ", "").lower()
    return f"{_PREFIX}{name}" if name.isdigit() else name
