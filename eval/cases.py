"""One question with one answer, matched against the gold: what every measure reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.claims import MARK, claimed_text
from eval.matching import (
    Coverage,
    Quantity,
    cited_passage,
    cover,
    figures_in,
    is_document,
    stated_facts,
    states,
    unproved,
)
from eval.metrics import rank_units
from eval.outputs import CitedQuote, Output, RetrievedPassage
from eval.questions import Question
from index.folding import fold

_STATUS_WORDS = {
    "已过期": frozenset({"已过有效期"}),
    "仍有效": frozenset({"有效"}),
    "已废止": frozenset({"已废止"}),
    "尚未可知": frozenset({"未载明", "未施行"}),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the output for it, and how the two match.

    ``coverage`` runs parallel to ``output.passages``, ``cited_coverage`` to the distinct cited
    passages. ``proved`` holds the figures the gold evidence, the question and the dates give.
    """

    question: Question
    output: Output
    retrieves: bool  # whether this kind of system shows passages at all
    coverage: Coverage
    ranking: tuple[str, ...]
    relevant: frozenset[str]
    known: frozenset[str]
    answer: str  # "" where the system declined
    stated: tuple[bool, ...]
    cited: tuple[RetrievedPassage, ...]
    cited_coverage: Coverage
    proved: frozenset[Quantity]


def build_case(question: Question, output: Output, evidence: str, *, retrieves: bool) -> Case:
    """Match an output against its question.

    ``evidence`` is the text around the gold quotes (``Corpus.evidence_text``): the figures in it
    are those an answer may give.
    """
    coverage = cover(output.passages, question.gold)
    ranking, others = rank_units(coverage, [passage.clause_id for passage in output.passages])
    documents = {
        passage.clause_id
        for passage in output.passages
        if is_document(passage.doc_no, question.documents)
    }
    relevant = frozenset(f"#g{index}" for index in range(len(question.gold)))
    answer = output.answer if output.answered else ""
    cited = _distinct_cited(output)
    return Case(
        question=question,
        output=output,
        retrieves=retrieves,
        coverage=coverage,
        ranking=tuple(ranking),
        relevant=relevant,
        known=relevant | {row for row in others if row.partition("~")[0] in documents},
        answer=answer,
        stated=stated_facts(answer, question.facts),
        cited=cited,
        cited_coverage=cover(cited, question.gold),
        proved=figures_in(_context(question, evidence)),
    )


def _context(question: Question, evidence: str) -> str:
    history = [message.content for message in question.history]
    # A right answer may count or compute: "7份" stands nowhere in the text.
    facts = [form for forms in question.facts for form in forms]
    return "\n".join(
        [evidence, *facts, *question.documents, question.question, question.as_of, *history]
    )


def _distinct_cited(output: Output) -> tuple[RetrievedPassage, ...]:
    found = (cited_passage(citation, output.passages) for citation in output.citations)
    return tuple(dict.fromkeys(passage for passage in found if passage is not None))


def dangling_marks(output: Output) -> int:
    """Count marks that lead nowhere: not retrieved, without a citation, or reported as invented."""
    known = {citation.mark for citation in output.citations}
    written = set(MARK.findall(output.answer)) if output.answered else set()
    invented = (written - known) | set(output.unknown_marks)
    unresolved = sum(cited_passage(c, output.passages) is None for c in output.citations)
    return len(invented) + unresolved


def is_verbatim(citation: CitedQuote, passages: Sequence[RetrievedPassage]) -> bool:
    """Whether the quote is the passage's text, character by character, where it says it is."""
    passage = cited_passage(citation, passages)
    if passage is None or not citation.quote:
        return False
    if citation.start is not None and citation.end is not None:
        # Offsets count from the clause; a passage that is a later part of it cannot confirm them.
        inside = passage.text[citation.start : citation.end] == citation.quote
        return inside or citation.quote in passage.text
    return citation.quote in passage.text


def contradicts(case: Case) -> bool:
    """Whether the answer contains something the question says it must not."""
    return any(states(case.answer, wrong) for wrong in case.question.must_not)


def has_right_status(case: Case) -> bool | None:
    """Whether the answer gives the expected validity; ``None`` if it cites without any status.

    The status is read from the citation of a gold document, else from the first citation.
    """
    expected = case.question.expected_status
    citations = case.output.citations if case.output.answered else ()
    if expected is None or (citations and not any(c.status for c in citations)):
        return None
    about = [c for c in citations if is_document(c.doc_no, case.question.documents)] or list(
        citations
    )
    return bool(about) and about[0].status in _STATUS_WORDS[expected]


def unsupported_figures(case: Case) -> frozenset[Quantity]:
    """Return the answer's figures found neither in the gold evidence nor in a cited passage."""
    shown = "\n".join(f"{p.title}\n{p.doc_no}\n{p.clause}\n{p.text}" for p in case.cited)
    return unproved(figures_in(claimed_text(case.output)), case.proved | figures_in(shown))


def is_correct(case: Case) -> bool:
    """Whether the outcome is right: a refusal where due, else all facts and no wrong one."""
    if not case.question.answerable:
        return case.output.declined
    right_status = has_right_status(case) is not False
    # Without facts only the status can be right or wrong.
    return case.output.answered and all(case.stated) and not contradicts(case) and right_status


def folded_length(text: str) -> int:
    """Return the number of characters a reader sees, white space left out."""
    return len(fold(text))
