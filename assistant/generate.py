"""Passages → answer in a chat model's words, every sentence checked; or the extractive answer.

The model may only make the answer more readable, never less certain: what the extractive answer
declines is declined without asking the model, and whatever goes wrong with the model, the reader
gets the extractive answer and one line that says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from langchain_core.language_models import BaseChatModel

from assistant.answer import write_coverage, write_warnings
from assistant.decline import DECLINED
from assistant.exhibits import Exhibit, as_data, chinese_date, prepare_exhibits, write_exhibit
from assistant.extract import place
from assistant.marks import Mark, render_marks, resolve_marks
from assistant.model import ModelFailure, stream_text
from assistant.quotation import quote_support
from assistant.review import UNSUPPORTED, Reviewed, review_claims
from assistant.stream import split_claims
from assistant.types import Answer, Citation, Passage
from index.store import Store
from prompts.render import render

# An answer that loses more than this share of its sentences is not what the model meant to say.
_MAX_LOST = 0.5
# Below this share of Chinese among its letters a reply is in another language.
_MIN_CHINESE = 0.5
# Characters of an extractive answer given out at a time, so that both ways look alike.
_PIECE = 24
_LETTER = re.compile(r"[^\W\d_]")
_CHINESE = re.compile(r"[一-鿿]")


def generate_answer(
    question: str,
    passages: Sequence[Passage],
    extract: Answer,
    store: Store,
    model: BaseChatModel,
    as_of: date,
) -> Answer:
    """Answer from passages with a chat model; ``extract`` is what is said where it fails."""
    *_, answer = stream_answer(question, passages, extract, store, model, as_of)
    assert isinstance(answer, Answer)
    return answer


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
    if not extract.answered:
        yield from stream_extract(extract)
        return
    exhibits = prepare_exhibits(passages, store.clauses, as_of)
    prompt = render(
        "answer",
        as_of=chinese_date(as_of.isoformat()),
        example="".join(f"[{key}]" for key in list(exhibits)[:1]),
        declined=DECLINED,
        passages="\n\n".join(write_exhibit(exhibit) for exhibit in exhibits.values()),
        question=as_data(question),
    )
    draft = _Draft(exhibits)
    try:
        pieces = resolve_marks(draft.record(stream_text(prompt, model)), tuple(exhibits))
        evidence = {key: exhibit.evidence for key, exhibit in exhibits.items()}
        for reviewed in review_claims(split_claims(pieces), evidence):
            yield draft.add(reviewed)
    except ModelFailure as failure:
        yield _fall_back(extract, str(failure))
        return
    yield _conclude(draft, extract, store, model)


def stream_extract(extract: Answer) -> Iterator[str | Answer]:
    """Yield the text of an answer that is ready in small pieces, then the answer."""
    for start in range(0, len(extract.text), _PIECE):
        yield extract.text[start : start + _PIECE]
    yield extract


@dataclass(slots=True)
class _Draft:
    """The answer as far as it is written: what was kept, and what it rests on."""

    exhibits: Mapping[str, Exhibit]
    raw: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)  # key → [n]
    claims: dict[str, list[str]] = field(default_factory=dict)  # key → sentences resting on it
    unknown: list[str] = field(default_factory=list)
    fates: list[str] = field(default_factory=list)

    def record(self, chunks: Iterator[str]) -> Iterator[str]:
        """Pass a reply on, keeping it as it came."""
        for chunk in chunks:
            self.raw.append(chunk)
            yield chunk

    def add(self, reviewed: Reviewed) -> str:
        """Take up a reviewed sentence; return what is shown of it."""
        self.unknown += reviewed.claim.unknown
        self.fates.append(reviewed.fate)
        shown = self._show(reviewed)
        self.written.append(shown)
        return shown

    def _show(self, reviewed: Reviewed) -> str:
        text = reviewed.claim.text
        end = text[len(text.rstrip()) :]
        if reviewed.fate == "dropped":
            return ""
        if reviewed.fate == "flagged":
            return f"{text.rstrip()}{UNSUPPORTED}{end}"
        if reviewed.fate != "kept":
            return text
        for key in reviewed.keys:
            self.claims.setdefault(key, []).append(text)
        if reviewed.claim.keys or reviewed.is_lead:
            return render_marks(reviewed.claim.pieces, self.numbers)
        return render_marks((text.rstrip(), Mark(reviewed.keys), end), self.numbers)

    def count(self, *fates: str) -> int:
        """Return how many sentences met one of these fates."""
        return sum(fate in fates for fate in self.fates)

    @property
    def fault(self) -> str:
        """Why the draft cannot be shown, "" when it can."""
        reply = "".join(self.raw)
        letters = len(_LETTER.findall(reply))
        if len(_CHINESE.findall(reply)) < _MIN_CHINESE * letters:
            return "模型没有用中文回答"
        lost = self.count("dropped", "flagged")
        if not self.numbers or lost > _MAX_LOST * (lost + self.count("kept")):
            return "模型的回答未能在原文中找到依据"
        return ""


def _conclude(draft: _Draft, extract: Answer, store: Store, model: BaseChatModel) -> Answer:
    told = [fate for fate in draft.fates if fate != "blank"]
    if told[:1] == ["declined"]:
        return _decline(draft, extract, store, model)
    if fault := draft.fault:
        return _fall_back(replace(extract, unknown_marks=tuple(draft.unknown)), fault)
    citations = [_cite(draft, key) for key in draft.numbers]
    warnings = list(dict.fromkeys(write_warnings(citations)))
    notices = (*warnings, *_losses(draft))
    places = "\n".join(f"——[{c.mark}]{place(c.clause)}" for c in citations)
    body = "".join(draft.written).strip()
    return replace(
        extract,
        text="\n\n".join([*warnings, body, places, *_losses(draft)]),
        citations=tuple(citations),
        notices=notices,
        unknown_marks=tuple(draft.unknown),
        model=_model_name(model),
    )


def _cite(draft: _Draft, key: str) -> Citation:
    exhibit = draft.exhibits[key]
    clause = exhibit.passage.clause
    span = quote_support(clause, draft.claims.get(key, []))
    return Citation(
        mark=draft.numbers[key],
        clause=clause,
        quote=clause.text[span.start : span.end],
        start=span.start,
        end=span.end,
        validity=exhibit.validity,
    )


def _losses(draft: _Draft) -> list[str]:
    """Return what was done to the model's reply, for the reader to know."""
    losses = []
    if dropped := draft.count("dropped"):
        losses.append(f"说明：模型的回答中有{dropped}句与原文不符或没有依据，已删去。")
    if flagged := draft.count("flagged"):
        losses.append(f"说明：模型的回答中有{flagged}句未在原文中找到依据，已标出。")
    if draft.unknown:
        losses.append(f"说明：模型的回答中有{len(draft.unknown)}处引用编号不存在，已去掉。")
    return losses


def _fall_back(extract: Answer, reason: str) -> Answer:
    notice = f"说明：{reason}，以上为公报原文摘录。"
    return replace(extract, text=f"{extract.text}\n\n{notice}", notices=(*extract.notices, notice))


def _decline(draft: _Draft, extract: Answer, store: Store, model: BaseChatModel) -> Answer:
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
        unknown_marks=tuple(draft.unknown),
        model=_model_name(model),
    )


def _model_name(model: BaseChatModel) -> str:
    return model.name or type(model).__name__
