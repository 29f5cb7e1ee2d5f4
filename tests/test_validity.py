"""Whether a measure may be relied on: every document that states it, on days before and after."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.ask import ask
from assistant.extract import write_validity
from assistant.plan_period import find_period
from assistant.validity import clause_validity
from index.facts import find_facts
from index.reading import read_gazette
from tests.gazette_factories import make_document, make_gazette, write_gazette

ISSUE = "2022-05"
OLD = "《赣州市市长质量奖管理办法》（赣市府发〔2017〕12号）"


def validity(gazette, place, day):
    clauses = gazette.clauses
    return clause_validity(clauses[f"{ISSUE}/{place}"], clauses, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("place", "day", "status"),
    [
        # 自2022年10月31日起施行
        ("赣市府发〔2022〕14号/第十一条", "2022-10-30", "未施行"),
        ("赣市府发〔2022〕14号/第十一条", "2022-10-31", "有效"),
        ("赣市府发〔2022〕14号/第十一条", "2099-01-01", "有效"),
        # 自发布之日起施行, 2022-09-27
        ("赣市府发〔2022〕15号/第八条", "2022-09-26", "未施行"),
        ("赣市府发〔2022〕15号/第八条", "2022-09-27", "有效"),
        # 自印发之日起施行, 2022-09-28
        ("赣市府办发〔2022〕19号/第一条", "2022-09-27", "未施行"),
        ("赣市府办发〔2022〕19号/第一条", "2022-09-28", "有效"),
        # 自2022年12月1日起实施，有效期2年
        ("赣市府办发〔2022〕21号/第二十四条", "2022-11-30", "未施行"),
        ("赣市府办发〔2022〕21号/第二十四条", "2022-12-01", "有效"),
        ("赣市府办发〔2022〕21号/第二十四条", "2024-11-30", "有效"),
        ("赣市府办发〔2022〕21号/第二十四条", "2024-12-01", "已过有效期"),
        # 试行, without a term
        ("赣市府办发〔2022〕23号/第三条", "2022-10-15", "未载明"),
        ("赣市府办发〔2022〕23号/第三条", "2025-01-01", "未载明"),
        # 自发布之日（2022-10-09）起，除已明确期限规定的措施外，截至2023年12月31日
        ("赣市府办字〔2022〕101号/二/3", "2022-10-08", "未施行"),
        ("赣市府办字〔2022〕101号/二/3", "2022-10-09", "有效"),
        ("赣市府办字〔2022〕101号/二/3", "2023-12-31", "有效"),
        ("赣市府办字〔2022〕101号/二/3", "2024-01-01", "已过有效期"),
        # its 2. has a term of its own: 延长至2022年12月
        ("赣市府办字〔2022〕101号/一/2", "2022-12-31", "有效"),
        ("赣市府办字〔2022〕101号/一/2", "2023-01-01", "已过有效期"),
        ("赣市府办字〔2022〕101号/一/1", "2023-01-01", "有效"),
        # 试行期2年, from the day of the document, 2022-10-12
        ("赣市府办字〔2022〕103号/末段", "2022-10-11", "未施行"),
        ("赣市府办字〔2022〕103号/末段", "2022-10-12", "有效"),
        ("赣市府办字〔2022〕103号/末段", "2024-10-11", "有效"),
        ("赣市府办字〔2022〕103号/末段", "2024-10-12", "已过有效期"),
        # neither a beginning nor an end
        ("赣市府办发〔2022〕22号/三/（二）", "2026-01-15", "未载明"),
        ("赣市府字〔2022〕76号/正文", "2026-01-15", "未载明"),
        ("政务动态2/段3", "2026-01-15", "未载明"),
    ],
)
def test_status_on_the_days_around_each_date(gazette, place, day, status):
    assert validity(gazette, place, day).status == status


@pytest.mark.parametrize(
    ("place", "start", "end", "basis_place", "basis"),
    [
        ("赣市府发〔2022〕14号/第一条", "2022-10-31", "", "第二十三条", "自2022年10月31日起施行"),
        ("赣市府办发〔2022〕21号/第一条", "2022-12-01", "2024-11-30", "第五十一条", "有效期 2 年"),
        ("赣市府办字〔2022〕101号/二/3", "2022-10-09", "2023-12-31", "末段", "2023年12月31日"),
        ("赣市府办字〔2022〕101号/一/2", "2022-10-09", "2022-12-31", "一/2", "延长至2022年12月"),
        ("赣市府办字〔2022〕103号/引言", "", "2024-10-11", "末段", "本方案试行期2年。"),
    ],
)
def test_dates_come_with_the_sentence_they_were_read_from(
    gazette, place, start, end, basis_place, basis
):
    found = validity(gazette, place, "2022-12-15")
    assert (found.status, found.start, found.end) == ("有效", start, end)
    number = place.split("/")[0]
    assert found.basis_id == f"{ISSUE}/{number}/{basis_place}"
    assert basis in found.basis
    assert found.basis in gazette.clauses[found.basis_id].text


def test_ten_documents_may_be_relied_on_or_not(gazette):
    """All others state neither a beginning nor an end, nor are they plans for given years."""
    day = date(2026, 1, 15)
    stated = {
        clause.document.doc_no: clause_validity(clause, gazette.clauses, day).status
        for clause in gazette.clauses.values()
        if clause_validity(clause, gazette.clauses, day).status != "未载明"
    }
    assert stated == {
        "赣市府发〔2022〕14号": "有效",
        "赣市府发〔2022〕15号": "有效",
        "赣市府字〔2022〕72号": "已过有效期",
        "赣市府办发〔2022〕19号": "有效",
        "赣市府办发〔2022〕20号": "已过有效期",
        "赣市府办发〔2022〕21号": "已过有效期",
        "赣市府办字〔2022〕96号": "已过有效期",
        "赣市府办字〔2022〕99号": "已过有效期",
        "赣市府办字〔2022〕101号": "已过有效期",
        "赣市府办字〔2022〕103号": "已过有效期",
    }


@pytest.fixture(scope="module")
def repealed(tmp_path_factory):
    """Return the clauses of a measure of 2017 and of the one that ends it in 2022."""
    old = make_document(
        "第一条 对获奖组织奖励30万元。",
        "第二条 本办法自2017年6月1日起施行。",
        title="赣州市人民政府关于印发赣州市市长质量奖管理办法的通知",
        number="赣市府发〔2017〕12号 2017年5月5日",
    )
    new = make_document(
        "第一条 对首次获奖组织奖励50万元。",
        f"第二条 本办法自发布之日起施行，2017年5月5日发布的{OLD}停止执行。",
        title="赣州市人民政府关于印发赣州市市长质量奖评审办法的通知",
        number="赣市府发〔2022〕15号 2022年9月27日",
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("repealed")
    reading = read_gazette(write_gazette(folder, make_gazette(old, new)))
    return {c.id: replace(c, facts=find_facts(c)) for c in reading.clauses}


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2017-05-31", "未施行"),
        ("2017-06-01", "有效"),
        ("2022-09-26", "有效"),
        ("2022-09-27", "已废止"),
        ("2030-01-01", "已废止"),
    ],
)
def test_a_repealed_measure_ends_on_the_day_of_the_repeal(repealed, day, status):
    first = next(c for c in repealed.values() if "30万元" in c.text)
    assert clause_validity(first, repealed, date.fromisoformat(day)).status == status


def test_a_repeal_is_shown_with_its_sentence_and_leaves_its_own_document_valid(repealed):
    old, new = (next(c for c in repealed.values() if s in c.text) for s in ("30万元", "50万元"))
    day = date(2026, 1, 15)
    found = clause_validity(old, repealed, day)
    assert (found.start, found.end) == ("2017-06-01", "2022-09-27")
    assert found.basis_id.endswith("赣市府发〔2022〕15号/第二条")
    warning = write_validity(found, old)
    assert warning.startswith(f"注意：{OLD}已废止（")
    assert "停止执行" in warning
    assert clause_validity(new, repealed, day).status == "有效"


def test_a_measure_in_force_or_without_dates_needs_no_warning(gazette):
    for place in ("赣市府发〔2022〕14号/第一条", "赣市府字〔2022〕76号/正文"):
        found = validity(gazette, place, "2026-01-15")
        assert write_validity(found, gazette.clauses[f"{ISSUE}/{place}"]) == ""


def test_a_number_that_a_clause_repeals_is_answered_by_that_clause(gazette):
    question = "赣市府发〔2017〕12号《赣州市市长质量奖管理办法》现在是否还在执行？"
    for asked in (question, "赣市府发〔2017〕12号还有效吗"):
        answer = ask(asked, [], gazette, as_of=date(2026, 11, 25))
        assert answer.answered
        assert "赣市府发〔2017〕12号已停止执行" in answer.text
        assert [c.clause.label for c in answer.citations] == ["第三十四条"]
        assert answer.citations[0].quote in answer.citations[0].clause.text
    before = ask(question, [], gazette, as_of=date(2022, 9, 1))
    assert "赣市府发〔2017〕12号仍在执行" in before.text


@pytest.mark.parametrize(
    ("name", "words", "last"),
    [
        ("桃源市数字政府建设三年行动计划（2031-2033年）", "2031-2033年", "2033-12-31"),
        ("桃源市产业行动方案（2031—2035年）", "2031—2035年", "2035-12-31"),
        ("桃源市“十五五”医疗保障规划", "“十五五”", "2030-12-31"),
        ("桃源市桥梁管理办法", "", ""),
    ],
)
def test_the_years_of_a_plan_are_read_from_its_name(gazette, name, words, last):
    document = replace(next(iter(gazette.clauses.values())).document, name=name)
    period = find_period(document)
    assert (period.words, period.last_day) == (words, last) if words else period is None


def test_a_plan_whose_years_are_over_is_told_with_a_warning(gazette):
    question = "数字政府建设三年行动计划里云计算大数据中心建多少个机柜"
    over = ask(question, [], gazette, as_of=date(2026, 11, 25))
    assert over.text.startswith("注意：") and "2022-2024年的安排，这一期间已过" in over.notices[0]
    validity = over.citations[0].validity
    assert (validity.status, validity.end) == ("已过有效期", "2024-12-31")
    assert "2022-2024年" in validity.basis
    assert validity.basis in gazette.clauses[validity.basis_id].text
    current = ask(question, [], gazette, as_of=date(2024, 6, 1))
    assert not current.notices
    assert current.citations[0].validity.status == "未载明"
