"""Statements turned round: 可以 for 不得, 收取 for 免收, 以下 for 以上, 前 for 后.

不得收取 and 可以收取 share nearly all their characters, so lexical support cannot tell them apart.
A sentence is compared with the parts of its evidence that resemble it most; where that is open, it
is given the benefit of the doubt.
"""

from __future__ import annotations

import re

_NEGATION = re.compile(
    "(?:不得|不能|不可|不准|不许|不予|不再|不向|不用|不必|无需|无须|严禁|禁止|免于|没能|未能|没有|"
    "并非|不|没|未|无|非|免(?![费去]))"
)
_NEGATED = re.compile(rf"{_NEGATION.pattern}[对向再须必]?([一-鿿]{{2}})")
_NEGATION_BEFORE = re.compile(rf"{_NEGATION.pattern}[^,.;:]{{0,8}}$")
_PART = re.compile(r"[^,.;:!?\n]+")

# Left and right exclude each other: the sentence has the one, its evidence only the other.
_OPPOSITES = tuple(
    (re.compile(left), re.compile(right))
    for left, right in (
        ("以上|不低于|不少于|至少|最低", "以下|不超过|不高于|至多|最多|最高|以内"),
        ("(?<!不)收取|缴纳|征收|补缴", "免收|免除|免费|不收|不向"),
        ("必须|一律|强制|都要", "可以|可邀|可视|鼓励|倡导|可"),
        ("(?<!不)适用", "不适用|除外"),
        ("上浮", "下浮"),
        ("提高|增加", "降低|减少"),
        ("延长", "缩短|压缩"),
        ("长期有效|永久", "有效期"),
        ("重复享受|叠加", "不重复|不得重复|不再重复"),
        ("(?<!不再)担任|(?<!担)任(?!何|务|意|职|免)", "免去|不再担任"),
    )
)
_ONLY = re.compile("只有|仅限|只限|只能")
_ANY_LIMIT = re.compile("只|仅|限|方可|才")
_BEFORE_OR_AFTER = re.compile("([一-鿿]{2})之?([前后])")

_FORBIDS = re.compile(
    "不得|不能|不可|不准|不许|不允许|不予|不再|不接受|严禁|禁止|取消|无需|无须|不需"
)
_PERMITS = re.compile("可以|允许|能够|准许|自行|可(?![能行持靠控])")
_OBLIGES = re.compile("应当|应该|必须|须|应(?![急用对])|立即|要(?!求)")
_LEAVES_OPEN = re.compile("自行决定|自愿|是否|酌情")
# Two parts of a sentence are about the same when they share this many bigrams.
_SAME_MATTER = 3


def contradicts(folded: str, facts: str) -> bool:
    """Return whether the folded sentence says the opposite of the folded evidence."""
    return (
        _is_opposite(folded, facts)
        or (_ONLY.search(folded) is not None and _ANY_LIMIT.search(facts) is None)
        or _negation_differs(folded, facts)
        or _negation_differs(facts, folded)
        or _order_differs(folded, facts)
        or any(_mode_differs(part.group(), facts) for part in _PART.finditer(folded))
    )


def _is_opposite(folded: str, facts: str) -> bool:
    return any(
        one.search(folded) and not one.search(facts) and other.search(facts)
        for left, right in _OPPOSITES
        for one, other in ((left, right), (right, left))
    )


def _negation_differs(negating: str, plain: str) -> bool:
    """Return whether a word stands only negated in the one text and only without in the other."""
    return any(
        word in plain and not _is_near_negation(word, plain) and _is_always_negated(word, negating)
        for word in {match.group(1) for match in _NEGATED.finditer(negating)}
    )


def _is_near_negation(word: str, text: str) -> bool:
    return any(
        _NEGATION.search(part.group()) for part in _PART.finditer(text) if word in part.group()
    )


def _is_always_negated(word: str, text: str) -> bool:
    return all(
        _NEGATION_BEFORE.search(part.group()[: at.start()])
        for part in _PART.finditer(text)
        for at in re.finditer(word, part.group())
    )


def _order_differs(folded: str, facts: str) -> bool:
    for word, order in _BEFORE_OR_AFTER.findall(folded):
        other = "后" if order == "前" else "前"
        if re.search(f"{word}之?{other}", facts) and not re.search(f"{word}之?{order}", facts):
            return True
    return False


def _mode_differs(part: str, facts: str) -> bool:
    """Return whether every part of the evidence on the same matter has the opposite mode."""
    parts = [match.group() for match in _PART.finditer(facts)]
    shared = [len(_bigrams(part) & _bigrams(fact)) for fact in parts]
    most = max(shared, default=0)
    if most < _SAME_MATTER:
        return False
    closest = [fact for fact, count in zip(parts, shared, strict=True) if count == most]
    return all(_are_opposite_modes(part, fact) for fact in closest)


def _are_opposite_modes(part: str, fact: str) -> bool:
    forbids, forbidden = bool(_FORBIDS.search(part)), bool(_FORBIDS.search(fact))
    if forbids != forbidden:
        allowing = fact if forbids else part
        return bool(_PERMITS.search(allowing) or re.search("必须", allowing))
    return bool(
        _LEAVES_OPEN.search(part) and not _LEAVES_OPEN.search(fact) and _OBLIGES.search(fact)
    )


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
