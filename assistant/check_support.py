"""Lexical support: how much of what a sentence says occurs in the clauses it cites.

The sentence's content characters count as covered where a bigram of them stands in the evidence.
Figures and offices are left to their own checks. A short invention inside a long true sentence
hardly moves an average, so the worst stretch counts as much as the whole; a statement turned round
is looked for by itself (assistant.check_polarity).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.check_marks import without_marks
from assistant.check_offices import office_names
from assistant.check_polarity import contradicts
from index.figures import find_figures
from index.folding import fold

# Words that join content but carry none; sentences in plain words use other ones than clauses.
_FUNCTION_WORDS = re.compile(
    "如果|但是|而且|并且|同时|以及|或者|因此|所以|此外|另外|其中|分别|对于|关于|按照|依照|根据|依据|通过|"
    "可以|能够|需要|应当|应该|必须|不得|不能|不用|没有|没能|还是|已经|进行|予以|给予|规定|上述|下列|这些|那些|"
    "相关|有关|具体|主要|也就是说|也就是|来说|换句话说|简单说|一次性|之前|之后|以后|"
    "以上|以下|以内|不超过|不少于|不低于|超过|最高|最多|至少|"
    "得到|拿到|获得|可获|里面|时候|情况|方面|公报|文件|措施|政策|该项|这项|任何|都|均|也|还|就|才|再|又|只|要|会|"
    "能|可|应|须|需|将|把|被|由|向|对|在|从|到|至|于|以|用|为|是|有|给|让|使|和|与|及|或|并|而|且|但|若|则|即|的|地|"
    "得|了|着|过|等|其|该|本|此|这|那|所|之|者|您|你|我|请|不|没|未|无|按|经|因|后|前|时|里|中|上|下|内|外|个|每|各"
)
_PUNCTUATION = re.compile(r"[^0-9a-z一-鿿]+")

# Characters of the stretch that must not be all invention: two to four words.
_WINDOW = 8

# A sentence that says the opposite of its clause keeps this share of its score.
_CONTRADICTED = 0.3


def support(sentence: str, evidence: Sequence[str]) -> float:
    """Return in [0, 1] how much of ``sentence`` the texts of ``evidence`` say.

    1.0 for a verbatim quote and for a sentence without any content of its own; citation marks and
    list numbers are ignored.
    """
    claimed = without_marks(sentence)
    facts = "\n".join(fold(text) for text in evidence)
    covered = list(_covered(_content(claimed), facts))
    if not covered:
        return 1.0
    whole = sum(covered) / len(covered)
    windows = max(1, len(covered) - _WINDOW + 1)
    worst = min(
        sum(covered[i : i + _WINDOW]) / len(covered[i : i + _WINDOW]) for i in range(windows)
    )
    score = (whole + worst) / 2
    return score * _CONTRADICTED if contradicts(fold(claimed), facts) else score


def _content(claimed: str) -> list[str]:
    """Return the sentence's stretches of content, without figures, offices, function words."""
    kept, position = [], 0
    for figure in find_figures(claimed):
        kept.append(claimed[position : figure.start])
        position = figure.end
    folded = fold("|".join([*kept, claimed[position:]]))
    for name in office_names(folded):
        folded = folded.replace(name, "|")
    return [
        word
        for stretch in _PUNCTUATION.split(folded)
        for word in _FUNCTION_WORDS.split(stretch)
        if word
    ]


def _covered(stretches: Sequence[str], facts: str) -> Iterator[bool]:
    pairs = _bigrams(facts)
    for stretch in stretches:
        if len(stretch) == 1:
            yield stretch in facts
            continue
        hits = [stretch[i : i + 2] in pairs for i in range(len(stretch) - 1)]
        for left, right in zip([False, *hits], [*hits, False], strict=True):
            yield left or right


@lru_cache(maxsize=64)  # the evidence is the same for every sentence of an answer
def _bigrams(facts: str) -> frozenset[str]:
    return frozenset(facts[i : i + 2] for i in range(len(facts) - 1))
