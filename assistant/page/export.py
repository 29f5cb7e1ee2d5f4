"""A conversation as Markdown or as a Word document, each quote with where it stands."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.extract import place
from assistant.page import text
from assistant.page.docx import Paragraph, write_docx
from assistant.page.turns import Exchange
from index.store import Store

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What Markdown would read as markup in a question or an answer.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&])")


def export_file(kind: str, exchanges: Sequence[Exchange], store: Store) -> str:
    """Return a file as the JSON text that page.js saves: name, type and base64 data.

    :raises ValueError: when there is nothing to export.
    """
    finished = [exchange for exchange in exchanges if exchange.text]
    if not finished:
        raise ValueError(text.NOTHING_TO_EXPORT)
    made = datetime.now()
    if kind == "docx":
        data, media = write_docx(list(_paragraphs(finished, store, made))), DOCX_TYPE
    else:
        data, media = to_markdown(finished, store, made).encode(), "text/markdown;charset=utf-8"
    name = f"{text.EXPORT_NAME}-{made:%Y%m%d-%H%M}.{kind}"
    return json.dumps({"name": name, "type": media, "data": base64.b64encode(data).decode()})


def to_markdown(exchanges: Sequence[Exchange], store: Store, made: datetime) -> str:
    """Return a conversation as Markdown."""
    blocks = []
    for paragraph in _paragraphs(exchanges, store, made):
        lead = {"title": "# ", "heading": "## ", "quote": "> ", "plain": ""}[paragraph.style]
        lines = _SPECIAL.sub(r"\\\1", paragraph.text).split("\n")
        blocks.append("\n".join(f"{lead}{line}  " for line in lines).rstrip())
    return "\n\n".join(blocks) + "\n"


def _paragraphs(exchanges: Sequence[Exchange], store: Store, made: datetime) -> Iterator[Paragraph]:
    yield Paragraph("title", text.EXPORT_TITLE)
    yield Paragraph("plain", text.EXPORT_MADE.format(time=f"{made:%Y-%m-%d %H:%M}"))
    yield Paragraph("plain", text.ORIGINAL_PREVAILS)
    for exchange in exchanges:
        yield Paragraph("heading", f"{text.QUESTION}：{exchange.question}")
        if exchange.standalone not in ("", exchange.question):
            yield Paragraph("plain", text.REWRITTEN.format(question=exchange.standalone))
        for paragraph in exchange.text.split("\n\n"):
            yield Paragraph("plain", paragraph)
        yield from _sources(exchange, store)


def _sources(exchange: Exchange, store: Store) -> Iterator[Paragraph]:
    if exchange.citations:
        yield Paragraph("plain", f"{text.SOURCES}：")
    for citation in exchange.citations:
        clause = store.clauses.get(citation.clause_id)
        where = place(clause) if clause else citation.clause_id
        if clause and clause.document.page:
            page = text.PAGE.format(page=clause.document.page)
            where += f"（{clause.document.issue_name}{page}）"
        yield Paragraph("quote", f"[{citation.mark}] {where}\n“{citation.quote}”")
