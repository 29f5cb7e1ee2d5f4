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

# Words that ask, point or fill: what is left of a question is its content.
_FILLERS = (
    "是否 几个 是不是 能不能 要不要 有没有 是多少 哪家 哪位 几多 怎样 一个 一年 一次 自己 人家 "
    "知道 需要 应当 应该 为什么 哪儿 几年 几天 还有 就是 还是 如果 已经 咱们 你们 想问 "
    "问下 多少钱 哪年 几月 几号 何时 分别 以及 或者 规定 进行 "
)
FILLERS = frozenset([*_WORDS.split(), *_FILLERS.split()])
