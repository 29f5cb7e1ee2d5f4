"""Ask a system every question and keep what it returned: the generate step.

``per_question.jsonl`` is sorted by id and holds no times, so two runs of a deterministic system are
byte-identical; times go to ``timings.json``. Scoring is a separate step (``eval.score``).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.baselines import Ask
from eval.outputs import dump_rows, parse_output
from eval.questions import Question, dump_questions

# One question's failure is a result; the system has failed when all of them have.
_FAILURES = (OSError, ValueError)

Timings = dict[str, dict[str, float]]
Progress = Callable[[Sequence[Question]], Iterable[Question]]  # tqdm at the command line


@dataclass(frozen=True, slots=True)
class RunConfig:
    """What was run, as written to ``config.json``; with the same inputs it repeats the run."""

    system: str
    label: str
    retrieves: bool
    version: str  # of the questions
    k: int
    as_of: str = ""
    perturbation: str = ""
    slice: str = ""
    limit: int = 0


def latest_date(questions: Iterable[Question]) -> str:
    """Return the latest ``as_of`` of a set, on which its undated questions are asked too.

    Today's date would give other notices tomorrow.
    """
    return max((question.as_of for question in questions), default="")


def ask_questions(
    ask: Ask, questions: Iterable[Question], as_of: str = ""
) -> Iterator[tuple[dict[str, Any], dict[str, float]]]:
    """Yield, per question, the object returned (with the id, without times) and its times in ms."""
    for question in questions:
        dated = question if question.as_of else question.model_copy(update={"as_of": as_of})
        started = time.perf_counter()
        try:
            row = dict(ask(dated))
            parse_output(question.id, row)
        except _FAILURES as error:
            row = _failed(question, error)
        wall = (time.perf_counter() - started) * 1000
        timings = row.pop("timings_ms", None) or {}
        yield row | {"id": question.id}, {"wall": round(wall, 3)} | timings


def _failed(question: Question, error: Exception) -> dict[str, Any]:
    return {
        "question": question.question,
        "answered": False,
        "answer": "",
        "citations": [],
        "passages": [],
        "error": str(error),
    }


def generate(
    ask: Ask, questions: Sequence[Question], config: RunConfig, folder: Path, progress: Progress
) -> None:
    """Ask all questions and write the run folder.

    Raises ``RuntimeError`` with the first error if every question failed.
    """
    rows: list[dict[str, Any]] = []
    timings: Timings = {}
    for row, times in ask_questions(ask, progress(questions), config.as_of):
        rows.append(row)
        timings[row["id"]] = times
    failed = [row["error"] for row in rows if row.get("error")]
    if rows and len(failed) == len(rows):
        raise RuntimeError(f"系统 {config.system} 对每个问题都出错；第一个: {failed[0]}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "questions.jsonl").write_text(dump_questions(questions), encoding="utf-8")
    (folder / "per_question.jsonl").write_text(dump_rows(rows), encoding="utf-8")
    write_json(folder / "config.json", asdict(config))
    write_json(folder / "timings.json", timings)


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON a person can read and a diff can follow."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")
