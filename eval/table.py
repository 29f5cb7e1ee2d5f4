"""The headline table of a README, written from scored runs between two marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.report import RunRecord, Section, section_table, with_interval

START = "<!-- eval:start -->"
END = "<!-- eval:end -->"
_COLUMNS = ("all_evidence@5", "RR@10", "correct", "all_facts", "support_recall", "abstention_F1",
            "false_refusal", "wrong_answer")  # fmt: skip
_LOWER = {"false_refusal", "wrong_answer"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words around the numbers in one language."""

    system: str
    columns: Mapping[str, str]
    labels: Mapping[str, str]  # of systems; a system without one keeps its name
    caption: Callable[[str, int, int], str]  # version, answerable, unanswerable
    note: str
    source: str


def _english_caption(version: str, answerable: int, unanswerable: int) -> str:
    return f"**{version}**: {answerable} answerable, {unanswerable} unanswerable questions."


def _chinese_caption(version: str, answerable: int, unanswerable: int) -> str:
    return f"**{version}**：可答 {answerable} 题，不可答 {unanswerable} 题。"


ENGLISH = Wording(
    system="system",
    columns={
        "all_evidence@5": "all evidence in top 5",
        "RR@10": "RR@10",
        "correct": "correct",
        "all_facts": "all facts stated",
        "support_recall": "sentences supported",
        "abstention_F1": "declining F1",
        "false_refusal": "wrongly declined",
        "wrong_answer": "wrongly answered",
    },
    labels={
        "ours": "**this assistant**",
        "search": "its retrieval, best passage shown",
        "bm25_words": "BM25, words",
        "bm25_bigrams": "BM25, character pairs",
        "split_1000_bm25": "splitter 1000/200, BM25",
        "split_500_bm25": "splitter 500/50, BM25",
        "split_1000_chroma": "splitter 1000/200, Chroma",
        "split_500_chroma": "splitter 500/50, Chroma",
        "random": "chance",
        "closed_book": "declines everything",
        "oracle": "gold evidence (ceiling)",
    },
    caption=_english_caption,
    note="Value and 95 % interval; ↓ lower is better; — not applicable.",
    source="Commit {commit}, code {code}, corpus {corpus}, expansions {expansions}, index {index}.",
)
CHINESE = Wording(
    system="系统",
    columns={
        "all_evidence@5": "前五含全部依据",
        "RR@10": "RR@10",
        "correct": "答对",
        "all_facts": "要点齐全",
        "support_recall": "句有依据",
        "abstention_F1": "回绝 F1",
        "false_refusal": "误拒",
        "wrong_answer": "误答",
    },
    labels={
        "ours": "**本助手**",
        "search": "本助手的检索，直接给最佳条款",
        "bm25_words": "BM25 分词",
        "bm25_bigrams": "BM25 二元字",
        "split_1000_bm25": "切块1000/200 BM25",
        "split_500_bm25": "切块500/50 BM25",
        "split_1000_chroma": "切块1000/200 Chroma",
        "split_500_chroma": "切块500/50 Chroma",
        "random": "随机",
        "closed_book": "一律回绝",
        "oracle": "标准依据（上限）",
    },
    caption=_chinese_caption,
    note="数值与 95% 区间；↓ 越低越好；— 不适用。",
    source="提交 {commit}，代码 {code}，语料 {corpus}，扩展问句 {expansions}，索引 {index}。",
)


def wording_for(path: Path) -> Wording:
    """Return the language of a README by its name: README.zh.md is Chinese."""
    return CHINESE if ".zh" in path.suffixes else ENGLISH


def headline_markdown(sets: Sequence[Sequence[RunRecord]], wording: Wording) -> str:
    """Return one table a question set, ours first, with what the numbers were measured on.

    Ablations are left out: they belong in the report.
    """
    parts = [_table(runs, wording) for runs in sets]
    env = sets[0][0].env
    source = wording.source.format_map({key: env.get(key) or "—" for key in _SOURCES})
    return "\n\n".join([*parts, f"{wording.note} {source}"]) + "\n"


_SOURCES = ("commit", "code", "corpus", "expansions", "index")


def _table(runs: Sequence[RunRecord], wording: Wording) -> str:
    by_name = {run.name: run for run in runs}
    names = [name for name in wording.labels if name in by_name]
    names += [n for n in by_name if n not in wording.labels and not n.startswith("no_")]
    header = (
        wording.system,
        *(f"{wording.columns[c]}{' ↓' if c in _LOWER else ''}" for c in _COLUMNS),
    )
    rows = tuple(
        (
            wording.labels.get(name, name),
            *(with_interval(by_name[name].summary["metrics"][c]) for c in _COLUMNS),
        )
        for name in names
    )
    counts = runs[0].summary["questions"]
    caption = wording.caption(
        runs[0].config["version"], counts["answerable"], counts["n"] - counts["answerable"]
    )
    return f"{caption}\n\n{section_table(Section('', (), header, rows))}"


def write_between_marks(path: Path, table: str) -> bool:
    """Replace what stands between the marks of a file; return whether it changed.

    Raises ``ValueError`` where the marks are missing or out of order.
    """
    text = path.read_text(encoding="utf-8")
    start, end = text.find(START), text.find(END)
    if start < 0 or end < start:
        raise ValueError(f"{path} 里没有 {START} … {END}")
    new = f"{text[: start + len(START)]}\n{table}{text[end:]}"
    path.write_text(new, encoding="utf-8")
    return new != text
