"""What a question opens and ends with that is not asked: 您好，我想问一下 … 谢谢."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"^(?:"
    r"(?:你好|您好|喂|嗨|哈喽)[呀啊]?[，,。！!～~\s]*"
    r"|(?:那个|嗯|呃|额)[，,、\s]+"
    r"|(?:劳驾|不好意思|打扰了|打扰(?:您|你)?一下|麻烦(?:你|您)?(?:问|一)下)[，,。！!\s]*"
    r"|请问(?:您|你)?(?:一?下)?[，,：:、\s]*"
    r"|(?:我(?:就|只|还|是)?)?(?:想|要)(?:问|请教|咨询|打听|了解|知道)(?:您|你)?(?:一?下|一声|问)?(?:个事|一?个问题)?[，,：:、\s]*"
    r"|(?:请教|咨询|问)(?:您|你)?(?:一?下|一?个问题|个事|个问题)[，,：:、\s]*"
    r"|(?=请|麻烦|你|您|帮|替|给|跟|告诉我)(?:请|麻烦)?(?:你|您)?(?:直接)?(?:帮忙|帮我|替我|给我|跟我)?"
    r"(?:查一?查|查一?下|看一?看|看一?下|说一?说|说一?下|讲一?讲|告诉我|告诉一下)(?:公报里?|文件里?)?[，,：:、\s]*"
    r")+"
)
_CLOSING = re.compile(
    r"[，,。？?！!\s]*(?:谢谢|多谢|感谢|谢了|麻烦了|拜托了?|辛苦了?|在线等)(?:您|你|啦|了|哈)*[！!。～~\s]*$"
    r"|[，,。？?！!\s]+急[！!。～~\s]*$"
)
# As little as this asks nothing; the courtesy was all there was.
_LEAST = 4


def strip_courtesy(question: str) -> str:
    """Return a question without greeting, asking to be told, and thanks.

    Unchanged where hardly anything would be left.
    """
    bare = _CLOSING.sub("", _OPENING.sub("", question))
    return bare if len(bare) >= _LEAST else question
