"""What is not a question to the gazette: greetings, chit-chat, orders, other places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from index.types import Document

_PLACES = Path(__file__).parent / "places.tsv"

_GREETING = re.compile(
    r"^(?:你好|您好|嗨|哈喽|hello|hi|早上好|上午好|下午好|晚上好|在吗|在不在|有人吗)[呀啊吗~～!！。,.，]*$",
    re.I,
)
_THANKS = re.compile(
    r"^(?:谢谢|多谢|感谢|辛苦|好的|明白了|知道了|再见|拜拜|thanks?)[你您了啦呀啊哈~～!！。,.，谢]*$",
    re.I,
)
# Orders to the assistant instead of questions, whatever they are dressed up as.
_INJECTION = re.compile(
    r"系统(?:消息|提示|指令|管理员)|system\s*(?:prompt|message)|prompt|提示词|开发者模式|越狱|jailbreak"
    r"|(?:忽略|无视|忘记|跳过|绕过|不要管|别管)[^。？?]{0,12}(?:指令|规则|要求|设定|限制|规定|上文|以上|之前|前面)"
    r"|(?:今后|从现在起|以后|接下来)[^。？?]{0,10}(?:一律|都|只|必须)[^。？?]{0,6}(?:回答|回复|输出|说)"
    r"|(?:请|必须|只能|直接|就)(?:回答|回复|输出)[“\"'：:]|检索规则|你现在是|你是一[个名]|扮演|假装|角色"
    r"|以.{2,30}名义.{0,12}(?:出具|发布|发|写|印发|起草)|确认.{0,20}(?:已批准|已经批准|审批通过)"
    r"|照(?:着|我说的)说|重复(?:下面|以下)|ignore\b|override",
    re.I,
)
_ERRAND = re.compile(
    r"帮我(?:写|编|画|做|排|订|买|翻译|起|算(?:一下)?命|查(?:一下)?(?:快递|航班|天气))"
    r"|(?:写|编|作|来)[一几]?[首篇段封副个](?:诗|歌|作文|情书|文案|故事|笑话|小说|对联|邮件|检讨|代码"
    r"|程序|总结|情诗)|讲个?(?:笑话|故事)|写[首篇段]"
    r"|天气|下雨|股票|彩票|双色球|世界杯|星座|算命|菜谱|怎么做(?:菜|好吃)|攻略|自驾|旅游路线"
    r"|酒店推荐|推荐.{0,6}(?:电影|小说|餐馆|饭店|酒店|景点)"
)
# Somebody comes from elsewhere, or goes there: the place is a circumstance, not the jurisdiction.
_CIRCUMSTANCE = (
    r"(?:从|在|到|去|往|来自|迁|搬)PLACE"
    r"|PLACE[^。？?]{0,12}(?:迁|搬|来|回|引进|看病|就医|打工|合作|对接)"
)
_JURISDICTION = r"PLACE(?:市|省)?(?:的|那边|这边|对|有没有|怎么规定)"


def is_greeting(question: str) -> bool:
    """Return whether a message only says hello."""
    return bool(_GREETING.match(question.strip()))


def is_thanks(question: str) -> bool:
    """Return whether a message only says thank you or goodbye."""
    return bool(_THANKS.match(question.strip()))


def is_order(question: str) -> bool:
    """Return whether a message tries to instruct the assistant instead of asking the gazette."""
    return bool(_INJECTION.search(question))


def is_errand(question: str) -> bool:
    """Return whether a message asks for something no gazette answers: poems, weather, trips."""
    return bool(_ERRAND.search(question))


def other_place(question: str, documents: Iterable[Document], evidence: str) -> str:
    """Return the place a question asks about when it is not the gazette's, else "".

    A place that the evidence names, or that is only where somebody comes from, does not count.
    """
    own = _own_places(tuple({d.issuer for d in documents if d.issuer}))
    for place in _places():
        if place not in question or place in own or place in evidence:
            continue
        passing = re.search(_CIRCUMSTANCE.replace("PLACE", place), question)
        if passing and not re.search(_JURISDICTION.replace("PLACE", place), question):
            continue
        return place
    return ""


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    """Return the short names of provinces and prefecture-level cities, longest first."""
    names = []
    for line in _PLACES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            province, *cities = line.split("\t")
            names += [province, *cities]
    return tuple(sorted(set(names), key=lambda name: (-len(name), name)))


@lru_cache(maxsize=8)
def _own_places(issuers: tuple[str, ...]) -> frozenset[str]:
    """Return the places that issue the gazette, with the province they lie in."""
    own = set()
    for line in _PLACES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        province, *cities = line.split("\t")
        here = {city for city in cities if any(issuer.startswith(city) for issuer in issuers)}
        if here or any(issuer.startswith(province) for issuer in issuers):
            own |= {province, *here}
    return frozenset(own)
