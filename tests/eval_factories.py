"""Questions and outputs for the tests of eval, made from as little as each test needs."""

from __future__ import annotations

from typing import Any

from eval.cases import Case, build_case
from eval.outputs import parse_output
from eval.questions import Question

DOC = "某府发〔2022〕1号"


def make_question(name: str, *quotes: str, doc_no: str = DOC, **fields: Any) -> Question:
    """One question; every quote is an evidence group of its own."""
    gold = [[{"doc_no": doc_no, "clause": "第一条", "quote": quote}] for quote in quotes]
    return Question.model_validate(
        {
            "id": name,
            "persona": "citizen",
            "kind": "fact",
            "wording": "plain",
            "question": f"{name} 问什么",
            "answerable": bool(quotes),
            "gold": gold,
        }
        | fields
    )


def make_passage(clause_id: str, text: str, doc_no: str = DOC, **fields: Any) -> dict[str, Any]:
    return {
        "rank": 1,
        "clause_id": clause_id,
        "doc_no": doc_no,
        "title": "某办法",
        "clause": clause_id,
        "text": text,
        "score": 0.5,
    } | fields


def make_citation(mark: str, clause_id: str, quote: str, **fields: Any) -> dict[str, Any]:
    return {"mark": mark, "clause_id": clause_id, "doc_no": DOC, "quote": quote} | fields


def make_output(answer: str = "", *passages: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """One output; answered where there is an answer."""
    return {
        "question": "问",
        "answered": bool(answer),
        "answer": answer,
        "citations": [],
        "passages": list(passages),
    } | fields


def make_case(
    question: Question, output: dict[str, Any], evidence: str = "", retrieves: bool = True
) -> Case:
    return build_case(question, parse_output(question.id, output), evidence, retrieves=retrieves)
