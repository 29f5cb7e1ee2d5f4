"""What the command line prints: the headline of runs, and a comparison as report sections."""

from __future__ import annotations

from collections.abc import Sequence

from eval.compare import ALPHA, MARGIN, Comparison, Difference
from eval.report import HEADLINE, RunRecord, Section, number

_NAME_WIDTH = 20
_COLUMN_WIDTH = 15


def headline_text(runs: Sequence[RunRecord]) -> str:
    """Return the headline table as aligned text, one line a run."""
    lines = [f"问题集 {runs[0].config['version']}"]
    lines.append(
        "".join(["system".ljust(_NAME_WIDTH), *(n.rjust(_COLUMN_WIDTH) for n in HEADLINE)])
    )
    for run in runs:
        values = [number(run.summary["metrics"][name]["value"]) for name in HEADLINE]
        lines.append(
            "".join([run.name.ljust(_NAME_WIDTH), *(v.rjust(_COLUMN_WIDTH) for v in values)])
        )
    return "\n".join(lines)


def _difference_row(d: Difference) -> tuple[str, ...]:
    return (
        f"{d.label} {d.name}{' ↓' if d.lower_is_better else ''}{' ◆' if d.primary else ''}",
        str(d.n),
        number(d.base),
        number(d.new),
        f"{number(d.delta.value)} [{number(d.delta.low)}, {number(d.delta.high)}]",
        number(d.p, 4),
        f"{d.wins}/{d.ties}/{d.losses}",
        d.verdict,
    )


def comparison_sections(comparison: Comparison) -> list[Section]:
    """Return the comparison as sections: the differences, then the questions that flipped."""
    gate = "不通过：主要指标变差" if comparison.regressed else "通过：主要指标没有证实变差"
    notes = (
        f"{gate}（区间上端低于 0，或下降超过 {MARGIN}）。",
        f"◆ 主要指标：成对检验，Holm 校正，水平 {ALPHA}；其余只给差值的 95% 区间。↓ 越低越好。"
        "「未见差异」不等于相同。",
    )
    header = ("指标", "题数", "原", "新", "差 [95% 区间]", "p", "胜/平/负", "结论")
    flips = tuple(
        (flip.id, flip.measure, "错→对" if flip.improved else "对→错", flip.question)
        for flip in comparison.flips
    )
    return [
        Section("差别", notes, header, tuple(map(_difference_row, comparison.differences))),
        Section(f"翻转的问题：{len(flips)} 处", (), ("编号", "指标", "变化", "问题"), flips),
    ]
