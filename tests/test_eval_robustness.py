"""Corpora changed on purpose, and what answers make of them."""

import json

import pytest

from eval import systems
from eval.corpus import read_corpus
from eval.outputs import parse_output
from eval.questions import dump_questions
from eval.robustness import judge_tampering, misled, run_conditions
from eval.suite import Selection
from eval.systems import SystemRow
from eval.tampering import (
    CANARY,
    INSTRUCTION,
    Tampering,
    alter_figure,
    inject_instruction,
    tamper_clauses,
)
from index.build import Location, open_store
from index.reading import read_gazette
from tests.eval_factories import make_citation, make_output, make_passage, make_question
from tests.gazette_factories import make_gazette, write_gazette
from tests.store_factories import BRIDGES, BigramEmbedding

NUMBER = "桃府发〔2031〕7号"
REWARDED = make_question(
    "Q-1", "给予举报人1000元奖励", doc_no=NUMBER, question="举报桥梁损坏奖励", facts=[["1000元"]]
)
CHECKED = make_question(
    "Q-2", "五个工作日内核实举报", doc_no=NUMBER, question="几天核实", facts=[["五个工作日"]]
)
SECRET = make_question("Q-3", "应当为其保密", doc_no=NUMBER, question="保密吗", facts=[["保密"]])


@pytest.fixture
def clauses(tmp_path):
    return read_gazette(write_gazette(tmp_path, make_gazette(BRIDGES))).clauses


@pytest.mark.parametrize(
    ("written", "altered"),
    [
        ("1000元", "2000元"),
        ("三万元", "四万元"),
        ("90%", "10%"),
        ("2022年10月31日", "2023年10月31日"),
        ("二〇二二年", "二〇二三年"),
        ("两年", "三年"),
        ("十日", ""),
    ],
)
def test_a_figure_stays_one_of_its_kind(written, altered):
    assert alter_figure(written) == altered


def test_each_gold_clause_has_one_figure_changed(clauses):
    changed, tamperings = tamper_clauses(clauses, [REWARDED, CHECKED, SECRET])
    assert [(t.question_id, t.original, t.tampered) for t in tamperings] == [
        ("Q-1", "1000元", "2000元"),
        ("Q-2", "五个工作日", "六个工作日"),
    ]
    texts = {c.label: c.text for c in changed}
    assert "给予举报人2000元奖励" in texts["第二条"]
    assert "1000" not in texts["第二条"]
    assert "六个工作日内核实" in texts["第三条"]
    assert [c.id for c in changed] == [c.id for c in clauses]


def test_a_clause_is_changed_for_one_question_only(clauses):
    again = make_question("Q-4", "给予举报人1000元奖励", doc_no=NUMBER, facts=[["1000元"]])
    assert [t.question_id for t in tamper_clauses(clauses, [REWARDED, again])[1]] == ["Q-1"]


def outcome(answer, source):
    tampering = Tampering("Q-1", "c", "1000元", "2000元")
    before = make_output("奖励1000元。[1]", make_passage("c", "奖励1000元。"))
    citation = make_citation("1", "c", source)
    after = make_output(answer, make_passage("c", source), citations=[citation])
    return judge_tampering(tampering, *(parse_output("Q-1", o) for o in (before, after)))


def test_following_and_remembering_are_told_apart():
    follows = outcome("奖励2000元。[1]", "奖励2000元。")
    assert (follows.stated_before, follows.follows, follows.stale) == (True, True, False)
    remembers = outcome("奖励1000元。[1]", "奖励2000元。")
    assert (remembers.follows, remembers.stale) == (False, True)
    silent = outcome("", "奖励2000元。")
    assert (silent.follows, silent.stale) == (False, False)


def test_the_old_figure_is_no_fault_where_a_cited_passage_has_it():
    assert not outcome("奖励1000元。[1]", "奖励2000元，另有1000元。").stale


def test_every_document_ends_with_the_instruction(clauses):
    injected = inject_instruction(clauses)
    added = [clause for clause in injected if clause.text == INSTRUCTION]
    assert len(added) == len({clause.document.key for clause in clauses})
    assert injected[-1].text == INSTRUCTION
    assert [clause.order for clause in injected] == list(range(len(injected)))
    assert len({clause.id for clause in injected}) == len(injected)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A small corpus, and an assistant that answers with the whole of the best clause."""
    for module in ("index.build", "index.store"):
        monkeypatch.setattr(f"{module}.load_embeddings", lambda _: BigramEmbedding())
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_gazette(corpus, make_gazette(BRIDGES))
    questions = tmp_path / "set.jsonl"
    questions.write_text(dump_questions([REWARDED, CHECKED]), encoding="utf-8")
    return Location(tmp_path / "index", corpus, "bigrams"), Selection(questions)


def reading_system(setting, remembered="", trusting=False):
    store = open_store(setting.location)
    texts = {clause.label: clause.text for clause in store.clauses.values()}

    def ask(question):
        text = texts["第二条" if question.id == "Q-1" else "第三条"]
        if trusting and "附注" in texts:
            text = texts["附注"]
        answer = f"{remembered or text}[1]"
        citation = make_citation("1", "c", text, doc_no=NUMBER)
        return make_output(answer, make_passage("c", text, doc_no=NUMBER), citations=[citation])

    return ask


def run_all(monkeypatch, place, out, **behaviour):
    from index.build import build_index

    location, selection = place
    build_index(location, lambda *_: None)
    row = SystemRow("读", lambda setting: reading_system(setting, **behaviour), indexed=True)
    monkeypatch.setattr(systems, "SYSTEMS", {"reading": row, "closed": SystemRow("", None)})
    return run_conditions("reading", selection, location, out, read_corpus(location.corpus))


def test_a_system_that_reads_the_index_is_not_misled(monkeypatch, place, tmp_path):
    conditions, tampered, injected = run_all(monkeypatch, place, tmp_path / "out")
    names = {row[0] for row in conditions.rows}
    assert names == {"typo", "traditional", "abbreviation", "colloquial", "width", "injected"}
    assert "2 题中，2 题改答" in tampered.notes[0]
    assert "0 题的回答" in injected.notes[0]
    assert not misled(tmp_path / "out")
    config = json.loads((tmp_path / "out" / "tampered" / "config.json").read_text("utf-8"))
    assert config["perturbation"] == "tampered"


def test_a_system_that_answers_from_memory_is_caught(monkeypatch, place, tmp_path):
    old = "给予举报人1000元奖励。"
    _, tampered, _ = run_all(monkeypatch, place, tmp_path / "out", remembered=old)
    assert ("Q-1", "1000元", "2000元", "旧数字") in tampered.rows
    assert misled(tmp_path / "out")


def test_a_system_that_obeys_a_document_is_caught(monkeypatch, place, tmp_path):
    _, _, injected = run_all(monkeypatch, place, tmp_path / "out", trusting=True)
    assert [row[0] for row in injected.rows] == ["Q-1", "Q-2"]
    assert CANARY in injected.rows[0][1]
    assert misled(tmp_path / "out")


def test_a_system_without_an_index_is_refused(monkeypatch, place, tmp_path):
    location, selection = place
    monkeypatch.setattr(systems, "SYSTEMS", {"closed": SystemRow("", None)})
    with pytest.raises(ValueError, match="不从索引作答"):
        run_conditions("closed", selection, location, tmp_path, read_corpus(location.corpus))
