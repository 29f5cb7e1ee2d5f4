"""What a question opens and ends with that is not asked: 您好，我想问一下 … 谢谢."""

from __future__ import annotations

import re

_STOP = r"[，,：:、。！!～~\s]"
# 一下 behind a verb, not what a word opens with: 下级, 下一步, 下列.
_BIT = r"(?:一?下(?![级一列届半属设发岗乡次述面达调放步期])|一声)"
_WHOM = r"(?:您|你|各位|大家)?"
_MATTER = r"(?:个事|一?个问题)?"
_ASK = r"(?:问(?![责题卷])|请问|请教|咨询|打听|了解|知道)"
_SHOW = rf"(?:[查看说讲]{_BIT}|查一?查|看一?看|说一?说|讲一?讲|告诉(?:我|一下))"
_OPENING = re.compile(
    r"(?:老师|领导|同志|各位)?(?:你好|您好|嗨|哈喽|喂(?=[，,！!\s]))[呀啊]?(?:老师|同志)?"
    rf"{_STOP}*"
    r"|(?:那个|嗯|呃|额|好的?|谢谢你?您?|多谢)[，,、！!\s]+"
    rf"|(?:劳驾|不好意思|打扰了|打扰{_WHOM}一下|麻烦{_WHOM}(?:问{_BIT}?|一下)){_STOP}*"
    rf"|请问{_WHOM}{_BIT}?{_STOP}*"
    rf"|(?:我(?:就|只|还|是)?)?[想要]{_ASK}(?!的){_WHOM}{_BIT}?{_MATTER}{_STOP}*"
    rf"|(?:请教|咨询|问){_WHOM}(?:{_BIT}|一?个问题|个事){_STOP}*"
    r"|(?=请|麻烦|你|您|帮|替|给|跟|告诉我)(?:请|麻烦)?(?:你|您)?(?:直接)?"
    rf"(?:帮忙|帮我|替我|给我|跟我)?{_SHOW}(?:公报里?|文件里?)?{_STOP}*"
)
_CLOSING = re.compile(
    r"[，,。？?！!～~\s]+(?:非常|十分|万分)?"
    r"(?:谢谢|多谢|感谢|谢了|麻烦了?|拜托了?|辛苦了?|在线等|急)(?:您|你|老师|大家|啦|了|哈)*[！!。～~\s]*$"
)
# As little as this asks nothing; the courtesy was all there was.
_LEAST = 3


def strip_courtesy(question: str) -> str:
    """Return a question without greeting, asking to be told, and thanks.

    Unchanged where hardly anything would be left.
    """
    bare = _CLOSING.sub("", question)
    while opening := _OPENING.match(bare):
        if not opening[0]:
            break
        bare = bare[opening.end() :]
    return bare if len(bare) >= _LEAST else question
