"""Passages → the few whose clauses an answer quotes."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.companions import counts_from_issue, states_validity
from assistant.intent import Intent
from assistant.stop_tokens import STOP_TOKENS
from assistant.types import Passage
from index.chunks import said_text
from index.tokens import tokens
from index.types import Clause

# A second clause is quoted where its score is this near to the first's, it speaks of this share of
# the question besides, and, from another document, its vector is as near.
_NEAR = 0.2
_NEAR_LISTED = 0.45
_NEW_SHARE = 0.05
_AS_NEAR = 0.05
_MAX_CLAUSES = 3
# What comes along and is quoted whatever its score: which meeting, a part's best, who leads.
_QUOTED_BESIDE = frozenset({"出处", "并列", "牵头"})
# Where a document says to whom it goes, from whom it comes and why it was made: nothing that could
# be valid or not.
_FRAME = frozenset({"题头", "印发通知", "发文单位", "引言", "第一条"})


def select_passages(
    question: str, intent: Intent, passages: Sequence[Passage], named: bool = False
) -> list[Passage]:
    """Return the passages to quote, the direct answer first: the best, and those nearly as good.

    Clauses that are looked up stand alone. ``named`` says that the question names a document:
    whether that is valid, its own clause on validity answers.
    """
    if not passages:
        return []
    chosen = _choose_validity(passages, named) if intent.kind == "validity" else []
    chosen = chosen or _choose(question, intent, passages)
    return list({p.clause.id: p for p in chosen}.values())[:_MAX_CLAUSES]


def _choose(question: str, intent: Intent, passages: Sequence[Passage]) -> list[Passage]:
    first = passages[0]
    companions = [p for p in passages if p.via in _QUOTED_BESIDE]
    exact = [p for p in passages if _is_exact(p)]
    if exact:
        telling = [p for p in passages[:_MAX_CLAUSES] if _tells_of_person(question, exact[0], p)]
        return [*exact, *telling, *companions]
    near = _NEAR_LISTED if intent.kind in {"compare", "list"} else _NEAR
    close = [p for p in passages[1:_MAX_CLAUSES] if p.score >= first.score - near]
    added = [p for p in close if not p.via and _adds(question, first, p)]
    return [first, *companions, *([] if companions else added)]


def _choose_validity(passages: Sequence[Passage], named: bool) -> list[Passage]:
    """Return the clause asked about, if it is one, and those that say whether it holds."""
    about = next((p for p in passages if _is_exact(p)), passages[0])
    document = about.clause.document.id
    own = [p for p in passages if p.clause.document.id == document]
    stating = [p for p in own if _tells_validity(p)]
    if counts_from_issue(p.clause for p in stating):
        stating += [p for p in own if p.clause.kind == "head"]
    general = about.clause.label in _FRAME or (named and not _is_exact(about))
    return stating if general and stating else [about, *stating]


def _tells_validity(passage: Passage) -> bool:
    return passage.via == "效力" or states_validity(passage.clause)


def _is_exact(passage: Passage) -> bool:
    return any(leg.name == "exact" for leg in passage.legs)


def _tells_of_person(question: str, person: Passage, other: Passage) -> bool:
    """Return whether another clause names a person looked up, and something else asked: AB岗."""
    name = person.clause.label
    named = person.clause.kind == "person" and name in other.clause.text and not _is_exact(other)
    return named and _new_share(question, person, other) > _NEW_SHARE


def _new_share(question: str, first: Passage, other: Passage) -> float:
    """Return the share of what is asked that the other clause says and the first does not."""
    asked = {token for token in tokens(question) if token not in STOP_TOKENS}
    new = asked & _said(other.clause) - _said(first.clause)
    return len(new) / max(len(asked), 1)


def _adds(question: str, first: Passage, other: Passage) -> bool:
    """Return whether a clause as good as the first is worth quoting beside it.

    One of the same document is; one of another, and another person, must speak of something asked
    that the first does not, one of another document also be as near in meaning. A document's head
    says nothing besides.
    """
    if other.clause.kind == "head":
        return False
    together = other.clause.document.id == first.clause.document.id
    if together and other.clause.kind != "person":
        return True
    near = together or _dense(other) >= _dense(first) - _AS_NEAR
    return near and _new_share(question, first, other) > _NEW_SHARE


def _said(clause: Clause) -> set[str]:
    return set(tokens(said_text(clause)))


def _dense(passage: Passage) -> float:
    return next((leg.score for leg in passage.legs if leg.name == "dense"), 0.0)
