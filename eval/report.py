"""The report of one or several runs as sections, written as Markdown here and as HTML elsewhere."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from eval.decomposition import LABELS
from eval.measures import MEASURES
from eval.score import SLICE_MEASURES

HEADLINE = (
    "all_evidence@5", "RR@10", "nDCG@10", "correct", "all_facts", "citation_recall",
    "abstention_F1", "false_refusal", "wrong_answer",
)  # fmt: skip
_LABELS = {measure.name: measure.label for measure in MEASURES} | {
    "abstention_P": "回绝精确",
    "abstention_R": "回绝召回",
    "abstention_F1": "回绝 F1",
}
_LOWER = {measure.name for measure in MEASURES if measure.lower_is_better}
_JUDGED = {"faithful": "每句有依据", "correct": "答对"}
_DIGESTS = {
    "commit": "提交",
    "code": "代码",
    "corpus": "语料",
    "expansions": "扩展问句",
    "index": "索引",
}


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A scored run folder, read back."""

    folder: Path
    config: Mapping[str, Any]
    summary: Mapping[str, Any]
    env: Mapping[str, Any]
    timings: Mapping[str, Mapping[str, float]]
    judgement: Mapping[str, Any]  # {} where no model has judged it

    @property
    def name(self) -> str:
        """The system's name."""
        return str(self.config["system"])


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said under it, and a table."""

    title: str
    notes: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def read_run(folder: Path) -> RunRecord:
    """Read a scored run; raises ``FileNotFoundError`` with the command that scores it."""
    if not (folder / "summary.json").is_file():
        raise FileNotFoundError(f"{folder} 还没有评分；先运行 python -m eval score {folder}")
    config, summary = (_read(folder / name) for name in ("config.json", "summary.json"))
    optional = ("env.json", "timings.json", "judge.json")
    env, timings, judgement = (_read(folder / name, missing={}) for name in optional)
    return RunRecord(folder, config, summary, env, timings, judgement)


def _read(path: Path, missing: dict[str, Any] | None = None) -> dict[str, Any]:
    if missing is not None and not path.is_file():
        return missing
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def number(value: float | None, digits: int = 3) -> str:
    """Write a number as the report does: no zero before the point, — where undefined."""
    if value is None or math.isnan(value):
        return "—"
    written = f"{value:.{digits}f}"
    return written.replace("0.", ".", 1) if written.startswith(("0.", "-0.")) else written


def with_interval(row: Mapping[str, Any]) -> str:
    """Write a value with its 95 % interval."""
    if row.get("value") is None:
        return "—"
    if row["low"] is None:
        return number(row["value"])
    return f"{number(row['value'])} [{number(row['low'])}, {number(row['high'])}]"


def _headline(runs: Sequence[RunRecord]) -> Section:
    names = [name for name in HEADLINE if name in runs[0].summary["metrics"]]
    header = (
        "系统",
        *(f"{_LABELS[name]} {name}{' ↓' if name in _LOWER else ''}" for name in names),
    )
    rows = tuple(
        (run.name, *(with_interval(run.summary["metrics"][name]) for name in names)) for run in runs
    )
    counts = runs[0].summary["questions"]
    unanswerable = counts["n"] - counts["answerable"]
    note = (
        f"问题集 {runs[0].config['version']}：可答 {counts['answerable']} 题，"
        f"不可答 {unanswerable} 题。方括号是 95% 区间（比例用 Wilson，均值按文件整群自助法）。"
        "↓ 越低越好。"
    )
    return Section("总表", (note,), header, rows)


def _all_measures(run: RunRecord) -> Section:
    rows = tuple(
        (_LABELS[name], name + (" ↓" if name in _LOWER else ""), str(row["n"]),
         str(row["undefined"]), str(row["clusters"]), with_interval(row))
        for name, row in run.summary["metrics"].items()
    )  # fmt: skip
    order = [*_LABELS]
    rows = tuple(sorted(rows, key=lambda row: order.index(row[1].removesuffix(" ↓"))))
    n_auc = run.summary["nAUC"]
    note = f"置信度 nAUC {number(n_auc['value'])}（n={n_auc['n']}；0 无用，1 完美排序）。"
    header = ("指标", "名称", "题数", "无定义", "文件数", "值 [95% 区间]")
    return Section(f"全部指标：{run.name}", (note,), header, rows)


def _slices(run: RunRecord) -> Section:
    rows = tuple(
        (tag, str(row["n"]), *(with_interval(row.get(name, {})) for name in SLICE_MEASURES))
        for tag, row in run.summary["slices"].items()
    )
    return Section(f"分组：{run.name}", (), ("分组", "题数", *SLICE_MEASURES), rows)


def _declining(run: RunRecord) -> Section:
    counts = run.summary["confusion"]
    rows = (
        ("可答", str(counts["answerable_answered"]), str(counts["answerable_declined"])),
        ("不可答", str(counts["unanswerable_answered"]), str(counts["unanswerable_declined"])),
    )
    return Section(f"作答与回绝：{run.name}", (), ("", "作答", "回绝"), rows)


def _wrong(run: RunRecord) -> Section:
    counts = run.summary["decomposition"]
    rows = tuple((text, name, str(counts[name])) for name, text in LABELS.items() if name in counts)
    note = "每个有错的回答只归入最先出错的一步；逐题见 failures.md。"
    return Section(f"错误分解：{run.name}", (note,), ("原因", "标签", "题数"), rows)


def latency(run: RunRecord) -> tuple[float, float]:
    """Return (p50, p95) of a run's wall time per question in ms; nan where not timed."""
    walls = [times["wall"] for times in run.timings.values()]
    if not walls:
        return float("nan"), float("nan")
    p50, p95 = np.percentile(walls, [50, 95])
    return float(p50), float(p95)


def _cost(runs: Sequence[RunRecord]) -> Section:
    rows = tuple((run.name, *(number(value, 1) for value in latency(run))) for run in runs)
    machine = runs[0].env
    note = f"毫秒/题，一次一题；{machine.get('platform', '')}，{machine.get('cpus', '?')} 核。"
    return Section("耗时", (note,), ("系统", "p50", "p95"), rows)


def _provenance(runs: Sequence[RunRecord]) -> Section:
    rows = tuple(
        (run.name, str(run.config["version"]), str(run.config["k"]), str(run.config["as_of"]),
         *(str(run.env.get(key) or "—") for key in _DIGESTS))
        for run in runs
    )  # fmt: skip
    versions = "，".join(f"{k} {v}" for k, v in runs[0].env.get("packages", {}).items() if v)
    header = ("系统", "问题集", "k", "基准日", *_DIGESTS.values())
    return Section("来源", (f"提交号后的 + 表示另有未提交的改动。{versions}。",), header, rows)


def _judgement(run: RunRecord) -> Section:
    """Return what a model as judge found, apart from the measures and never part of the gate."""
    report = run.judgement
    rows = tuple(
        (label, name, str(row["n"]), with_interval(row), number(row["agreement"]))
        for name, label in _JUDGED.items()
        for row in (report["aspects"][name],)
    )
    note = (
        f"评判模型 {report['judge']}，提示词 {report['prompt']}，每题评 {report['repeats']} 次，"
        f"{report['unreadable']} 次无法读取。模型的评判不参与任何门槛。"
    )
    header = ("方面", "名称", "题数", "值 [95% 区间]", "各次一致")
    return Section(f"模型评判：{run.name}", (note,), header, rows)


def build_sections(runs: Sequence[RunRecord]) -> list[Section]:
    """Return the report's sections: all runs side by side, then the first one in detail."""
    first = runs[0]
    return [
        _headline(runs),
        _all_measures(first),
        _slices(first),
        _declining(first),
        _wrong(first),
        _cost(runs),
        *(_judgement(run) for run in runs if run.judgement),
        _provenance(runs),
    ]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def to_markdown(sections: Sequence[Section], title: str = "评测报告") -> str:
    """Return the sections as Markdown."""
    lines = [f"# {title}", ""]
    for section in sections:
        lines += [f"## {section.title}", ""]
        for note in section.notes:
            lines += [note, ""]
        if section.header:
            lines += [section_table(section), ""]
    return "\n".join(lines)


def section_table(section: Section) -> str:
    """Return a section's table as Markdown."""
    rows = (section.header, ("---",) * len(section.header), *section.rows)
    return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in rows)
