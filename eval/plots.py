"""The report's plots as SVG: recall curves, reliability of declining, latency, ablation bars.

Labels are the systems' and metrics' own names, which any font has; the captions around the plots
are Chinese. The SVG holds no date and no random ids, so equal runs give equal files.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.report import RunRecord

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 7.0, 4.0  # inches: two plots fit a page, one a phone
ABLATION_MEASURE = "all_evidence@5"
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "eval",
    "svg.fonttype": "path",  # letters as outlines: no font is needed to read the report
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
}


def _draw(draw: Callable[[Axes], None]) -> str:
    """Return what ``draw`` puts on the axes as an SVG file."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    with mpl.rc_context(_STYLE):
        figure, axes = pyplot.subplots(figsize=(WIDTH, HEIGHT), layout="constrained")
        draw(axes)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)
    return _METADATA.sub("", buffer.getvalue())


def plot_evidence_curve(runs: Sequence[RunRecord]) -> str:
    """Share of evidence held by the first k passages, one line a system that retrieves."""

    def draw(axes: Axes) -> None:
        for run in runs:
            curve = run.summary["evidence_curve"]
            if None not in curve:
                axes.plot(range(1, len(curve) + 1), curve, marker="o", ms=3, label=run.name)
        axes.set(xlabel="k passages", ylabel="evidence recall@k", ylim=(0, 1.02))
        axes.legend(fontsize="small", ncols=2, loc="lower right")

    return _draw(draw)


def plot_risk_coverage(runs: Sequence[RunRecord]) -> str:
    """Wrong answers among those given, as ever less confident ones are given."""

    def draw(axes: Axes) -> None:
        for run in runs:
            points = run.summary["risk_coverage"]
            if points:
                coverage, risk = zip(*points, strict=True)
                axes.plot(coverage, risk, marker=".", ms=3, lw=1, label=run.name)
        axes.set(xlabel="coverage (share of answers kept)", ylabel="risk (1 - correct)")
        axes.set(xlim=(0, 1.02), ylim=(-0.02, 1.02))
        if axes.lines:
            axes.legend(fontsize="small", ncols=2)

    return _draw(draw)


def plot_latency(runs: Sequence[RunRecord]) -> str:
    """Distribution of wall time per question, logarithmic."""
    timed = [run for run in runs if run.timings]

    def draw(axes: Axes) -> None:
        walls = [[max(times["wall"], 1e-3) for times in run.timings.values()] for run in timed]
        names = [run.name for run in timed]
        if walls:
            axes.boxplot(walls, orientation="horizontal", tick_labels=names, whis=(5, 95))
            axes.invert_yaxis()
        axes.set(xscale="log", xlabel="ms per question (box: quartiles, whiskers: p5, p95)")

    return _draw(draw)


def plot_bars(runs: Sequence[RunRecord], measure: str = ABLATION_MEASURE) -> str:
    """One measure of every system with its interval, best first."""
    rows = [(run.name, run.summary["metrics"][measure]) for run in runs]
    rows = sorted((row for row in rows if row[1]["value"] is not None), key=_by_value)

    def draw(axes: Axes) -> None:
        values = np.array([row["value"] for _, row in rows])
        bounds = np.array([[row["value"] - row["low"] for _, row in rows],
                           [row["high"] - row["value"] for _, row in rows]])  # fmt: skip
        places = range(len(rows))
        axes.barh(places, values, xerr=bounds.clip(min=0), height=0.6, capsize=3, alpha=0.7)
        axes.set_yticks(places, [name for name, _ in rows])
        axes.invert_yaxis()
        axes.set(xlabel=f"{measure} (95% interval)", xlim=(0, 1.02))

    return _draw(draw)


def _by_value(row: tuple[str, dict[str, float]]) -> tuple[float, str]:
    return -row[1]["value"], row[0]
