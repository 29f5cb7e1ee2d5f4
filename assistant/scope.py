"""What is not a question to the gazette: greetings, chit-chat, orders, other places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from assistant.order_wording import THRESHOLD as ORDER_THRESHOLD
from assistant.order_wording import measure_order
from index.numerals import parse_numeral
from index.types import Document

_PLACES = Path(__file__).parent / "places.tsv"

_GREETING = re.compile(
    r"^(?:你好|您好|嗨|哈喽|hello|hi|早上好|上午好|下午好|晚上好|在吗|在不在|有人吗)[呀啊吗~～!！。,.，]*$",
    re.I,
)
_THANKS = re.compile(
    r"^(?:那|嗯|好的?|哦|，|,)*(?:谢谢|多谢|感谢|辛苦|好的|明白了|知道了|再见|拜拜|thanks?)[你您了啦呀啊哈~～!！。,.，谢]*$",
    re.I,
)
# Plain orders to the assistant, whatever they are dressed up as; that a message is only worded like
# an order, order_wording tells.
_ORDER = re.compile(
    r"系统(?:消息|提示|指令|管理员)|system\s*(?:prompt|message)|提示词|开发者模式|越狱|jailbreak"
    r"|(?:忽略|无视|忘记|忘掉|跳过|绕过|不要管|别管|不用管)"
    r"(?:你|以上|上面|上文|前面|之前|所有|全部|一切|系统|那些|刚才)"
    r"|(?:今后|从现在起|以后|接下来)[^。？?]{0,10}(?:一律|都|只|必须|不用)[^。？?]{0,8}(?:回答|回复|输出|说|写)"
    r"|(?:请|必须|只能|直接|就)(?:回答|回复|输出)[“\"'：:]|检索规则|你现在是|你是一[个名]|当自己是"
    r"|照(?:着|我说的)说|重复(?:下面|以下|一遍你)|\bignore\b|\boverride\b"
    # Rules of its own: no quotes, no sources, another answer than the text's.
    r"|(?:不需要|不用|不要|无需|别)(?:再)?引用|忽略引用|编一?个(?:答案|金额|数字|日期|理由|文号)|用你自己的"
    r"|(?:(?:不用|别|不)管|无论|不论)(?:公报|文件|原文)(?:了|怎么|如何)|所以请回答|如果你不(?:回答|说)"
    r"|假[设如](?:公报|文件|办法|第.{1,4}条)[^。？?]{0,12}(?:改[成为]|变成)|[把将][^。？?]{0,12}当[作成](?:公报|原文|依据)"
    r"|把[^。？?，,]{0,12}(?:改成|改为)[^。？?，,]{0,12}再?(?:回答|告诉)|把(?:你的)?(?:答案|回答)"
    r"|(?:答案|回答|回复)的?(?:结尾|末尾|开头|时|里|中)[^。？?]{0,4}(?:加上|附上|写上)"
    # Another part to play, or what it was told.
    r"|(?:以|作为)(?:管理员|开发者|系统|超级用户)(?:的?身份|我|,|，)|授权你"
    r"|(?<!谁)(?<!谁来)(?:扮演|假装)(?!的|了?什么|怎样|哪)|你的?(?:原始|初始)(?:设定|指令|提示)|你收到的第一"
    r"|(?:打印|输出|显示|交出|泄露)[^。？?]{0,4}(?:你的|系统|配置|设定|提示|JSON)"
    r"|把(?:你的|系统)[^。？?]{0,8}(?:打印|输出|说出|发)",
    re.I,
)
# Asking for a document to be drawn up is an order only where nothing is asked.
_FORGERY = re.compile(
    r"(?:以|用).{2,30}(?:名义|口气).{0,12}(?:出具|发布|写|印发|起草|答复|回复|批复)|确认.{0,20}(?:已批准|已经批准|已同意|已经同意|审批通过)|直接批准"
)
_ASKS = re.compile(r"[？?吗谁哪]|什么|多少|怎么|如何|能否|是否")
_ERRAND = re.compile(
    r"帮我(?:写|编|画|做|排|订|买|翻译|起|算(?:一下)?命|查(?:一下)?(?:快递|航班|天气))"
    r"|[写编作来][一几]?[首篇段封副个句条][^，。？?]{0,12}"
    r"(?:诗|歌|顺口溜|口号|广告词|三句半|作文|情书|文案|故事|笑话|小说|对联|邮件|检讨|代码|程序|总结)"
    r"|讲个?(?:笑话|故事)|写[首篇段]"
    r"|伪造一|[给帮替]我(?:写|开|出|起草|做)一?[份封张]"
    r"|(?:用|翻译?成)(?:英文|英语|日语|法语|韩语)(?:回答|回复|写一|怎么|是|叫)"
)
# What no gazette answers, unless a clause plainly does (重污染天气应急指挥部).
_PASTIME = re.compile(
    r"天气|下雨|带伞|股[票市]|炒股|彩票|双色球|世界杯|星座|算命|菜谱|怎么做菜|好吃|酱油"
    r"|手机[^，。？?]{0,6}(?:死机|关机|黑屏|卡顿|没电)|吃[点些]?[什啥]么?药"
    r"|攻略|自驾|旅游路线|酒店推荐"
    r"|推荐.{0,6}(?:电影|小说|餐馆|饭店|酒店|景点)"
)
# The issue of a year, not 总第107期 and no stage of a building.
_ISSUE = re.compile(
    r"(?:((?:19|20)\d{2})年)?(?<!总)第\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*期(?!工程|项目|建设)(?=[^，。？?]{0,4}公报)"
    r"|公报[^，。？?]{0,2}(?<!总)第\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*期"
)
# The issue before, or after, the only one there is.
_OTHER_ISSUE = re.compile(
    "[上下前]一?期(?=[^，。？?]{0,4}公报)|(?<=公报)[上下前]一?期(?!工程|项目|建设)"
)
_ISSUE_KEY = re.compile(r"(\d{4})-(\d{1,2})")  # 2022-05
# Somebody comes from elsewhere, or goes there: the place is a circumstance, not the jurisdiction.
_CIRCUMSTANCE = (
    r"(?:从|在|到|去|往|来自|迁|搬)PLACE"
    r"|PLACE[^。？?]{0,12}(?:迁|搬|来|回|引进|看病|就医|打工|合作|对接)"
)
# What two places do together is a matter of either.
_PARTNER = r"[跟和与同]PLACE(?:市|省)?(?:那边)?(?:互|相互|一起|联合|共同|对接|合作|之间)"
_JURISDICTION = (
    r"PLACE(?:市|省)?(?:的|那边|这边|对|有没有|怎么规定)|(?<![人我们住口])在PLACE(?:市|省)?[，,]"
    r"|PLACE[^。？?]{0,12}(?:那边|那里|当地)(?![^。？?]*(?:老家|回来|[咱我]们?这|这边))"
)


def is_greeting(question: str) -> bool:
    """Return whether a message only says hello."""
    return bool(_GREETING.match(question.strip()))


def is_thanks(question: str) -> bool:
    """Return whether a message only says thank you or goodbye."""
    return bool(_THANKS.match(question.strip()))


def is_order(question: str) -> bool:
    """Return whether a message tries to instruct the assistant instead of asking the gazette."""
    if _ORDER.search(question) or measure_order(question) > ORDER_THRESHOLD:
        return True
    return bool(_FORGERY.search(question)) and not _ASKS.search(question)


def is_errand(question: str) -> bool:
    """Return whether a message asks for something to be made or done: a poem, a booking."""
    return bool(_ERRAND.search(question))


def is_pastime(question: str) -> bool:
    """Return whether a message is about what no gazette answers: weather, trips, shares."""
    return bool(_PASTIME.search(question))


def other_issue(question: str, documents: Iterable[Document]) -> str:
    """Return the issue a question names that the corpus does not hold, "" where there is none."""
    beside = _OTHER_ISSUE.search(question)
    asked = list(_ISSUE.finditer(question))
    if not beside and not asked:
        return ""
    issues = {d.issue for d in documents}
    if beside and len(issues) == 1:  # of several, it may be one
        return f"{beside[0]}公报"
    keys = [_ISSUE_KEY.fullmatch(issue) for issue in issues]
    known = {(int(key[1]), int(key[2])) for key in keys if key}
    for found in asked if known else ():
        year, number = found[1], int(parse_numeral(found[2] or found[3]))
        if not any(number == issue[1] and year in {None, str(issue[0])} for issue in known):
            return f"{year}年第{number}期公报" if year else f"第{number}期公报"
    return ""


def other_place(question: str, documents: Iterable[Document], evidence: str) -> str:
    """Return the place a question asks about when it is not the gazette's, else "".

    A place that the evidence names, or that is only where somebody comes from, does not count;
    nor does any where the question names the gazette's own place besides.
    """
    own = _own_places(tuple(sorted({d.issuer for d in documents if d.issuer})))
    if any(place in question for place in own - _provinces(own)):
        return ""
    for place in _places():
        if place not in question or place in own or place in evidence:
            continue
        if re.search(f"{place}(?:人|的(?:企业|公司|老板|人|学生|老乡))", question):
            continue
        if re.search(_PARTNER.replace("PLACE", place), question):
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


def _provinces(own: frozenset[str]) -> set[str]:
    """Return the provinces among the gazette's own places; they hold other cities too."""
    heads = {line.split("\t")[0] for line in _PLACES.read_text(encoding="utf-8").splitlines()}
    return heads & own if len(own) > 1 else set()


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
