"""The headline table: from runs to Markdown, and between the marks of a README."""

import json
from pathlib import Path

import pytest

from eval import gate
from eval.__main__ import main
from eval.corpus import fold_corpus
from eval.report import read_run
from eval.run import RunConfig, generate
from eval.score import score_run
from eval.table import (
    CHINESE,
    END,
    ENGLISH,
    START,
    headline_markdown,
    wording_for,
    write_between_marks,
)
from tests.eval_factories import make_output, make_passage, make_question

ROOT = Path(__file__).parent.parent
QUESTIONS = [make_question("Q-1", "甲乙丙丁", facts=[["甲乙"]]), make_question("U-1")]


def make_run(folder, system):
    def ask(question):
        return make_output("甲乙。" if question.answerable else "", make_passage("c", "甲乙丙丁"))

    generate(ask, QUESTIONS, RunConfig(system, system, True, "set-2-abc", 10), folder, iter)
    (folder / "env.json").write_text(json.dumps({"commit": "0123", "code": "45"}), encoding="utf-8")
    score_run(folder, fold_corpus([]))
    return read_run(folder)


@pytest.fixture
def runs(tmp_path):
    return [make_run(tmp_path / name, name) for name in ("bm25_words", "ours", "no_dense", "mine")]


def test_ours_stands_first_and_ablations_are_left_out(runs):
    table = headline_markdown([runs], ENGLISH)
    names = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines() if "|" in line]
    assert names == ["system", "---", "**this assistant**", "BM25, words", "mine"]
    assert "**set-2-abc**: 1 answerable, 1 unanswerable" in table
    assert "Commit 0123, code 45, corpus —" in table
    assert "| 1.000 [.207, 1.000] |" in table


def test_the_language_follows_the_name():
    assert wording_for(Path("README.md")) is ENGLISH
    assert wording_for(Path("docs/README.zh.md")) is CHINESE


def test_only_what_stands_between_the_marks_is_replaced(runs, tmp_path):
    path = tmp_path / "README.zh.md"
    path.write_text(f"前\n{START}\n旧表\n{END}\n后\n", encoding="utf-8")
    table = headline_markdown([runs], CHINESE)
    assert write_between_marks(path, table)
    text = path.read_text(encoding="utf-8")
    assert text == f"前\n{START}\n{table}{END}\n后\n"
    assert not write_between_marks(path, table)


def test_a_readme_without_marks_is_refused(tmp_path):
    path = tmp_path / "README.md"
    path.write_text("没有标记", encoding="utf-8")
    with pytest.raises(ValueError, match="eval:start"):
        write_between_marks(path, "表")


def test_the_command_writes_runs_into_a_file(runs, tmp_path, capsys):
    path = tmp_path / "README.md"
    path.write_text(f"{START}\n{END}", encoding="utf-8")
    folders = [str(run.folder) for run in runs]
    assert main(["table", *folders, "--write", str(path)]) == 0
    assert "已更新" in capsys.readouterr().out
    assert "**this assistant**" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_published_table_is_that_of_the_reference_results(name):
    """`python -m eval table --write README.md README.zh.md` after `gate --update`."""
    path = ROOT / name
    if not gate.REFERENCE.is_dir() or not path.is_file():
        pytest.skip("no reference results yet: python -m eval gate --update")
    sets = [gate.read_reference(split) for split in gate.SPLITS]
    assert headline_markdown(sets, wording_for(path)) in path.read_text(encoding="utf-8")
