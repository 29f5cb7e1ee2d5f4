"""The fixed questions: their format, how they are read, and what names a set of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

QUESTIONS_FOLDER = Path(__file__).parent / "questions"
DIGEST_CHARS = 12  # as git abbreviates: enough to tell sets apart, short enough to read aloud

UnanswerableKind = Literal[
    "near_miss", "other_policy", "other_place", "other_time", "out_of_scope", "injection"
]
ExpectedStatus = Literal["已过期", "仍有效", "已废止", "尚未可知"]


class _Record(BaseModel):
    """A record a person edits: a misspelt field is an error, not a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(_Record):
    """One place that proves a fact; ``quote`` is verbatim once white space is removed."""

    doc_no: str
    clause: str
    quote: str


class Message(_Record):
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str


class Question(_Record):
    """One question with everything needed to score an answer to it.

    ``gold`` lists evidence groups: all groups are needed, any alternative of a group serves.
    ``facts`` lists groups of surface forms in the same way. ``must_not`` lists wrong neighbours
    (another year's figure, another level's amount) that a right answer does not contain.
    """

    id: str
    persona: Literal["citizen", "official", "evaluator"]
    kind: str
    wording: Literal["plain", "official"]
    history: tuple[Message, ...] = ()
    question: str
    answerable: bool
    gold: tuple[tuple[Evidence, ...], ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    as_of: str = ""  # ISO 8601
    expected_status: ExpectedStatus | None = None
    unanswerable_kind: UnanswerableKind | None = None
    note: str = ""
    perturbation: str = ""  # set by eval.perturb, never in a question file

    @model_validator(mode="after")
    def _gold_iff_answerable(self) -> Question:
        if self.answerable != bool(self.gold):
            raise ValueError("gold 应当在且仅在 answerable 为 true 时给出")
        return self

    @property
    def documents(self) -> tuple[str, ...]:
        """The 文号 the evidence comes from, sorted, without repeats."""
        return tuple(sorted({e.doc_no for group in self.gold for e in group}))


def read_questions(path: Path) -> list[Question]:
    """Read one question a line, sorted by id.

    Raises ``ValueError`` that lists every bad line and every repeated id, not only the first.
    """
    questions: list[Question] = []
    faults: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            questions.append(Question.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            faults.append(f"第 {number} 行 {place}: {first['msg']}")
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            faults.append(f"编号重复: {question.id}")
        seen.add(question.id)
    if faults:
        raise ValueError(f"问题文件 {path} 有误: " + "；".join(faults))
    return sorted(questions, key=lambda question: question.id)


def questions_path(split: str) -> Path:
    """Return the file of a split (dev or test); raises ``FileNotFoundError`` naming what exists."""
    path = QUESTIONS_FOLDER / f"{split}.jsonl"
    if not path.is_file():
        known = sorted(p.stem for p in QUESTIONS_FOLDER.glob("*.jsonl"))
        raise FileNotFoundError(f"没有 {split} 问题集（{path}）；现有: {'、'.join(known)}")
    return path


def dump_questions(questions: Iterable[Question]) -> str:
    """Return the questions as JSON lines, sorted by id, without fields left at their default."""
    return "".join(
        json.dumps(
            question.model_dump(exclude_defaults=True), ensure_ascii=False, separators=(",", ":")
        )
        + "\n"
        for question in sorted(questions, key=lambda question: question.id)
    )


def digest_questions(questions: Iterable[Question]) -> str:
    """Return the sha256 of the questions' content; order and layout of the file do not matter."""
    return hashlib.sha256(dump_questions(questions).encode()).hexdigest()


def version_of(name: str, questions: Sequence[Question]) -> str:
    """Return what a score is quoted with: ``dev-101-0a1b2c3d4e5f`` (name, size, digest)."""
    return f"{name}-{len(questions)}-{digest_questions(questions)[:DIGEST_CHARS]}"


SLICES: Mapping[str, Callable[[Question], str]] = {
    "persona": lambda q: q.persona,
    "kind": lambda q: q.kind,
    "wording": lambda q: q.wording,
    "answerable": lambda q: "yes" if q.answerable else "no",
    "unanswerable_kind": lambda q: q.unanswerable_kind or "",
    "evidence": lambda q: {0: "none", 1: "single"}.get(len(q.gold), "multiple"),
    "turns": lambda q: "followup" if q.history else "single",
    "document": lambda q: q.documents[0] if q.documents else "",
}


def slice_value(question: Question, tag: str) -> str:
    """Return the question's value of a slice tag, "" where it has none.

    Raises ``ValueError`` naming the tags there are.
    """
    if tag not in SLICES:
        raise ValueError(f"没有切片标签 {tag}；可用: {'、'.join(SLICES)}")
    return SLICES[tag](question)


def select(questions: Iterable[Question], condition: str) -> list[Question]:
    """Return the questions for which ``tag=value`` holds; raises ``ValueError`` if it selects none.

    ``select(questions, "wording=plain")``
    """
    tag, equals, value = condition.partition("=")
    if not equals:
        raise ValueError(f"切片应写作 标签=值，如 wording=plain；收到 {condition}")
    chosen = [question for question in questions if slice_value(question, tag) == value]
    if not chosen:
        raise ValueError(f"切片 {condition} 没有选中任何问题")
    return chosen
