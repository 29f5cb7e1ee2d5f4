"""Whether a document still holds, in the words people ask it: recognised, answered first, cited."""

from datetime import date

import pytest

from assistant.ask import ask
from assistant.intent import read_intent
from index.dates import chinese_date

DAY = date(2022, 12, 15)  # every measure with dates is in force
LATER = date(2026, 1, 15)


@pytest.fixture
def say(gazette):
    def answer(question, as_of=LATER):
        return ask(question, [], gazette, as_of=as_of)

    return answer


@pytest.mark.parametrize(
    "question",
    [
        "赣州市市长质量奖管理办法到今天还有没有效力",
        "应急指挥那套办法是不是还在用",
        "减负纾困的政策是不是已经停了",
        "数字政府三年行动计划结束了没有",
        "竹产业的那个意见期限到了吗",
        "“十四五”医保规划到期没有",
        "赣市府办字〔2022〕101号是否已经失去效力？",
        "赣市府办字〔2022〕96号所定计划期是否已经结束？",
        "赣市府办发〔2022〕18号文件是否仍处于有效期内？",
        "《赣州市市长质量奖管理办法》目前是否仍然执行？",
        "禁止乱占耕地的通告今天还管不管事",
        "那笔五十万现在去要还作数不",
        "城乡社区服务体系规划还在规划期内吗",
        "政务数据安全管理办法目前是不是还处于试行阶段",
        "老的市长质量奖办法还用不用",
        "水电费补贴现在还能领吗",
        "请核查赣市府办发〔2022〕22号竹产业意见的时效性",
        "支持电力高质量发展的若干意见过时了没有",
        "数字政府建设三年行动计划已经收官了吧",
        "消防技术服务市场化改革的通知现在有没有停止执行",
        "2022年发的防雷安全通知，还需要照着做么",
    ],
)
def test_questions_of_validity(question):
    assert read_intent(question).kind == "validity"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("市长质量奖的有效期是几年", "duration"),  # a prize's, no document's
        ("有效期内的获奖组织由谁定期回访", "who"),
        ("一场评标，专家要来几个才算数", "count"),
        ("施工许可证过期了要罚多少钱", "amount"),
        ("联合验收申请表的投资规模填计划数还是决算数", "fact"),
        ("医保规划的规划期内要建成什么项目", "fact"),
        ("招标文件里有违法条款，交易要停吗", "can"),
        ("公告发布办法的同时是否取消中标资格", "can"),
        ("村级工作准入的规定有哪些", "list"),
        ("支持电力发展的意见管几年", "duration"),
        ("报名材料超过时限再交行不行，办法怎么说", "when"),
        ("什么情况下奖励被撤销", "fact"),
        ("见义勇为申请时限过了还能补申请吗", "when"),
        ("公示期限到了没人提异议，办法规定怎么办", "duration"),
        ("医保规划的规划期结束时参保率要达到多少", "count"),
        ("数字政府三年行动计划收官时要达到什么目标", "fact"),
        ("减负纾困政策里继续执行的有哪些", "list"),
        ("政务数据的规定里，工作数据怎么管", "how"),
        ("新办法施行后，哪份旧文件停止执行", "how"),
        ("2022年还有没有其他任命", "fact"),
        ("外单位收到这份通知，也得照着办吗", "can"),
        ("预审意见转正式审批前政策变了，费用谁出", "who"),
    ],
)
def test_questions_of_something_else(question, kind):
    assert read_intent(question).kind == kind


@pytest.mark.parametrize(
    ("question", "day", "status"),
    [
        (
            "公共资源交易管理暂行办法过期了吗",
            LATER,
            "已过有效期（自2022年12月1日起施行，有效期至2024年11月30日）",
        ),
        (
            "公共资源交易管理暂行办法过期了吗",
            DAY,
            "有效（自2022年12月1日起施行，有效期至2024年11月30日）",
        ),
        # A document described, not named, is judged too.
        (
            "奖励见义勇为的那个办法过期了没",
            LATER,
            "有效（自2022年10月31日起施行，未规定有效期）",
        ),
        ("见义勇为办法现在还有效吗", LATER, "有效（自2022年10月31日起施行，未规定有效期）"),
        (
            "政务数据安全管理办法过期了吗",
            LATER,
            "是否仍然有效，公报未载明（自2022年10月16日起施行，未规定试行期）",
        ),
        (
            "防雷安全工作的通知现在还能用不",
            LATER,
            "是否仍然有效，公报未载明（2022年10月22日印发，未写明施行日期，未规定有效期）",
        ),
        (
            "数字政府建设三年行动计划目前是否仍然有效",
            LATER,
            "已过有效期（2022年9月27日印发，未写明施行日期，是2022-2024年的安排）",
        ),
    ],
)
def test_whether_something_holds_is_answered_first(say, question, day, status):
    answer = say(question, day)
    assert answer.answered
    first = answer.text.split("\n")[0]
    assert first.startswith(f"截至{chinese_date(day.isoformat())}：《")
    assert first.endswith(f"{status}。")


def test_an_end_counted_from_the_day_of_issue_is_cited_with_that_day(say):
    """试行期2年 says nothing without the date of the document."""
    answer = say("22年出的那个工业项目买完地马上能动工的试点办法，到今天还管不管用")
    assert [c.clause.label for c in answer.citations] == ["末段", "题头"]
    assert "有效期至2024年10月11日" in answer.text.split("\n")[0]
    assert "2022年10月12日" in answer.citations[1].quote
    stated = say("公共资源交易管理暂行办法过期了吗")
    assert [c.clause.label for c in stated.citations] == ["第五十一条"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("赣市府办字〔2022〕101号是否已经失去效力？", "末段"),
        ("赣市府办发〔2022〕23号仍在执行吗，单位做合规检查要用", "第二十九条"),
        ("见义勇为那个条例文件停用了没有", "第二十三条"),
    ],
)
def test_what_states_it_is_cited_however_it_is_asked(say, question, label):
    answer = say(question)
    assert answer.answered
    assert label in [c.clause.label for c in answer.citations]


@pytest.mark.parametrize(
    "question",
    ["老的市长质量奖办法还用不用", "2017年的市长质量奖办法停了吗", "赣市府发〔2017〕12号还有效吗"],
)
def test_the_document_that_went_before_is_answered_by_its_repeal(say, question):
    answer = say(question)
    assert answer.text.startswith("截至2026年1月15日：赣市府发〔2017〕12号已停止执行")
    assert [c.clause.label for c in answer.citations] == ["第三十四条"]


@pytest.mark.parametrize(
    "question",
    [
        "原来的获奖企业现在还能申报市长质量奖吗",
        "以前得过市长质量奖的企业现在还能再申报吗",
        "2017年得过市长质量奖的企业现在还能申报吗",
        "2017年之后得奖的单位现在还能领市长质量奖奖金吗",
    ],
)
def test_what_is_older_than_the_document_is_not_the_document_before_it(say, question):
    assert "赣市府发〔2017〕12号已停止执行（" not in say(question).text


def test_the_document_in_force_is_not_taken_for_the_one_it_repeals(say):
    for question in ("市长质量奖的办法还有效吗", "2022年的市长质量奖办法还有效吗"):
        assert "（赣市府发〔2022〕15号）有效" in say(question).text.split("\n")[0]
    assert "停止执行" not in say("以前的见义勇为办法还管用吗").text


def test_of_a_document_that_only_the_news_names_nothing_is_said_to_hold(say):
    answer = say("章江湿地公园改革方案失效了吗")
    assert not answer.answered
    assert "没有写明它是否有效" in answer.text
    assert "截至" not in answer.text
