"""The nouns of the gazette, from the file read to the chunk embedded.

All offsets are Python string indices into ``Issue.text``; all ranges are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``text[start:end]`` of an issue's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue (期) of the gazette: a file of text, decoded."""

    id: str  # "2022-05": year and number, the first part of every clause id
    name: str  # "2022年第5期", as the reader would say it
    serial: int | None  # 总第…期
    path: str
    text: str
    digest: str  # sha256 of the file's bytes


@dataclass(frozen=True, slots=True)
class Document:
    """One published item (文件); ``key`` is its 文号, or its place where it has none."""

    issue: str
    issue_name: str
    key: str
    doc_no: str  # 文号, "" where the item has none
    title: str
    name: str  # the instrument a notice issues (印发…), or the title
    kind: str  # 办法 规划 方案 意见 通知 人事 动态 刊头
    issuer: str
    date: str  # 成文日期, ISO 8601, "" where unknown
    page: int | None  # start page from the table of contents
    span: Span

    @property
    def id(self) -> str:
        """Issue and key: the place that clause ids begin with, unique over all issues."""
        return f"{self.issue}/{self.key}"

    @property
    def cite(self) -> str:
        """《name》（文号） as an official would write it."""
        return f"《{self.name}》（{self.doc_no}）" if self.doc_no else f"《{self.name}》"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a clause states, with the characters it was read from.

    ``kind`` is one of: effective 施行, expiry 有效期, trial 试行期, repeals 废止, duty 单位,
    deadline 完成时限, amount 金额, reference 引用, appointment 任免. ``start`` and ``end`` index
    the clause's text.
    """

    kind: str
    value: str  # normalised: an ISO date or duration (P2Y), a 文号, an office, an amount
    text: str  # verbatim
    start: int
    end: int
    role: str = ""  # duty: 牵头单位, 责任单位; amount: 奖励, 补贴; reference: 条, 附件, 文号


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest unit a document itself numbers (条款), or an unnumbered paragraph of its own.

    ``text`` is verbatim: the characters of ``spans`` in order, white space of page breaks removed.
    """

    id: str  # issue/文号/label path: a place, never a hash
    document: Document
    path: tuple[str, ...]  # headings above it, outermost first
    label: str  # "第十一条", "三、（二）", "附件 序号10", "末段"
    kind: str  # article item row paragraph head heading person office note
    text: str
    spans: tuple[Span, ...]
    order: int  # position in the issue, from 0
    columns: str = ""  # a table row's column names, "序号 | 单位 | 主要工作任务"
    repaired: bool = False  # sentence order restored from interleaved columns
    facts: tuple[Fact, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Characters of the source that belong to no clause, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded: a clause or a part of one, with where it stands."""

    id: str  # clause id + "#part"
    clause: Clause
    part: int
    text: str  # this part's verbatim text
    start: int  # where it begins in clause.text
