"""ALCE's citation recall and precision with a deterministic support test in place of entailment.

A sentence is supported by texts if its figures and names occur there and enough of the rest is said
there (``assistant.checks``; ``python -m eval.support`` prints its agreement with hand-made labels).
This is lexical support, not faithfulness. Unlike in ALCE an empty answer is undefined and counted,
not dropped, and every citation counts, not the first three.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.checks import is_supported
from eval.cases import Case, claims
from eval.matching import cited_passage
from eval.metrics import ratio
from eval.outputs import RetrievedPassage

_MARK = re.compile(r"\[(\d+)\]")

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


def cited_sentences(case: Case) -> list[tuple[str, list[Evidence], int]]:
    """Return each claiming sentence, the evidence it cites, and its number of marks.

    A mark that resolves to no retrieved passage gives no evidence but is counted.
    """
    by_mark = {citation.mark: citation for citation in case.output.citations}
    found: list[tuple[str, list[Evidence], int]] = []
    for sentence in claims(case):
        marks = list(dict.fromkeys(_MARK.findall(sentence)))
        passages = [
            cited_passage(by_mark[mark], case.output.passages) for mark in marks if mark in by_mark
        ]
        evidence = [_evidence(passage) for passage in passages if passage is not None]
        found.append((_MARK.sub("", sentence).strip(), evidence, len(marks)))
    return found


def support_recall(case: Case) -> float:
    """Return the share of sentences that their cited passages together support."""
    rows = cited_sentences(case)
    return ratio(sum(bool(c) and _supports(s, _joined(c)) for s, c, _ in rows), len(rows))


def support_precision(case: Case) -> float:
    """Return the share of citation marks that a supported sentence needs (ALCE's conditions)."""
    precise = marks = 0
    for sentence, cited, count in cited_sentences(case):
        marks += count
        if cited and _supports(sentence, _joined(cited)):
            precise += sum(is_needed(sentence, cited, index) for index in range(len(cited)))
    return ratio(precise, marks)
