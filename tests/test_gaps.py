"""Gaps: questions that a clause leaves open, tied to its text and kept beside the index."""

import json
from pathlib import Path

import pytest

from index.expansions import load_expansions, text_digest
from index.gaps import Gap, gaps_path, load_gaps, read_saved, save_gaps
from index.reading import find_sources, read_gazette
from tests.gazette_factories import make_gazette, write_gazette
from tests.store_factories import BRIDGES

CORPUS = Path(__file__).parent.parent / "index" / "corpus"


@pytest.fixture
def clause(tmp_path):
    source = write_gazette(tmp_path, make_gazette(BRIDGES))
    return next(c for c in read_gazette(source).clauses if c.label == "第二条")


def write(path, clause, digest=None, **more):
    gaps = [{"question": "举报桥梁的奖金要交税吗", "lacks": "是否交税"}]
    line = {"clause_id": clause.id, "digest": digest or text_digest(clause.text), "gaps": gaps}
    path.write_text(json.dumps(line | more, ensure_ascii=False), encoding="utf-8")


def test_gaps_come_with_their_clause(tmp_path, clause):
    write(tmp_path / "gaps.jsonl", clause)
    wanted = (Gap(clause.id, "举报桥梁的奖金要交税吗", "是否交税"),)
    assert load_gaps(tmp_path / "gaps.jsonl", [clause]) == wanted
    save_gaps(wanted, tmp_path / "saved.json")
    assert read_saved(tmp_path / "saved.json") == wanted


def test_a_changed_clause_drops_its_gaps(tmp_path, clause):
    write(tmp_path / "gaps.jsonl", clause, digest="0" * 12)
    assert load_gaps(tmp_path / "gaps.jsonl", [clause]) == ()
    assert load_gaps(tmp_path / "none.jsonl", [clause]) == ()


def test_a_malformed_line_is_named(tmp_path, clause):
    write(tmp_path / "gaps.jsonl", clause, answer="5%")
    with pytest.raises(ValueError, match=r"gaps\.jsonl:1: .*fix or delete the line"):
        load_gaps(tmp_path / "gaps.jsonl", [clause])


def test_shipped_gaps_fit_the_corpus_and_are_no_expansions():
    for source in find_sources(CORPUS):
        clauses = read_gazette(source).clauses
        lines = gaps_path(source).read_text(encoding="utf-8").splitlines()
        gaps = load_gaps(gaps_path(source), clauses)
        assert len(gaps) == sum(len(json.loads(line)["gaps"]) for line in lines)
        questions = [gap.question for gap in gaps]
        assert len(set(questions)) == len(questions)
        expansions = load_expansions(source.with_suffix(".expansions.jsonl"), clauses)
        answered = {question for asked in expansions.questions.values() for question in asked}
        assert not answered.intersection(questions)
        assert all(2 <= len(gap.lacks) <= 20 for gap in gaps)
