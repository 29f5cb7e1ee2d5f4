"""Details asked for by a word of their own, which a clause that states them holds."""

import pytest

from assistant.detail_words import lacking_detail, load_details


@pytest.mark.parametrize(
    ("question", "evidence", "lacking"),
    [
        ("当网格员要什么学历", "城市社区设置专职网格员，统一管理。", "学历要求"),
        ("当网格员要什么学历", "应当具有大专以上学历。", ""),
        ("奖金要不要交税", "给予五千元至二万元奖金。", "是否缴税"),
        ("聘期是几年", "决定聘请熊建明等16人为招商顾问。", "聘期或任期"),
        ("奖金给多少", "给予五千元至二万元奖金。", ""),
        ("冒用牌子要罚几多钱", "不得伪造、冒用标识。", "罚款数额"),
        ("几多岁能领", "为老年人发放高龄津贴。", "年龄要求"),
        ("八十几岁的人能领吗", "为老年人发放津贴。", ""),
        ("要不要写是哪家公司申请", "项目单位", ""),
    ],
)
def test_a_detail_is_lacking_where_no_word_states_it(question, evidence, lacking):
    assert lacking_detail(question, evidence) == lacking


def test_hardly_an_expansion_lacks_what_its_own_clause_states(gazette):
    """The expansions were written from their clauses, so that every one of them is answered."""
    false_alarms = total = 0
    for clause_id, asked in gazette.expansions.items():
        clause = gazette.clauses[clause_id]
        said = " ".join((clause.document.title, *clause.path, clause.columns, clause.text))
        false_alarms += sum(bool(lacking_detail(question, said)) for question in asked)
        total += len(asked)
    assert false_alarms <= 0.002 * total


def test_every_detail_is_named_once():
    names = [detail.name for detail in load_details()]
    assert len(set(names)) == len(names) > 20


@pytest.mark.parametrize(
    "content",
    [
        "税\t交税\n",  # nothing states it
        "税\t交税\t税\t多\n",
        "税\t交税  缴税\t税\n",
        "税\t交税\t税\n税\t缴税\t税\n",
        "税\t交税\t税\n费\t交税\t费\n",
        b"\xff\xfe\t\n",
    ],
)
def test_a_table_that_cannot_be_read_names_its_line(tmp_path, content):
    path = tmp_path / "details.tsv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=r"details\.tsv:[12]: "):
        load_details(path)


def test_a_unit_is_stated_by_a_figure_before_it(tmp_path):
    path = tmp_path / "details.tsv"
    path.write_text("面积\t多大\t#亩\n", encoding="utf-8")
    (detail,) = load_details(path)
    assert detail.stated.search("不少于3万亩")
    assert not detail.stated.search("每亩")


def test_a_malformed_line_is_named(tmp_path):
    path = tmp_path / "details.tsv"
    path.write_text("# comment\n税\t交税\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"details\.tsv:2: .*tabs between"):
        load_details(path)
