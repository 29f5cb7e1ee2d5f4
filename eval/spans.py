"""Characters of evidence within a fixed amount of retrieved text.

After LegalBench-RAG: recall = evidence characters retrieved / evidence characters, precision =
evidence characters retrieved / characters retrieved. It does not depend on how text was cut into
passages, so systems that chunk differently can be compared. Overlapping passages are merged before
counting; there they were counted twice and recall could pass 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.folding import fold

BUDGET = 2000  # characters: about the five clauses that a reader, or a small model, is shown
MIN_OVERLAP = 6  # a shorter common end of two texts is chance, not a quote cut by a chunk border


def read_within(texts: Sequence[str], budget: int = BUDGET) -> list[str]:
    """Return the folded texts in order until ``budget`` characters are used; the last is cut."""
    kept: list[str] = []
    left = budget
    for text in texts:
        if left <= 0:
            break
        folded = fold(text)[:left]
        kept.append(folded)
        left -= len(folded)
    return kept


def _shared_border(head: str, tail: str) -> int:
    """Return the length of the longest end of ``head`` that begins ``tail``."""
    anchor = tail[:MIN_OVERLAP]
    position = head.find(anchor, max(0, len(head) - len(tail)))
    while 0 <= position <= len(head) - MIN_OVERLAP:
        if tail.startswith(head[position:]):
            return len(head) - position
        position = head.find(anchor, position + 1)
    return 0


def overlap(quote: str, text: str) -> set[int]:
    """Return which characters of a folded quote stand in a folded text, as positions in the quote.

    The text holds all of the quote, lies inside it, or has its beginning or end at a border.
    """
    if quote in text:
        return set(range(len(quote)))
    covered: set[int] = set()
    if len(text) >= MIN_OVERLAP and (position := quote.find(text)) >= 0:
        covered.update(range(position, position + len(text)))
    covered.update(range(_shared_border(text, quote)))
    ending = _shared_border(quote, text)
    covered.update(range(len(quote) - ending, len(quote)))
    return covered


def covered_characters(quote: str, texts: Sequence[str]) -> int:
    """Return how many characters of the folded quote stand in any of the folded texts, merged."""
    covered: set[int] = set()
    for text in texts:
        covered |= overlap(quote, text)
    return len(covered)


def merged_length(texts: Sequence[str]) -> int:
    """Return the characters of the folded texts, counting what two of them share once."""
    total = 0
    for index, text in enumerate(texts):
        earlier = texts[:index]
        if any(text in other for other in earlier):
            continue
        shared = max(
            (max(_shared_border(o, text), _shared_border(text, o)) for o in earlier), default=0
        )
        total += len(text) - shared
    return total


def span_recall_precision(
    groups: Sequence[Sequence[str]], texts: Sequence[str], budget: int = BUDGET
) -> tuple[float, float]:
    """Return (recall, precision) in characters of the first ``budget`` characters of ``texts``.

    ``groups`` holds the alternative quotes of each evidence group; the alternative covered best
    counts. Nothing retrieved is recall 0 and precision nan.
    """
    if not groups:
        return float("nan"), float("nan")
    kept = read_within(texts, budget)
    found = length = 0
    for quotes in groups:
        counts = [(covered_characters(fold(q), kept), len(fold(q))) for q in quotes]
        best = max(counts, key=lambda count: (count[0] / count[1], count[1]))
        found += best[0]
        length += best[1]
    read = merged_length(kept)
    # Two quotes of one sentence may share characters, so the share is capped.
    return found / length, min(1.0, found / read) if read else float("nan")
