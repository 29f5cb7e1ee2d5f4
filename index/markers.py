"""The grammar of the marks a document numbers itself with, at the start of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "〇零一二三四五六七八九十百"
# A list dash that OCR put before an item: "- （一）采取…".
_DASH = r"(?:[-•]\s*)?"


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark such as 第十一条 or （二）; ``depth`` orders marks that stand inside each other."""

    kind: str  # chapter section article level1 level2 box level3 level4 dash annex note
    label: str  # normalised for display and identity: （二）, 第十一条, 3.
    depth: int
    length: int  # characters of the line it takes


_BRACKETED = rf"[（(]\s*([{_CN}]+)\s*[）)]"
_PATTERNS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("chapter", 0, re.compile(rf"第[{_CN}]+[章编](?=\s|$)")),
    ("section", 1, re.compile(rf"第[{_CN}]+节(?=\s|$)")),
    ("article", 2, re.compile(rf"第[{_CN}\d]+条(?=\s|$)")),
    ("level1", 1, re.compile(rf"([{_CN}]+)、")),
    ("level2", 2, re.compile(_DASH + _BRACKETED + r"[、.]?")),
    ("box", 3, re.compile(r"专栏\s*(\d+)")),
    ("level3", 4, re.compile(r"(\d{1,2})\s*[.．、](?!\d)")),
    ("level4", 5, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]")),
    ("dash", 6, re.compile(r"—{1,2}(?=\S)|-\s+(?=\d)")),
    ("annex", 0, re.compile(r"附\s*件\s*(\d*)\s*$")),
    ("attachments", 6, re.compile(r"附\s*件\s*[:：]")),
    ("note", 6, re.compile(r"[（(]\s*此件[^）)]*[）)]$")),
)


def parse_marker(line: str) -> Marker | None:
    """Return the mark ``line`` starts with, or None."""
    for kind, depth, pattern in _PATTERNS:
        found = pattern.match(line)
        if found:
            label = _label(kind, found)
            return Marker(kind, label, depth, found.end())
    return None


def _label(kind: str, found: re.Match[str]) -> str:
    number = found[1] if found.re.groups else found[0]
    match kind:
        case "level1":
            return f"{number}、"
        case "level2":
            return f"（{number}）"
        case "level3":
            return f"{number}."
        case "level4":
            return f"（{number}）"
        case "box":
            return f"专栏{number}"
        case "annex":
            return f"附件{number}"
        case _:
            return found[0].strip()
