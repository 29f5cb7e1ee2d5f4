"""An answer while a chat model writes it: what was kept of each sentence, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.exhibits import Exhibit
from assistant.extract import write_validity
from assistant.marks import Mark, render_marks
from assistant.quotation import select_support
from assistant.review import UNSUPPORTED, Fate, Reviewed
from assistant.select import Quote

# An answer that loses more than this share of its sentences is not what the model meant to say.
_MAX_LOST = 0.5
# Below this share of Chinese among its letters a reply is in another language.
_MIN_CHINESE = 0.3
_LETTER = re.compile(r"[^\W\d_]")
_CHINESE = re.compile(r"[一-鿿]")
_GAP = re.compile(r"\n{3,}")


@dataclass(slots=True)
class Draft:
    """The answer as far as it is written."""

    exhibits: Mapping[str, Exhibit]
    _reply: list[str] = field(default_factory=list)
    _shown: list[str] = field(default_factory=list)
    _numbers: dict[str, str] = field(default_factory=dict)  # key → number, in order of first use
    _claims: dict[str, list[str]] = field(default_factory=dict)  # key → sentences resting on it
    _fates: list[Fate] = field(default_factory=list)
    _unknown: list[str] = field(default_factory=list)
    _warned: set[str] = field(default_factory=set)

    def record(self, chunks: Iterable[str]) -> Iterator[str]:
        """Pass a reply on, keeping it as it came."""
        for chunk in chunks:
            self._reply.append(chunk)
            yield chunk

    def add(self, reviewed: Reviewed) -> str:
        """Take up a reviewed sentence; return what a reader may see of it at once.

        A sentence that rests on a measure not in force comes with the warning before it.
        """
        used = len(self._numbers)
        shown = self._show(reviewed)
        self._shown.append(shown)
        self._fates.append(reviewed.fate)
        self._unknown += reviewed.claim.unknown
        warnings = self._warn(list(self._numbers)[used:])
        return "".join([*(f"{warning}\n\n" for warning in warnings), shown])

    def _show(self, reviewed: Reviewed) -> str:
        text = reviewed.claim.text
        body = text.rstrip()
        end = text[len(body) :]
        if reviewed.fate == "dropped":
            continues = bool(self._shown) and not self._shown[-1].endswith("\n")
            return end if continues else ""
        if reviewed.fate == "flagged":
            return f"{body}{UNSUPPORTED}{end}"
        if reviewed.fate != "kept":
            return text
        for key in reviewed.keys:
            self._claims.setdefault(key, []).append(text)
        if reviewed.claim.keys or reviewed.is_lead:
            return render_marks(reviewed.claim.pieces, self._numbers)
        return render_marks((body, Mark(reviewed.keys), end), self._numbers)

    def _warn(self, keys: list[str]) -> list[str]:
        cited = [self.exhibits[key] for key in keys]
        warnings = [write_validity(e.validity, e.passage.clause) for e in cited]
        new = [w for w in dict.fromkeys(warnings) if w and w not in self._warned]
        self._warned.update(new)
        return new

    @property
    def text(self) -> str:
        """What was kept of the reply, with marks [1], [2] … in order of first use."""
        return _GAP.sub("\n\n", "".join(self._shown)).strip()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The keys of its marks that were never issued."""
        return tuple(self._unknown)

    @property
    def declines(self) -> bool:
        """Whether the reply begins by saying that the passages hold no answer."""
        return next((fate for fate in self._fates if fate != "blank"), "") == "declined"

    @property
    def fault(self) -> str:
        """Why the reply cannot be shown, in Chinese; "" when it can."""
        reply = "".join(self._reply)
        if len(_CHINESE.findall(reply)) < _MIN_CHINESE * len(_LETTER.findall(reply)):
            return "模型没有用中文回答"
        lost = self.count("dropped") + self.count("flagged")
        if not self._numbers or lost > _MAX_LOST * (lost + self.count("kept")):
            return "模型的回答未能在原文中找到依据"
        return ""

    def count(self, fate: Fate) -> int:
        """Return how many sentences met a fate."""
        return self._fates.count(fate)

    def quotes(self) -> list[Quote]:
        """Return for each passage used, by number, the sentences that say what was kept."""
        passages = [(key, self.exhibits[key].passage) for key in self._numbers]
        return [Quote(p, select_support(p.clause, self._claims[key])) for key, p in passages]
