"""How a gazette words a benefit: what is given, waived, deferred, lent or charged.

Every pattern reads one part of a sentence (no ， except where written) in text whose punctuation
is half-width, and matches the words that say what the beneficiary gets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HALF_WIDTH = str.maketrans("，；：（）〈〉〔〕", ",;:()<>[]")


@dataclass(frozen=True, slots=True)
class Grant:
    """The words ``text[start:end]`` that give a benefit of a kind."""

    kind: str
    start: int
    end: int


def half_width(text: str) -> str:
    """Return ``text`` with half-width punctuation, every character in its place."""
    return text.translate(_HALF_WIDTH)


# What a benefit is called, by the kind it is filed under; the last such word of a match decides.
_KIND_WORDS = {
    "奖励": "奖励|奖金|奖补|奖励金|表彰",
    "补贴": "补贴|津贴",
    "补助": "补助|资助|扶持经费|帮扶",
    "补偿": "补偿",
    "减免": "减免|费减|豁免",
    "优惠": "优惠|退税|降费",
    "待遇": "待遇|抚恤",
    "救助": "救助|慰问|供养",
    "资金支持": "资金支持",
    "优先服务": "优先保障",
}
_KIND_OF = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split("|")}
_WORD = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_ANY_WORD = re.compile(_WORD)

_IN = "[^,;。|]"  # any character of the same part
_SUMS = r"[\d.]+[千百万亿]*元(?:、[\d.]+[千百万亿]*元)*"
_BY_WORD = ""  # the kind is that of the word matched

# (kind, pattern). Earlier patterns win where two begin at the same character.
_PATTERNS: tuple[tuple[str, str], ...] = (
    # Given: 给予五千元至二万元奖金, 予以补助, 奖励50万元, 给予一次性扶持经费10万元、5万元.
    (
        _BY_WORD,
        rf"(?:每{_IN}{{1,4}})?(?:分别|各)?(?:一次性)?(?<!不再)(?<!不)(?:给予|予以|颁发){_IN}{{0,40}}?(?:{_WORD})"
        rf"(?:[、和或及]?{_IN}{{0,3}}?(?:{_WORD}))*(?:{_SUMS})?(?!的|或惩)",
    ),
    (
        _BY_WORD,
        rf"(?:每{_IN}{{1,4}})?(?:分别|各)?(?:一次性)?(?:奖励|补助|补贴|资助)(?:{_SUMS})",
    ),
    # Claimed: 享受一次性求职补贴1500元, 发放高龄津贴; not 享受补贴时, 已享受补助的.
    (
        _BY_WORD,
        r"(?<!已)(?:享受|领取|发放|可申请)[^,;。|、]{0,16}?(?:补贴|补助|津贴|奖励|奖金)"
        rf"(?!{_IN}{{0,10}}(?:时|待遇)|的)(?:{_SUMS})?",
    ),
    ("奖励", rf"(?:只|仅)授予{_IN}{{2,20}},不再给予{_IN}{{0,6}}奖励"),
    (_BY_WORD, rf"由{_IN}{{2,12}}?适当(?:补偿|补助)|按照{_IN}{{2,20}}标准补偿"),
    (_BY_WORD, rf"加大{_IN}{{0,30}}?(?:补贴|补助|奖励|救助)力度"),
    (_BY_WORD, rf"推广{_IN}{{2,30}}(?:补贴)"),
    (_BY_WORD, rf"通过{_IN}{{0,8}}(?:补贴|补助|奖补){_IN}{{0,14}}方式"),
    (_BY_WORD, rf"明确{_IN}{{2,8}}奖补{_IN}{{2,24}}倾斜"),
    (
        _BY_WORD,
        rf"(?:纳入|列入){_IN}{{0,24}}?(?:补助|补贴|供养|救助|奖补){_IN}{{0,4}}(?:范围|目录|名录)",
    ),
    # A policy that is applied: 落实…税费优惠等扶持政策, 实施…补贴政策, 利用专利费减政策.
    (
        _BY_WORD,
        rf"(?:落实|完善|执行|实施|享受|利用){_IN}{{0,40}}?(?:优惠|资助|补贴|费减|减免)"
        rf"{_IN}{{0,8}}政策",
    ),
    (_BY_WORD, rf"(?:落实|实施|完善){_IN}{{0,16}}奖励{_IN}{{0,4}}制度(?!,对)"),
    ("优惠", rf"实施(?:退税|减税|降费){_IN}{{0,8}}政策"),
    # Not taken: 免收道路开挖费用, 不向申报组织收取任何费用.
    (
        "减免",
        r"(?:适当|酌情|依法)?(?:(?:免收|减收|缓收)(?:(?:或|、)(?:免收|减收|缓收))*|免征|减征|减免|"
        rf"免除|免缴|不(?:得)?(?:向{_IN}{{1,12}})?收取){_IN}{{0,36}}"
        r"(?:费用|服务费|占用费|费|租金|税款?|滞纳金|保证金|医保目录)",
    ),
    ("减免", rf"不得{_IN}{{0,10}}(?:转嫁|摊派){_IN}*"),
    ("减免", rf"由{_IN}{{2,6}}企业(?:负责实施|承担){_IN}{{2,30}}(?:工程|费用)"),
    ("减免", rf"{_IN}{{0,24}}费用豁免制度"),
    ("免审批", rf"实行{_IN}{{0,6}}零审批|采用承诺免审制{_IN}*"),
    (
        "降低成本",
        rf"降低(?:用户|企业|创新主体){_IN}{{0,8}}(?:接入|投标|申请|经营|用电|融资|物流){_IN}{{0,8}}成本",
    ),
    (
        "缓缴",
        rf"{_IN}{{0,8}}缓缴{_IN}{{0,12}}延长至{_IN}+(?:,{_IN}{{0,14}}缓缴期)?|先诊疗[、,]?后付费",
    ),
    # Standing: 享受相应待遇, 报销比例, 薪酬标准, 供养.
    (
        "待遇",
        rf"(?<!已)(?<!符合)(?:按照?《{_IN}{{2,20}}》{_IN}{{0,6}}|按照{_IN}{{0,8}}规定)?"
        rf"(?:享受|落实){_IN}{{0,12}}?待遇(?!条件|清单|保障机制|认定)",
    ),
    ("待遇", rf"做好{_IN}{{2,30}}(?:津贴|补贴|待遇){_IN}{{0,4}}保障"),
    ("待遇", rf"薪酬标准不低于{_IN}+(?:,{_IN}{{0,6}}“五险一金”)?"),
    ("待遇", rf"{_IN}{{2,24}}报销比例{_IN}{{0,4}}[\d.]+%{_IN}*|进行倾斜支付"),
    ("待遇", rf"(?:从{_IN}{{2,20}}基金中|由{_IN}{{2,10}}保险机构{_IN}{{0,6}})支付"),
    ("救助", rf"安置到{_IN}{{2,12}}供养|走访慰问|申请(?:社会)?救助|实施救助{_IN}{{0,3}}保护"),
    ("救助", rf"(?:设定|确定){_IN}{{0,6}}救助(?:标准|水平){_IN}*"),
    ("救助", r"[^,;。|和及、]{2,12}的基本生活救助"),
    ("优先服务", r"优先推荐就业"),
    ("保险", rf"购买{_IN}{{2,12}}险|推进{_IN}{{2,20}}农业保险|扩大{_IN}{{2,12}}政策性保险覆盖面"),
    # Lent: 贷款利率…, 可续贷…, 提供…融资.
    ("贷款", rf"(?:“{_IN}{{2,10}}”)*贷款利率{_IN}{{2,30}}执行|可续贷{_IN}{{4,40}}|应贷尽贷"),
    ("贷款", rf"可申请{_IN}{{0,16}}贷款"),
    ("贷款", rf"发挥(?:“[^“”]*贷[^“”]*”)+{_IN}{{0,8}}功能"),
    ("贷款", rf"提供{_IN}{{0,12}}(?:融资|贷款)(?!服务|对接)|(?:为其)?提供续贷{_IN}{{2,8}}"),
    ("贷款", rf"设立{_IN}{{2,16}}风险补偿基金|(?:做大|扩大){_IN}{{2,16}}(?:抵押贷款|融资规模)"),
    ("贷款", rf"加大{_IN}{{2,24}}(?:融资|信贷|贷款|金融){_IN}{{0,8}}力度"),
    # Paid towards a purpose.
    ("资金支持", rf"安排资金支持{_IN}{{2,20}}|通过{_IN}{{0,20}}(?:投资|资金){_IN}{{0,6}}予以支持"),
    ("资金支持", rf"纳入{_IN}{{2,16}}支持范围(?!是)"),
    # Services.
    ("免费服务", rf"(?:提供|开展){_IN}{{0,12}}(?:免费|公益){_IN}{{1,20}}(?:服务|援助)"),
    ("免费服务", rf"免费(?:为|向){_IN}{{2,24}}提供{_IN}{{2,20}}"),
    (
        "公共服务",
        rf"提供{_IN}{{2,20}}(?:照护|托养|看护){_IN}{{0,6}}服务|实施{_IN}{{2,18}}适老化改造",
    ),
    # Charged.
    (
        "收费",
        rf"(?:实施|落实|推进|核定|实行){_IN}{{2,24}}(?:收费标准|处理费制度|收费制度|"
        r"收费(?=。|$))|实行市场调节价|费用按《[^》]+》[^,;。]*执行|执行国家有关[电水气]价政策",
    ),
)
_GRANTS = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]


def find_grants(sentence: str) -> list[Grant]:
    """Return what a sentence in half-width punctuation gives, in order; none overlap."""
    found = []
    for rank, (kind, pattern) in enumerate(_GRANTS):
        for match in pattern.finditer(sentence):
            named = kind or _KIND_OF[_ANY_WORD.findall(match[0])[-1]]
            found.append((match.start(), rank, Grant(named, match.start(), match.end())))
    grants: list[Grant] = []
    for _, _, grant in sorted(found, key=lambda item: item[:2]):
        if not grants or grant.start >= grants[-1].end:
            grants.append(grant)
    return grants
