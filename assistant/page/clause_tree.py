"""The tree of issues, documents and clauses, and what a search in them finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

from assistant.coverage import MASTHEAD
from assistant.document_tree import (
    ListedDocument,
    OutlineEntry,
    list_documents,
    open_line,
    outline_document,
)
from assistant.extract import place
from assistant.lookup import look_up
from assistant.page import text_views
from assistant.page.markup import clause_link, emphasise, escape
from assistant.page.records import status_badge, summary_line
from assistant.page.view_area import view_action
from assistant.retrieve import retrieve, store_names
from assistant.sentences import Sentence, split_sentences
from assistant.types import Filters
from index.store import Store
from index.tokens import bigrams
from index.types import Clause, Document

_FOUND = 30
# As deep as the retriever ranks: filters by status and document are applied to its ranking.
_RANKED = 200
_LINE = 60
_EXCERPT = 140


@lru_cache(maxsize=2)
def listed_documents(store: Store, as_of: date) -> tuple[ListedDocument, ...]:
    """Return the documents of a store as they stand on a day."""
    return tuple(list_documents(store.clauses, as_of))


def render_tree(documents: Sequence[ListedDocument], unfolded: str) -> str:
    """Return the tree with the outline of the document named ``unfolded`` in its place."""
    if not documents:
        return f'<p class="hint">{text_views.NOTHING_FOUND}</p>'
    issues = groupby(documents, key=lambda entry: entry.document.issue_name)
    return "".join(_issue(name, list(entries), unfolded) for name, entries in issues)


def _issue(name: str, entries: Sequence[ListedDocument], unfolded: str) -> str:
    published = sum(entry.document.kind != MASTHEAD for entry in entries)
    title = text_views.ISSUE_DOCUMENTS.format(issue=name, count=published)
    items = "".join(_document(entry, unfolded) for entry in entries)
    label = escape(f"{text_views.TREE} {name}")
    return f'<h2>{escape(title)}</h2><ul class="tree" aria-label="{label}">{items}</ul>'


def _document(entry: ListedDocument, unfolded: str) -> str:
    document = entry.document
    is_open = document.id == unfolded
    facts = [document.doc_no, document.date, document.kind]
    if document.page:
        facts.append(text_views.PAGE.format(page=document.page))
    label = escape(text_views.UNFOLD.format(name=document.name))
    toggle = (
        f'<button type="button" class="unfold" aria-expanded="{str(is_open).lower()}" '
        f'aria-label="{label}" {view_action("unfold", document=document.id)}>'
        f'<span aria-hidden="true">{"▾" if is_open else "▸"}</span></button>'
    )
    listed = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    # Most documents state no term; saying so on each would drown what does end.
    badge = "" if entry.status == "未载明" else status_badge(entry.status)
    outline = _outline(outline_document(entry.clauses)) if is_open else ""
    return (
        f'<li>{toggle}<div class="entry">'
        f"{clause_link(entry.clauses[0].id, escape(f'《{document.name}》'))}"
        f'<p class="facts">{listed}{badge}</p>{outline}</div></li>'
    )


def _outline(entries: Sequence[OutlineEntry]) -> str:
    items = "".join(
        f'<li class="{"heading" if entry.is_heading else "clause"}" '
        f'style="--depth:{entry.depth}">'
        f"{clause_link(entry.clause.id, _outline_line(entry))}</li>"
        for entry in entries
    )
    return f'<ul class="outline">{items}</ul>'


def _outline_line(entry: OutlineEntry) -> str:
    line = escape(open_line(entry.clause, _LINE))
    return f"<strong>{line}</strong>" if entry.is_heading else line


def search_clauses(
    words: str, store: Store, documents: Sequence[ListedDocument], unfolded: str = ""
) -> str:
    """Return what ``words`` find as HTML: places they name, else documents and passages.

    A place named is shown whatever the filters; all else only from ``documents``. The outline of
    the document named ``unfolded`` is shown with it.
    """
    named = look_up(words, store_names(store))
    if named.clause_ids:
        clauses = [store.clauses[id_] for id_ in named.clause_ids]
        count = text_views.FOUND_BY_NAME.format(count=len(clauses))
        return _missing(named.missing) + _listed(count, [_whole(c) for c in clauses])
    parts = [_missing(named.missing)]
    called = [entry for entry in documents if entry.document.id in named.documents]
    if called:
        parts.append(summary_line(text_views.FOUND_DOCUMENTS.format(count=len(called))))
        items = "".join(_document(entry, unfolded) for entry in called)
        parts.append(f'<ul class="tree">{items}</ul>')
    found = _rank(words, store, documents)
    if found:
        count = text_views.FOUND_BY_WORDS.format(count=len(found))
        parts.append(_listed(count, [_excerpt(words, clause) for clause in found]))
    return "".join(parts) or f'<p class="hint" role="status">{text_views.NOTHING_FOUND}</p>'


def _rank(words: str, store: Store, documents: Sequence[ListedDocument]) -> list[Clause]:
    allowed = {entry.document.id for entry in documents}
    numbers = {entry.document.doc_no for entry in documents}
    # In a single document the ranking of all would come to an end before its clauses do.
    filters = Filters(doc_no=numbers.pop()) if len(numbers) == 1 else None
    passages = retrieve(words, store, _RANKED, filters)
    found = [p.clause for p in passages if p.clause.document.id in allowed]
    return found[:_FOUND]


def _missing(names: Sequence[str]) -> str:
    if not names:
        return ""
    line = text_views.NOT_HELD.format(names="、".join(names))
    return f'<p class="warning" role="alert">{escape(line)}</p>'


def _listed(summary: str, items: Sequence[str]) -> str:
    return f'{summary_line(summary)}<ol class="found">{"".join(items)}</ol>'


def _whole(clause: Clause) -> str:
    """Return a clause with all its text, as whoever names it wants it."""
    body = f'<p class="verbatim">{emphasise(clause.text)}</p>'
    return f"<li>{_title(clause, 0, 0)}{body}</li>"


def _excerpt(words: str, clause: Clause) -> str:
    """Return a clause with the sentence that is nearest to ``words``."""
    best = best_sentence(words, clause)
    start, end = (best.start, best.end) if best else (0, 0)
    shown = best.text if best else clause.text
    shown = shown if len(shown) <= _EXCERPT else shown[: _EXCERPT - 1] + "…"
    return f"<li>{_title(clause, start, end)}<p>{emphasise(shown)}</p></li>"


def _title(clause: Clause, start: int, end: int) -> str:
    link = clause_link(clause.id, escape(place(clause)), start, end)
    above = escape(" › ".join(clause.path))
    return f'{link}<p class="hint">{above}</p>' if above else link


def best_sentence(words: str, clause: Clause) -> Sentence | None:
    """Return the sentence that shares most character pairs with ``words``, None for a heading."""
    wanted = set(bigrams(words))
    sentences = split_sentences(clause)
    return max(sentences, key=lambda s: len(wanted & set(bigrams(s.text))), default=None)


def document_choices(documents: Sequence[ListedDocument]) -> list[tuple[str, str]]:
    """Return (shown, value) of the filter by document."""
    return [
        (text_views.ALL, ""),
        *((_name(e.document), e.document.id) for e in documents),
    ]


def _name(document: Document) -> str:
    return f"{document.doc_no} {document.name}".strip()


def distinct(values: Iterator[str]) -> list[tuple[str, str]]:
    """Return (shown, value) of a filter by some property, in the order first met."""
    return [(text_views.ALL, ""), *((value, value) for value in dict.fromkeys(values) if value)]
