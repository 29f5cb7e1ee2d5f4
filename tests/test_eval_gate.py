"""The committed reference results: kept, compared with, and a small slice of them asked again."""

import json
from dataclasses import replace

import pytest

from eval import gate
from eval.compare import compare_runs
from eval.corpus import fold_corpus, read_corpus
from eval.gate import compare_with_reference, gate_section, keep_reference, read_reference, verdict
from eval.outputs import read_rows
from eval.questions import read_questions
from eval.report import read_run
from eval.run import RunConfig, generate
from eval.score import score_run
from eval.statistics import mcnemar
from eval.suite import run_system, score_folder, whole_split
from tests.eval_factories import make_citation, make_output, make_passage, make_question

SIZE = 24
QUESTIONS = [
    make_question(
        f"Q-{i:02}",
        f"第{i}类事项的标准是{i + 10}万元",
        facts=[[f"{i + 10}万元"]],
        doc_no=f"某府发〔2022〕{i // 2}号",
    )
    for i in range(SIZE)
]


def run(folder, misses=0, version="set-24"):
    """A scored run of ours that misses the first few questions."""

    def ask(question):
        index = int(question.id.split("-")[1])
        clause = make_passage(f"c{index}", f"第{index}类事项的标准是{index + 10}万元。")
        if index < misses:
            return make_output("", clause)
        citation = make_citation("1", clause["clause_id"], clause["text"])
        return make_output(clause["text"] + "[1]", clause, citations=[citation])

    config = RunConfig(gate.GATED, "本助手", True, version, 10)
    generate(ask, QUESTIONS, config, folder, iter)
    (folder / "env.json").write_text(json.dumps({"commit": "abc"}), encoding="utf-8")
    score_run(folder, fold_corpus([]))
    return folder


@pytest.fixture
def reference(tmp_path):
    keep_reference([run(tmp_path / "first")], "dev", tmp_path / "reference")
    return tmp_path / "reference"


def test_the_reference_holds_results_but_no_answers(reference):
    kept = {path.name for path in (reference / "dev" / gate.GATED).iterdir()}
    assert kept == {"summary.json", "config.json", "env.json", "scores.jsonl"}
    assert [record.name for record in read_reference("dev", reference)] == [gate.GATED]


def test_a_new_reference_replaces_the_old(reference, tmp_path):
    other = run(tmp_path / "second")
    config = json.loads((other / "config.json").read_text(encoding="utf-8"))
    (other / "config.json").write_text(json.dumps(config | {"system": "bm25"}), encoding="utf-8")
    keep_reference([other], "dev", reference)
    assert {path.name for path in (reference / "dev").iterdir()} == {"bm25"}
    assert not (reference / "dev" / "bm25" / "scores.jsonl").exists()


def test_equal_results_are_no_difference_shown(reference, tmp_path):
    comparison = compare_with_reference(run(tmp_path / "again"), "dev", reference)
    assert not comparison.regressed
    assert verdict(comparison) == "未见差异"
    section = gate_section("dev", comparison)
    assert section.notes == ("未见差异。",)
    assert all("◆" in row[0] for row in section.rows)


def test_a_proved_regression_is_named_with_its_questions(reference, tmp_path):
    comparison = compare_with_reference(run(tmp_path / "worse", misses=9), "dev", reference)
    assert comparison.regressed
    section = gate_section("dev", comparison)
    assert "变差" in section.notes[0]
    assert "Q-00 correct 对→错" in section.notes[1]
    assert any(row[-1] == "不通过" for row in section.rows)


def test_an_improvement_is_said_to_be_one(tmp_path):
    worse = run(tmp_path / "worse", misses=9)
    keep_reference([worse], "dev", tmp_path / "reference")
    better = compare_with_reference(run(tmp_path / "new"), "dev", tmp_path / "reference")
    assert verdict(better) == "变好"


def test_other_questions_are_refused(reference, tmp_path):
    with pytest.raises(ValueError, match="set-24"):
        compare_with_reference(run(tmp_path / "new", version="set-25"), "dev", reference)


def test_a_missing_reference_names_the_command(tmp_path):
    with pytest.raises(FileNotFoundError, match="gate --update"):
        read_reference("dev", tmp_path)
    with pytest.raises(FileNotFoundError, match="gate --update"):
        compare_with_reference(run(tmp_path / "run"), "dev", tmp_path / "reference")


def test_runs_that_keep_their_questions_are_still_compared(tmp_path):
    assert not compare_runs(run(tmp_path / "a"), run(tmp_path / "b")).regressed


EVERY = 5  # of the dev questions, one in five: some twenty, asked in a few seconds


def test_a_slice_of_the_dev_questions_is_answered_no_worse_than_the_reference(
    gazette_index, tmp_path
):
    """No proof of a regression in a slice; `make eval` asks all questions."""
    folder = gate.REFERENCE / "dev" / gate.GATED
    if not folder.is_dir():
        pytest.skip("no reference results yet: python -m eval gate --update")
    selection = whole_split("dev")
    chosen = read_questions(selection.path)[::EVERY]
    path = tmp_path / "slice.jsonl"
    path.write_text("".join(q.model_dump_json() + "\n" for q in chosen), encoding="utf-8")
    run_system(gate.GATED, replace(selection, path=path), gazette_index, tmp_path / "run")
    score_folder(tmp_path / "run", read_corpus(gazette_index.corpus))
    assert read_run(tmp_path / "run").summary["failed"] == 0
    before = {row["id"]: row for row in read_rows(folder / "scores.jsonl")}
    after = read_rows(tmp_path / "run" / "scores.jsonl")
    changes = [row["correct"] - before[row["id"]]["correct"] for row in after]
    wins, losses = sum(c > 0 for c in changes), sum(c < 0 for c in changes)
    lost = [row["id"] for row, change in zip(after, changes, strict=True) if change < 0]
    assert wins >= losses or mcnemar(wins, losses) >= 0.05, lost
