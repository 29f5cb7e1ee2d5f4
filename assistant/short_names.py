"""Documents by title or a short form of it: 公共资源交易办法 for 公共资源交易管理暂行办法."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.folding import fold
from index.types import Document

# A mention may skip this many stretches of the full name: 公共资源交易(管理暂行)办法.
_MAX_GAPS = 2
_MIN_MENTION = 4
# What may stand before a short name; after anything else it is the end of some other name, as
# 城市工作方案 is of 示范城市工作方案.
_BOUNDARY = frozenset('问的于据照在看查对和与及按、,.;:(["《个从用由把跟条是到了给有市县省?!')


@dataclass(frozen=True, slots=True)
class Titles:
    """Folded names of documents, whole, and by the character pairs of those with a 文号."""

    documents: Sequence[Document]
    names: Sequence[frozenset[str]]  # of each document
    whole: Mapping[str, int]  # name -> place in ``documents``
    pairs: Mapping[str, frozenset[int]]  # two characters -> places in ``documents``


def collect_titles(documents: Iterable[Document]) -> Titles:
    """Collect the names a question may call documents by."""
    listed = tuple(documents)
    names = tuple(frozenset({fold(d.name), fold(d.title)}) for d in listed)
    whole: dict[str, int] = {}
    pairs: dict[str, set[int]] = {}
    for place, own in enumerate(names):
        for name in own:
            whole.setdefault(name, place)
            if listed[place].doc_no:
                for start in range(len(name) - 1):
                    pairs.setdefault(name[start : start + 2], set()).add(place)
    return Titles(listed, names, whole, {pair: frozenset(found) for pair, found in pairs.items()})


def match_title(title: str, titles: Titles) -> Document | None:
    """Return the document that a folded title in 《》 names or abbreviates.

    A report of a meeting has no 文号 and is named whole only.
    """
    if title in titles.whole:
        return titles.documents[titles.whole[title]]
    fitting = _fitting(title, titles, whole=True)
    return fitting[0][2] if fitting else None


def match_mention(mention: str, titles: Titles) -> tuple[Document | None, int]:
    """Return the one document whose name a mention's end abbreviates, and how many characters do.

    (None, 0) where none fits, or two fit as well.
    """
    fitting = _fitting(mention, titles, whole=False)
    if not fitting or (len(fitting) > 1 and fitting[1][0] == fitting[0][0]):
        return None, 0
    return fitting[0][2], fitting[0][0]


def _fitting(mention: str, titles: Titles, whole: bool) -> list[tuple[int, int, Document]]:
    """Return (characters that fit, minus the name's length, document), best first."""
    scored = []
    for place in sorted(_candidates(mention, titles)):
        names = titles.names[place]
        length = max(_matched_length(mention, name, whole) for name in names)
        if length >= _MIN_MENTION:
            scored.append((length, -min(map(len, names)), titles.documents[place]))
    return sorted(scored, key=lambda item: item[:2], reverse=True)


def _candidates(mention: str, titles: Titles) -> frozenset[int]:
    """Return the places of the documents that may fit.

    A name that does holds, of the mention's last characters abcd, cd and one of ab and bc, because
    no stretch of a mention is a single character.
    """
    found = titles.pairs
    none: frozenset[int] = frozenset()
    before = found.get(mention[-4:-2], none) | found.get(mention[-3:-1], none)
    return found.get(mention[-2:], none) & before


def _matched_length(mention: str, name: str, whole: bool) -> int:
    """Return how many characters of the mention's end abbreviate ``name`` (all, if ``whole``)."""
    if whole:
        return len(mention) if _abbreviates(mention, name) else 0
    for start in range(len(mention) - _MIN_MENTION + 1):
        suffix = mention[start:]
        if _abbreviates(suffix, name):
            return len(suffix) if not start or mention[start - 1] in _BOUNDARY else 0
    return 0


def _abbreviates(short: str, name: str) -> bool:
    """Return whether ``short`` is at most ``_MAX_GAPS + 1`` stretches of ``name``, in order.

    Each stretch has two characters or more, so that letters scattered over a name do not count.
    """
    return _stretches(short, name, _MAX_GAPS + 1)


def _stretches(short: str, name: str, pieces: int) -> bool:
    if not short:
        return True
    if pieces == 0:
        return False
    for length in range(len(short), 1, -1):
        at = name.find(short[:length])
        if at >= 0 and _stretches(short[length:], name[at + length :], pieces - 1):
            return True
    return False
