"""What the page says of the gazette and of its own measured quality."""

import json

import pytest

from assistant.coverage import cover_issues, find_contact, find_standing
from assistant.page import text_views
from assistant.page.evaluation import read_report, render_report
from tests.gazette_factories import shipped_clause
from tests.page_data import clauses


def test_the_contact_is_the_editors_not_the_printers():
    contact = find_contact(clauses().values())
    assert contact.phone == "(0797)8992217"
    assert contact.address == "赣州市市政中心1号楼1650室"
    assert contact.postcode == "341000"
    assert contact.office == "《赣州市人民政府公报》编辑部"
    assert find_contact([shipped_clause("赣市府发〔2022〕14号/第一条")]) is None


def test_what_the_gazette_says_of_its_standing():
    standing = find_standing(clauses().values())
    assert [s.text for s in standing] == ["(免费赠阅)", "本刊所登文件与正式文件同等效力"]
    assert all("".join(s.clause.text[s.start : s.end].split()) == s.text for s in standing)


def test_coverage_of_an_issue():
    (issue,) = cover_issues(clauses().values())
    assert (issue.name, issue.documents, issue.clauses) == ("2022年第5期", 33, len(clauses()))
    assert (issue.first, issue.last) == ("2022-09-01", "2022-10-27")


def summary(**metrics):
    return {"version": "dev-1", "questions": {"n": 10, "answerable": 8}, "metrics": metrics}


def test_figures_come_from_the_committed_report(tmp_path):
    path = tmp_path / "summary.json"
    row = {"value": 0.875, "low": 0.5, "high": 1.0, "n": 8}
    path.write_text(json.dumps(summary(correct=row, all_facts={**row, "value": None})))
    report = read_report(path)
    assert [(m.name, m.value, m.count) for m in report.measures] == [("correct", 0.875, 8)]
    shown = render_report(report)
    assert "可答8题、不可答2题" in shown
    assert 'style="width:87.5%"' in shown
    assert "50.0% – 100.0%" in shown


def test_the_committed_report_is_there():
    report = read_report()
    assert report.version.startswith("test-")
    assert {m.name for m in report.measures} == set(text_views.FIGURE_NAMES)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"version": "x"}'])
def test_without_a_report_the_page_says_so(tmp_path, content):
    path = tmp_path / "summary.json"
    if content is not None:
        path.write_text(content)
    assert read_report(path) is None
    assert text_views.FIGURES_NONE in render_report(read_report(path))
