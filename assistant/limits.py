"""Input limits, with errors a user can act on."""

from __future__ import annotations

import unicodedata

# Longer than any question of the dev set by a factor of ten; a pasted document is not a question.
MAX_QUESTION = 1000
# Cs are lone surrogates: bytes of a command line that are no UTF-8, which nothing can write out.
_CONTROL = {"Cc", "Cs"}


def check_question(question: str) -> str:
    """Return a question with its outer white space removed.

    :raises ValueError: when it is empty, too long, or holds control characters.
    """
    question = question.strip()
    if not question:
        raise ValueError("问题为空；请输入要查询的内容")
    if len(question) > MAX_QUESTION:
        raise ValueError(f"问题有{len(question)}字，超过{MAX_QUESTION}字；请缩短后再问")
    control = [c for c in question if unicodedata.category(c) in _CONTROL and c not in "\n\t"]
    if control:
        raise ValueError(f"问题含有控制字符 {control[0]!r}；请删去后再问")
    return question
