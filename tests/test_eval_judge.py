"""The judge's prompt and verdicts, and the block of the report, with a judge that is a function."""

import json

import pytest

from eval.corpus import fold_corpus
from eval.judge import Judgement, judge_run, read_verdict, summarise_aspect
from eval.report import build_sections, read_run, to_markdown
from eval.run import RunConfig, generate
from eval.score import score_run
from tests.eval_factories import make_citation, make_output, make_passage, make_question

CORPUS = fold_corpus(["给予举报人1000元奖励。应当为其保密。"])
QUESTIONS = [
    make_question("Q-1", "给予举报人1000元奖励", facts=[["1000元", "一千元"]], question="奖多少"),
    make_question("Q-2", "应当为其保密", facts=[["保密"]], doc_no="某府发〔2022〕2号"),
    make_question("U-1", unanswerable_kind="near_miss"),
]
GOOD = '好。\n{"faithful": 1, "correct": 1, "reason": "对"}'


@pytest.fixture
def run(tmp_path):
    def ask(question):
        if question.id == "U-1":
            return make_output("")
        clause = make_passage("c", question.gold[0][0].quote)
        citation = make_citation("1", "c", clause["text"])
        return make_output(f"{clause['text']}。[1]", clause, citations=[citation])

    generate(ask, QUESTIONS, RunConfig("ours", "本助手", True, "set-3", 10), tmp_path, iter)
    score_run(tmp_path, CORPUS)
    return tmp_path


def judge(run, reply, repeats=2):
    prompts = []

    def complete(prompt):
        prompts.append(prompt)
        return reply(prompt, len(prompts)) if callable(reply) else reply

    judge_run(run, CORPUS, "test:judge", complete, repeats, iter)
    return prompts, json.loads((run / "judge.json").read_text(encoding="utf-8"))


def test_every_answer_given_is_judged_as_often_as_asked(run):
    prompts, report = judge(run, GOOD)
    assert (report["answers"], report["repeats"], len(prompts)) == (2, 2, 4)
    assert report["judge"] == "test:judge"
    assert len(report["prompt"]) == 12
    faithful = report["aspects"]["faithful"]
    assert (faithful["n"], faithful["value"], faithful["agreement"]) == (2, 1.0, 1.0)


def test_the_judge_sees_question_evidence_facts_and_answer(run):
    prompts, _ = judge(run, GOOD, repeats=1)
    first = next(prompt for prompt in prompts if "奖多少" in prompt)
    for part in ("给予举报人1000元奖励", "1000元或一千元", "给予举报人1000元奖励。[1]"):
        assert part in first


def test_what_cannot_be_read_is_counted_and_not_guessed(run):
    def reply(prompt, number):
        return GOOD if "奖多少" in prompt else "我不确定"

    _, report = judge(run, reply)
    assert report["unreadable"] == 2
    assert report["aspects"]["correct"]["n"] == 1


def test_a_judge_that_fails_is_counted(run):
    def reply(prompt, number):
        raise OSError("超时")

    _, report = judge(run, reply)
    assert report["unreadable"] == 4
    assert report["aspects"]["correct"]["value"] is None
    assert report["judgements"][0]["reason"] == "超时"


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "{}",
        '{"faithful": 2, "correct": 1}',
        '{"faithful": 1}',
        '{"faithful": "是", "correct": 1}',
    ],
)
def test_verdicts_outside_the_scale_are_unreadable(reply):
    assert read_verdict("Q", 0, reply).faithful is None


def test_the_last_object_of_a_reply_counts():
    verdict = read_verdict("Q", 0, f'例如 {{"faithful": 0, "correct": 0}}。{GOOD}')
    assert (verdict.faithful, verdict.correct, verdict.reason) == (1.0, 1.0, "对")


def test_repeats_are_averaged_within_a_question_first():
    votes = [("Q-1", 1.0), ("Q-1", 0.0), ("Q-2", 1.0), ("Q-2", 1.0)]
    judgements = [Judgement(id_, i, value, value, "") for i, (id_, value) in enumerate(votes)]
    summary = summarise_aspect(judgements, "correct", {"Q-1": "a", "Q-2": "b"})
    assert (summary["value"], summary["agreement"]) == (0.75, 0.5)


def test_the_report_has_a_block_of_its_own(run):
    before = to_markdown(build_sections([read_run(run)]))
    judge(run, GOOD)
    after = to_markdown(build_sections([read_run(run)]))
    assert "模型评判" not in before
    assert "## 模型评判：ours" in after
    assert "不参与任何门槛" in after
    assert (run / "summary.json").read_text("utf-8").count("judge") == 0


def test_at_least_one_repeat(run):
    with pytest.raises(ValueError, match="--repeats"):
        judge(run, GOOD, repeats=0)
