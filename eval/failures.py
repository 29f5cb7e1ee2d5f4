"""Every wrong answer as a page a person can read: what was asked, what was due, what came."""

from __future__ import annotations

from collections.abc import Sequence

from eval.cases import Case, unsupported_figures
from eval.decomposition import LABELS

SHOWN_PASSAGES = 5
SHOWN_CHARS = 300  # of an answer or a passage; the whole is in per_question.jsonl


def _cut(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SHOWN_CHARS else one_line[:SHOWN_CHARS] + "…"


def _gold_lines(case: Case) -> list[str]:
    lines: list[str] = []
    for index, group in enumerate(case.question.gold):
        found = [n for n, groups in enumerate(case.coverage, start=1) if index in groups]
        place = f"第 {found[0]} 条" if found else "未检到"
        first = group[0]
        lines.append(
            f"- 依据 {index + 1}（{place}）：{first.doc_no} {first.clause}「{first.quote}」"
        )
    for forms, present in zip(case.question.facts, case.stated, strict=True):
        lines.append(f"- 要点「{forms[0]}」：{'有' if present else '缺'}")
    return lines


def _passage_lines(case: Case) -> list[str]:
    return [
        f"{rank}. {'★ ' if groups else ''}{passage.doc_no} {passage.clause}　{_cut(passage.text)}"
        for rank, (passage, groups) in enumerate(
            zip(case.output.passages[:SHOWN_PASSAGES], case.coverage, strict=False), start=1
        )
    ]


def _describe(case: Case, label: str) -> list[str]:
    question, output = case.question, case.output
    lines = [f"### {question.id}　{LABELS[label]}（{label}）", ""]
    lines += [f"> {message.role}: {_cut(message.content)}" for message in question.history]
    lines += [f"**问** {question.question}", ""]
    lines += [*_gold_lines(case), ""]
    if output.error:
        lines += [f"**出错** {_cut(output.error)}", ""]
    lines += [f"**{'答' if output.answered else '回绝'}** {_cut(output.answer)}", ""]
    if extra := sorted(text for _, text, _ in unsupported_figures(case)):
        lines += [f"无依据的数字：{'、'.join(extra)}", ""]
    if output.citations:
        cited = "；".join(f"[{c.mark}] {c.clause_id}" for c in output.citations)
        lines += [f"引注：{cited}", ""]
    lines += [*_passage_lines(case), ""]
    if question.note:
        lines += [f"出题说明：{question.note}", ""]
    return lines


def to_failures(cases: Sequence[Case], labels: Sequence[str], system: str) -> str:
    """Return the failures of a run as Markdown, grouped by cause; ★ marks gold evidence."""
    wrong = [(case, label) for case, label in zip(cases, labels, strict=True) if label]
    lines = [f"# 有错的回答：{system}", "", f"{len(wrong)} / {len(cases)} 题。★ 为标准依据。", ""]
    for label, text in LABELS.items():
        chosen = [case for case, found in wrong if found == label]
        if chosen:
            lines += [f"## {text}：{len(chosen)} 题", ""]
            for case in chosen:
                lines += _describe(case, label)
    return "\n".join(lines)
