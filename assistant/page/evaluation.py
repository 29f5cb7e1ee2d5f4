"""The committed evaluation figures, read from their file, as a plot and a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.page import text_views
from assistant.page.markup import escape
from assistant.page.records import Column, render_records

REFERENCE = Path(__file__).resolve().parents[2] / "eval" / "results" / "reference"
# Measured on the questions nothing was tuned on.
SUMMARY = REFERENCE / "test" / "ours" / "summary.json"
_COLUMNS = tuple(Column(name) for name in text_views.FIGURE_COLUMNS)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure: its share in [0, 1], the 95 % interval, and of how many questions."""

    name: str
    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one evaluation and the question set they were measured on."""

    version: str
    answerable: int
    unanswerable: int
    measures: tuple[Measured, ...]


def read_report(path: Path = SUMMARY) -> Report | None:
    """Read an evaluation's summary.json; None where there is none or it is of another form."""
    try:
        summary = json.loads(path.read_text(encoding="utf-8"))
        counts = summary["questions"]
        measures = [_read(name, summary["metrics"].get(name)) for name in text_views.FIGURE_NAMES]
        return Report(
            version=str(summary["version"]),
            answerable=int(counts["answerable"]),
            unanswerable=int(counts["n"]) - int(counts["answerable"]),
            measures=tuple(measure for measure in measures if measure),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read(name: str, row: dict[str, Any] | None) -> Measured | None:
    if row is None or row["value"] is None:
        return None
    value = float(row["value"])
    low, high = (value if row[end] is None else float(row[end]) for end in ("low", "high"))
    return Measured(name, value, low, high, int(row["n"]))


def render_report(report: Report | None) -> str:
    """Return the figures as HTML: what they were measured on, a bar each, the numbers."""
    if report is None or not report.measures:
        return f"<p>{text_views.FIGURES_NONE}</p>"
    note = text_views.FIGURES_NOTE.format(
        version=report.version, answerable=report.answerable, unanswerable=report.unanswerable
    )
    bars = "".join(_bar(measure) for measure in report.measures)
    rows = [_cells(measure) for measure in report.measures]
    return (
        f'<p>{escape(note)}</p><div class="plot" role="img" '
        f'aria-label="{text_views.FIGURES_PLOT}">{bars}</div>'
        f"{render_records(text_views.ABOUT_FIGURES, _COLUMNS, rows)}"
    )


def _bar(measure: Measured) -> str:
    """Return a bar as long as the share, with a line across its interval."""
    interval = f"left:{measure.low:.1%};width:{measure.high - measure.low:.1%}"
    return (
        f'<div class="measure"><span>{escape(text_views.FIGURE_NAMES[measure.name])}</span>'
        f'<span class="bar"><i style="width:{measure.value:.1%}"></i>'
        f'<b style="{interval}"></b></span><span>{measure.value:.1%}</span></div>'
    )


def _cells(measure: Measured) -> tuple[str, ...]:
    return (
        escape(text_views.FIGURE_NAMES[measure.name]),
        f"{measure.value:.1%}",
        f"{measure.low:.1%} – {measure.high:.1%}",
        str(measure.count),
    )
