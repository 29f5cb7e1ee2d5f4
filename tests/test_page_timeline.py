"""What takes effect, ends or is due when: data, table and file; read from the gazette by hand."""

from datetime import date

from assistant.page.clause_timeline import render_timeline, select_milestones, timeline_csv
from assistant.timeline import find_milestones
from tests.page_data import clauses, places, read_file


def test_days_on_which_documents_take_effect_and_end():
    found = [m for m in find_milestones(clauses()) if m.kind != "完成时限"]
    assert [(m.kind, m.day, places([m])[0]) for m in found] == [
        ("施行", "2022-09-27", "发〔2022〕15号/第三十四条"),
        ("施行", "2022-09-28", "办发〔2022〕19号/第四十条"),
        ("施行", "2022-10-09", "办字〔2022〕101号/末段"),
        ("施行", "2022-10-16", "办发〔2022〕23号/第二十九条"),
        ("施行", "2022-10-31", "发〔2022〕14号/第二十三条"),
        ("施行", "2022-12-01", "办发〔2022〕21号/第五十一条"),
        ("有效期届满", "2022-12-31", "办字〔2022〕101号/一/2"),
        ("有效期届满", "2023-12-31", "办字〔2022〕101号/末段"),
        ("有效期届满", "2024-10-11", "办字〔2022〕103号/末段"),
        ("有效期届满", "2024-11-30", "办发〔2022〕21号/第五十一条"),
    ]


def test_deadlines_stand_by_day_and_those_without_a_day_last():
    found = find_milestones(clauses())
    days = [milestone.day for milestone in found]
    dated = [day for day in days if day]
    assert days == sorted(dated) + [""] * (len(days) - len(dated))
    assert (found[0].day, places(found[:1])) == ("2022-08-31", ["办字〔2022〕98号/三/（一）"])
    assert {m.text for m in found if not m.day} == {
        "长期坚持", "5个工作日", "2个工作日", "4个工作日",
    }  # fmt: skip
    assert all(m.clause.text[m.start : m.end] == m.text for m in found)


def test_the_timeline_counts_what_is_ahead_and_lists_each_day_once():
    found = find_milestones(clauses())
    today = date(2024, 12, 1)
    ahead = select_milestones(found, ["完成时限"], True, today)
    assert {m.day for m in ahead} == {"2024-12-31", "2025-12-31"}
    shown = render_timeline(found, today)
    assert shown.count('<span class="day">2022-12-31</span>') == 1
    assert f"其中{len(ahead)}个在今天（2024-12-01）以后" in shown
    assert "还有30天" in shown
    name, rows = read_file(timeline_csv(ahead))
    assert (name, len(rows)) == ("时间表.csv", len(ahead) + 1)
