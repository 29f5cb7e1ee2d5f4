"""The checks applied to a chat model's reply: what each sentence may be shown as.

A sentence is judged by the passages its marks name. One without marks is judged by those of the
next marked sentence (marks close what they cite: a list's lead, the first of two sentences), or
of the last one before. What the passages do not say is dropped or marked, never silently kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.check_marks import without_marks
from assistant.checks import is_supported
from assistant.decline import DECLINED
from assistant.stream import Claim

UNSUPPORTED = "「未在原文中找到依据」"

# Less support than this is an invention, or a clause turned round (check_support gives those at
# most .3): too wrong to be shown even with a warning.
_DROP_BELOW = 0.3
_CONTENT = re.compile(r"[一-鿿A-Za-z0-9]")
_LEAD = re.compile(r"[：:][*\s]*$")
# Links and markup that no clause holds could carry a reader, or a page's data, elsewhere.
_LINK = re.compile(r"(?:https?:|www\.)[^\s)\]一-鿿，。；）]*|!\[|\]\(|<[A-Za-z/!]", re.I)

Fate = Literal["kept", "flagged", "dropped", "declined", "blank"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A sentence, the passages it was judged by, and what became of it."""

    claim: Claim
    keys: tuple[str, ...]
    fate: Fate

    @property
    def is_lead(self) -> bool:
        """Whether it opens a list, so that the list's marks stand for it."""
        return bool(_LEAD.search(self.claim.text))


def review_claims(
    claims: Iterable[Claim], evidence: Mapping[str, tuple[str, ...]]
) -> Iterator[Reviewed]:
    """Yield each sentence of a reply with what became of it, in order.

    ``evidence`` holds the texts that each issued key stands for. Sentences without marks come out
    together with the marked one they wait for.
    """
    waiting: list[Claim] = []
    last: tuple[str, ...] = ()
    for claim in claims:
        if claim.keys:
            last = claim.keys
            yield from (_review(earlier, last, evidence) for earlier in waiting)
            yield _review(claim, last, evidence)
            waiting = []
        elif waiting or _claims_something(claim):
            waiting.append(claim)
        else:
            yield Reviewed(claim, (), "blank")
    yield from (_review(claim, last, evidence) for claim in waiting)


def _review(
    claim: Claim, keys: tuple[str, ...], evidence: Mapping[str, tuple[str, ...]]
) -> Reviewed:
    if without_marks(claim.text).strip() == DECLINED:
        return Reviewed(claim, (), "declined")
    if not _claims_something(claim):
        return Reviewed(claim, (), "blank")
    return Reviewed(claim, keys, _judge(claim.text, [t for key in keys for t in evidence[key]]))


def _claims_something(claim: Claim) -> bool:
    return bool(_CONTENT.search(without_marks(claim.text)))


def _judge(sentence: str, texts: list[str]) -> Fate:
    links = _LINK.findall(sentence)
    if not texts or not all(any(link in text for text in texts) for link in links):
        return "dropped"
    verdict = is_supported(sentence, texts)
    if verdict.supported:
        return "kept"
    if verdict.figures or verdict.names or verdict.score <= _DROP_BELOW:
        return "dropped"
    return "flagged"
