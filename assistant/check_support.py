"""Lexical support: how much of what a sentence says occurs in the clauses it cites.

The sentence's content characters count as covered where a bigram of them stands in the evidence.
Figures are left to assistant.check_figures. A short invention inside a long true sentence hardly
moves an average, so the worst stretch counts as much as the whole; and because 不得收取 and 可以收取
share their bigrams, a statement turned round is looked for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.check_marks import without_marks
from index.figures import find_figures
from index.folding import fold

# Words that join content but carry none; sentences in plain words use other ones than clauses.
_FUNCTION_WORDS = re.compile(
    "如果|但是|而且|并且|同时|以及|或者|因此|所以|此外|另外|其中|分别|对于|关于|按照|依照|根据|依据|通过|"
    "可以|能够|需要|应当|应该|必须|不得|不能|不用|没有|没能|还是|已经|进行|予以|给予|规定|上述|下列|这些|那些|"
    "相关|有关|具体|主要|也就是|一次性|之前|之后|以后|以上|以下|以内|不超过|不少于|不低于|超过|最高|最多|至少|"
    "得到|拿到|获得|可获|里面|时候|情况|方面|公报|文件|措施|政策|该项|这项|任何|都|均|也|还|就|才|再|又|只|要|会|"
    "能|可|应|须|需|将|把|被|由|向|对|在|从|到|至|于|以|用|为|是|有|给|让|使|和|与|及|或|并|而|且|但|若|则|即|的|地|"
    "得|了|着|过|等|其|该|本|此|这|那|所|之|者|您|你|我|请|不|没|未|无|按|经|因|后|前|时|里|中|上|下|内|外|个|每|各"
)
_PUNCTUATION = re.compile(r"[^0-9a-z一-鿿]+")
_SEGMENT = re.compile(r"[^,.;:，。；：!?！？\n]+")

# Characters of the stretch that must not be all invention: two to four words.
_WINDOW = 8

# A sentence that says the opposite of its clause keeps this share of its score.
_CONTRADICTED = 0.3

_NEGATION = (
    "不得|不能|不可|不准|不许|不予|不再|不向|不用|不必|无需|无须|严禁|禁止|免于|没能|未能|没有|"
    "并非|不|没|未|无|非|免(?![费去])"
)
_NEGATED = re.compile(rf"(?:{_NEGATION})(?:对|向|再|须|必)?([一-鿿]{{2}})")
_NEGATION_BEFORE = re.compile(f"(?:{_NEGATION})[^,.;:]{{0,8}}$")

# Left and right exclude each other: a sentence with the one, whose evidence has only the other.
_OPPOSITES = tuple(
    (re.compile(left), re.compile(right))
    for left, right in (
        ("以上|不低于|不少于|至少|最低", "以下|不超过|不高于|至多|最多|最高|以内"),
        ("(?<!不)收取|缴纳|征收|补缴", "免收|免除|免费|不收|不向"),
        ("必须|一律|强制|都要", "可以|可邀|可视|鼓励|倡导|可"),
        ("上浮", "下浮"),
        ("提高|增加", "降低|减少"),
        ("延长", "缩短|压缩"),
        ("长期有效|永久", "有效期"),
        ("重复享受|叠加", "不重复|不得重复|不再重复"),
        ("担任|任(?!何|务|意|职)", "免去"),
    )
)
_ONLY = re.compile("只有|仅限|只限|只能")
_ANY_LIMIT = re.compile("只|仅|限|方可|才")


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
    """Return the sentence's stretches of content, without figures and function words."""
    kept, position = [], 0
    for figure in find_figures(claimed):
        kept.append(claimed[position : figure.start])
        position = figure.end
    folded = fold("|".join([*kept, claimed[position:]]))
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


def contradicts(folded: str, facts: str) -> bool:
    """Return whether the folded sentence says the opposite of the folded evidence.

    Either a word negated in the one stands only without negation in the other, or the sentence has
    one side of a pair of opposites and the evidence only the other, or it limits to 只有 what the
    evidence does not limit.
    """
    if _ONLY.search(folded) and not _ANY_LIMIT.search(facts):
        return True
    for left, right in _OPPOSITES:
        for one, other in ((left, right), (right, left)):
            if one.search(folded) and not one.search(facts) and other.search(facts):
                return True
    return _polarity_differs(folded, facts) or _polarity_differs(facts, folded)


def _polarity_differs(negating: str, plain: str) -> bool:
    for word in {match.group(1) for match in _NEGATED.finditer(negating)}:
        if word in plain and not _is_negated(word, plain) and _is_only_negated(word, negating):
            return True
    return False


def _is_negated(word: str, text: str) -> bool:
    return any(
        _NEGATION_BEFORE.search(segment.group()[: at.start()])
        for segment in _SEGMENT.finditer(text)
        for at in re.finditer(word, segment.group())
    )


def _is_only_negated(word: str, text: str) -> bool:
    return all(
        _NEGATION_BEFORE.search(segment.group()[: at.start()])
        for segment in _SEGMENT.finditer(text)
        for at in re.finditer(word, segment.group())
    )
