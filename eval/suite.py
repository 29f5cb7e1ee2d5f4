"""Ask, score and report: what every command that runs systems does."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from eval import provenance
from eval.corpus import Corpus
from eval.failures import to_failures
from eval.perturb import perturb_question
from eval.questions import Question, questions_path, read_questions, select, version_of
from eval.report import build_sections, read_run, to_markdown
from eval.run import RunConfig, generate, latest_date, write_json
from eval.score import score_run
from eval.systems import Setting, find_row
from eval.trec import write_trec

if TYPE_CHECKING:
    from index.build import Location

DEFAULT_K = 10


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions are asked, in which wording."""

    path: Path
    slice: str = ""  # tag=value
    limit: int = 0  # only the first ones; 0 for all
    perturbation: str = ""


def whole_split(split: str) -> Selection:
    """Return all questions of a split, as they were written."""
    return Selection(questions_path(split))


def choose_questions(selection: Selection) -> tuple[list[Question], str]:
    """Return the questions to ask and the version they are quoted with."""
    questions = read_questions(selection.path)
    version = version_of(selection.path.stem, questions)
    if selection.slice:
        questions = select(questions, selection.slice)
    if selection.limit:
        questions = questions[: selection.limit]
    if selection.perturbation:
        questions = [perturb_question(q, selection.perturbation) for q in questions]
    limit = f"first {selection.limit}" if selection.limit else ""
    parts = [version, selection.slice, limit, selection.perturbation]
    return questions, " ".join(part for part in parts if part)


def run_system(
    name: str,
    selection: Selection,
    location: Location,
    folder: Path,
    k: int = DEFAULT_K,
    condition: str = "",
) -> None:
    """Ask a system every chosen question and write the run folder; scoring is a step of its own.

    ``condition`` names what was done to the corpus that ``location`` has indexed.
    """
    questions, version = choose_questions(selection)
    row, argument = find_row(name)
    config = RunConfig(
        system=name,
        label=row.label,
        retrieves=row.retrieves,
        version=f"{version} {condition}".strip(),
        k=k,
        as_of=latest_date(questions),
        perturbation=selection.perturbation or condition,
        slice=selection.slice,
        limit=selection.limit,
    )
    progress: Callable[[Sequence[Question]], Iterable[Question]] = partial(
        tqdm, desc=name, unit="题", file=sys.stderr, disable=None
    )
    ask = row.open(Setting(location, k, argument))
    generate(ask, questions, config, folder, progress)
    write_json(folder / "env.json", provenance.describe(location, indexed=row.indexed))


def score_folder(folder: Path, corpus: Corpus) -> None:
    """Score a run and write everything that is derived from it alone."""
    scored = score_run(folder, corpus)
    run = read_run(folder)
    write_trec(scored.cases, run.name, folder)
    failures = to_failures(scored.cases, scored.labels, run.name)
    (folder / "failures.md").write_text(failures, encoding="utf-8")
    (folder / "report.md").write_text(to_markdown(build_sections([run])), encoding="utf-8")


def write_reports(folders: Sequence[Path], out: Path, *, html: bool) -> None:
    """Write one report over several scored runs."""
    runs = [read_run(folder) for folder in folders]
    out.mkdir(parents=True, exist_ok=True)
    sections = build_sections(runs)
    (out / "report.md").write_text(to_markdown(sections), encoding="utf-8")
    if html:
        from eval.report_html import to_html  # matplotlib takes a second to import

        (out / "report.html").write_text(to_html(sections, runs), encoding="utf-8")


def folder_for(out: Path, name: str) -> Path:
    """Return the folder of one of several systems."""
    return out / re.sub(r"[^\w.-]+", "_", name)
