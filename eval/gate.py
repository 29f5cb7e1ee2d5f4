"""The committed reference results, and whether the assistant has become worse than they say.

eval/results/reference/<split>/<system>/ holds ``summary.json``, ``config.json`` and ``env.json`` of
every system, from which the published tables are written, and ``scores.jsonl`` of ours, with which
the gate compares question by question.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from eval.compare import Comparison, Difference, compare_runs
from eval.report import RunRecord, Section, number, read_run
from eval.suite import folder_for

REFERENCE = Path(__file__).parent / "results" / "reference"
SPLITS = ("dev", "test")
GATED = "ours"
_KEPT = ("summary.json", "config.json", "env.json")


def keep_reference(runs: Sequence[Path], split: str, reference: Path = REFERENCE) -> None:
    """Replace the reference results of a split by those of scored run folders."""
    folder = reference / split
    if folder.is_dir():
        shutil.rmtree(folder)
    for run in runs:
        name = read_run(run).name
        kept = folder_for(folder, name)
        kept.mkdir(parents=True)
        for file in (*_KEPT, *(("scores.jsonl",) if name == GATED else ())):
            shutil.copyfile(run / file, kept / file)


def read_reference(split: str, reference: Path = REFERENCE) -> list[RunRecord]:
    """Return the reference results of a split, ours first.

    Raises ``FileNotFoundError`` with the command that makes them.
    """
    folder = reference / split
    found = [path for path in sorted(folder.glob("*")) if path.is_dir()]
    if not found:
        raise FileNotFoundError(f"没有 {folder}；先运行 python -m eval gate --update")
    return [read_run(path) for path in found]


def compare_with_reference(run: Path, split: str, reference: Path = REFERENCE) -> Comparison:
    """Compare a scored run of ours with the reference results of its split."""
    folder = folder_for(reference / split, GATED)
    if not (folder / "scores.jsonl").is_file():
        raise FileNotFoundError(f"没有 {folder}；先运行 python -m eval gate --update")
    return compare_runs(folder, run)


def verdict(comparison: Comparison) -> str:
    """Say in words what the gate found."""
    if comparison.regressed:
        return "变差（proved regression）"
    shown = any(d.primary and d.delta.low > 0 for d in comparison.differences)
    return "变好" if shown else "未见差异"


def gate_section(split: str, comparison: Comparison) -> Section:
    """Return the declared primaries, then the other measures that differ from the reference."""
    rows = [d for d in comparison.differences if d.primary or abs(d.delta.value) > 0]
    flips = "；".join(
        f"{flip.id} {flip.measure} {'错→对' if flip.improved else '对→错'}"
        for flip in comparison.flips
    )
    notes = (f"{verdict(comparison)}。", *((f"翻转：{flips}。",) if flips else ()))
    header = ("指标", "题数", "参考", "现在", "差 [95% 区间]", "结论")
    return Section(f"与参考结果比较：{split}", notes, header, tuple(map(_row, rows)))


def _row(d: Difference) -> tuple[str, ...]:
    return (
        f"{d.label} {d.name}{' ↓' if d.lower_is_better else ''}{' ◆' if d.primary else ''}",
        str(d.n),
        number(d.base),
        number(d.new),
        f"{number(d.delta.value)} [{number(d.delta.low)}, {number(d.delta.high)}]",
        "不通过" if d.regressed else d.verdict,
    )
