"""Passages → answer in a chat model's words, every sentence checked; or the extractive answer.

The model may make the answer more readable, never less certain. It is not asked where the
extractive answer finds nothing near, or where the reader wants the wording or a whole list; what it
writes is held to the same tests. Whatever goes wrong, the reader gets the extractive answer and one
line that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from langchain_core.language_models import BaseChatModel

from assistant.answer import write_coverage, write_warnings
from assistant.decline import DECLINED
from assistant.details import missing_detail
from assistant.draft import Draft
from assistant.exhibits import Exhibit, as_data, prepare_exhibits, write_exhibit
from assistant.extract import cite_quotes, place
from assistant.intent import read_intent
from assistant.lookup import look_up
from assistant.marks import resolve_marks
from assistant.model import ModelFailure, stream_text
from assistant.retrieve import store_names
from assistant.review import review_claims
from assistant.stream import split_claims
from assistant.types import Answer, Passage
from index.dates import chinese_date
from index.store import Store
from prompts.render import render

# Characters of a finished text given out at a time, so that both ways look alike on a page.
_PIECE = 24


def generate_answer(
    question: str,
    passages: Sequence[Passage],
    extract: Answer,
    store: Store,
    model: BaseChatModel,
    as_of: date,
) -> Answer:
    """Answer from passages with a chat model; ``extract`` is what is said where it fails."""
    return last_answer(stream_answer(question, passages, extract, store, model, as_of))


def stream_answer(
    question: str,
    passages: Sequence[Passage],
    extract: Answer,
    store: Store,
    model: BaseChatModel,
    as_of: date,
) -> Iterator[str | Answer]:
    """Yield checked text as the model writes it, then the answer.

    The answer's text replaces what was shown before: it may be the extractive one.
    """
    if not _may_generate(question, passages, extract, store):
        yield from stream_extract(extract)
        return
    exhibits = prepare_exhibits(passages, store.clauses, as_of)
    draft = Draft(exhibits)
    chunks = draft.record(stream_text(_write_prompt(question, exhibits, as_of), model))
    claims = split_claims(resolve_marks(chunks, tuple(exhibits)))
    evidence = {key: exhibit.evidence for key, exhibit in exhibits.items()}
    try:
        for reviewed in review_claims(claims, evidence):
            if shown := draft.add(reviewed):
                yield shown
    except ModelFailure as failure:
        yield fall_back(extract, str(failure))
        return
    yield _conclude(question, draft, extract, store, model, as_of)


def stream_extract(extract: Answer) -> Iterator[str | Answer]:
    """Yield the text of an answer that is ready in small pieces, then the answer."""
    for start in range(0, len(extract.text), _PIECE):
        yield extract.text[start : start + _PIECE]
    yield extract


def last_answer(pieces: Iterable[str | Answer]) -> Answer:
    """Return the answer at the end of a stream."""
    return next(piece for piece in pieces if isinstance(piece, Answer))


def fall_back(extract: Answer, reason: str) -> Answer:
    """Return the extractive answer with the line that says why the model's is not shown."""
    notice = f"说明：{reason}，本回答没有采用模型，只依据公报原文。"
    return replace(extract, text=f"{extract.text}\n\n{notice}", notices=(*extract.notices, notice))


def _write_prompt(question: str, exhibits: Mapping[str, Exhibit], as_of: date) -> str:
    return render(
        "answer",
        as_of=chinese_date(as_of.isoformat()),
        example="".join(f"[{key}]" for key in list(exhibits)[:1]),
        declined=DECLINED,
        passages="\n\n".join(write_exhibit(exhibit) for exhibit in exhibits.values()),
        question=as_data(question),
    )


def _may_generate(
    question: str, passages: Sequence[Passage], extract: Answer, store: Store
) -> bool:
    """Return whether a model's words could serve better than the extractive answer.

    Not where nothing near was found, not where a clause is asked for by its number, which is
    shown verbatim, and not for a list with items that the model would not see.
    """
    shown = {passage.clause.id for passage in passages}
    named = read_intent(question).clause and look_up(question, store_names(store)).clause_ids
    return (
        bool(extract.citations)
        and not named
        and all(citation.clause.id in shown for citation in extract.citations)
    )


def _conclude(
    question: str,
    draft: Draft,
    extract: Answer,
    store: Store,
    model: BaseChatModel,
    as_of: date,
) -> Answer:
    """Return the answer that a whole reply comes to."""
    extract = replace(extract, unknown_marks=draft.unknown)
    quotes = draft.quotes()
    lacking = missing_detail(question, read_intent(question), quotes) if quotes else ""
    if not extract.answered and (draft.declines or lacking):
        return extract  # both say no, and this one says what is near
    if draft.declines:
        return replace(_decline(extract, store), model=_name(model))
    if draft.fault or lacking:
        return fall_back(extract, draft.fault or f"模型的回答没有写明{lacking}")
    citations = cite_quotes(quotes, store.clauses, as_of)
    warnings = list(dict.fromkeys(write_warnings(citations)))
    losses = _write_losses(draft)
    places = "\n".join(f"——[{c.mark}]{place(c.clause)}" for c in citations)
    return replace(
        extract,
        answered=True,
        text="\n\n".join([*warnings, draft.text, places, *losses]),
        citations=tuple(citations),
        notices=(*warnings, *losses),
        model=_name(model),
    )


def _write_losses(draft: Draft) -> list[str]:
    """Return what was done to the model's reply, for the reader to know."""
    losses = []
    if dropped := draft.count("dropped"):
        losses.append(f"说明：模型的回答中有{dropped}句与原文不符或没有依据，已删去。")
    if flagged := draft.count("flagged"):
        losses.append(f"说明：模型的回答中有{flagged}句未在原文中找到依据，已标出。")
    if draft.unknown:
        losses.append(f"说明：模型的回答中有{len(draft.unknown)}处引用编号不存在，已去掉。")
    return losses


def _decline(extract: Answer, store: Store) -> Answer:
    """Return the model's no, with the clause that the extractive answer would have quoted."""
    nearest = extract.citations[:1]
    warnings = tuple(dict.fromkeys(write_warnings(nearest)))
    quotes = [f"公报中最接近的内容：\n\n{c.quote}[{c.mark}]\n——{place(c.clause)}" for c in nearest]
    return replace(
        extract,
        answered=False,
        text="\n\n".join([f"{DECLINED}{write_coverage(store)}", *warnings, *quotes]),
        citations=nearest,
        notices=warnings,
    )


def _name(model: BaseChatModel) -> str:
    return model.name or type(model).__name__
