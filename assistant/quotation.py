"""Where a cited clause says what a sentence claims: the quote that a citation shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check_figures import figures_agree
from assistant.check_marks import without_marks
from assistant.sentences import Sentence, split_sentences
from index.figures import Figure, find_figures
from index.tokens import bigrams
from index.types import Clause, Span

# A further sentence is quoted where it says at least this share of the claim's words anew, or one
# of its figures.
_WORTH = 0.2


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says: its words in pairs of characters, and its figures."""

    words: frozenset[str]
    figures: tuple[Figure, ...]


def quote_support(clause: Clause, claims: Sequence[str]) -> Span:
    """Return the characters of ``clause.text`` that best say what ``claims`` say.

    From the first to the last sentence that any claim rests on; the whole text of a clause that
    has no sentences.
    """
    sentences = split_sentences(clause)
    chosen = [s for claim in claims for s in _select(sentences, _read(without_marks(claim)))]
    if not chosen:
        return Span(0, len(clause.text))
    return Span(min(s.start for s in chosen), max(s.end for s in chosen))


def _select(sentences: Sequence[Sentence], claim: _Said) -> list[Sentence]:
    """Return the fewest sentences that say a claim: the best one, then what it leaves open."""
    candidates = {sentence: _read(sentence.text) for sentence in sentences}
    chosen: list[Sentence] = []
    total = max(1, len(claim.words))
    while candidates:
        best = max(candidates, key=lambda s: (_gain(candidates[s], claim, total), -s.start))
        said = candidates.pop(best)
        if chosen and _gain(said, claim, total) < _WORTH:
            break
        chosen.append(best)
        claim = _remainder(claim, said)
    return chosen


def _gain(said: _Said, claim: _Said, total: int) -> float:
    words = len(said.words & claim.words) / total
    return words + len(claim.figures) - len(_remainder(claim, said).figures)


def _remainder(claim: _Said, said: _Said) -> _Said:
    """Return what of a claim a sentence leaves unsaid."""
    return _Said(
        claim.words - said.words,
        tuple(
            f for f in claim.figures if not any(figures_agree(f, other) for other in said.figures)
        ),
    )


def _read(text: str) -> _Said:
    return _Said(frozenset(bigrams(text)), tuple(find_figures(text)))
