"""Articles as clauses of an index, the growth table, and speed measured in turns."""

import gzip
import json

import pytest

from eval import scale
from eval.articles import count_articles, read_articles
from eval.scale import growth_rows, growth_section
from eval.speed import measure_speed, speed_section
from index.build import Location, Reading, open_store, write_index
from tests.eval_factories import make_output, make_passage, make_question
from tests.gazette_factories import make_gazette, write_gazette
from tests.store_factories import BRIDGES, BigramEmbedding


def make_articles(folder, size=40, **changes):
    rows = [
        {
            "file": f"甲/某条例{i // 10}(2020-05-14).md",
            "title": f"某条例{i // 10}",
            "head": ["第一章  总则"],
            "art": f"第{i % 10 + 1}条",
            "p": f"第{i}项规定适用于道路照明。",
        }
        | changes
        for i in range(size)
    ]
    path = folder / "articles.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def test_articles_are_spread_evenly_over_the_file(tmp_path):
    path = make_articles(tmp_path)
    assert count_articles(path) == 40
    chosen = list(read_articles(path, 4))
    assert [c.text for c in chosen] == [f"第{i}项规定适用于道路照明。" for i in (9, 19, 29, 39)]
    assert len(list(read_articles(path, 1000))) == 40
    assert chosen[0].document.date == "2020-05-14"
    assert chosen[0].id == "laws/甲/某条例0(2020-05-14)/第10条"


def test_two_articles_of_one_number_have_ids_of_their_own(tmp_path):
    path = make_articles(tmp_path, size=3, art="第一条")
    assert len({clause.id for clause in read_articles(path, 3)}) == 3


def test_a_line_that_is_no_article_is_named(tmp_path):
    path = tmp_path / "articles.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write('{"title": "某条例"}\n')
    with pytest.raises(ValueError, match="第 1 行不是法条"):
        list(read_articles(path, 1))


@pytest.fixture
def location(tmp_path, monkeypatch):
    for module in ("index.build", "index.store"):
        monkeypatch.setattr(f"{module}.load_embeddings", lambda _: BigramEmbedding())
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_gazette(corpus, make_gazette(BRIDGES))
    return Location(tmp_path / "index", corpus, "bigrams")


def test_one_size_is_measured_with_the_gazette_among_the_articles(location, tmp_path):
    number = "桃府发〔2031〕7号"
    asked = make_question(
        "Q-1", "给予举报人1000元奖励", doc_no=number, question="举报桥梁损坏，经核实的有什么奖励？"
    )
    unanswerable = make_question("U-1", question="高铁几点发车", unanswerable_kind="out_of_scope")
    row = scale._measure(make_articles(tmp_path), 20, [asked, unanswerable], location)
    gazette = len(open_store(location).clauses) - 20
    assert (row.articles, row.clauses) == (20, gazette + 20)
    assert row.records >= row.clauses
    assert (row.questions, row.evidence) == (1, 1.0)
    assert row.clauses_per_s > 0
    assert row.retrieve_p50 <= row.retrieve_p95
    section = growth_section([row], "set-2")
    assert section.rows[0][:2] == ("20", f"{gazette + 20}")
    assert "set-2" in section.notes[0]
    assert json.loads(json.dumps(growth_rows([row])))[0]["articles"] == 20


def test_the_graph_finds_what_comparing_all_vectors_finds(location, tmp_path, monkeypatch):
    """Above a size Chroma's graph is asked; on a corpus this small it misses nothing."""
    clauses = tuple(read_articles(make_articles(tmp_path), 40))
    write_index(location, Reading(clauses, {}, 1, 4), BigramEmbedding(), lambda *_: None)
    store = open_store(location)
    exact = store.nearest("第7项规定适用于道路", 10)
    monkeypatch.setattr("index.store._MAX_EXACT", 0)
    searched = open_store(location).nearest("第7项规定适用于道路", 10)
    assert searched[0][0] == exact[0][0]
    assert [s for _, s in searched] == pytest.approx([s for _, s in exact], abs=1e-5)


def test_every_system_is_asked_every_question_in_turn():
    asked = []

    def system(name):
        def ask(question):
            asked.append((name, question.id))
            return make_output("答", make_passage("c", "文"))

        return ask

    questions = [make_question(f"Q-{i}", "甲乙丙丁") for i in range(4)]
    times = measure_speed({n: system(n) for n in ("ours", "bm25_words")}, questions, 2)
    assert [len(taken) for taken in times.values()] == [4, 4]
    timed = asked[6:]  # three questions warm both systems up
    assert len(timed) == 16
    names = [name for name, _ in timed[:4]]
    assert names == ["ours", "bm25_words", "bm25_words", "ours"]


def test_the_ratio_is_to_bm25():
    section = speed_section({"ours": [3.0, 3.0], "bm25_words": [2.0, 2.0]}, "set-2")
    assert section.rows == (
        ("ours", "3.00", "3.00", "1.50"),
        ("bm25_words", "2.00", "2.00", "1.00"),
    )
