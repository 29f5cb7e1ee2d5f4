"""ALCE's citation recall and precision with a deterministic support test in place of entailment.

A sentence is supported by texts if its figures and names occur there and enough of the rest is said
there (``assistant.checks``; ``python -m eval.support`` prints its agreement with hand-made labels).
This is lexical support, not faithfulness. Unlike in ALCE an empty answer is undefined and counted,
not dropped, and every citation counts, not the first three.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.checks import is_supported
from eval.cases import Case
from eval.claims import Claim, read_claims
from eval.matching import cited_passage
from eval.metrics import ratio
from eval.outputs import RetrievedPassage

Evidence = tuple[str, ...]


def _evidence(passage: RetrievedPassage) -> Evidence:
    return passage.text, passage.title, f"{passage.doc_no} {passage.clause}"


@lru_cache(maxsize=16384)
def _supports(sentence: str, evidence: Evidence) -> bool:
    return is_supported(sentence, evidence).supported


def _joined(cited: Sequence[Evidence]) -> Evidence:
    return tuple(text for evidence in cited for text in evidence)


def is_needed(sentence: str, cited: Sequence[Evidence], index: int) -> bool:
    """Whether a citation of a supported sentence counts as precise.

    It does not if it fails to support the sentence alone while the others still support it.
    """
    others = _joined([evidence for place, evidence in enumerate(cited) if place != index])
    return _supports(sentence, cited[index]) or not _supports(sentence, others)


def _cited_claims(case: Case) -> list[tuple[Claim, list[Evidence]]]:
    """Return each claim with the evidence it cites; a mark that leads nowhere gives none."""
    by_mark = {citation.mark: citation for citation in case.output.citations}
    found: list[tuple[Claim, list[Evidence]]] = []
    for claim in read_claims(case.output):
        cited = [by_mark[mark] for mark in claim.marks if mark in by_mark]
        passages = [cited_passage(citation, case.output.passages) for citation in cited]
        found.append((claim, [_evidence(p) for p in passages if p is not None]))
    return found


def support_recall(case: Case) -> float:
    """Return the share of sentences that their cited passages together support."""
    rows = _cited_claims(case)
    supported = sum(bool(cited) and _supports(claim.text, _joined(cited)) for claim, cited in rows)
    return ratio(supported, len(rows))


def support_precision(case: Case) -> float:
    """Return the share of citation marks that a supported sentence needs (ALCE's conditions)."""
    precise = marks = 0
    for claim, cited in _cited_claims(case):
        marks += len(claim.marks)
        if cited and _supports(claim.text, _joined(cited)):
            precise += sum(is_needed(claim.text, cited, index) for index in range(len(cited)))
    return ratio(precise, marks)
