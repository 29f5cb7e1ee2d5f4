"""Where a cited clause says what a sentence claims: the quote that a citation shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check_figures import figures_agree
from assistant.check_marks import without_marks
from assistant.sentences import Sentence, split_sentences
from index.figures import Figure, find_figures
from index.tokens import bigrams
from index.types import Clause

# A further sentence is quoted where it says at least this share of the claim's words anew, or one
# of its figures.
_WORTH = 0.2


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says: its words in pairs of characters, and its figures."""

    words: frozenset[str]
    figures: tuple[Figure, ...]


def select_support(clause: Clause, claims: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences of a clause that best say what ``claims`` say, in their order."""
    sentences = split_sentences(clause)
    chosen = {s.start: s for claim in claims for s in _select(sentences, claim)}
    return tuple(chosen[start] for start in sorted(chosen))


def _select(sentences: Sequence[Sentence], text: str) -> list[Sentence]:
    """Return the fewest sentences that say a claim: the best one, then what it leaves open."""
    claim = _read(without_marks(text))
    total = max(1, len(claim.words))
    remaining = [(sentence, _read(sentence.text)) for sentence in sentences]
    chosen: list[Sentence] = []
    while remaining:
        best = max(remaining, key=lambda pair: (_gain(pair[1], claim, total), -pair[0].start))
        if chosen and _gain(best[1], claim, total) < _WORTH:
            break
        remaining.remove(best)
        chosen.append(best[0])
        claim = _remainder(claim, best[1])
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
