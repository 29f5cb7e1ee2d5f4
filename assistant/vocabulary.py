"""Everyday words → the official terms to search for besides the question's own words.

Citizens and documents name the same thing differently (晚点交 is 缓缴), which no overlap of
words bridges. The pairs are data, in ``vocabulary.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.table_lines import read_entries
from index.folding import fold

VOCABULARY = Path(__file__).parent / "vocabulary.tsv"

# An expression of one character stands inside too many words; more than four terms would outweigh
# the question's own words.
_ENTRY = re.compile(r"(\S{2,})\t(\S+(?: \S+){0,3})")
_FORM = "write an expression of 2 or more characters, a tab, 1 to 4 terms with one space between"
# Stands for what is matched already. Folding removes line ends, so nothing can match across it.
_COVERED = "\n"


@lru_cache(maxsize=4)
def load_vocabulary(path: Path = VOCABULARY) -> dict[str, tuple[str, ...]]:
    """Return the official terms of each everyday expression, the expressions folded.

    Read once per path and shared by all callers: not to be changed. Raises ``ValueError`` naming
    file and line where a line is malformed, is not UTF-8 or repeats an expression.
    """
    vocabulary: dict[str, tuple[str, ...]] = {}
    for number, entry in read_entries(path, _ENTRY, _FORM):
        expression = fold(entry[1])
        if expression in vocabulary:
            raise ValueError(f"{path}:{number}: {entry[1]!r} is there already: keep one line")
        vocabulary[expression] = tuple(entry[2].split(" "))
    return vocabulary


def expand_question(question: str, vocabulary: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the official terms to search for besides ``question``, longest expression first.

    ``vocabulary`` is as ``load_vocabulary`` returns it. The longest match takes its stretch of
    the question: 看病 is not found again inside 外地看病, nor 工伤 inside the official term
    工伤保险. Terms the question already contains are left out.
    """
    folded = fold(question)
    terms: dict[str, None] = {}
    uncovered = folded
    for stretch in _longest_first(tuple(vocabulary.items())):
        if stretch in uncovered:
            uncovered = uncovered.replace(stretch, _COVERED)
            terms.update(dict.fromkeys(vocabulary.get(stretch, ())))
    return tuple(term for term in terms if fold(term) not in folded)


@lru_cache(maxsize=4)  # called for every question, with the one vocabulary there is
def _longest_first(entries: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    """Return expressions and official terms, longest first; of one length, expressions first."""
    expressions = {expression for expression, _ in entries}
    official = {fold(term) for _, terms in entries for term in terms}
    stretches = official | expressions
    return tuple(sorted(stretches, key=lambda text: (-len(text), text not in expressions, text)))
