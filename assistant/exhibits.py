"""Passages as a chat model is shown them, and as its sentences are judged by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.marks import issue_keys
from assistant.types import Passage, Validity
from assistant.validity import clause_validity
from index.dates import chinese_date
from index.types import Clause

# Characters of one clause that a model is shown: half again the longest shipped clause. Ten
# passages stay below 15,000, which fits the context of small models too.
_MAX_SHOWN = 1500
# Angle brackets are what our prompts delimit data with; full-width ones cannot close it.
_AS_DATA = str.maketrans("<>", "＜＞")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A passage under the key we issued for it."""

    key: str
    passage: Passage
    validity: Validity
    evidence: tuple[str, ...]  # the texts that may support a sentence citing it


def prepare_exhibits(
    passages: Sequence[Passage], clauses: Mapping[str, Clause], as_of: date
) -> dict[str, Exhibit]:
    """Return the passages by the key a model may cite them with, in their order."""
    exhibits = {}
    for key, passage in zip(issue_keys(len(passages)), passages, strict=True):
        validity = clause_validity(passage.clause, clauses, as_of)
        evidence = (*_places(passage.clause), _write_status(validity, as_of))
        exhibits[key] = Exhibit(key, passage, validity, evidence)
    return exhibits


def write_exhibit(exhibit: Exhibit) -> str:
    """Return a passage as it stands in a prompt: key, place, status, text."""
    clause = exhibit.passage.clause
    lines = [
        f"编号：{exhibit.key}",
        f"出处：{as_data(' '.join((clause.document.cite, *clause.path, clause.label)))}",
        f"状态：{as_data(exhibit.evidence[-1])}",
        as_data("\n".join(part for part in (clause.columns, clause.text[:_MAX_SHOWN]) if part)),
    ]
    return "\n".join(lines)


def as_data(text: str) -> str:
    """Return text that cannot end the part of a prompt it is put into."""
    return text.translate(_AS_DATA)


def _places(clause: Clause) -> tuple[str, ...]:
    """Return a clause's text and what says where it stands."""
    document = clause.document
    texts = (
        clause.text,
        clause.columns,
        f"《{document.title}》",
        f"《{document.name}》",
        document.doc_no,
        " ".join((*clause.path, clause.label)),
    )
    return tuple(text for text in texts if text)


def _write_status(validity: Validity, as_of: date) -> str:
    """Return a clause's validity in words, with the sentence it was read from."""
    parts = [f"截至{chinese_date(as_of.isoformat())}{validity.status}"]
    if validity.start:
        parts.append(f"自{chinese_date(validity.start)}起施行")
    if validity.end:
        parts.append(f"有效期至{chinese_date(validity.end)}")
    basis = f"（{validity.basis}）" if validity.basis else ""
    return f"{'，'.join(parts)}{basis}"
