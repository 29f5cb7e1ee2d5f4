"""Passages → the sentences an answer quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.intent import FIGURE_KINDS, Intent
from assistant.sentences import Sentence, column_of, split_sentences
from assistant.stop_tokens import STOP_TOKENS
from assistant.types import Passage
from index.figures import find_figures
from index.tokens import bigrams

# A clause this short is quoted whole: leaving a sentence out saves little, may lose a condition.
_WHOLE = 230
# Characters quoted of one clause, unless it is a list: a list is quoted complete.
_BUDGET = 320
_LIST_BUDGET = 900
_MIN_ROSTER = 5
# A sentence is quoted beside the best one where it scores at least this share of it.
_BESIDE = 0.72
# What separates the things a question asks, and what asks.
_PART = re.compile(r"[，,。；;？?]")
_ASKS = re.compile(r"[吗么谁哪几何]|多少|什么|怎|如何|是否|能否|不$")
_PART_SHARE = 0.25
# What opens a list, wherever it stands in the sentence.
_LISTS = re.compile("下列|如下")
# What a sentence that holds the kind of figure asked for, or an office where one is, is worth.
_FITTING = 0.35


@dataclass(frozen=True, slots=True)
class Quote:
    """The pieces of one clause that are quoted, in the order of the clause."""

    passage: Passage
    sentences: tuple[Sentence, ...]


def select_quotes(
    question: str, intent: Intent, passages: Sequence[Passage], embeddings: Embeddings
) -> list[Quote]:
    """Return what to quote of chosen passages, in their order; [] without passages."""
    candidates = [split_sentences(passage.clause) for passage in passages]
    scores = _score_sentences(question, intent, candidates, embeddings)
    quotes = []
    for passage, sentences, scored in zip(passages, candidates, scores, strict=True):
        kept = _select_sentences(question, intent, passage, sentences, scored)
        if kept:
            quotes.append(Quote(passage, tuple(kept)))
    return quotes


def _score_sentences(
    question: str,
    intent: Intent,
    candidates: Sequence[Sequence[Sentence]],
    embeddings: Embeddings,
) -> list[np.ndarray]:
    """Return a score for each piece: words shared with the question, likeness, fitting figures."""
    flat = [sentence for sentences in candidates for sentence in sentences]
    if not flat:
        return [np.zeros(0) for _ in candidates]
    vectors = np.array(embeddings.embed_documents([_in_context(s) for s in flat]))
    likeness = vectors @ np.array(embeddings.embed_query(question))
    overlap = _overlap(bigrams(question), [set(bigrams(_in_context(s))) for s in flat])
    scores = np.array(
        [shared + _fit(intent, s) for shared, s in zip(overlap, flat, strict=True)]
    ) + np.maximum(likeness, 0.0)
    split, start = [], 0
    for sentences in candidates:
        split.append(scores[start : start + len(sentences)])
        start += len(sentences)
    return split


def _overlap(asked: Sequence[str], own: Sequence[set[str]]) -> list[float]:
    """Return the share of what is asked that each piece's bigrams hold, the rare counting more."""
    topic = [b for b in asked if b not in STOP_TOKENS]
    worth = {b: 1.0 / (1 + sum(b in pairs for pairs in own)) for b in topic}
    total = sum(worth.values()) or 1.0
    return [sum(worth[b] for b in topic if b in pairs) / total for pairs in own]


def _in_context(sentence: Sentence) -> str:
    name = column_of(sentence)
    return f"{name}：{sentence.text}" if name else sentence.text


def _fit(intent: Intent, sentence: Sentence) -> float:
    kinds = FIGURE_KINDS.get(intent.kind)
    if kinds and any(figure.kind in kinds for figure in find_figures(sentence.text)):
        return _FITTING
    if intent.kind == "who" and (sentence.kind == "annotation" or "单位" in column_of(sentence)):
        return _FITTING
    if intent.kind == "list" and sentence.kind in {"lead", "item"}:
        return _FITTING
    return 0.0


def _select_sentences(
    question: str,
    intent: Intent,
    passage: Passage,
    sentences: Sequence[Sentence],
    scores: np.ndarray,
) -> list[Sentence]:
    usable = [
        i
        for i, s in enumerate(sentences)
        if s.kind != "heading"
        and (s.kind != "annotation" or _annotates(intent, s))
        and not (s.kind == "cell" and s.text.isdigit() and column_of(s) == "序号")
    ]
    if not usable:
        return list(sentences)
    if passage.via == "牵头":  # no more of it than who leads
        usable = [i for i in usable if sentences[i].kind == "annotation"] or usable
    total = sum(sentences[i].length for i in usable)
    if passage.clause.kind in {"row", "head"}:
        named = any(leg.name == "exact" for leg in passage.legs)
        return _select_cells(sentences, scores, usable, _LIST_BUDGET if named else _WHOLE)
    listing = passage.clause.kind in {"person", "office"} or _is_roster(sentences)
    whole = _LIST_BUDGET if listing else _WHOLE
    if total <= whole or (intent.clause and total <= _LIST_BUDGET):
        return [sentences[i] for i in usable]
    best = max(usable, key=lambda i: (scores[i], -i))
    told = [i for i in usable if sentences[i].kind == "annotation"]
    kept = {best, *told, *_best_of_parts(question, sentences, usable)}
    length = sum(sentences[i].length for i in kept)
    for i in sorted(usable, key=lambda i: -scores[i]):
        if i in kept or scores[i] < _BESIDE * scores[best]:
            continue
        if length + sentences[i].length <= _BUDGET:
            kept.add(i)
            length += sentences[i].length
    return [sentences[i] for i in sorted(_complete_lists(sentences, kept))]


def _best_of_parts(
    question: str, sentences: Sequence[Sentence], usable: Sequence[int]
) -> Iterator[int]:
    """Yield, for each thing a question asks, the sentence that shares most words with it.

    由谁任组长？由哪个单位牵头？ is two; a sentence about the one may say nothing of the other.
    """
    parts = [part for part in _PART.split(question) if _ASKS.search(part)]
    if len(parts) < 2:
        return
    own = [set(bigrams(_in_context(sentences[i]))) for i in usable]
    for part in parts:
        shares = _overlap(list(dict.fromkeys(bigrams(part))), own)
        most = max(shares)
        if most > _PART_SHARE:
            yield usable[shares.index(most)]


def _annotates(intent: Intent, sentence: Sentence) -> bool:
    """Return whether an annotation, who does it and by when, is what a question asks for."""
    return intent.office or (intent.kind == "when" and "时限" in sentence.text)


def _is_roster(sentences: Sequence[Sentence]) -> bool:
    """Return whether a clause is a list of names and posts: entries without a sentence mark."""
    entries = [s for s in sentences if s.kind == "item" and not re.search(r"[。；;]", s.text)]
    return len(entries) >= _MIN_ROSTER


def _select_cells(
    sentences: Sequence[Sentence],
    scores: np.ndarray,
    usable: Sequence[int],
    whole: int,
) -> list[Sentence]:
    """Return a row's cells: all up to ``whole`` characters, else the name and cells that fit."""
    if sum(sentences[i].length for i in usable) <= whole:
        return [sentences[i] for i in usable]
    kept = set(usable[:1])
    length = 0
    for i in sorted(usable, key=lambda i: -scores[i]):
        short = sentences[i].length <= 40
        if short or length + sentences[i].length <= _BUDGET or length == 0:
            kept.add(i)
            length += sentences[i].length
    return [sentences[i] for i in sorted(kept)]


def _complete_lists(sentences: Sequence[Sentence], kept: set[int]) -> set[int]:
    """Add to a list's lead all its items, and to an item the lead that says what it is one of."""
    complete = set(kept)
    for lead, first, last in _find_lists(sentences):
        if not kept.intersection(range(lead, last)):
            continue
        opens = sentences[lead].kind == "lead" or _LISTS.search(sentences[lead].text)
        if opens and kept.intersection((lead, *range(first, last))):
            complete.update((lead, *range(first, last)))
        elif opens or kept.intersection(range(first, last)):
            complete.add(lead)
    return complete


def _find_lists(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, int]]:
    """Yield (lead, first item, behind the last item) of each list.

    The lead is the sentence before the items, or an earlier one of its line that says 下列:
    有下列情形之一的，撤销其奖项。被撤销的5年内不得申报。（一）…
    """
    for first, sentence in enumerate(sentences):
        if sentence.kind != "item" or not first or sentences[first - 1].kind == "item":
            continue
        last = first
        while last < len(sentences) and sentences[last].kind == "item":
            last += 1
        text = sentence.clause.text
        line = text.rfind("\n", 0, sentences[first - 1].start) + 1
        leads = [i for i in range(first) if sentences[i].start >= line]
        yield next((i for i in leads if _LISTS.search(sentences[i].text)), first - 1), first, last
