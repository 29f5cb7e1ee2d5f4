"""What a clause points to, and whom it appoints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.contents import DOC_NO, normal_doc_no
from index.types import Clause, Fact

_CN = "〇零一二三四五六七八九十百"
_ARTICLE = re.compile(rf"本(?:办法|规定|细则|条例)(第[{_CN}\d]+条)")
_NUMBER = re.compile(rf"《(?P<title>[^》]+)》\s*[（(]\s*(?P<number>{DOC_NO})\s*[）)]")
_ANNEX = re.compile(r"[（(]见?附件\s*(\d*)[）)]")
# Titles of notices speak of appointments too (关于某某同志任职的通知) and appoint nobody.
_APPOINTED = re.compile(
    r"(?:^|(?<=[；;。：:\n]))(?P<name>[一-龥]{2,4})同志任(?P<post>[^；;。\n]+)", re.MULTILINE
)
_REMOVED = re.compile(r"免去(?P<name>[一-龥]{2,4})同志的(?P<post>[^；;。\n]+?)职务")


def find_references(clause: Clause) -> Iterator[Fact]:
    """Yield reference facts: articles of the same document, annexes, other documents."""
    for found in _ARTICLE.finditer(clause.text):
        yield Fact("reference", found[1], found[0], found.start(), found.end(), "条")
    for found in _ANNEX.finditer(clause.text):
        yield Fact("reference", f"附件{found[1]}", found[0], found.start(), found.end(), "附件")
    for found in _NUMBER.finditer(clause.text):
        value = normal_doc_no(found["number"])
        yield Fact("reference", value, found[0], found.start(), found.end(), "文号")


def find_appointments(clause: Clause) -> Iterator[Fact]:
    """Yield appointment facts: who (value) takes or leaves which post (text), by role 任 or 免."""
    for role, pattern in (("任", _APPOINTED), ("免", _REMOVED)):
        for found in pattern.finditer(clause.text):
            post = found["post"]
            yield Fact(
                "appointment", found["name"], found[0], found.start(), found.end(), f"{role}{post}"
            )
