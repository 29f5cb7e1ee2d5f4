"""python -m eval run | score | compare | validate | report."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from eval import provenance
from eval.compare import compare_runs
from eval.corpus import Corpus, read_corpus, read_sources
from eval.failures import to_failures
from eval.perturb import PERTURBATIONS, perturb_question
from eval.questions import Question, questions_path, read_questions, select, version_of
from eval.report import build_sections, read_run, to_markdown
from eval.report_text import comparison_sections, headline_text
from eval.run import RunConfig, generate, latest_date, write_json
from eval.score import score_run
from eval.systems import Setting, clause_pieces, expand_names, find_row
from eval.trec import write_trec
from eval.validate import bm25_share, check_questions, describe_difficulty, shared_questions
from index.settings import read_setting

if TYPE_CHECKING:
    from index.build import Location

DEFAULT_K = 10


def _folder_for(out: Path, name: str, several: bool) -> Path:
    return out / re.sub(r"[^\w.-]+", "_", name) if several else out


def _location(arguments: argparse.Namespace) -> Location:
    from index.build import default_location  # Chroma takes a second to import

    return replace(default_location(), folder=arguments.index, corpus=arguments.corpus)


def _chosen_questions(arguments: argparse.Namespace) -> tuple[list[Question], str]:
    """Return the questions to ask and the version they are quoted with."""
    path = arguments.questions or questions_path(arguments.split)
    questions = read_questions(path)
    version = version_of(path.stem, questions)
    if arguments.slice:
        questions = select(questions, arguments.slice)
    if arguments.limit:
        questions = questions[: arguments.limit]
    if arguments.perturb:
        questions = [perturb_question(question, arguments.perturb) for question in questions]
    limit = f"first {arguments.limit}" if arguments.limit else ""
    parts = [version, arguments.slice, limit, arguments.perturb]
    return questions, " ".join(part for part in parts if part)


def _generate_run(
    name: str, arguments: argparse.Namespace, questions: list[Question], version: str, folder: Path
) -> None:
    row, argument = find_row(name)
    location = _location(arguments)
    setting = Setting(location, arguments.k, argument)
    config = RunConfig(
        system=name,
        label=row.label,
        retrieves=row.retrieves,
        version=version,
        k=arguments.k,
        as_of=latest_date(questions),
        perturbation=arguments.perturb,
        slice=arguments.slice,
        limit=arguments.limit,
    )
    progress: Callable[[Sequence[Question]], Iterable[Question]] = partial(
        tqdm, desc=name, unit="题", file=sys.stderr, disable=None
    )
    generate(row.open(setting), questions, config, folder, progress)
    write_json(folder / "env.json", provenance.describe(location, indexed=row.indexed))


def _score_folder(folder: Path, corpus: Corpus) -> None:
    """Score a run and write everything that is derived from it alone."""
    scored = score_run(folder, corpus)
    run = read_run(folder)
    write_trec(scored.cases, run.name, folder)
    failures = to_failures(scored.cases, scored.labels, run.name)
    (folder / "failures.md").write_text(failures, encoding="utf-8")
    (folder / "report.md").write_text(to_markdown(build_sections([run])), encoding="utf-8")


def run(arguments: argparse.Namespace) -> int:
    """Ask, score and report; with ``--no-generate`` only the last two."""
    names = expand_names(arguments.system)
    folders = [_folder_for(arguments.out, name, len(names) > 1) for name in names]
    for name in names:  # a misspelt name fails before the first hour of work, not after
        find_row(name)
    if arguments.generate:
        questions, version = _chosen_questions(arguments)
        for name, folder in zip(names, folders, strict=True):
            _generate_run(name, arguments, questions, version, folder)
    corpus = read_corpus(arguments.corpus)
    for folder in folders:
        _score_folder(folder, corpus)
    _write_reports(folders, arguments.out, html=arguments.html)
    print(headline_text([read_run(folder) for folder in folders]))
    return 0


def score(arguments: argparse.Namespace) -> int:
    """Re-score stored answers; no system is needed."""
    corpus = read_corpus(arguments.corpus)
    for folder in arguments.runs:
        _score_folder(folder, corpus)
    print(headline_text([read_run(folder) for folder in arguments.runs]))
    return 0


def compare(arguments: argparse.Namespace) -> int:
    """Compare two runs; exit 1 on a regression."""
    comparison = compare_runs(arguments.base, arguments.new)
    title = f"比较：{arguments.base.name} → {arguments.new.name}"
    text = to_markdown(comparison_sections(comparison), title)
    (arguments.new / "compare.md").write_text(text, encoding="utf-8")
    print(text)
    return int(comparison.regressed)


def validate(arguments: argparse.Namespace) -> int:
    """Check question files against the corpus; exit 1 on any drift."""
    corpus, sources = read_corpus(arguments.corpus), read_sources(arguments.corpus)
    pieces = clause_pieces(arguments.corpus)
    sets = {path: read_questions(path) for path in arguments.files}
    faults: list[str] = []
    for path, questions in sets.items():
        found = [f"{path.name} {fault}" for fault in check_questions(questions, corpus, sources)]
        faults += found
        print(f"{version_of(path.stem, questions)}：{len(found)} 处问题")
        print(describe_difficulty(questions))
        print(f"  BM25（二元字，条款）前五含全部依据: {bm25_share(questions, pieces):.2f}")
    faults += [f"两套问题集相同的问题: {pair}" for pair in shared_questions(list(sets.values()))]
    print("\n".join(faults))
    return int(bool(faults))


def report(arguments: argparse.Namespace) -> int:
    """Write the report of one or several scored runs."""
    _write_reports(arguments.runs, arguments.out or arguments.runs[0], html=True)
    return 0


def _write_reports(folders: Sequence[Path], out: Path, *, html: bool) -> None:
    runs = [read_run(folder) for folder in folders]
    out.mkdir(parents=True, exist_ok=True)
    sections = build_sections(runs)
    (out / "report.md").write_text(to_markdown(sections), encoding="utf-8")
    if html:
        from eval.report_html import to_html  # matplotlib takes a second to import

        (out / "report.html").write_text(to_html(sections, runs), encoding="utf-8")


def _add_run_options(command: argparse.ArgumentParser) -> None:
    command.set_defaults(act=run)
    command.add_argument("--out", type=Path, required=True, help="结果文件夹")
    command.add_argument("--questions", type=Path, help="问题文件（JSON 行）；缺省用 --split")
    command.add_argument("--split", default="dev", help="内置问题集：dev 或 test")
    command.add_argument("--system", default="ours", help="系统，逗号分隔；见 eval/README.md")
    command.add_argument("--k", type=int, default=DEFAULT_K, help="每题返回的条款数，至少 10")
    command.add_argument("--slice", default="", help="只问一部分，如 wording=plain")
    command.add_argument("--limit", type=int, default=0, help="只问前几题")
    command.add_argument("--perturb", default="", choices=["", *PERTURBATIONS], help="改写问题")
    command.add_argument(
        "--index", type=Path, default=Path(read_setting("GAZETTE_INDEX")), help="索引文件夹"
    )
    command.add_argument("--generate", action=argparse.BooleanOptionalAction, default=True,
                         help="不提问，只重评已存的回答")  # fmt: skip
    command.add_argument("--html", action=argparse.BooleanOptionalAction, default=True,
                         help="另写带图的 report.html")  # fmt: skip


def build_parser() -> argparse.ArgumentParser:
    """Return the command line."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="公报问答评测")
    commands = parser.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--corpus",
        type=Path,
        default=Path(read_setting("GAZETTE_CORPUS")),
        help="公报文本所在文件夹",
    )

    _add_run_options(commands.add_parser("run", parents=[shared], help="提问、评分并写报告"))

    command = commands.add_parser("score", parents=[shared], help="重评已存的回答")
    command.set_defaults(act=score)
    command.add_argument("runs", type=Path, nargs="+", help="结果文件夹")

    command = commands.add_parser("compare", help="逐题成对比较两次结果；变差时退出码 1")
    command.set_defaults(act=compare)
    command.add_argument("base", type=Path)
    command.add_argument("new", type=Path)

    command = commands.add_parser("validate", parents=[shared], help="检查问题文件；有误时退出码 1")
    command.set_defaults(act=validate)
    command.add_argument("files", type=Path, nargs="+")

    command = commands.add_parser("report", help="为一次或多次结果写 report.md 与 report.html")
    command.set_defaults(act=report)
    command.add_argument("runs", type=Path, nargs="+")
    command.add_argument("--out", type=Path)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; what the user can mend is one line on stderr and exit code 2."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    arguments = build_parser().parse_args(argv)
    try:
        if getattr(arguments, "k", DEFAULT_K) < DEFAULT_K:
            raise ValueError(f"--k 至少 {DEFAULT_K}（指标看前十条）；收到 {arguments.k}")
        return int(arguments.act(arguments))
    except (OSError, ValueError, LookupError, RuntimeError, ImportError) as error:
        print(f"eval: {' '.join(str(error).split())}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
