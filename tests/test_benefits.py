"""Benefits as rows: complete against the list read by hand, figures paired exactly, verbatim."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.benefits import Benefit, find_benefits
from index.benefit_facts import find_amounts
from index.types import Clause, Document, Span
from tests.gazette_factories import read_shipped, shipped_clause

HAND_MADE = Path(__file__).parent / "benefits_2022_05.txt"
MAX_EXTRA_SHARE = 0.10


@cache
def shipped_benefits() -> list[Benefit]:
    return find_benefits(read_shipped().clauses)


def benefits_of(place: str) -> list[Benefit]:
    clause = shipped_clause(place)
    return [row for row in shipped_benefits() if row.clause.id == clause.id]


def make_clause(text: str, name: str = "促进就业若干措施") -> Clause:
    document = Document(
        "2031-02", "2031年第2期", "桃府发〔2031〕7号", "", name, name, "意见", "", "2031-03-05", 1,
        Span(0, 0),
    )  # fmt: skip
    return Clause("2031-02/桃府发〔2031〕7号/一", document, (), "一", "item", text, (), 0)


def read_hand_made(mark: str) -> list[tuple[str, ...]]:
    """Return the rows of a mark, 文号 and place joined: "" expected, "+" accepted, "-" none."""
    rows: list[tuple[str, ...]] = []
    doc_no = ""
    for line in HAND_MADE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            doc_no = line.strip("[]")
        elif line and line[0] != "#" and (line[0] if line[0] in "+-" else "") == mark:
            place, *cells = (cell.strip() for cell in line.lstrip("+- ").split("|"))
            rows.append((f"{doc_no}/{place}", *cells))
    return rows


def match(row: Benefit, wanted: tuple[str, ...]) -> bool:
    place, kind, who, case, amount, what = wanted
    found = (row.clause.id.split("/", 1)[1], row.kind, row.who, row.case, row.amount)
    return found == (place, kind, who, case, amount) and row.what.startswith(what)


def test_every_benefit_of_the_hand_made_list_is_found_and_few_others():
    expected, accepted = read_hand_made(""), read_hand_made("+")
    unexplained = list(shipped_benefits())
    missing = []
    for wanted in (*expected, *accepted):
        row = next((row for row in unexplained if match(row, wanted)), None)
        if row:
            unexplained.remove(row)
        elif wanted in expected:
            missing.append(wanted)
    assert missing == []
    assert [(row.clause.id, row.what) for row in unexplained] == []
    assert len(accepted) <= MAX_EXTRA_SHARE * len(expected)


@pytest.mark.parametrize("place", [place for (place,) in read_hand_made("-")])
def test_statistics_budgets_and_duties_are_no_benefits(place):
    assert benefits_of(place) == []


def test_conditions_ceilings_offices_and_ends():
    (first, late_fee, subsidy) = benefits_of("赣市府办字〔2022〕101号/一/2")
    assert first.until == late_fee.until == "2022-12-31"
    assert subsidy.until == "2023-12-31"  # the document's own end
    assert late_fee.condition == "缓缴期间"
    assert subsidy.limit == "已出台实施相关政策的，不重复补贴"
    assert subsidy.condition.startswith("鼓励实施了部分或全域封控、管控措施")
    assert subsidy.office.startswith("市发改委、市工信局")

    (*_, turnover, _) = benefits_of("赣市府字〔2022〕72号/三/（二）")
    assert turnover.condition == (
        "注册在我市、年销售收入首次突破5亿元、2亿元且年度增幅超过20%的龙头企业"
    )
    assert turnover.limit == "已享受省级补助的不重复奖补"
    assert (turnover.office, turnover.until) == ("市农业农村局", "")

    standards = benefits_of("赣市府办字〔2022〕101号/四/11")
    assert {row.limit for row in standards} == {"同一企业，该项奖励累计不超过200万元"}

    (invested,) = benefits_of("赣市府字〔2022〕72号/三/（四）")
    assert (invested.amount, invested.limit) == ("实际投资额的1%", "最高不超过200万元")

    rewards = benefits_of("赣市府发〔2022〕14号/第十一条")
    assert [row.condition for row in rewards] == [
        "见义勇为人员事迹突出，在县(市、区)范围内有较大影响的",
        "在全市范围内有较大影响的",
        "因见义勇为致残的",
        "因见义勇为死亡或者完全丧失劳动能力的",
    ]
    assert [row.office for row in rewards] == ["县(市、区)人民政府", *["市人民政府"] * 3]


def test_groups_answer_who_am_i():
    groups: dict[str, set[str]] = {}
    for row in shipped_benefits():
        for group in row.groups:
            groups.setdefault(group, set()).add(row.clause.id.split("/", 1)[1])
    assert "赣市府发〔2022〕14号/第十六条" in groups["见义勇为人员"]  # from the document's name
    assert "赣市府字〔2022〕72号/三/（三）" in groups["合作社"]
    assert "赣市府字〔2022〕72号/三/（二）" in groups["龙头企业"]
    assert "赣市府办字〔2022〕98号/附件/序号9" in groups["农户"]
    assert groups["个体户"] == {
        "赣市府发〔2022〕14号/第十五条",
        "赣市府办字〔2022〕101号/一/2",
    }
    assert "赣市府办字〔2022〕101号/一/1" in groups["小微企业"]
    assert "赣市府办发〔2022〕20号/四/（一）/2" in groups["居民"]
    assert "赣市府办字〔2022〕99号/五/（十八）" in groups["社区工作者"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "对年营业收入首次超过1亿元、10亿元的企业，分别奖励20万元、50万元。",
            [("1亿元", "20万元"), ("10亿元", "50万元")],
        ),
        (
            "对新引进的博士、硕士，分别按每人每月2000元、1000元给予生活补贴。",
            [("博士", "每人每月2000元"), ("硕士", "1000元")],
        ),
        ("给予一等奖5万元、二等奖3万元奖励。", [("一等奖", "5万元"), ("二等奖", "3万元")]),
        # two cases, three amounts: nothing is paired, nothing is lost
        (
            "对获评驰名商标、名牌产品称号的，分别给予50万元、10万元、5万元奖励。",
            [("", "50万元、10万元、5万元")],
        ),
        (
            "对首次认定的农场一次性奖励20万元；对重新认定的，奖励10万元。",
            [("", "20万元"), ("", "10万元")],
        ),
        ("给予三千元至一万元奖金。", [("", "三千元至一万元")]),
        ("对种粮大户按每亩300元的标准给予补助。", [("", "每亩300元")]),
    ],
)
def test_amounts_are_paired_with_their_cases(text, rows):
    assert [(row.case, row.amount) for row in find_benefits([make_clause(text)])] == rows


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("符合条件的高校毕业生可享受一次性求职补贴1500元。", "补贴", "高校毕业生"),
        ("个体工商户可申请最高20万元创业担保贷款。", "贷款", "个体工商户"),
        ("免费为65岁以上老年人提供健康体检。", "免费服务", "65岁以上老年人"),
        ("对小规模纳税人免征增值税。", "减免", "小规模纳税人"),
        ("考试不向考生收取任何费用。", "减免", ""),
        ("鼓励有条件的县为居民购买意外伤害险。", "保险", "居民"),
    ],
)
def test_wordings_of_other_gazettes(text, kind, who):
    (row,) = find_benefits([make_clause(text)])
    assert (row.kind, row.who) == (kind, who)


@pytest.mark.parametrize(
    "text",
    [
        "2021年全市发放各类补贴1.2亿元。",
        "截至年底，累计减免税费3亿元。",
        "奖补资金预算3000万元。",
        "获奖组织不再给予奖金奖励。",
        "符合享受工伤保险待遇条件的，依法办理。",
        "报请给予奖励的人民政府撤销其荣誉。",
        "电力企业不予支付林木补偿费。",
        "招商引资总投资突破50亿元。",
    ],
)
def test_sentences_that_give_nothing(text):
    assert find_benefits([make_clause(text)]) == []


def test_facts_are_read_where_a_clause_from_the_store_has_none():
    bare = [
        Clause(c.id, c.document, c.path, c.label, c.kind, c.text, c.spans, c.order, c.columns)
        for c in read_shipped().clauses
    ]
    assert find_benefits(bare) == shipped_benefits()


def check_verbatim(row: Benefit) -> None:
    text = row.clause.text
    assert text[row.start : row.end] == row.quote
    assert row.what and row.what in row.quote
    for piece in (row.who, row.amount, row.condition, row.case, row.limit, row.office):
        assert piece in text
    for piece in (row.who, row.amount, row.condition):
        assert piece == piece.strip(" ，,")


def test_every_field_of_the_shipped_rows_is_verbatim():
    for row in shipped_benefits():
        check_verbatim(row)


FRAGMENTS = (
    "对", "为", "由", "市财政局", "农民合作社", "小微企业", "符合条件的", "首次认定的", "分别",
    "，", "、", "；", "。", "：", "\n", "|", " ", "(", "）", "（一）", "第一条", "1.", "给予",
    "予以", "一次性", "50万元", "三万元", "1%", "2亿元", "奖励", "补贴", "免收", "租金",
    "缓缴", "贷款", "（责任单位：市工信局）", "最高不超过", "享受", "待遇", "不", "已",
    "按", "的", "每户", "申领", "等服务上线", "将", "纳入", "补助范围", "鼓励有条件的县",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_any_text_gives_verbatim_rows(text):
    for row in find_benefits([make_clause(text)]):
        check_verbatim(row)


@pytest.mark.parametrize(
    ("place", "amounts"),
    [
        ("赣市府字〔2022〕72号/三/（一）", ["3000000元", "1000000元"]),
        ("赣市府字〔2022〕72号/三/（四）", ["1%", "2000000元"]),
        ("赣市府字〔2022〕72号/三/（六）", []),  # shares of land quotas
        ("赣市府办字〔2022〕101号/一/2", ["30%"]),
        ("赣市府办发〔2022〕20号/一/（八）", []),  # what has been reached
        ("赣市府办发〔2022〕20号/一/（六）", []),  # fines
    ],
)
def test_amount_facts(place, amounts):
    assert [fact.value for fact in find_amounts(shipped_clause(place))] == amounts
