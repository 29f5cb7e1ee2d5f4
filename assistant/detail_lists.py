"""A list asked for by how many it has (哪六家, 8项具体包括哪些), and whether it is long enough."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.select import Quote
from index.numerals import parse_numeral

_NUMBER = r"(\d{1,2}|[三四五六七八九十]{1,3})"
# 哪八个字 asks for a phrase.
_COUNTED = "[个家项类种大步点级样条处座件批本份起位名人所国省市县乡镇村区](?!字)|方面"
_ASKED = re.compile(
    rf"哪{_NUMBER}(?:{_COUNTED})"
    rf"|(?<![\d.〔年第期]){_NUMBER}(?:{_COUNTED})[^,?]{{0,16}}(?:具体|分别|包括|都)[^,?]{{0,4}}哪"
)
# Two stand in any sentence.
_LEAST = 3
_BETWEEN = re.compile("[、；;]|以?及|和")


def missing_list(asked: str, quotes: Sequence[Quote]) -> str:
    """Return the list asked for where no clause quoted enumerates as many as it must hold."""
    found = _ASKED.search(asked)
    number = (found[1] or found[2]) if found else ""
    if not number or parse_numeral(number) < _LEAST:
        return ""
    longest = max(_longest(quote.passage.clause.text) for quote in quotes)
    return "" if longest >= parse_numeral(number) else f"{number}项的名称"


def _longest(text: str) -> int:
    """Return how many a text enumerates: names in one sentence, or sentences, or lines."""
    sentences = [sentence for sentence in re.split("[。\n]", text) if sentence.strip()]
    named = max((1 + len(_BETWEEN.findall(sentence)) for sentence in sentences), default=0)
    return max(named, len(sentences))
