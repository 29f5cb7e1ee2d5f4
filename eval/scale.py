"""How indexing and answering grow with the corpus: the gazette among 1,000 to 147,000 articles.

Each size is measured in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from eval.articles import read_articles
from eval.baselines import Ask
from eval.cases import build_case
from eval.corpus import Corpus, read_corpus
from eval.metrics import all_evidence
from eval.outputs import parse_output
from eval.questions import Question
from eval.report import Section, number
from eval.run import ask_questions, latest_date
from eval.statistics import wilson

if TYPE_CHECKING:
    from index.build import Location

SIZES = (1_000, 10_000, 50_000, 147_000)
_K = 10
_KIB = 1024  # ru_maxrss is in KiB on Linux
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Growth:
    """What was measured at one size; times in ms where not said otherwise."""

    articles: int
    clauses: int
    records: int
    build_s: float  # from reading the text to the index being in use, the model already loaded
    build_cpu_s: float  # of all threads; says what a busy machine hides
    clauses_per_s: float
    open_s: float  # until the first question can be asked
    index_mib: float
    peak_mib: float  # resident memory of the whole process, building and asking
    retrieve_p50: float
    retrieve_p95: float
    retrieve_cpu_p95: float
    answer_p50: float  # retrieval included
    answer_p95: float
    questions: int
    evidence: float  # all_evidence@5
    evidence_low: float
    evidence_high: float


def measure_sizes(
    articles: Path, sizes: Sequence[int], questions: Sequence[Question], location: Location
) -> list[Growth]:
    """Measure each size in turn; ``location`` gives corpus and model, its folder is not touched."""
    rows = []
    for size in sizes:
        with (
            tempfile.TemporaryDirectory(prefix="scale-") as folder,
            ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process,
        ):
            place = replace(location, folder=Path(folder), host="")
            rows.append(process.submit(_measure, articles, size, questions, place).result())
    return rows


def _measure(
    articles: Path, size: int, questions: Sequence[Question], location: Location
) -> Growth:
    clauses, records, build_s, build_cpu_s = _build(articles, size, location)
    started = time.perf_counter()
    retrieval, assistant = _open(location)
    retrieval(questions[0])  # the first question loads dictionaries
    open_s = time.perf_counter() - started
    rows, retrieve_ms, retrieve_cpu = _ask(retrieval, questions, f"{size} 检索")
    _, answer_ms, _ = _ask(assistant, questions, f"{size} 回答")
    found = _count_found(questions, rows, read_corpus(location.corpus))
    answerable = sum(question.answerable for question in questions)
    share = wilson(found, answerable)
    files = [path for path in location.folder.rglob("*") if path.is_file()]
    return Growth(
        articles=size,
        clauses=clauses,
        records=records,
        build_s=round(build_s, 1),
        build_cpu_s=round(build_cpu_s, 1),
        clauses_per_s=round(clauses / build_s, 1),
        open_s=round(open_s, 1),
        index_mib=round(sum(path.stat().st_size for path in files) / _MIB, 1),
        peak_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB, 1),
        retrieve_p50=_percentile(retrieve_ms, 50),
        retrieve_p95=_percentile(retrieve_ms, 95),
        retrieve_cpu_p95=_percentile(retrieve_cpu, 95),
        answer_p50=_percentile(answer_ms, 50),
        answer_p95=_percentile(answer_ms, 95),
        questions=answerable,
        evidence=round(share.value, 4),
        evidence_low=round(share.low, 4),
        evidence_high=round(share.high, 4),
    )


def _build(articles: Path, size: int, location: Location) -> tuple[int, int, float, float]:
    """Index the gazette with ``size`` articles; return clauses, records, seconds, CPU seconds."""
    from index.build import Reading, read_corpus, write_index  # Chroma takes a second to import
    from index.store import load_embeddings

    embeddings = load_embeddings(location.model)
    embeddings.embed_query("预热")
    started, spent = time.perf_counter(), time.process_time()
    gazette = read_corpus(location.corpus)
    clauses = (*gazette.clauses, *read_articles(articles, size))
    documents = len({(clause.document.issue, clause.document.key) for clause in clauses})
    reading = Reading(clauses, gazette.questions, gazette.issues + 1, documents)
    with tqdm(desc=f"{size} 写入", unit="条", file=sys.stderr, disable=None) as bar:

        def advance(done: int, total: int, what: str) -> None:
            bar.total = total
            bar.update(done - bar.n)

        manifest = write_index(location, reading, embeddings, advance)
    seconds, cpu = time.perf_counter() - started, time.process_time() - spent
    return len(clauses), manifest.chunks + manifest.questions, seconds, cpu


def _open(location: Location) -> tuple[Ask, Ask]:
    from eval.ours import open_assistant, open_retrieval

    return open_retrieval(location, _K, "search"), open_assistant(location, _K)


def _ask(
    ask: Ask, questions: Sequence[Question], what: str
) -> tuple[list[dict[str, Any]], list[float], list[float]]:
    """Return what a system returned, and the wall and CPU milliseconds of each question."""
    cpu: list[float] = []

    def timed(question: Question) -> dict[str, Any]:
        started = time.process_time()
        output = ask(question)
        cpu.append((time.process_time() - started) * 1000)
        return output

    bar = tqdm(questions, desc=what, unit="题", file=sys.stderr, disable=None)
    answers = list(ask_questions(timed, bar, latest_date(questions)))
    failed = next((row["error"] for row, _ in answers if row.get("error")), "")
    if failed:
        raise RuntimeError(f"{what}出错: {failed}")
    return [row for row, _ in answers], [times["wall"] for _, times in answers], cpu


def _count_found(
    questions: Sequence[Question], rows: Sequence[dict[str, Any]], corpus: Corpus
) -> int:
    """Return how many answerable questions have all their evidence in the first five passages."""
    cases = [
        build_case(q, parse_output(q.id, row), corpus.evidence_text(q), retrieves=True)
        for q, row in zip(questions, rows, strict=True)
        if q.answerable
    ]
    return sum(all_evidence(case.coverage, len(case.question.gold), 5) == 1 for case in cases)


def _percentile(values: Sequence[float], share: float) -> float:
    return round(float(np.percentile(values, share)), 1)


def growth_section(rows: Sequence[Growth], version: str) -> Section:
    """Return the measurements as a table, one row a size."""
    header = (
        "法条数", "条款", "记录", "建索引 秒", "其中 CPU 秒", "条款/秒", "打开 秒", "索引 MiB",
        "内存峰值 MiB",
        "检索 p50/p95 毫秒", "检索 CPU p95 毫秒", "回答 p50/p95 毫秒", "前五含全部依据 [95% 区间]",
    )  # fmt: skip
    table = tuple(
        (
            f"{row.articles:,}", f"{row.clauses:,}", f"{row.records:,}", number(row.build_s, 1),
            number(row.build_cpu_s, 1),
            number(row.clauses_per_s, 0), number(row.open_s, 1), number(row.index_mib, 0),
            number(row.peak_mib, 0), f"{row.retrieve_p50} / {row.retrieve_p95}",
            number(row.retrieve_cpu_p95, 1),
            f"{row.answer_p50} / {row.answer_p95}",
            f"{number(row.evidence)} [{number(row.evidence_low)}, {number(row.evidence_high)}]",
        )
        for row in rows
    )  # fmt: skip
    note = (
        f"公报与若干法条同在一个索引，问题只问公报（{version}）。建索引从读文本到启用，"
        "不含载入向量模型；每个规模在单独的进程里测。"
    )
    return Section("规模", (note,), header, table)


def growth_rows(rows: Sequence[Growth]) -> list[dict[str, Any]]:
    """Return the measurements as JSON objects."""
    return [asdict(row) for row in rows]
