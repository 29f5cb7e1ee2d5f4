"""Every reward, subsidy, allowance, fee reduction and the like in a collection, as rows.

A row is read by rule from one sentence: the words that give (benefit_wording), whom they reach
(benefit_people), how much (benefit_amounts) and on what terms (benefit_terms). Everything shown
is a piece of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.benefit_amounts import find_sums, label_cases, pair_cases
from assistant.benefit_people import find_groups, find_named, find_receiver, find_subject
from assistant.benefit_services import find_services
from assistant.benefit_terms import (
    document_ends,
    find_condition,
    find_limit,
    find_office,
    find_until,
)
from assistant.benefit_wording import Grant, find_grants, half_width
from index.facts import find_facts
from index.types import Clause, Span


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit. Every text field but ``kind``, ``until`` and ``groups`` is verbatim.

    ``clause.text[start:end] == quote``, the whole sentence. "" means the sentence does not say.
    """

    clause: Clause
    kind: str  # 奖励 补贴 补助 补偿 减免 缓缴 优惠 贷款 资金支持 免费服务 收费 …
    who: str
    what: str  # the words that give it
    amount: str  # "不低于二万元", "应缴水电气费用的30%"
    condition: str
    office: str  # 牵头单位, else 责任单位, else who the sentence says pays
    until: str  # ISO 8601, the last day
    quote: str
    start: int
    end: int
    groups: tuple[str, ...]  # for 「我是…」: 农户, 合作社, 小微企业, …
    case: str = ""  # of a 分别 list, the item this row is about: "国家标准"
    limit: str = ""  # ceiling or exclusion: "最高不超过200万元", "已享受省级补助的不重复奖补"


# Kinds of clause that grant nothing, and documents that only list or report.
_EMPTY_CLAUSES = frozenset({"head", "heading", "person", "office", "note"})
_EMPTY_DOCUMENTS = frozenset({"刊头", "动态", "人事"})
# Sections of a plan that look back: what they state has been, and is nobody's claim.
_REVIEW = re.compile(r"(?:发展|工作|现实)(?:基础|形势|现状|成效)|回顾|面临")
# So does a sentence that counts what was paid: 2021年全市发放各类补贴…, 累计减免….
_REPORT = re.compile(
    r"截至|近年来|[一二三四五\d]年来|(?:累计|共计?|已)(?:发放|减免|奖励|补助|兑现)|"
    r"(?:19|20)\d{2}年[^,;。]{0,8}(?<!可)(?:发放|减免|兑现)"
)
_SENTENCE = re.compile(r"[^。\n]+。?")
# "1. 减免标准厂房租金。" announces what the sentences behind it say.
_RUN_IN = re.compile(
    r"\s*[(]?[\d一二三四五六七八九十]+[).、]\s*[^。;]{2,30}。(?=\s*[^\s(\[])", re.DOTALL
)
_ANNOTATION = re.compile(r"[(\[][^()\[\]]{0,4}(?:牵头|责任|配合)单位:[^\n]*")
_EDGES = " \t，,、:："
_EACH = re.compile("分别|依次")
# A line that continues the one above: （二）由受益人适当补偿, 通过上述方式未能解决的费用.
_CONTINUES = re.compile(r"\s*(?:[(][一二三四五六七八九十\d]+[)]|通过上述|前款|同一|属于)")


def find_benefits(clauses: Iterable[Clause]) -> list[Benefit]:
    """Return the benefits of ``clauses`` in order; the documents' terms are read from them too.

    Facts that a clause does not carry are read from its text.
    """
    known = [c if c.facts else replace(c, facts=find_facts(c)) for c in clauses]
    ends = document_ends(known)
    return [
        replace(row, until=row.until or ends.get(clause.document.id, ""))
        for clause in known
        if _may_grant(clause)
        for row in _rows_of_clause(clause)
    ]


def _may_grant(clause: Clause) -> bool:
    return (
        clause.kind not in _EMPTY_CLAUSES
        and clause.document.kind not in _EMPTY_DOCUMENTS
        and not any(_REVIEW.search(heading) for heading in clause.path)
    )


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a clause; ``text`` is the whole clause with half-width punctuation."""

    clause: Clause
    text: str
    start: int
    end: int

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]

    def verbatim(self, span: Span | None, base: int) -> str:
        """Return the clause's own characters of a span that counts from ``base``, "" for none."""
        if not span:
            return ""
        return self.clause.text[base + span.start : base + span.end].strip(_EDGES)

    def groups(self, wording: str) -> tuple[str, ...]:
        """Return the groups that the row's own wording names, else those of the sentence."""
        return find_groups(self.clause, wording) or find_groups(self.clause, self.written)

    def row(self, grant: Grant, base: int, who: str) -> Benefit:
        """Return the row of a grant whose offsets count from ``base``, without amount and terms."""
        what = self.verbatim(Span(grant.start, grant.end), base)
        before = self.text[base : base + grant.start]
        return Benefit(
            clause=self.clause,
            kind=grant.kind,
            who=who,
            what=what,
            amount="",
            condition="",
            office=find_office(self.clause, before, base),
            until=find_until(self.clause, base, base + grant.end),
            quote=self.clause.text[self.start : self.end],
            start=self.start,
            end=self.end,
            groups=self.groups(f"{who} {what}"),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two semicolons of a sentence, from ``base`` on in the clause."""

    sentence: _Sentence
    base: int
    text: str

    def verbatim(self, span: Span | None, offset: int = 0) -> str:
        return self.sentence.verbatim(span, self.base + offset)

    def rows(self, grant: Grant, done: int, receiver: Span | None, who: str) -> Iterator[Benefit]:
        """Yield the row of a grant, or one for each case of a 分别 list.

        ``done`` is where the grant before it ends, ``receiver`` whom the words since name.
        """
        end = self.base + len(self.text)
        limit = find_limit(self.sentence.text, self.base + grant.end, end, self.sentence.end)
        condition = self.verbatim(find_condition(self.text, done, grant, receiver, who))
        plain = self.sentence.row(grant, self.base, who)
        row = replace(
            plain,
            condition=condition,
            limit=self.sentence.verbatim(limit, 0),
            groups=self.sentence.groups(f"{who} {plain.what} {condition}"),
        )
        sums = find_sums(self.text, grant.start, grant.end, receiver.end if receiver else done)
        for case, amount in self.cases(grant, done, sums):
            yield replace(row, amount=self.verbatim(amount), case=self.verbatim(case))

    def cases(
        self, grant: Grant, done: int, sums: list[Span]
    ) -> list[tuple[Span | None, Span | None]]:
        """Return (case, amount) for every row of a grant.

        Amounts that cannot be told apart for certain stay together, in one row.
        """
        if len(sums) < 2:
            return [(None, sums[0] if sums else None)]
        labels = label_cases(self.text, grant.start, sums)
        if not labels and _EACH.search(self.text, done, grant.end):
            wording = self.text[done : min(grant.start, sums[0].start)]
            labels = [
                Span(done + case.start, done + case.end) for case in pair_cases(wording, len(sums))
            ]
        if labels:
            return list(zip(labels, sums, strict=True))
        return [(None, Span(sums[0].start, sums[-1].end))]


def _rows_of_clause(clause: Clause) -> Iterator[Benefit]:
    text = half_width(clause.text)
    text = _ANNOTATION.sub(lambda match: " " * len(match[0]), text)
    run_in = _RUN_IN.match(text)
    listed: list[str] = []  # services named so far
    above = ""  # whom the lines above are about
    introduced = False  # by a line that ends in a colon
    for match in _SENTENCE.finditer(text, run_in.end() if run_in else 0):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        sentence = _Sentence(clause, text, start, match.start() + len(match[0].rstrip()))
        if _REPORT.search(sentence.written):
            continue
        rows = list(_rows_of_sentence(sentence, above if _CONTINUES.match(match[0]) else ""))
        yield from rows
        above = rows[-1].who if rows and not introduced else above
        for row in _services_of(sentence):
            if not any(name.startswith(row.what) for name in listed):
                listed.append(row.what)
                yield row
        if sentence.written.endswith(":"):
            above = sentence.verbatim(find_subject(sentence.written), sentence.start)
            introduced = True


def _rows_of_sentence(sentence: _Sentence, above: str) -> Iterator[Benefit]:
    """Yield the rows of a sentence.

    Who is not named again is whom the same part spoke of, a new part whom the sentence began with.
    """
    first = above
    for match in re.finditer("[^;]+", sentence.written):
        part = _Part(sentence, sentence.start + match.start(), match[0])
        who, done = first, 0
        for grant in find_grants(part.text):
            words = part.text[grant.start : grant.end]
            receiver = find_receiver(part.text[done : grant.start], words)
            if receiver:
                receiver = Span(done + receiver.start, done + receiver.end)
            named = None if receiver else find_named(words)
            who = part.verbatim(receiver) or part.verbatim(named, grant.start) or who
            first = first or who
            yield from part.rows(grant, done, receiver, who)
            done = grant.end


def _services_of(sentence: _Sentence) -> Iterator[Benefit]:
    for grant in find_services(sentence.written, in_table=sentence.clause.kind == "row"):
        item = sentence.written[grant.start : grant.end]
        who = sentence.verbatim(find_named(item), sentence.start + grant.start)
        yield sentence.row(grant, sentence.start, who)
