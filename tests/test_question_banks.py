"""Nearness to answered, open and background questions, and the confidence made of it."""

import pytest

from assistant.ask import ask
from assistant.confidence import measure_confidence
from assistant.decline import THRESHOLD
from assistant.detail_words import lacking_detail
from assistant.question_banks import load_background, measure_nearness, open_banks
from assistant.retrieve import retrieve
from assistant.types import Filters


def nearness(gazette, question):
    return measure_nearness(question, open_banks(gazette))


def test_an_expansion_is_nearest_to_itself(gazette):
    question = next(iter(gazette.expansions.values()))[0]
    near = nearness(gazette, question)
    assert near.answered == pytest.approx(1.85, abs=0.15)
    assert near.answered > max(near.gap, near.background)
    assert near.odds > 0


def test_a_gap_is_nearest_to_itself(gazette):
    gap = gazette.gaps[len(gazette.gaps) // 2]
    near = nearness(gazette, gap.question)
    assert near.nearest_gap == gap
    assert near.gap == pytest.approx(1.85, abs=0.15)


def test_background_is_far_from_the_clauses(gazette):
    questions = load_background()[::40]
    nearer = [q for q in questions if nearness(gazette, q).odds < 0]
    assert len(nearer) > 0.95 * len(questions)


def test_a_clause_without_expansions_stands_for_itself(gazette):
    near = nearness(gazette, "量子计算机补贴每台多少钱")
    with_text = measure_nearness("量子计算机补贴每台多少钱", open_banks(gazette), [1.5])
    assert with_text.answered == 1.5 > near.answered
    assert with_text.odds > near.odds


def test_confidence_tells_answered_questions_from_open_ones(gazette):
    answered = [asked[-1] for asked in list(gazette.expansions.values())[::60]]
    open_ = [gap.question for gap in gazette.gaps[::90]]

    def confident(question):
        return measure_confidence(question, retrieve(question, gazette), gazette).value >= THRESHOLD

    assert sum(map(confident, answered)) >= 0.95 * len(answered)
    assert sum(map(confident, open_)) <= 0.1 * len(open_)


def test_what_a_known_gap_lacks_is_named(gazette):
    """Of gaps that ask for nothing the table of details knows, the bank names what is missing."""
    gaps = [gap for gap in gazette.gaps if not lacking_detail(gap.question, "")][::60]
    named = []
    for gap in gaps:
        answer = ask(gap.question, [], gazette)
        cited = [citation.clause.id for citation in answer.citations]
        assert set(cited) <= {passage.clause.id for passage in answer.passages}
        named.append(f"没有写明{gap.lacks}" in answer.text and cited == [gap.clause_id])
    assert sum(named) >= 0.5 * len(gaps)


def test_a_filter_hides_the_clauses_of_gaps_and_repeals_too(gazette):
    number = "赣市府发〔2022〕14号"
    others = [gap.question for gap in gazette.gaps if number not in gap.clause_id][::60]
    for question in [*others, "赣市府发〔2017〕12号还有效吗"]:
        answer = ask(question, [], gazette, filters=Filters(doc_no=number))
        assert {citation.clause.document.doc_no for citation in answer.citations} <= {number}


def test_a_malformed_background_line_is_named(tmp_path):
    path = tmp_path / "background.tsv"
    path.write_text("# comment\n户籍\t怎么上户口\n没有制表符\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"background\.tsv:3: .*write a topic"):
        load_background(path)
