"""The report as one HTML file that needs nothing else: no script, no font, no network."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from eval import plots
from eval.report import RunRecord, Section

_STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
h1, h2 { line-height: 1.3; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #d0d0d0; padding: .25rem .6rem; text-align: left; white-space: nowrap; }
th { background: #f2f2f2; }
figure { margin: 1.5rem 0; } figure img { max-width: 100%; height: auto; }
figcaption { color: #444; font-size: .9rem; }
"""


def _table(section: Section) -> str:
    head = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in section.header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
        for row in section.rows
    )
    return (
        f"<div class='scroll' tabindex='0'><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _section(section: Section) -> str:
    notes = "".join(f"<p>{escape(note)}</p>" for note in section.notes)
    return f"<h2>{escape(section.title)}</h2>{notes}{_table(section) if section.header else ''}\n"


def _figure(svg: str, title: str, caption: str) -> str:
    # As an image of its own: the plots' element ids repeat and must not meet in one page.
    data = base64.b64encode(svg.encode()).decode()
    image = f"<img alt='{escape(title)}' src='data:image/svg+xml;base64,{data}'>"
    return f"<figure>{image}<figcaption><b>{title}</b>　{caption}</figcaption></figure>\n"


def _figures(runs: Sequence[RunRecord]) -> str:
    return "".join(
        (
            _figure(
                plots.plot_bars(runs),
                "各系统前五条含全部依据的比例",
                "消融各行（no_…）去掉本助手检索的一路；横线是 95% 区间。",
            ),
            _figure(
                plots.plot_evidence_curve(runs),
                "依据召回曲线",
                "前 k 条里含有的依据占全部依据的比例，可答题的均值。",
            ),
            _figure(
                plots.plot_risk_coverage(runs),
                "回绝的可靠性",
                "只保留最有把握的一部分回答时，其中错误的比例；越靠下越好，置信度有用则向右上升。",
            ),
            _figure(plots.plot_latency(runs), "耗时", "每题毫秒数，对数刻度。"),
        )
    )


def to_html(sections: Sequence[Section], runs: Sequence[RunRecord], title: str = "评测报告") -> str:
    """Return the whole report: the first section, the plots, then the other sections."""
    first, *others = map(_section, sections)
    return (
        "<!doctype html>\n<html lang='zh-CN'>\n<head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{first}{_figures(runs)}{''.join(others)}</body>\n</html>\n"
    )
