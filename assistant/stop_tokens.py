"""Tokens that shape a question and say nothing of its topic."""

from __future__ import annotations

_WORDS = (
    "怎么 多少 什么 哪些 哪个 可以 不能 没有 请问 一下 这个 那个 我们 他们 如何 时候 哪里 多久 现在"
)
_PAIRS = (
    "能不 不能 是不 不是 有没 我的 是多 少钱 么办 是什 是哪 哪年 几年 我家 我是 想问 了吗 的吗 规定"
)

# As index.tokens marks them: bigrams bare, words with an underscore.
STOP_TOKENS = frozenset(
    [*_WORDS.split(), *_PAIRS.split(), *(f"_{word}" for word in _WORDS.split())]
)
