"""Running, scoring, comparing and reporting through the command line, with fake systems."""

import json
from collections.abc import Iterator

import ir_measures
import pytest

from eval import systems
from eval.__main__ import main
from eval.compare import BETTER, NO_DIFFERENCE, WORSE, compare_runs
from eval.corpus import fold_corpus
from eval.questions import dump_questions, read_questions
from eval.report import number
from eval.run import RunConfig, ask_questions, generate, latest_date
from eval.score import load_cases, score_run
from eval.systems import SystemRow
from eval.trec import write_trec
from tests.eval_factories import make_citation, make_output, make_passage, make_question

SIZE = 24
CLAUSES = [
    make_passage(f"c {i}", f"第{i}条 第{i}类事项的标准是{i + 10}万元，由主管部门负责。")
    for i in range(SIZE)
]
QUESTIONS = [
    make_question(
        f"Q-{i:02}",
        f"第{i}类事项的标准是{i + 10}万元",
        facts=[[f"{i + 10}万元"]],
        wording="official" if i % 2 else "plain",
        doc_no=f"某府发〔2022〕{i // 4}号",
    )
    for i in range(SIZE)
] + [make_question(f"U-{i}", unanswerable_kind="near_miss") for i in range(6)]


def fake(right_rank=1, misses=0, answers_all=False):
    """A system that puts the right clause at a rank, and misses the first few questions."""

    def ask(question):
        if not question.answerable:
            passages = CLAUSES[:10]
            return make_output("标准是九十九万元。" if answers_all else "", *passages)
        index = int(question.id.split("-")[1])
        passages = [clause for i, clause in enumerate(CLAUSES) if i != index][:9]
        if index >= misses:
            passages.insert(right_rank - 1, CLAUSES[index])
        best = passages[0]
        citation = make_citation("1", best["clause_id"], best["text"])
        output = make_output(best["text"] + "[1]", *passages, citations=[citation])
        return output | {"timings_ms": {"retrieve": 1.5}}

    return ask


@pytest.fixture
def table(monkeypatch) -> Iterator[None]:
    rows = {
        "good": SystemRow("好", lambda _setting: fake()),
        "same": SystemRow("同", lambda _setting: fake()),
        "poor": SystemRow("差", lambda _setting: fake(right_rank=3, misses=8, answers_all=True)),
        "slipped": SystemRow("略差", lambda _setting: fake(misses=1)),
        "broken": SystemRow("坏", lambda _setting: _raise),
        "silent": SystemRow("拒", lambda _setting: lambda q: make_output(""), retrieves=False),
    }
    monkeypatch.setattr(systems, "SYSTEMS", rows)
    yield


def _raise(_question):
    raise OSError("连不上服务器")


@pytest.fixture
def questions_file(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(dump_questions(QUESTIONS), encoding="utf-8")
    return path


def run(questions_file, out, system, *more):
    chosen = ["--questions", str(questions_file), "--system", system]
    return main(["run", "--out", str(out), *chosen, *more])


def test_reruns_are_byte_identical(table, questions_file, tmp_path, capsys):
    for out in ("one", "two"):
        assert run(questions_file, tmp_path / out, "good") == 0
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {
        "config.json", "env.json", "failures.md", "per_question.jsonl", "qrels.trec",
        "questions.jsonl", "report.html", "report.md", "run.trec", "scores.jsonl",
        "summary.json", "timings.json",
    }  # fmt: skip
    timed = {"timings.json", "report.md", "report.html"}
    for name in names - timed:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    rows = (tmp_path / "one" / "per_question.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["id"] for row in rows] == sorted(q.id for q in QUESTIONS)
    assert "timings_ms" not in rows[0]
    timings = json.loads((tmp_path / "one" / "timings.json").read_text(encoding="utf-8"))
    assert timings["Q-00"]["retrieve"] == 1.5
    assert "set-30-" in capsys.readouterr().out


def test_rescoring_changes_nothing(table, questions_file, tmp_path):
    out = tmp_path / "out"
    run(questions_file, out, "poor")
    before = (out / "summary.json").read_bytes()
    assert main(["score", str(out)]) == 0
    assert run(questions_file, out, "poor", "--no-generate") == 0
    assert (out / "summary.json").read_bytes() == before


def test_several_systems_share_one_report(table, questions_file, tmp_path):
    assert run(questions_file, tmp_path / "out", "good,poor,silent") == 0
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "| good | 1.000" in report
    assert "| silent | — |" in report
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert html.count("<img alt=") == 4
    assert "http" not in html
    assert "<script" not in html
    failures = (tmp_path / "out" / "poor" / "failures.md").read_text(encoding="utf-8")
    assert "should_have_declined" in failures
    assert "★" in failures


def test_selection_is_part_of_the_version(table, questions_file, tmp_path):
    run(questions_file, tmp_path, "good", "--slice", "wording=plain", "--limit", "5", "--no-html")
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert summary["questions"]["n"] == 5
    assert summary["version"].endswith("wording=plain first 5")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--system", "nonsense"], "没有系统 nonsense"),
        (["--slice", "colour=red"], "没有切片标签"),
        (["--k", "3"], "--k 至少 10"),
        (["--system", "broken"], "对每个问题都出错"),
        (["--no-generate"], "questions.jsonl"),
    ],
)
def test_errors_are_one_line(table, questions_file, tmp_path, capsys, arguments, words):
    assert run(questions_file, tmp_path / "out", "good", *arguments) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.strip().splitlines()[-1].startswith("eval: ")


def test_ties_in_ir_measures_do_not_arise(table, questions_file, tmp_path):
    """Our retrieval numbers are those ir_measures computes from the written files."""
    names = ["nDCG@10", "R@10", "RR@10", "Success@1", "Success@5", "Judged@10"]
    for system in ("good", "poor", "slipped"):
        out = tmp_path / system
        run(questions_file, out, system, "--no-html")
        computed = ir_measures.calc_aggregate(
            [ir_measures.parse_measure(name) for name in names],
            list(ir_measures.read_trec_qrels(str(out / "qrels.trec"))),
            list(ir_measures.read_trec_run(str(out / "run.trec"))),
        )
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        for measure, expected in computed.items():
            assert summary["metrics"][str(measure)]["value"] == pytest.approx(expected, abs=1e-6)


def test_trec_agrees_where_one_passage_holds_several_groups(tmp_path):
    question = make_question("Q-1", "甲乙丙丁戊己", "庚辛壬癸子丑", "寅卯辰巳午未")
    passages = [
        make_passage("x", "无关的一段", doc_no="别的文件"),
        make_passage("y", "甲乙丙丁戊己，庚辛壬癸子丑"),
        make_passage("x", "无关的一段", doc_no="别的文件"),
        make_passage("z", "同一文件的另一条"),
    ]
    config = RunConfig("s", "s", True, "v", 10)
    generate(lambda _q: make_output("答", *passages), [question], config, tmp_path, iter)
    scored = score_run(tmp_path, fold_corpus([]))
    write_trec(scored.cases, "s", tmp_path)
    computed = ir_measures.calc_aggregate(
        [ir_measures.parse_measure(n) for n in ("nDCG@10", "R@10", "RR@10", "Judged@10")],
        list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.trec"))),
        list(ir_measures.read_trec_run(str(tmp_path / "run.trec"))),
    )
    for measure, expected in computed.items():
        assert scored.values[str(measure)][0] == pytest.approx(expected)
    assert scored.values["R@10"][0] == pytest.approx(2 / 3)
    assert scored.values["Judged@10"][0] == pytest.approx(3 / 5)


def test_compare_says_when_nothing_is_shown(table, questions_file, tmp_path, capsys):
    run(questions_file, tmp_path / "good", "good", "--no-html")
    run(questions_file, tmp_path / "same", "same", "--no-html")
    assert main(["compare", str(tmp_path / "good"), str(tmp_path / "same")]) == 0
    text = capsys.readouterr().out
    assert NO_DIFFERENCE == "未见差异 (no difference shown)"
    assert NO_DIFFERENCE in text
    assert BETTER not in text
    assert WORSE not in text


def test_compare_fails_on_a_proved_regression(table, questions_file, tmp_path, capsys):
    run(questions_file, tmp_path / "good", "good", "--no-html")
    run(questions_file, tmp_path / "poor", "poor", "--no-html")
    assert main(["compare", str(tmp_path / "good"), str(tmp_path / "poor")]) == 1
    assert WORSE in capsys.readouterr().out
    comparison = compare_runs(tmp_path / "good", tmp_path / "poor")
    by_name = {difference.name: difference for difference in comparison.differences}
    evidence = by_name["all_evidence@5"]
    assert (evidence.wins, evidence.ties, evidence.losses) == (0, SIZE - 8, 8)
    assert by_name["wrong_answer"].verdict == WORSE
    assert by_name["abstention_F1"].losses == 6
    assert [flip.id for flip in comparison.flips if flip.measure == "all_evidence@5"] == [
        f"Q-{i:02}" for i in range(8)
    ]
    assert compare_runs(tmp_path / "poor", tmp_path / "good").regressed is False


def test_one_lost_question_is_no_proof_but_fails_the_margin(table, questions_file, tmp_path):
    run(questions_file, tmp_path / "good", "good", "--no-html")
    run(questions_file, tmp_path / "slipped", "slipped", "--no-html")
    comparison = compare_runs(tmp_path / "good", tmp_path / "slipped")
    facts = next(d for d in comparison.differences if d.name == "all_facts")
    assert facts.verdict == NO_DIFFERENCE
    assert facts.delta.value == pytest.approx(-1 / SIZE)
    assert facts.regressed


def test_a_perturbed_run_is_compared_with_the_clean_one(table, questions_file, tmp_path):
    run(questions_file, tmp_path / "clean", "good", "--no-html")
    run(questions_file, tmp_path / "typo", "good", "--no-html", "--perturb", "typo")
    perturbed = read_questions(tmp_path / "typo" / "questions.jsonl")
    assert {question.perturbation for question in perturbed} == {"typo"}
    assert compare_runs(tmp_path / "clean", tmp_path / "typo").regressed is False


def test_different_question_sets_are_not_compared(table, questions_file, tmp_path, capsys):
    run(questions_file, tmp_path / "all", "good", "--no-html")
    run(questions_file, tmp_path / "few", "good", "--no-html", "--limit", "4")
    assert main(["compare", str(tmp_path / "all"), str(tmp_path / "few")]) == 2
    assert "不是同一套问题" in capsys.readouterr().err


def test_one_failure_is_recorded_and_the_run_goes_on():
    def ask(question):
        if question.id == "Q-00":
            raise OSError("超时")
        return {"answered": True}  # breaks the contract

    rows = [row for row, _ in ask_questions(ask, QUESTIONS[:2])]
    assert rows[0]["error"] == "超时"
    assert "Q-01" in rows[1]["error"]


def test_undated_questions_are_asked_on_the_latest_date():
    dated = make_question("D-1", "甲乙丙丁", as_of="2026-11-23")
    seen = []

    def ask(question):
        seen.append(question.as_of)
        return make_output("答")

    questions = [QUESTIONS[0], dated]
    list(ask_questions(ask, questions, latest_date(questions)))
    assert seen == ["2026-11-23", "2026-11-23"]
    assert latest_date(QUESTIONS) == ""


def test_answers_without_a_question_are_refused(table, questions_file, tmp_path):
    run(questions_file, tmp_path, "good", "--no-html")
    rows = (tmp_path / "per_question.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "per_question.jsonl").write_text("\n".join(rows[1:]), encoding="utf-8")
    with pytest.raises(ValueError, match="不一致"):
        load_cases(tmp_path, fold_corpus([]))


def test_validate_accepts_the_shipped_questions(capsys):
    assert main(["validate", "eval/questions/dev.jsonl"]) == 0
    text = capsys.readouterr().out
    assert "0 处问题" in text
    assert "BM25" in text


def test_validate_fails_on_drift(tmp_path, capsys):
    path = tmp_path / "bad.jsonl"
    path.write_text(dump_questions([QUESTIONS[0]]), encoding="utf-8")
    assert main(["validate", str(path)]) == 1
    assert "引文不在公报里" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.5, ".500"), (-0.25, "-.250"), (1.0, "1.000"), (10.25, "10.250"), (None, "—")],
)
def test_numbers_are_written_as_in_reports(value, written):
    assert number(value) == written
