"""What a question asks for and the quoted sentences do not state."""

import pytest

from assistant.details import missing_detail
from assistant.intent import read_intent
from tests.quotes import whole_quote


def lacking(question, place):
    return missing_detail(question, read_intent(question), [whole_quote(place)])


SEEDLINGS = "赣市府字〔2022〕72号/三/（一）"
PRIZE = "赣市府发〔2022〕15号/第八条"
QUALITY = "赣市府办字〔2022〕102号/三/段2"


@pytest.mark.parametrize(
    ("question", "place", "missing"),
    [
        # Money must be given in a sentence that speaks of the thing, by the measure asked for.
        ("种脐橙买容器苗，一棵补几块钱", SEEDLINGS, "具体金额"),
        ("自研品种年销售额超过1亿元奖多少钱", SEEDLINGS, ""),
        ("省级专精特新企业迁来奖多少", "赣市府办字〔2022〕101号/二/3", "省级的情况"),
        ("国家级专精特新企业迁来奖多少", "赣市府办字〔2022〕101号/二/3", ""),
        # Days are not answered by years, nor by 及时.
        ("奖金几天能打到账上", "赣市府发〔2022〕15号/第二十八条", "何时到账"),
        ("弄虚作假的几年内不能再报", "赣市府发〔2022〕15号/第二十八条", ""),
        ("拿了奖的要交税吗", PRIZE, "是否缴税"),
        ("杨会清调到哪里去了", "赣市府字〔2022〕77号/正文", "去向"),
        # 几 in the story before the question asks for nothing, nor does 前几年.
        ("我想承包几亩好田来挖塘养鱼，准不准", "赣市府办字〔2022〕94号/二/（二）/3", ""),
        ("前几年答应给厂里的优惠，现在不认了咋办", "赣市府发〔2022〕13号/三/（四）/12", ""),
        ("报市长质量奖光评审就要交好几万，到底交多少", "赣市府发〔2022〕15号/第七条", ""),
        ("处理过的再生水卖多少钱", "赣市府办字〔2022〕106号/六/（十六）", ""),
        # 重新核定收费标准 is no price.
        ("污水处理费一吨几毛", "赣市府办字〔2022〕106号/六/（十六）", "具体金额"),
        ("医疗废物收费标准要考虑哪些因素", "赣市府办字〔2022〕106号/六/（十六）", ""),
        # A share is no number of anything, the date of a notice lasts nothing.
        ("竹子机器公家替我出几成", "赣市府办发〔2022〕22号/三/（三）", "具体比例"),
        ("顾问一聘是几年", "赣市府字〔2022〕81号/题头", "具体期限"),
        ("政府公报多久出一回", "刊头/封面", ""),
        ("救灾的东西该囤多少，是凭什么来估的", "赣市府办发〔2022〕18号/第三十七条", ""),
        ("拿地申请表上老板的手机号要留吗", "赣市府办字〔2022〕103号/附件1/法人代表", ""),
        ("种田人的那个平台叫什么名字", "赣市府办字〔2022〕98号/二/（四）/15", ""),
        ("按病种付费全覆盖是哪年的目标", "赣市府办发〔2022〕20号/三/（三）/表/序号6", ""),
        # So many must be enumerated, if that many are asked for.
        ("市属六大集团分别是哪六家企业", "赣市府办字〔2022〕100号/四/市国资委", "六项的名称"),
        ("事故现场划成哪三个区域", "赣市府办发〔2022〕18号/第二十一条", ""),
        # The gazette's own telephone is nobody else's.
        ("公管办的电话是多少", "刊头/编辑信息", "电话"),
        ("编辑部的电话是多少", "刊头/编辑信息", ""),
        ("章贡区管学校的副区长是哪个", "赣市府字〔2022〕73号/赖正文", "副区长的姓名"),
        ("工程档案要拷几批次", "赣市府办发〔2022〕21号/第十六条", "多少批次"),
        # Who holds a post is a name, not an office.
        ("总指挥由哪位同志担任", "赣市府办发〔2022〕18号/附件/序号1", "姓名"),
        ("赣南日报社社长叫什么名字", "赣市府字〔2022〕83号/正文", ""),
    ],
)
def test_a_figure_stands_where_the_thing_is_spoken_of(question, place, missing):
    assert lacking(question, place) == missing


@pytest.mark.parametrize(
    ("question", "place", "missing"),
    [
        ("2030年每万人发明专利拥有量目标多少", QUALITY, "2030年的情况"),
        ("2025年每万人发明专利拥有量目标多少", QUALITY, ""),
        # A rule holds in later years too.
        ("2026年首次获得市长质量奖奖多少钱", PRIZE, ""),
        ("第二十五次常务会议由谁主持", "政务动态3/段1", "第二十五次的情况"),
        ("第二十三次常务会议由谁主持", "政务动态3/段1", ""),
        # A target is one year's.
        ("2023年预制菜产值目标多少", "赣市府字〔2022〕72号/二/（二）/6", "2023年的情况"),
        ("2025年预制菜产值目标多少", "赣市府字〔2022〕72号/二/（二）/6", ""),
        # An edition is one, and a plan after the last that is spoken of is another.
        ("赣服通6.0版什么时候上线", "赣市府办字〔2022〕98号/三/（三）", "6.0版的情况"),
        ("赣服通5.0版什么时候上线", "赣市府办字〔2022〕98号/三/（三）", ""),
        ("医保十五五规划里报销比例多少", "赣市府办发〔2022〕20号/四/（二）/1", "十五五的情况"),
        # A number put forward to be confirmed is corrected, not missing.
        ("质量奖办法是第21次还是第22次常务会通过的", "赣市府发〔2022〕15号/印发通知", ""),
        # The gazette misprints 第二十一一次.
        ("第二十一次常务会议由谁主持", "政务动态1/段1", ""),
    ],
)
def test_a_year_or_a_meeting_is_the_one_asked_for(question, place, missing):
    assert lacking(question, place) == missing


@pytest.mark.parametrize(
    ("question", "place", "missing"),
    [
        ("要公示多久", "赣市府发〔2022〕14号/第十条", ""),
        ("要公示多久", "赣市府发〔2022〕14号/第五条", "具体期限"),
        ("奖励多少钱", "赣市府发〔2022〕15号/第八条", ""),
        ("给多少钱", "赣市府发〔2022〕14号/第五条", "具体金额"),
        ("占百分之几", "赣市府发〔2022〕14号/第五条", "具体比例"),
        ("从什么时候开始", "赣市府发〔2022〕14号/第二十三条", ""),
        ("从什么时候开始", "赣市府发〔2022〕14号/第五条", "具体时间"),
        ("为什么要制定", "赣市府发〔2022〕14号/第五条", "原因"),
        ("曹培倩被任命为什么", "赣市府字〔2022〕82号/正文", ""),
        ("电话是多少", "刊头/编辑信息", ""),
        ("多少亩地", "赣市府发〔2022〕14号/第五条", "多少亩"),
        ("谁来评定", "赣市府发〔2022〕14号/第五条", ""),
        # A rule holds in later years too, not before; a notice speaks of its own year.
        ("2025年公示要多久", "赣市府发〔2022〕14号/第十条", ""),
    ],
)
def test_a_detail_is_there_or_is_named(question, place, missing):
    assert lacking(question, place) == missing
