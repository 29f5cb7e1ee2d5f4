"""The source text, searched folded: where gold quotes stand and what is written around them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from eval.questions import Question
from index.documents import split_documents
from index.folding import fold, fold_with_offsets
from index.reading import find_sources, read_gazette
from index.source import read_issue

# A quote is a sentence at most, its clause up to a few hundred characters; the figures of the whole
# clause may be given in an answer. Question writers took facts from within the same distance.
WINDOW = 300


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gazette texts with their folded form; ``offsets`` lead from folded back to original."""

    texts: tuple[str, ...]
    folded: tuple[str, ...]
    offsets: tuple[tuple[int, ...], ...]

    def count(self, quote: str) -> int:
        """Return how often the folded quote occurs."""
        return sum(text.count(fold(quote)) for text in self.folded)

    def around(self, quote: str, window: int = WINDOW) -> list[str]:
        """Return the original text ``window`` folded characters around every occurrence."""
        wanted = fold(quote)
        found: list[str] = []
        for text, folded, offsets in zip(self.texts, self.folded, self.offsets, strict=True):
            start = folded.find(wanted) if wanted else -1
            while start >= 0:
                first = max(0, start - window)
                last = min(len(folded), start + len(wanted) + window) - 1
                found.append(text[offsets[first] : offsets[last] + 1])
                start = folded.find(wanted, start + 1)
        return found

    def evidence_text(self, question: Question) -> str:
        """Return everything around the question's gold quotes; the quotes alone if not found."""
        quotes = [evidence.quote for group in question.gold for evidence in group]
        return "\n".join(piece for quote in quotes for piece in self.around(quote) or [quote])


@dataclass(frozen=True, slots=True)
class Source:
    """One published item: the name gold evidence uses for it, its title and its folded text."""

    name: str
    title: str
    folded: str


def fold_corpus(texts: Iterable[str]) -> Corpus:
    """Return texts as a ``Corpus``."""
    originals = tuple(texts)
    pairs = [fold_with_offsets(text) for text in originals]
    return Corpus(originals, tuple(f for f, _ in pairs), tuple(tuple(o) for _, o in pairs))


def read_corpus(folder: Path) -> Corpus:
    """Read the gazette files of a folder."""
    return fold_corpus(read_issue(path).text for path in find_sources(folder))


def read_sources(folder: Path) -> list[Source]:
    """Read the documents of a folder's issues; an item without 文号 is named by its key."""
    issues = [read_issue(path) for path in find_sources(folder)]
    return [
        Source(
            document.doc_no or document.key,
            document.title,
            fold(issue.text[document.span.start : document.span.end]),
        )
        for issue in issues
        for document in split_documents(issue)
    ]


@lru_cache(maxsize=2)
def source_orders(folder: Path) -> dict[str, str]:
    """Return, for each clause whose sentence order was repaired, its text as the source has it."""
    readings = [read_gazette(path) for path in find_sources(folder)]
    return {
        clause.id: "".join(
            reading.issue.text[span.start : span.end]
            for span in sorted(clause.spans, key=lambda span: span.start)
        )
        for reading in readings
        for clause in reading.clauses
        if clause.repaired
    }


def digest_files(paths: Sequence[Path], root: Path) -> str:
    """Return one sha256 over the files' names under ``root`` and their bytes."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
