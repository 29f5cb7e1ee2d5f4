"""What an answer adds to a sentence and no evidence contains: citation marks and list numbers."""

from __future__ import annotations

import re

# [1], 【1】, ［1，2］, [1-3]; a year has four digits, so 赣市府发[2022]14号 stays whole.
_MARK = re.compile(
    r"[\[［【]\s*[A-Za-z]{0,2}\d{1,3}(?:\s*[-–—~、,，;；]\s*[A-Za-z]{0,2}\d{1,3})*\s*[\]］】]"
)
_LIST_NUMBER = re.compile(r"(?m)^\s*(?:[-*•]\s+)?(?:\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）])")
_EMPHASIS = re.compile(r"\*\*|__|`")


def without_marks(sentence: str) -> str:
    """Return ``sentence`` without citation marks, Markdown emphasis and its own list numbers."""
    return _LIST_NUMBER.sub("", _EMPHASIS.sub("", _MARK.sub("", sentence)))
