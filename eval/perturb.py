"""The same questions as people really type them: slips, other scripts, short names, filler.

Deterministic: what is changed depends on the question's id and wording only, so a perturbed run
is compared with the clean one question by question (``python -m eval compare``). Names in 《》 and
文号 keep their characters where a slip would make the question unanswerable for a reader too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping

from eval.questions import Question

SLIP_EVERY = 10  # characters per slip: about one a question, as typed on a phone

# Homophones that a pinyin keyboard offers, one direction each.
_INTENDED = (
    "在做的那他请帖贴补办法款费期限报奖励申条件规定市县管理部门位员公司证明"
    "材料交给钱领多少几年月天到找谁能要会农业种地房租建医保险老救伤赔查罚工"
)
_TYPED = (
    "再作得哪她清贴帖捕半发宽废其现抱讲力深调见归订是线馆里步们为圆工思正名"
    "才聊教几前令都烧机念约添道早水嫩药汇浓页中的防组见衣宝显劳就商陪察法公"
)
_HOMOPHONES = dict(zip(_INTENDED, _TYPED, strict=True))

# Characters whose Traditional form is one other character, in the order of the lists.
_SIMPLIFIED = (
    "万与专业东两严个丰临为举义乐习乡书买乱争于亏产亲亿仅从仓仪们价众优会伟传伤伦体余佣侧侨债"
    "倾偿储儿兑党兰关兴养兽内册写军农冲决况冻净准减凤凭凯击创划刘则刚删别剂剧劝办务动励劳势区医"
    "华协单卖卢卫却厂厅历厉压厌厕县参双发变叙号叹吓吗听启员响哑喷团园围国图圆圣场坏块坚坛坝坞"
    "坟坠垄垒垦垫壮声处备复够头夹夺奋奖奥妆妇妈娱孙学宁宝实宠审宪宫宽宾寝对寻导寿将尔尘尝层属"
    "岁岂岛岗峡币帅师帐带帮干广庄庆库应庙废开异弃张弥弯弹强归当录彻径忆忧怀态怜总恋恶恼悬惊惧"
    "惨惩惯愿懒戏战户扑执扩扫扬扰抚抢护报担拟拥拦择挂挡挤挥捞损换据掷摄摆摇敌数斗断无旧时显晋晓"
    "暂术机杀杂权条来杨极构枪标栏树样桥档梦检楼欢欧残毁气汇汉污汤沟没泪泽洁济测浓涂涛涨润渐温湾"
    "湿满滚滞灭灯灵炉点炼烂烧热爱爷牵状独狱猎环现玛画畅疗疯疮痒监盖盘着睁码矿础硕确碍礼祸离种积"
    "称稳穷窃窑竞笔笼筑签简粮紧纠红纤约级纪纯纲纳纵纷纸纹线练组细织终绍经结绕给络绝统继绩续维绵"
    "综绿缓编缘缩缴网罗罚罢职联聪肃肠肤肾肿胁胜胶脏脑脚脱脸腾舆舰艺节芦苏苹荐药莱获营萧蓝虑虚虫"
    "虽补装规视览觉触计订认讨让训议讯记讲许论设访证评识诉词试诚话询该详语误说请诸读课调谈谋谢谱贝"
    "负贡财责败货质贩贫购贯贴贵贷贸费贺资赋赏赔赖赚赛赞车轨转轮软轻载较辅辆辈输辖边达迁过迈运还这"
    "进远违连迟适选递逻遗邓邮邻郑酱释针钟钢钱钻铁铜铝银铺链销锁错键镇长门问间闲闹闻阅队阳阴阶际"
    "陆陈险随隐难雾静韩页项顺须顾顿预领频题额颜风飞饭饮饰饱馆马驱驶驻验骑骗鱼鸟鸡鸣麦黄齐龙龄见电届范注后几并毕尽赶么"
)
_TRADITIONAL = (
    "萬與專業東兩嚴個豐臨為舉義樂習鄉書買亂爭於虧產親億僅從倉儀們價眾優會偉傳傷倫體餘傭側僑債"
    "傾償儲兒兌黨蘭關興養獸內冊寫軍農衝決況凍淨準減鳳憑凱擊創劃劉則剛刪別劑劇勸辦務動勵勞勢區醫"
    "華協單賣盧衛卻廠廳歷厲壓厭廁縣參雙發變敘號嘆嚇嗎聽啟員響啞噴團園圍國圖圓聖場壞塊堅壇壩塢"
    "墳墜壟壘墾墊壯聲處備復夠頭夾奪奮獎奧妝婦媽娛孫學寧寶實寵審憲宮寬賓寢對尋導壽將爾塵嘗層屬"
    "歲豈島崗峽幣帥師帳帶幫幹廣莊慶庫應廟廢開異棄張彌彎彈強歸當錄徹徑憶憂懷態憐總戀惡惱懸驚懼"
    "慘懲慣願懶戲戰戶撲執擴掃揚擾撫搶護報擔擬擁攔擇掛擋擠揮撈損換據擲攝擺搖敵數鬥斷無舊時顯晉曉"
    "暫術機殺雜權條來楊極構槍標欄樹樣橋檔夢檢樓歡歐殘毀氣匯漢污湯溝沒淚澤潔濟測濃塗濤漲潤漸溫灣"
    "濕滿滾滯滅燈靈爐點煉爛燒熱愛爺牽狀獨獄獵環現瑪畫暢療瘋瘡癢監蓋盤著睜碼礦礎碩確礙禮禍離種積"
    "稱穩窮竊窯競筆籠築簽簡糧緊糾紅纖約級紀純綱納縱紛紙紋線練組細織終紹經結繞給絡絕統繼績續維綿"
    "綜綠緩編緣縮繳網羅罰罷職聯聰肅腸膚腎腫脅勝膠臟腦腳脫臉騰輿艦藝節蘆蘇蘋薦藥萊獲營蕭藍慮虛蟲"
    "雖補裝規視覽覺觸計訂認討讓訓議訊記講許論設訪證評識訴詞試誠話詢該詳語誤說請諸讀課調談謀謝譜貝"
    "負貢財責敗貨質販貧購貫貼貴貸貿費賀資賦賞賠賴賺賽贊車軌轉輪軟輕載較輔輛輩輸轄邊達遷過邁運還這"
    "進遠違連遲適選遞邏遺鄧郵鄰鄭醬釋針鐘鋼錢鑽鐵銅鋁銀鋪鏈銷鎖錯鍵鎮長門問間閒鬧聞閱隊陽陰階際"
    "陸陳險隨隱難霧靜韓頁項順須顧頓預領頻題額顏風飛飯飲飾飽館馬驅駛駐驗騎騙魚鳥雞鳴麥黃齊龍齡見電屆範註後幾並畢盡趕麼"
)
_TO_TRADITIONAL = str.maketrans(_SIMPLIFIED, _TRADITIONAL)

# Short names people use for offices and things; the longest full name first.
_SHORT_NAMES: Mapping[str, str] = {
    "发展和改革委员会": "发改委",
    "发展改革委": "发改委",
    "人力资源和社会保障局": "人社局",
    "住房和城乡建设局": "住建局",
    "市场监督管理局": "市监局",
    "生态环境局": "环保局",
    "行政审批局": "审批局",
    "公共资源交易": "公资交易",
    "个体工商户": "个体户",
    "国有企业": "国企",
    "中小微企业": "小微",
    "小微企业": "小微",
    "高新技术企业": "高企",
    "城乡居民基本医疗保险": "居民医保",
    "基本医疗保险": "医保",
    "医疗保险": "医保",
    "人民政府": "政府",
    "常务委员会": "常委会",
    "有限责任公司": "公司",
    "有限公司": "公司",
    "知识产权": "知产",
    "办公室": "办",
    "管理办法": "办法",
    "实施方案": "方案",
    "行动方案": "方案",
    "行动计划": "计划",
    "规划纲要": "规划",
}

_OPENINGS = ("请问一下哈，", "那个，", "麻烦问下，", "你好，我想问问，", "哎，")
_ENDINGS = ("啊", "呢", "嘛", "咯", "哈", "呀，急")

_NAMED = re.compile(r"《[^》]*》|[一-鿿]{2,8}〔\d{4}〕\d+号")
_HALF_TO_FULL = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_FULL_TO_HALF = str.maketrans("，。？！：；（）“”〔〕", ',.?!:;()""[]')


def _pick(question: Question, purpose: str, size: int) -> int:
    """Choose one of ``size`` by the question alone: the same on every machine and every run."""
    seed = f"{purpose}/{question.id}/{question.question}".encode()
    return int.from_bytes(hashlib.sha256(seed).digest()[:8]) % size


def _outside_names(text: str) -> list[int]:
    """Return the places of characters outside 《titles》 and 文号."""
    inside = {i for match in _NAMED.finditer(text) for i in range(*match.span())}
    return [i for i in range(len(text)) if i not in inside]


def slip(question: Question) -> str:
    """Replace characters by homophones, one in ``SLIP_EVERY``; swap two where none fits."""
    text = question.question
    free = _outside_names(text)
    places = [i for i in free if text[i] in _HOMOPHONES]
    characters = list(text)
    if not places:
        pairs = [i for i in free if i + 1 in free and text[i : i + 2].isalpha()]
        if pairs:
            i = pairs[_pick(question, "swap", len(pairs))]
            characters[i], characters[i + 1] = characters[i + 1], characters[i]
        return "".join(characters)
    first = _pick(question, "slip", len(places))
    count = max(1, len(text) // SLIP_EVERY)
    for step in range(min(count, len(places))):
        i = places[(first + step * SLIP_EVERY // 2) % len(places)]
        characters[i] = _HOMOPHONES[text[i]]
    return "".join(characters)


def to_traditional(question: Question) -> str:
    """Write the question in Traditional characters, character by character."""
    return question.question.translate(_TO_TRADITIONAL)


def shorten_names(question: Question) -> str:
    """Use the short names of offices and things, outside 《titles》."""
    pieces = re.split(r"(《[^》]*》)", question.question)
    for index in range(0, len(pieces), 2):
        for full, short in _SHORT_NAMES.items():
            pieces[index] = pieces[index].replace(full, short)
    return "".join(pieces)


def add_filler(question: Question) -> str:
    """Begin and end as people speak."""
    opening = _OPENINGS[_pick(question, "opening", len(_OPENINGS))]
    ending = _ENDINGS[_pick(question, "ending", len(_ENDINGS))]
    return opening + question.question.rstrip("？?。") + ending


def change_width(question: Question) -> str:
    """Full-width digits and letters, half-width punctuation: the reverse of what is usual."""
    return question.question.translate(_HALF_TO_FULL).translate(_FULL_TO_HALF)


PERTURBATIONS: Mapping[str, Callable[[Question], str]] = {
    "typo": slip,
    "traditional": to_traditional,
    "abbreviation": shorten_names,
    "colloquial": add_filler,
    "width": change_width,
}


def perturb_question(question: Question, name: str) -> Question:
    """Return the question with its wording perturbed; id, gold and facts stay.

    Raises ``ValueError`` naming the perturbations there are.
    """
    if name not in PERTURBATIONS:
        raise ValueError(f"没有改写 {name}；可用: {'、'.join(PERTURBATIONS)}")
    return question.model_copy(
        update={"question": PERTURBATIONS[name](question), "perturbation": name}
    )
