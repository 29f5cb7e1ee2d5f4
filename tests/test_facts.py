"""Facts of clauses against values taken by hand from the shipped issue, and on made-up clauses."""

import pytest

from index.facts import find_facts
from index.types import Clause, Document, Fact, Span
from tests.gazette_factories import read_shipped, shipped_clause

# Every statement of the issue about when a document takes effect, ends, or what it repeals.
VALIDITY = {
    ("赣市府发〔2022〕14号/第二十三条", "effective", "2022-10-31"),
    ("赣市府发〔2022〕15号/第三十四条", "effective", "2022-09-27"),
    ("赣市府发〔2022〕15号/第三十四条", "repeals", "赣市府发〔2017〕12号"),
    ("赣市府办发〔2022〕19号/第四十条", "effective", "2022-09-28"),
    ("赣市府办发〔2022〕21号/第五十一条", "effective", "2022-12-01"),
    ("赣市府办发〔2022〕21号/第五十一条", "expiry", "P2Y"),
    ("赣市府办发〔2022〕23号/第二十九条", "effective", "2022-10-16"),
    ("赣市府办字〔2022〕101号/末段", "effective", "2022-10-09"),
    ("赣市府办字〔2022〕101号/末段", "expiry", "2023-12-31"),
    ("赣市府办字〔2022〕103号/末段", "trial", "P2Y"),
}

COUNTIES = "各县（市、区）人民政府"

# place, 牵头单位, 责任单位
DUTIES = [
    (
        "赣市府发〔2022〕13号/三/（一）/1",
        ["市政府办公室"],
        ["市政府各部门", "各县(市、区)"],
    ),
    (
        "赣市府字〔2022〕72号/二/（三）/8/段2",
        ["市农业农村局"],
        ["市果业发展中心", "市林业局", COUNTIES],
    ),
    (
        "赣市府字〔2022〕72号/二/（四）/13",
        ["市农业农村局", "市工信局"],
        ["市科技局", "赣南科学院", COUNTIES],
    ),
    (
        "赣市府字〔2022〕72号/三/（一）",
        ["市农业农村局", "果业发展中心"],
        ["市财政局", COUNTIES],
    ),
    # by the division of duties, without a role; the third says who carries it out
    (
        "赣市府办发〔2022〕24号/三/（一）",
        [],
        ["市发改委", "国网赣州供电公司", COUNTIES, "赣州经开区管委会", "蓉江新区管委会"],
    ),
    (
        "赣市府办发〔2022〕24号/七/（九）",
        [],
        ["市自然资源局", "市发改委", "市行政审批局", "市林业局", "市生态环境局"],
    ),
    (
        "赣市府办字〔2022〕106号/二/（五）",
        [],
        ["市发改委", "市城管局", "市生态环境局", "市卫健委", COUNTIES],
    ),
    ("赣市府办字〔2022〕106号/五/（十五）", [], ["市生态环境局", COUNTIES]),
    # a remark beside the offices is no office
    (
        "赣市府办字〔2022〕99号/一/（一）",
        [],
        ["市委组织部", "市民政局", "市城市住房服务中心", "市农业农村局", COUNTIES],
    ),
    (
        "赣市府办字〔2022〕110号/二/（一）/1",
        [],
        ["市市场监管局", "市卫健委", "市农业农村局", "市司法局"],
    ),
    (
        "赣市府办字〔2022〕101号/三/6",
        [],
        [
            "市政府金融办",
            "行政审批局",
            "人民银行赣州市中支",
            "赣州银保监分局",
            "市属（驻市）各银行机构",
            COUNTIES,
        ],
    ),
    # in a heading, with placeholders in angle brackets
    (
        "赣市府办字〔2022〕103号/四/（三）",
        ["县<市、区>行政审批局", "县<市、区>自然资源局"],
        [],
    ),
    # table rows
    ("赣市府办发〔2022〕18号/附件/序号1", [], ["市应急管理局", "市水利局"]),
    ("赣市府办发〔2022〕18号/附件/序号21", [], ["市政府办（外事办）"]),
    ("赣市府办发〔2022〕18号/附件/序号25", [], ["市政府金融办", "人行赣州中心支行"]),
    (
        "赣市府办字〔2022〕96号/附件/序号7",
        ["行政审批局"],
        [
            "市委网信办",
            "市国投集团",
            "各县(市、区)人民政府",
            "赣州经开区",
            "蓉江新区管委会",
        ],
    ),
    ("赣市府办字〔2022〕98号/附件/序号10", [], ["市人力资源和社会保障局"]),
]

# place, value, verbatim
DEADLINES = [
    ("赣市府字〔2022〕72号/二/（四）/15", ["2022-12-31", "2023-12-31"]),
    ("赣市府办发〔2022〕24号/八/（十九）", ["2022-12-31"]),
    ("赣市府办字〔2022〕96号/附件/序号2", ["2023-06-30"]),
    ("赣市府办字〔2022〕96号/附件/序号5", ["2023-12-31"]),
    ("赣市府办字〔2022〕96号/附件/序号29", ["长期坚持"]),
    ("赣市府办字〔2022〕98号/二/（二）/6", ["2022-11-30", "2022-12-31"]),
    ("赣市府办字〔2022〕99号/一/（三）", ["长期坚持"]),
    ("赣市府办字〔2022〕99号/二/（九）", ["2024-12-31"]),
    ("赣市府办字〔2022〕100号/三/（二）", ["2023-06-30"]),
    ("赣市府办字〔2022〕103号/四/（二）", ["5个工作日"]),
]

REFERENCES = {
    ("赣市府发〔2022〕14号/第六条", "第二条"),
    ("赣市府发〔2022〕15号/第三十四条", "赣市府发〔2017〕12号"),
    ("赣市府字〔2022〕81号/正文", "赣市府办发〔2022〕13号"),
    ("赣市府办发〔2022〕18号/第八条", "附件"),
    ("赣市府办发〔2022〕22号/引言", "林发改〔2021〕104号"),
    ("赣市府办发〔2022〕22号/引言", "赣府厅发〔2021〕18号"),
    ("赣市府办发〔2022〕24号/引言", "赣府厅发〔2022〕10号"),
    ("赣市府办发〔2022〕24号/八/（十八）", "赣市发改价管字〔2022〕310号"),
    ("赣市府办字〔2022〕98号/引言", "赣发〔2022〕5号"),
    ("赣市府办字〔2022〕98号/引言", "赣市发〔2022〕4号"),
    ("赣市府办字〔2022〕99号/引言", "国办发〔2021〕56号"),
    ("赣市府办字〔2022〕99号/引言", "赣府厅字〔2022〕77号"),
    ("赣市府办字〔2022〕101号/引言", "赣市府字〔2022〕26号"),
    ("赣市府办字〔2022〕101号/引言", "赣市府字〔2022〕46号"),
    ("赣市府办字〔2022〕102号/引言", "赣发〔2022〕20号"),
    ("赣市府办字〔2022〕103号/四/（二）", "附件1"),
    ("赣市府办字〔2022〕103号/四/（二）", "附件2"),
    ("赣市府办字〔2022〕103号/四/（四）/3", "附件3"),
    ("赣市府办字〔2022〕106号/引言", "国办函〔2022〕7号"),
    ("赣市府办字〔2022〕106号/引言", "赣府厅字〔2022〕70号"),
    ("赣市府办字〔2022〕107号/引言", "赣府厅字〔2022〕39号"),
    ("赣市府办字〔2022〕110号/引言", "国办发〔2021〕16号"),
    ("赣市府办字〔2022〕110号/引言", "赣府厅发〔2021〕39号"),
}

APPOINTMENTS = {
    "赣市府字〔2022〕76号/正文": [("何翔", "免赣州市生态文明研究中心副主任")],
    "赣市府字〔2022〕77号/正文": [
        ("唐晓青", "任赣州市民政局副局长"),
        ("丁毅", "免赣州市民政局副局长"),
        ("李升隆", "免赣州市文化广电新闻出版旅游局副局长"),
        ("陆经龙", "免赣州市水利局副局长"),
        ("杨会清", "免赣州市农业农村局副局长"),
    ],
    "赣市府字〔2022〕78号/正文": [
        ("季勤", "任赣州市科学技术局副局长"),
        ("翟朋", "任赣州市文化广电新闻出版旅游局副局长"),
        ("胡春梅", "任赣州市统计局副局长"),
        ("曾小云", "任赣州市乡村振兴局副局长"),
        ("赵志钢", "免赣州市科学技术局副局长"),
    ],
    "赣市府字〔2022〕82号/正文": [("曹培倩", "任赣州市人民政府金融工作办公室副主任(挂职一年半)")],
    "赣市府字〔2022〕83号/正文": [
        ("赖德亮", "任赣州市生态环境技术服务中心主任(试用期一年)"),
        ("温江涛", "免赣州市人民政府副秘书长、赣州市人民政府办公室主任"),
        ("郑保平", "免赣南卫生健康职业学院副院长"),
    ],
}


def facts_of(clause: Clause, kind: str) -> list[Fact]:
    return [fact for fact in clause.facts if fact.kind == kind]


def shipped_facts(*kinds: str) -> list[tuple[str, Fact]]:
    """Return (place, fact) for every fact of the issue of these kinds."""
    return [
        (clause.id.removeprefix("2022-05/"), fact)
        for clause in read_shipped().clauses
        for fact in clause.facts
        if fact.kind in kinds
    ]


def make_clause(text: str, clause_kind: str = "paragraph", columns: str = "") -> Clause:
    number = "桃府发〔2031〕7号"
    document = Document(
        "2031-02", "2031年第2期", number, number, "通知", "通知", "通知", "", "2031-03-05", 1,
        Span(0, len(text)),
    )  # fmt: skip
    return Clause("2031-02/x", document, (), "一、", clause_kind, text, (), 0, columns)


def found(kind: str, text: str, **clause: str) -> list[str]:
    """Return the values of a made-up clause's facts of one kind."""
    facts = [fact for fact in find_facts(make_clause(text, **clause)) if fact.kind == kind]
    assert all(text[fact.start : fact.end] == fact.text for fact in facts)
    return [fact.value for fact in facts]


# Validity


def test_every_statement_of_validity_is_found_and_nothing_else():
    facts = shipped_facts("effective", "expiry", "trial", "repeals")
    assert {(place, f.kind, f.value) for place, f in facts if f.role != "条款"} == VALIDITY


def test_a_measure_with_its_own_end_does_not_end_the_document():
    (place, fact), *others = [
        (place, fact) for place, fact in shipped_facts("expiry") if fact.role == "条款"
    ]
    assert others == []
    assert place == "赣市府办字〔2022〕101号/一/2"
    assert (fact.value, fact.text) == ("2022-12-31", "延长至2022年12月")


def test_the_validity_of_a_prize_is_not_that_of_the_document():
    clause = shipped_clause("赣市府发〔2022〕15号/第二十三条")
    assert "市长质量奖有效期为3年" in clause.text
    assert facts_of(clause, "expiry") == []


def test_the_statements_are_quoted():
    closing = shipped_clause("赣市府办字〔2022〕101号/末段")
    assert [fact.text for fact in closing.facts] == [
        "自发布之日起实施",
        "有效期截至2023年12月31日",
    ]
    repealing = shipped_clause("赣市府发〔2022〕15号/第三十四条")
    (repeal,) = facts_of(repealing, "repeals")
    assert repeal.text == "《赣州市市长质量奖管理办法》（赣市府发〔2017〕12号）停止执行"


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("本规定自2031年7月1日起正式施行。", "effective", ["2031-07-01"]),
        ("本办法自公布之日起施行。", "effective", ["2031-03-05"]),
        ("本细则自 2031 年 7 月 1 日起试行，试行期一年。", "trial", ["P1Y"]),
        ("本办法自印发之日起试行两年。", "trial", ["P2Y"]),
        ("本通知自印发之日起施行，有效期为五年。", "expiry", ["P5Y"]),
        ("本办法有效期6个月。", "expiry", ["P6M"]),
        ("本办法有效期至2032年6月30日。", "expiry", ["2032-06-30"]),
        ("证书有效期为三年。", "expiry", []),
        ("《桃源市渡口办法》同时废止。", "repeals", ["桃源市渡口办法"]),
        ("《甲办法》（桃府发（2019）3号）即行废止。", "repeals", ["桃府发〔2019〕3号"]),
        (
            "《甲办法》（桃府发〔2019〕3号）、《乙规定》和《丙细则》同时废止。",
            "repeals",
            ["桃府发〔2019〕3号", "乙规定", "丙细则"],
        ),
        ("依照《桥梁法》停止执行有关处罚。", "repeals", []),
    ],
)
def test_validity_as_other_documents_write_it(text, kind, values):
    assert found(kind, text) == values


# Duties and deadlines


@pytest.mark.parametrize(("place", "leading", "responsible"), DUTIES)
def test_offices_by_role(place, leading, responsible):
    duties = facts_of(shipped_clause(place), "duty")
    assert [fact.value for fact in duties if fact.role == "牵头单位"] == leading
    assert [fact.value for fact in duties if fact.role == "责任单位"] == responsible
    assert len(duties) == len(leading) + len(responsible)


def test_every_item_of_a_document_that_assigns_work_names_an_office():
    for number, headings in (
        ("赣市府办发〔2022〕24号", "三四五六七八九十"),
        ("赣市府办字〔2022〕106号", "二三四五六七"),
    ):
        for clause in read_shipped().clauses:
            in_part = clause.path and clause.path[0][0] in headings and len(clause.path) == 1
            if clause.document.key == number and clause.kind == "item" and in_part:
                assert facts_of(clause, "duty"), clause.id


def test_no_office_is_a_remark_or_half_a_bracket():
    for place, fact in shipped_facts("duty"):
        assert not fact.value.endswith(("等", "下同", "列出", "负责")), place
        assert fact.value.count("（") == fact.value.count("）"), place
        assert fact.value.count("(") == fact.value.count(")"), place
        assert len(fact.value) <= 20, place


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("（责任单位：市交通局、各县（市、区）人民政府）", ["市交通局", "各县（市、区）人民政府"]),
        ("(牵头单位:市交通局;责任单位:市水利局,市财政局)", ["市交通局", "市水利局", "市财政局"]),
        ("〔责任单位：市审计局等市直有关部门〕", ["市审计局", "市直有关部门"]),
        ("（市交通局、市财政局等按职责分工负责）", ["市交通局", "市财政局"]),
        ("［市交通局牵头，各区人民政府负责落实］", ["市交通局", "各区人民政府"]),
        ("由市交通局负责解释。", []),
    ],
)
def test_annotations_as_other_documents_write_them(text, values):
    assert found("duty", text) == values


def test_a_row_assigns_by_its_columns():
    columns = "序号 | 任务 | 牵头单位 | 完成时限"
    row = "| 1 | 东桥 | 市交通局、 市水利局 | 2031年6月底前 |"
    assert found("duty", row, clause_kind="row", columns=columns) == ["市交通局", "市水利局"]
    assert found("deadline", row, clause_kind="row", columns=columns) == ["2031-06-30"]


@pytest.mark.parametrize(("place", "values"), DEADLINES)
def test_deadlines(place, values):
    assert [fact.value for fact in facts_of(shipped_clause(place), "deadline")] == values


def test_every_task_of_the_list_has_a_deadline():
    rows = [c for c in read_shipped().clauses if "96号/附件/序号" in c.id]
    assert [len(facts_of(row, "deadline")) for row in rows] == [1] * 29


# References and appointments


def test_every_reference_is_found_and_nothing_else():
    assert {(place, fact.value) for place, fact in shipped_facts("reference")} == REFERENCES


@pytest.mark.parametrize(("place", "expected"), APPOINTMENTS.items())
def test_appointments(place, expected):
    facts = facts_of(shipped_clause(place), "appointment")
    assert [(fact.value, fact.role) for fact in facts] == expected


def test_only_the_five_notices_appoint():
    assert {place for place, _ in shipped_facts("appointment")} == set(APPOINTMENTS)
