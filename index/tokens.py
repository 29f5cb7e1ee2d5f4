"""Text into the tokens BM25 counts: words and character bigrams of folded text."""

from __future__ import annotations

import logging
import re

import jieba

from index.folding import fold

jieba.setLogLevel(logging.WARNING)

_HAN = re.compile(r"[一-鿿]+")
_LATIN = re.compile(r"[a-z0-9][a-z0-9.+%]*")


def bigrams(text: str) -> list[str]:
    """Return the character bigrams of the Chinese runs of ``text``, and its Latin words whole.

    A run of a single character is that character: bigrams of the whole run would lose it.
    """
    folded = fold(text)
    tokens = _LATIN.findall(folded)
    for run in _HAN.findall(folded):
        tokens += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return tokens


def words(text: str) -> list[str]:
    """Return the words of ``text`` as jieba cuts them, punctuation left out."""
    return [w for w in jieba.lcut(fold(text)) if _HAN.search(w) or _LATIN.fullmatch(w)]


def tokens(text: str) -> list[str]:
    """Return bigrams and, marked so that they count apart, words of two characters or more.

    Bigrams find what jieba cuts otherwise; words keep 公共资源 from matching on 资源 alone.
    """
    return bigrams(text) + [f"_{word}" for word in words(text) if len(word) > 1]
