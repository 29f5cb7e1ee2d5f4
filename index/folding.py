"""Folding text for matching, so that no writing variant of the same words makes a difference.

The gazette changes between full-width and half-width punctuation from page to page and carries
white space from page breaks; readers type whatever their keyboard gives. Folded text is only
compared, never shown: ``find_folded`` leads back to the characters of the original.
"""

from __future__ import annotations

import unicodedata

from index.types import Span

# NFKC unifies widths (（ → (, ２ → 2, ㎡ → m2) but leaves these families apart.
_VARIANTS = {
    '"': "“”„‟「」『』«»",
    "'": "‘’‚‛`´",
    "《": "〈",
    "》": "〉",
    "[": "〔【〖",
    "]": "〕】〗",
    "-": "‐‑‒–—―−─",
    "~": "〜∼∽",
    "·": "•・‧∙⋅●",
    ",": "﹐",
    ".": "。",
    "、": "﹑",
}

_UNIFIED = {variant: plain for plain, variants in _VARIANTS.items() for variant in variants}

# Enclosed numbers decompose to bare digits, which would join a following number: ①3家 is not 13家.
_ENCLOSED_DIGITS = {chr(0x2460 + i): f"({i + 1})" for i in range(20)}

# Control and format characters (zero-width space, soft hyphen, byte order mark) are invisible.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def _fold_character(character: str) -> str:
    if character in _ENCLOSED_DIGITS:
        return _ENCLOSED_DIGITS[character]
    decomposed = unicodedata.normalize("NFKC", character).lower()
    return "".join(
        _UNIFIED.get(part, part)
        for part in decomposed
        if unicodedata.category(part) not in _INVISIBLE
    )


class _FoldTable(dict[int, str]):
    """A ``str.translate`` table that folds each code point the first time it is met."""

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = _fold_character(chr(codepoint))
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Return ``text`` as compared: NFKC by character, lower case, no white space, one form a mark.

    Idempotent. The length may differ from ``text``; see ``fold_with_offsets``.
    """
    return text.translate(_TABLE)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return ``fold(text)`` and, for each of its characters, the index it came from in ``text``."""
    folded: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        for part in _TABLE[ord(character)]:
            folded.append(part)
            offsets.append(index)
    return "".join(folded), offsets


def find_folded(needle: str, haystack: str, start: int = 0) -> Span | None:
    """Return the first place at or after ``start`` where ``needle`` occurs, folding ignored.

    The span indexes ``haystack`` itself and covers whole characters. A needle with nothing but
    white space is found nowhere.
    """
    wanted = fold(needle)
    if not wanted or wanted not in fold(haystack[start:]):
        return None
    folded, offsets = fold_with_offsets(haystack[start:])
    position = folded.find(wanted)
    return Span(start + offsets[position], start + offsets[position + len(wanted) - 1] + 1)
