"""What the page makes of answers, clauses and votes, without a browser."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import ask
from assistant.page.docx import Paragraph, write_docx
from assistant.page.export import export_file, to_markdown
from assistant.page.feedback import redact, save_vote
from assistant.page.markup import clause_url, emphasise, escape, highlight, with_chips
from assistant.page.source import Wanted, read_address, render_source
from assistant.page.store_loader import load_in_background
from assistant.page.suggest import next_questions
from assistant.page.transcript import render_exchange
from assistant.page.turns import (
    MAX_TURNS,
    Exchange,
    dump_turns,
    history,
    load_turns,
    record_answer,
    settle,
)
from tests.store_factories import BRIDGES, CHECKED, REWARD, make_store

UNTIL = "这办法管到哪一天"
IN_FORCE = date(2032, 1, 1)
HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>alert(1)</script>"
TAGS = ("<img", "<script", "onerror=alert(1)>")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bridges")
    return make_store(folder, BRIDGES, 第二条=REWARD, 第三条=CHECKED, 第四条=UNTIL)


@pytest.fixture(scope="module")
def exchange(store):
    answer = ask(REWARD, [], store, None, IN_FORCE)
    return record_answer(answer, next_questions(answer, store))


def clause_id(store, label):
    return next(c.id for c in store.clauses.values() if c.label == label)


@given(st.text(), st.integers(-3, 40), st.integers(-3, 40))
def test_highlighting_changes_no_character(text, start, end):
    shown = highlight(text, start, end)
    assert shown.replace("<mark>", "").replace("</mark>", "") == escape(text)


@given(st.text())
def test_emphasis_changes_no_character(text):
    shown = emphasise(text)
    assert shown.replace("<strong>", "").replace("</strong>", "") == escape(text)


def test_figures_a_reader_looks_for_are_emphasised():
    assert emphasise("第二条给予1000元") == "第二条给予<strong>1000元</strong>"


def test_only_known_marks_become_chips():
    assert with_chips("甲[1]乙[2]", {"1": "<a>c</a>"}) == "甲<a>c</a>乙[2]"


@given(st.text(min_size=1), st.integers(0, 99), st.integers(0, 99))
def test_a_clauses_address_is_read_back(clause, start, length):
    wanted = Wanted(clause, start, start + length) if length else Wanted(clause)
    assert read_address(clause_url(clause, wanted.start, wanted.end)) == wanted


@pytest.mark.parametrize("query", ["", "?", "?q=1"])
def test_an_address_without_a_clause_opens_nothing(query):
    assert read_address(query) is None


def test_a_malformed_quote_in_an_address_marks_nothing():
    assert read_address("?clause=a&at=x-9") == Wanted("a")


def test_the_source_shows_the_whole_document_with_the_quote_marked(store):
    clause = store.clauses[clause_id(store, "第二条")]
    start = clause.text.index("经核实")
    shown = render_source(Wanted(clause.id, start, start + 3), store, IN_FORCE)
    assert shown.count("<mark>") == 1
    assert "<mark>经核实</mark>" in shown
    assert "第三条" in shown
    assert "第四条" in shown
    assert "现行有效" in shown
    assert "2033-03-31" in shown
    assert 'aria-current="location">第二条' in shown


def test_the_first_clause_has_no_previous_and_the_status_follows_the_day(store):
    head = clause_id(store, "题头")
    assert "disabled>上一条" in render_source(Wanted(head), store, IN_FORCE)
    assert "已过有效期" in render_source(Wanted(head), store, date(2034, 1, 1))


def test_a_clause_that_is_not_there_is_named_inertly(store):
    shown = render_source(Wanted(HOSTILE), store)
    assert escape(HOSTILE) in shown
    assert not any(tag in shown for tag in TAGS)


def test_an_answer_has_a_chip_to_each_citation(store, exchange):
    shown = render_exchange(exchange, 0, store, feedback=False)
    assert f'data-clause="{escape(exchange.citations[0].clause_id)}"' in shown
    assert "[1]" not in shown
    assert "<strong>1000元</strong>" in shown
    assert 'data-act="rate"' not in shown
    assert 'data-act="rate"' in render_exchange(exchange, 0, store, feedback=True)


def test_a_benefit_is_a_card_that_says_what_is_missing(store, exchange):
    shown = render_exchange(exchange, 0, store, feedback=False)
    assert '<div class="card">' in shown
    assert "公报未写明" in shown
    assert "奖励——" not in shown


def test_nothing_untrusted_becomes_markup(store, exchange):
    spoilt = replace(
        exchange,
        question=HOSTILE,
        standalone=HOSTILE + "2",
        text=f"{HOSTILE}[1]\n——{HOSTILE}",
        notices=[HOSTILE],
        next_questions=[HOSTILE],
    )
    for shown in (spoilt, replace(spoilt, error=HOSTILE), replace(spoilt, done=False)):
        html = render_exchange(shown, 0, store, feedback=True)
        assert not any(tag in html for tag in TAGS)


def test_next_questions_are_unlike_the_one_asked(store, exchange):
    assert exchange.next_questions == [UNTIL]


def test_a_conversation_survives_the_browser(exchange):
    assert load_turns(dump_turns([exchange])) == [exchange]
    assert [turn.role for turn in history([exchange])] == ["user", "assistant"]
    assert len(load_turns(dump_turns([exchange] * (MAX_TURNS + 5)))) == MAX_TURNS


@pytest.mark.parametrize("kept", ["", "x", "{}", '[{"question": 1}]', "[" * 3_000_000])
def test_what_is_no_conversation_is_an_empty_one(kept):
    assert load_turns(kept) == []


def test_an_answer_cut_off_says_so_and_is_no_history(exchange):
    settled = settle([exchange, Exchange("问？")])
    assert settled[0] == exchange
    assert "没有答完" in settled[1].error
    assert len(history(settled)) == 2


def test_the_export_quotes_every_citation_with_its_place(store, exchange):
    written = to_markdown([exchange], store, datetime(2032, 1, 1))
    assert f"## 问：{REWARD}" in written
    assert "> “任何人发现桥梁损坏的" in written
    assert "第二条" in written


def test_the_export_is_inert_markdown(store):
    spoilt = Exchange("![x](http://evil.example)", text="<b>#</b>", done=True)
    written = to_markdown([spoilt], store, datetime(2032, 1, 1))
    assert "![x](" not in written
    assert "<b>" not in written.replace("\\<", "")


def test_the_word_file_holds_the_same_paragraphs(store, exchange):
    file = json.loads(export_file("docx", [exchange], store))
    assert file["name"].endswith(".docx")
    with pytest.raises(ValueError, match="还没有问答"):
        export_file("md", [], store)


@given(st.text(), st.text())
def test_a_word_file_is_well_formed_whatever_is_written(one, other):
    data = write_docx([Paragraph("heading", one), Paragraph("quote", other)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    assert len(root[0]) == 2


def test_a_vote_is_kept_without_what_identifies_a_person(tmp_path, exchange):
    path = tmp_path / "feedback.jsonl"
    asked = replace(exchange, question="我36210119900101123X，电话13812345678，能领吗")
    save_vote(path, asked, "down", "引文不对")
    save_vote(path, asked, "up", "")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["vote"] for line in lines] == ["down", "up"]
    assert lines[0]["question"] == "我〔已隐去〕，电话〔已隐去〕，能领吗"
    assert lines[0]["clauses"] == [exchange.citations[0].clause_id]
    with pytest.raises(ValueError, match="vote 'x'"):
        save_vote(path, asked, "x", "")


@pytest.mark.parametrize(
    "number", ["0797-8992217", "(0797)8992217", "138 1234 5678", "91360700MA35F9XD5T"]
)
def test_numbers_of_people_and_firms_are_redacted(number):
    assert number not in redact(f"请联系{number}。")


@pytest.mark.parametrize("harmless", ["赣市府发〔2022〕14号", "1000元", "2022-10-31"])
def test_other_numbers_are_kept(harmless):
    assert redact(harmless) == harmless


def test_a_store_that_cannot_be_opened_says_so_to_whoever_asks():
    def fail():
        raise LookupError("no index; run `python -m index build`")

    get_store = load_in_background(fail, lambda store: None)
    for _ in range(2):
        with pytest.raises(LookupError, match="python -m index build"):
            get_store()
