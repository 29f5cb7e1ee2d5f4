"""What each command of ``python -m eval`` does, from its arguments to its exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from eval import gate
from eval.compare import compare_runs
from eval.corpus import read_corpus, read_sources
from eval.questions import questions_path, read_questions, version_of
from eval.report import Section, read_run, to_markdown
from eval.report_text import comparison_sections, headline_text
from eval.run import write_json
from eval.suite import (
    Selection,
    choose_questions,
    folder_for,
    run_system,
    score_folder,
    whole_split,
    write_reports,
)
from eval.systems import Setting, clause_pieces, expand_names, find_row
from eval.validate import bm25_share, check_questions, describe_difficulty, shared_questions

if TYPE_CHECKING:
    from index.build import Location


def _location(arguments: argparse.Namespace) -> Location:
    from index.build import default_location  # Chroma takes a second to import

    return replace(default_location(), folder=arguments.index, corpus=arguments.corpus)


def _selection(arguments: argparse.Namespace) -> Selection:
    path = arguments.questions or questions_path(arguments.split)
    return Selection(path, arguments.slice, arguments.limit, getattr(arguments, "perturb", ""))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _show(sections: Sequence[Section], out: Path, title: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    text = to_markdown(sections, title)
    (out / "report.md").write_text(text, encoding="utf-8")
    _say(text)


def run(arguments: argparse.Namespace) -> int:
    """Ask, score and report; with ``--no-generate`` only the last two."""
    names = expand_names(arguments.system)
    several = len(names) > 1
    folders = [folder_for(arguments.out, name) if several else arguments.out for name in names]
    for name in names:  # a misspelt name fails before the first hour of work, not after
        find_row(name)
    if arguments.generate:
        location, selection = _location(arguments), _selection(arguments)
        for name, folder in zip(names, folders, strict=True):
            run_system(name, selection, location, folder, arguments.k)
    corpus = read_corpus(arguments.corpus)
    for folder in folders:
        score_folder(folder, corpus)
    write_reports(folders, arguments.out, html=arguments.html)
    _say(headline_text([read_run(folder) for folder in folders]))
    return 0


def score(arguments: argparse.Namespace) -> int:
    """Re-score stored answers; no system is needed."""
    corpus = read_corpus(arguments.corpus)
    for folder in arguments.runs:
        score_folder(folder, corpus)
    _say(headline_text([read_run(folder) for folder in arguments.runs]))
    return 0


def compare(arguments: argparse.Namespace) -> int:
    """Compare two runs; exit 1 on a regression."""
    comparison = compare_runs(arguments.base, arguments.new)
    title = f"比较：{arguments.base.name} → {arguments.new.name}"
    text = to_markdown(comparison_sections(comparison), title)
    (arguments.new / "compare.md").write_text(text, encoding="utf-8")
    _say(text)
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
        _say(f"{version_of(path.stem, questions)}：{len(found)} 处问题")
        _say(describe_difficulty(questions))
        _say(f"  BM25（二元字，条款）前五含全部依据: {bm25_share(questions, pieces):.2f}")
    faults += [f"两套问题集相同的问题: {pair}" for pair in shared_questions(list(sets.values()))]
    _say("\n".join(faults))
    return int(bool(faults))


def report(arguments: argparse.Namespace) -> int:
    """Write the report of one or several scored runs."""
    write_reports(arguments.runs, arguments.out or arguments.runs[0], html=True)
    return 0


def check_gate(arguments: argparse.Namespace) -> int:
    """Run ours on every split and compare with the reference results; exit 1 on a regression.

    With ``--update`` run every system instead and make the results the reference.
    """
    location, corpus = _location(arguments), read_corpus(arguments.corpus)
    names = expand_names("all") if arguments.update else [gate.GATED]
    sections, regressed = [], False
    for split in gate.SPLITS:
        folders = [folder_for(arguments.out / split, name) for name in names]
        for name, folder in zip(names, folders, strict=True):
            run_system(name, whole_split(split), location, folder)
            score_folder(folder, corpus)
        if arguments.update:
            write_reports(folders, arguments.out / split, html=True)
            gate.keep_reference(folders, split)
            _say(headline_text([read_run(folder) for folder in folders]))
            continue
        comparison = gate.compare_with_reference(folders[0], split)
        sections.append(gate.gate_section(split, comparison))
        regressed = regressed or comparison.regressed
    if not arguments.update:
        _show(sections, arguments.out, "门槛：" + ("不通过" if regressed else "通过"))
    return int(regressed)


def check_robustness(arguments: argparse.Namespace) -> int:
    """Ask under bad conditions; exit 1 if a changed clause or an instruction in it misleads."""
    from eval.robustness import misled, run_conditions

    corpus = read_corpus(arguments.corpus)
    selection, location = _selection(arguments), _location(arguments)
    sections = run_conditions(arguments.system, selection, location, arguments.out, corpus)
    _show(sections, arguments.out, f"稳健性：{arguments.system}")
    return int(misled(arguments.out))


def scale(arguments: argparse.Namespace) -> int:
    """Index the gazette among law articles, ask about the gazette, and report the growth."""
    from eval.scale import growth_rows, growth_section, measure_sizes

    sizes = [int(size) for size in arguments.sizes.split(",")]
    questions, version = choose_questions(_selection(arguments))
    rows = measure_sizes(arguments.data, sizes, questions, _location(arguments))
    _show([growth_section(rows, version)], arguments.out, "规模")
    write_json(arguments.out / "scale.json", growth_rows(rows))
    return 0


def speed(arguments: argparse.Namespace) -> int:
    """Measure how long ours takes beside BM25 alone, in one run."""
    from eval.speed import SYSTEMS, measure_speed, speed_section

    questions, version = choose_questions(_selection(arguments))
    location = _location(arguments)
    systems = {name: find_row(name)[0].open(Setting(location, arguments.k)) for name in SYSTEMS}
    times = measure_speed(systems, questions, arguments.repeats)
    _show([speed_section(times, version)], arguments.out, "速度")
    return 0


def judge(arguments: argparse.Namespace) -> int:
    """Let a chat model judge the answers of scored runs; never part of the gate."""
    from eval.judge import judge_run
    from eval.ours import complete_with

    complete = complete_with(arguments.model)
    corpus = read_corpus(arguments.corpus)
    progress = partial(tqdm, desc="评判", unit="题", file=sys.stderr, disable=None)
    for folder in arguments.runs:
        judge_run(folder, corpus, arguments.model, complete, arguments.repeats, progress)
        score_folder(folder, corpus)
        _say((folder / "report.md").read_text(encoding="utf-8"))
    return 0


def table(arguments: argparse.Namespace) -> int:
    """Print the headline table, or write it between the marks of READMEs."""
    from eval.table import ENGLISH, headline_markdown, wording_for, write_between_marks

    if arguments.runs:
        sets = [[read_run(folder) for folder in arguments.runs]]
    else:
        sets = [gate.read_reference(split) for split in gate.SPLITS]
    if not arguments.write:
        _say(headline_markdown(sets, ENGLISH))
    for path in arguments.write or ():
        changed = write_between_marks(path, headline_markdown(sets, wording_for(path)))
        _say(f"{path}：{'已更新' if changed else '没有变化'}")
    return 0


def calibrate(arguments: argparse.Namespace) -> int:
    """Print the confidence's parameters, fitted on questions set aside for tuning."""
    from eval.calibrate import calibrate as fit
    from index.build import open_store

    questions = [question for path in arguments.files for question in read_questions(path)]
    left_out = set(arguments.without)
    questions = [q for q in questions if q.id.partition("-")[0] not in left_out]
    _say(fit(questions, open_store(_location(arguments))))
    return 0


def orders(arguments: argparse.Namespace) -> int:
    """Fit what tells orders from questions, write its table and print what it does."""
    from assistant.order_wording import MESSAGES, WEIGHTS, load_messages
    from assistant.question_banks import known_questions
    from eval.fit_orders import fit_orders, write_weights
    from index.build import open_store

    store = open_store(_location(arguments))
    if not store.expansions or not store.gaps:
        raise ValueError(f"{arguments.index} 没有扩展问题：请用自带语料建的索引")
    weights, report = fit_orders(load_messages(MESSAGES), known_questions(store))
    write_weights(weights, WEIGHTS)
    _say(report)
    return 0
