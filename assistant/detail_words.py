"""What people ask for, and the words of which one must stand where it is stated.

The table is closed and general: it holds what is asked of any gazette (罚多少, 几岁), so that a
detail is found missing without knowing the document. It is data: ``detail_words.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.table_lines import read_entries
from index.folding import fold

DETAIL_WORDS = Path(__file__).parent / "detail_words.tsv"

_ENTRY = re.compile(r"(\S+)\t(\S+(?: \S+)*)\t(\S+(?: \S+)*)")
_FORM = "write a name, what asks for it and what states it, tabs between, one space between words"
# A figure, and what may stand between it and its unit: 3万多元, 5 个百分点 is none of 点.
NUMBER = r"[\d〇零一二三四五六七八九十百千万亿两半][.．]?[多余]?\s*"
# 要不要写是哪家公司 asks about a form.
_ON_FORM = re.compile("要不要[写填留]")
# 几多 is how the south says 多少; 哪几家 asks for names, 八十几岁 for nothing.
_SPOKEN = (
    ("几多", "多少"),
    ("哪几", "哪些"),
    ("啥时候", "何时"),
    ("几时", "何时"),
    ("几久", "多久"),
    ("啥", "什么"),
    ("咋", "怎么"),
    ("十几", "十余"),
)


def written(question: str) -> str:
    """Return a question folded, its question words as they are written."""
    plain = fold(question)
    for spoken, standard in _SPOKEN:
        plain = plain.replace(spoken, standard)
    return plain


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail: what asks for it, and what states it."""

    name: str  # as it reads behind 但没有写明
    asked: re.Pattern[str]
    stated: re.Pattern[str]


@lru_cache(maxsize=4)
def load_details(path: Path = DETAIL_WORDS) -> tuple[Detail, ...]:
    """Return the details of the table, in its order.

    Raises ``ValueError`` naming file and line where a line is malformed, is not UTF-8, or repeats
    a name or an asking expression.
    """
    details: list[Detail] = []
    seen: set[str] = set()
    for number, entry in read_entries(path, _ENTRY, _FORM):
        name, asking, stating = entry[1], entry[2].split(" "), entry[3].split(" ")
        for word in (f"{name}\t", *asking):  # a name may be an expression too
            if word in seen:
                raise ValueError(f"{path}:{number}: {word.strip()!r} is there already")
            seen.add(word)
        asked = "|".join(re.escape(written(word)) for word in asking)
        details.append(Detail(name, re.compile(asked), re.compile("|".join(map(_stated, stating)))))
    return tuple(details)


def _stated(expression: str) -> str:
    if expression.startswith("#"):
        return NUMBER + "[万亿]?" + re.escape(fold(expression[1:]))
    return re.escape(fold(expression))


def lacking_detail(question: str, evidence: str) -> str:
    """Return the first detail that a question asks for and the evidence is silent on, else ""."""
    asked = written(question)
    if _ON_FORM.search(asked):
        return ""
    wanted = [detail for detail in load_details() if detail.asked.search(asked)]
    if not wanted:
        return ""
    said = fold(evidence)
    return next((detail.name for detail in wanted if not detail.stated.search(said)), "")
