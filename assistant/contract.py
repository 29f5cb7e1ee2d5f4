"""Answers as JSON: the object other programs rely on (README, “JSON”)."""

from __future__ import annotations

from typing import Any

from assistant.types import Answer, Citation, Passage


def to_dict(answer: Answer) -> dict[str, Any]:
    """Return an answer as the object ``python -m assistant ask --json`` prints."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "answer": answer.text,
        "confidence": round(answer.confidence, 4),
        "citations": [citation_dict(citation) for citation in answer.citations],
        "notices": list(answer.notices),
        "unknown_marks": list(answer.unknown_marks),
        "model": answer.model,
        "passages": [passage_dict(passage) for passage in answer.passages],
        "timings_ms": answer.timings_ms,
    }


def citation_dict(citation: Citation) -> dict[str, Any]:
    """Return a citation: ``clause text[start:end] == quote``."""
    clause = citation.clause
    return {
        "mark": citation.mark,
        "clause_id": clause.id,
        "doc_no": clause.document.doc_no,
        "title": clause.document.title,
        "clause": clause.label,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "page": clause.document.page,
        "status": citation.validity.status,
        "valid_from": citation.validity.start,
        "valid_until": citation.validity.end,
    }


def passage_dict(passage: Passage) -> dict[str, Any]:
    """Return a passage: a clause with its text, a table row with its column names before it."""
    clause = passage.clause
    return {
        "rank": passage.rank,
        "clause_id": clause.id,
        "doc_no": clause.document.doc_no,
        "title": clause.document.title,
        "clause": clause.label,
        "text": "\n".join(part for part in (clause.columns, clause.text) if part),
        "score": round(passage.score, 6),
        "via": passage.via,
    }
