"""Passages → answer: the extractive answer, checked before it is shown."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from assistant.benefit_slots import write_slots
from assistant.coverage import MASTHEAD
from assistant.decline import DECLINED, Decision, decide, decide_scope
from assistant.duties import find_idle_office, find_tasks, select_tasks
from assistant.extract import (
    cite_quotes,
    place,
    write_extract,
    write_repeal,
    write_status,
    write_validity,
)
from assistant.intent import Intent, read_intent
from assistant.lookup import look_up
from assistant.retrieve import store_names
from assistant.select import Quote, select_quotes
from assistant.select_passages import select_passages
from assistant.types import Answer, Citation, Leg, Lookup, Passage
from assistant.validity import find_repeal
from index.store import Store
from index.types import Clause

# The nearest documents named beside a refusal.
_NEAREST = 3


def answer_question(
    question: str,
    passages: Sequence[Passage],
    store: Store,
    as_of: date,
    allowed: Set[str] | None = None,
) -> Answer:
    """Answer from passages without a model: verbatim quotes, or an honest no.

    ``allowed`` are the ids of the clauses that a filter lets through, None where there is none: an
    office's tasks are listed complete, however few passages were retrieved.
    """
    aside = decide_scope(question)
    if aside:
        return Answer(question, question, False, aside.text, (), (), (), aside.confidence)
    office, shared = find_idle_office(question, store.clauses)
    if office:
        text = (
            f"公报中没有写明由{office}牵头的任务；它作为责任单位参与{shared}项，"
            f"可以问“{office}负责哪些任务”。"
        )
        return _decline(question, Decision(False, 1.0, "near_miss", text), passages, store, as_of)
    intent = read_intent(question)
    nearest = passages[0].clause.document if passages else None
    asks_validity = intent.kind == "validity"
    repeal = find_repeal(question, store.clauses, nearest) if asks_validity else None
    if repeal and (allowed is None or repeal[1].id in allowed):
        return _answer_repealed(question, *repeal, passages, store, as_of)
    lookup = look_up(question, store_names(store))
    quotes, complete = choose_quotes(question, intent, lookup, passages, store, allowed)
    decision = decide(question, intent, lookup, passages, quotes, store, complete, allowed)
    if not decision.answered:
        return _decline(question, decision, passages, store, as_of)
    citations = cite_quotes(quotes, store.clauses, as_of)
    notices = tuple(dict.fromkeys(write_warnings(citations)))
    parts = [*notices, write_extract(quotes, citations)]
    judged = next((c for c in citations if c.clause.document.kind != MASTHEAD), None)
    if intent.kind == "validity" and judged:
        parts.insert(0, write_status(judged, as_of))
    if intent.benefit and not complete:
        parts.append(write_slots(question, quotes[0], citations[0].mark, store))
    text = "\n\n".join(part for part in parts if part)
    return Answer(
        question=question,
        standalone_question=question,
        answered=True,
        text=text,
        citations=tuple(citations),
        notices=notices,
        passages=tuple(passages),
        confidence=decision.confidence,
    )


def choose_quotes(
    question: str,
    intent: Intent,
    lookup: Lookup,
    passages: Sequence[Passage],
    store: Store,
    allowed: Set[str] | None = None,
) -> tuple[list[Quote], bool]:
    """Return what to quote, and whether it is an office's complete list of tasks."""
    tasks = find_tasks(question, lookup, store.clauses)
    tasks = [task for task in tasks if allowed is None or task.id in allowed]
    if tasks:
        return select_tasks(tasks), True
    chosen = select_passages(question, intent, passages, named=bool(lookup.documents))
    return select_quotes(question, intent, chosen, store.embeddings), False


def _answer_repealed(
    question: str,
    number: str,
    clause: Clause,
    passages: Sequence[Passage],
    store: Store,
    as_of: date,
) -> Answer:
    """Answer whether an older document holds by the clause that repeals it."""
    others = [p for p in passages if p.clause.id != clause.id]
    found = Passage(1, clause, 1.0, (Leg("exact", 1, 1.0),))
    ranked = tuple(replace(p, rank=rank) for rank, p in enumerate([found, *others], 1))
    quotes = select_quotes(question, read_intent(question), [found], store.embeddings)
    citations = cite_quotes(quotes, store.clauses, as_of)
    text = write_repeal(number, citations[0], as_of)
    text = f"{text}\n\n{write_extract(quotes, citations)}"
    return Answer(question, question, True, text, tuple(citations), (), ranked, 1.0)


def _decline(
    question: str,
    decision: Decision,
    passages: Sequence[Passage],
    store: Store,
    as_of: date,
) -> Answer:
    citations: list[Citation] = []
    notices: tuple[str, ...] = ()
    text = decision.text
    if decision.about:
        passages = _include(decision.about, passages, store)
        about = [p for p in passages if p.clause.id == decision.about]
        quotes = select_quotes(question, read_intent(question), about, store.embeddings)
        citations = cite_quotes(quotes[:1], store.clauses, as_of)
        notices = tuple(dict.fromkeys(write_warnings(citations)))
        text = "\n\n".join([*notices, text, write_extract(quotes[:1], citations)])
    elif decision.text.startswith(DECLINED):
        text = f"{text}\n{write_coverage(store)}{_nearest(passages)}"
    return Answer(
        question=question,
        standalone_question=question,
        answered=False,
        text=text,
        citations=tuple(citations),
        notices=notices,
        passages=tuple(passages),
        confidence=decision.confidence,
    )


def _include(clause_id: str, passages: Sequence[Passage], store: Store) -> list[Passage]:
    """Return passages among which is a clause, the last one's place given to it if it was not.

    The clause of a gap is cited without having been retrieved.
    """
    if any(p.clause.id == clause_id for p in passages):
        return list(passages)
    kept = list(passages[:-1])
    return [*kept, Passage(len(kept) + 1, store.clauses[clause_id], 0.0)]


def write_coverage(store: Store) -> str:
    """Return what the answer is based on, so that no is understood as no in these issues."""
    names = dict.fromkeys(document.issue_name for document in store.clauses.documents)
    return f"（依据：公报{'、'.join(names)}，共{store.manifest.documents}篇。）"


def _nearest(passages: Sequence[Passage]) -> str:
    near = dict.fromkeys(p.clause.document.cite for p in passages if p.clause.document.doc_no)
    return f"\n最接近的文件：{'；'.join(list(near)[:_NEAREST])}" if near else ""


def write_warnings(citations: Sequence[Citation]) -> list[str]:
    """Return what must be said of cited clauses: not in force, or repaired in reading."""
    warnings = [write_validity(citation.validity, citation.clause) for citation in citations]
    repaired = [
        f"说明：{place(c.clause)}原文因分栏排版次序错乱，已按文意复原。"
        for c in citations
        if c.clause.repaired
    ]
    return [warning for warning in warnings if warning] + repaired
