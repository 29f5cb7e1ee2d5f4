"""When a passage holds the evidence, and when an answer states a fact.

Everything is compared folded (``index.folding``), so that width, white space and punctuation
variants make no difference, and everything is deterministic: no model decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from eval.outputs import CitedQuote, RetrievedPassage
from eval.questions import Evidence
from index.figures import Figure, find_figures
from index.folding import fold

Groups = Sequence[Sequence[Evidence]]
Coverage = tuple[frozenset[int], ...]  # per passage, the evidence groups it holds

Quantity = tuple[str, str, str]  # kind, normalised value, unit

_NUMERALS = "0-9〇零一二三四五六七八九十百千万亿"
_SPACED_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")  # folding would join "35 70" into 3570

_NOT_A_CLAIM = re.compile(r"\[\d+\]|^\s*\d{1,2}[.、)）](?!\d)", re.MULTILINE)  # [1], "2. 条件"


@lru_cache(maxsize=8192)
def _folded_passage(text: str, source: str) -> tuple[str, ...]:
    return (fold(text), fold(source)) if source else (fold(text),)


def holds_quote(passage: RetrievedPassage, quote: str) -> bool:
    """Whether the folded quote is in the folded passage, as repaired or in the source's order."""
    wanted = fold(quote)
    return any(wanted in text for text in _folded_passage(passage.text, passage.source))


def covered_groups(passage: RetrievedPassage, groups: Groups) -> frozenset[int]:
    """Return the indices of the evidence groups of which the passage holds some alternative."""
    return frozenset(
        index
        for index, group in enumerate(groups)
        if any(holds_quote(passage, evidence.quote) for evidence in group)
    )


def cover(passages: Sequence[RetrievedPassage], groups: Groups) -> Coverage:
    """Return, for each passage in order, the evidence groups it holds."""
    return tuple(covered_groups(passage, groups) for passage in passages)


def is_document(doc_no: str, names: Iterable[str]) -> bool:
    """Whether a passage's 文号 is among the names gold evidence gives its documents.

    An item without 文号 (news, masthead) has no agreed name, so one such item matches another.
    """
    folded = fold(doc_no)
    return any(folded == fold(name) or "[" not in folded + fold(name) for name in names)


def cited_passage(
    citation: CitedQuote, passages: Sequence[RetrievedPassage]
) -> RetrievedPassage | None:
    """Return the retrieved passage a citation points to, ``None`` where it dangles.

    Where several passages are parts of one clause, the part that holds the quote is meant.
    """
    same = [passage for passage in passages if passage.clause_id == citation.clause_id]
    return next((p for p in same if citation.quote in p.text), same[0] if same else None)


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """Return folded text with every figure in one form: 三万元, 3万元 and 30000元 become equal."""
    parts: list[str] = []
    position = 0
    for figure in find_figures(text):
        parts.append(fold(text[position : figure.start]))
        parts.append("⟨{}:{}:{}⟩".format(*_quantity(figure)))
        position = figure.end
    return "".join([*parts, fold(text[position:])])


def _bounded(form: str) -> re.Pattern[str]:
    """Match a folded form, but not as part of a longer number: 35 is not in 135 or 35.5."""
    before = rf"(?<![{_NUMERALS}])(?<![0-9][.,])" if re.match(rf"[{_NUMERALS}]", form) else ""
    after = r"(?![0-9])(?![.,][0-9])" if re.search(r"[0-9]$", form) else ""
    return re.compile(before + re.escape(form) + after)


def states(text: str, form: str) -> bool:
    """Whether the text contains the form, up to folding and the writing of numbers and units."""
    wanted = fold(form)
    if not wanted:
        return False
    if _bounded(wanted).search(fold(_SPACED_DIGITS.sub("|", text))):
        return True
    return "⟨" in canonical(form) and canonical(form) in canonical(text)


def stated_facts(text: str, facts: Sequence[Sequence[str]]) -> tuple[bool, ...]:
    """Return, for each fact, whether the text contains any of its surface forms."""
    return tuple(any(states(text, form) for form in forms) for forms in facts)


def _quantity(figure: Figure) -> Quantity:
    value = figure.value
    return (
        figure.kind,
        str(value) if isinstance(value, str) else f"{value.normalize():f}",
        figure.unit,
    )


@lru_cache(maxsize=4096)  # every system is scored against the same evidence
def figures_in(text: str) -> frozenset[Quantity]:
    """Return the amounts, dates, percentages and 文号 of a text, without marks and list numbers."""
    return frozenset(_quantity(figure) for figure in find_figures(_NOT_A_CLAIM.sub(" ", text)))


def unproved(claimed: frozenset[Quantity], proved: frozenset[Quantity]) -> frozenset[Quantity]:
    """Return the claimed figures that the proved ones do not give.

    A table gives numbers without their unit, and 2022年 is given by 2022年10月31日.
    """
    bare = {value for kind, value, _ in proved if kind == "number"}
    values = {value for _, value, _ in proved}
    dates = {value for kind, value, _ in proved if kind == "date"}
    return frozenset(
        (kind, value, unit)
        for kind, value, unit in claimed - proved
        if value not in (values if kind == "number" else bare)
        and not (kind == "date" and any(date.startswith(value) for date in dates))
    )
