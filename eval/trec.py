"""Runs and judgements in TREC's format, so that anyone can recompute the retrieval numbers.

    ir_measures qrels.trec run.trec 'nDCG@10' 'R@10' 'RR@10' 'Success@5' 'Judged@10'

A row of the run is an evidence unit (``#g0``) where a passage is the first to hold it, else the
passage (``eval.metrics.rank_units``). The judgements hold every unit with grade 1, and with grade 0
the retrieved passages of a gold document: its writer read that document and did not choose them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from eval.cases import Case

_SPACE = re.compile(r"\s")


def _field(text: str) -> str:
    """TREC fields are separated by white space and may hold none."""
    return _SPACE.sub("_", text)


def run_lines(cases: Iterable[Case], system: str) -> list[str]:
    """Return ``qid Q0 docno rank score tag`` lines; scores fall with rank so that none tie."""
    return [
        f"{_field(case.question.id)} Q0 {_field(unit)} {rank} {1 / rank:.8f} {_field(system)}"
        for case in cases
        if case.question.answerable
        for rank, unit in enumerate(case.ranking, start=1)
    ]


def qrels_lines(cases: Iterable[Case]) -> list[str]:
    """Return ``qid 0 docno grade`` lines."""
    return [
        f"{_field(case.question.id)} 0 {_field(unit)} {int(unit in case.relevant)}"
        for case in cases
        if case.question.answerable
        for unit in sorted(case.known)
    ]


def write_trec(cases: Iterable[Case], system: str, folder: Path) -> None:
    """Write ``run.trec`` and ``qrels.trec`` into a run folder."""
    answerable = [case for case in cases if case.question.answerable]
    for name, lines in (
        ("run.trec", run_lines(answerable, system)),
        ("qrels.trec", qrels_lines(answerable)),
    ):
        (folder / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
