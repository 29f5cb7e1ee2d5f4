"""Measures over whole cases, the causes of failure, and systems that try to cheat."""

import math

import pytest

from eval.cases import has_right_status, is_correct, unsupported_figures
from eval.decomposition import LABELS, explain
from eval.measures import MEASURE_BY_NAME, confidence_of, evidence_curve
from eval.score import score_cases, summarise
from tests.eval_factories import (
    make_case,
    make_citation,
    make_output,
    make_passage,
    make_question,
)

QUOTE = "对见义勇为人员给予三万元奖励"
CLAUSE = "第九条 对见义勇为人员给予三万元奖励。由县级人民政府发放。"
GOLD = make_passage("c9", CLAUSE)
OTHER = make_passage("c1", "第一条 为了弘扬正气，制定本办法。")
RIGHT = make_output(
    "对见义勇为人员给予三万元奖励。[1]",
    OTHER,
    GOLD,
    citations=[make_citation("1", "c9", QUOTE, start=4, end=18)],
)


def question(**fields):
    return make_question("Q-1", QUOTE, facts=[["三万元"]], must_not=["五万元"], **fields)


def value(name, case):
    return MEASURE_BY_NAME[name].value(case)


def test_a_right_answer():
    case = make_case(question(), RIGHT, CLAUSE)
    expected = {
        "Success@1": 0.0, "Success@5": 1.0, "doc_Success@1": 1.0, "all_evidence@5": 1.0,
        "R@10": 1.0, "RR@10": 0.5, "nDCG@10": 1 / math.log2(3), "Judged@10": 1.0,
        "all_evidence@2000chars": 1.0, "span_recall@2000": 1.0,
        "correct": 1.0, "key_fact_recall": 1.0, "all_facts": 1.0, "contradiction": 0.0,
        "figure_precision": 1.0, "answer_chars": 18.0,
        "citation_validity": 1.0, "citation_precision": 1.0, "citation_recall": 1.0,
        "support_recall": 1.0, "support_precision": 1.0,
        "uncited_sentences": 0.0, "verbatim_quotes": 1.0, "false_refusal": 0.0,
    }  # fmt: skip
    assert {name: value(name, case) for name in expected} == pytest.approx(expected)
    assert explain(case) == ""
    assert evidence_curve(case, 3) == [0.0, 1.0, 1.0]


def test_span_precision_counts_retrieved_characters():
    case = make_case(question(), RIGHT)
    retrieved = len("第一条为了弘扬正气,制定本办法.") + len("".join(CLAUSE.split()))
    assert value("span_precision@2000", case) == pytest.approx(14 / retrieved)


def test_a_refusal_is_counted_in_every_answer_measure():
    case = make_case(question(), make_output("", GOLD))
    assert value("all_facts", case) == 0.0
    assert value("false_refusal", case) == 1.0
    assert value("citation_recall", case) == 0.0
    assert math.isnan(value("figure_precision", case))
    assert math.isnan(value("uncited_sentences", case))
    assert math.isnan(value("wrong_answer", case))  # not in its population


def test_the_text_of_a_refusal_states_no_facts():
    output = make_output("没有依据；最近的规定提到三万元。", GOLD) | {"answered": False}
    assert value("all_facts", make_case(question(), output)) == 0.0


def test_invented_marks_lower_validity():
    output = RIGHT | {"answer": "给予三万元奖励。[1][7]", "unknown_marks": ["9"]}
    case = make_case(question(), output)
    assert value("citation_validity", case) == pytest.approx(1 / 3)
    assert value("support_precision", case) == pytest.approx(1 / 2)
    assert explain(case) == "citation_wrong"


def test_support_follows_alces_two_conditions():
    both = [make_citation("1", "c9", QUOTE), make_citation("2", "c1", "制定本办法")]
    cited_both = RIGHT | {"answer": "对见义勇为人员给予三万元奖励。[1][2]", "citations": both}
    case = make_case(question(), cited_both)
    assert value("support_recall", case) == 1.0
    assert value("support_precision", case) == 0.5  # [2] adds nothing
    wrong_clause = RIGHT | {"answer": "对见义勇为人员给予三万元奖励。[2]", "citations": both}
    case = make_case(question(), wrong_clause)
    assert value("support_recall", case) == 0.0
    assert value("support_precision", case) == 0.0


def test_quotes_must_be_verbatim():
    altered = RIGHT | {"citations": [make_citation("1", "c9", "给予3万元奖励")]}
    assert value("verbatim_quotes", make_case(question(), altered)) == 0.0


def test_a_system_without_passages_has_no_retrieval_figures():
    case = make_case(question(), make_output("三万元"), retrieves=False)
    assert math.isnan(value("nDCG@10", case))
    assert value("all_facts", case) == 1.0
    assert explain(case) == ""


def test_figures_outside_the_evidence_are_found():
    output = RIGHT | {"answer": "给予三万元奖励，另补贴八千元。[1]"}
    case = make_case(question(), output, CLAUSE)
    assert value("figure_precision", case) == 0.5
    assert {amount for _, amount, _ in unsupported_figures(case)} == {"8000"}


@pytest.mark.parametrize(
    ("expected", "status", "right"),
    [
        ("已过期", "已过有效期", True),
        ("仍有效", "已过有效期", False),
        ("尚未可知", "未载明", True),
        ("仍有效", "", None),
    ],
)
def test_status_is_read_from_the_citation(expected, status, right):
    asked = question(expected_status=expected, as_of="2026-01-01")
    output = RIGHT | {"citations": [make_citation("1", "c9", QUOTE, status=status)]}
    case = make_case(asked, output)
    assert has_right_status(case) is right
    assert is_correct(case) is (right is not False)


UNANSWERABLE = make_question("Q-2")


@pytest.mark.parametrize(
    ("asked", "output", "label"),
    [
        (question(), RIGHT, ""),
        (question(), make_output("三万元。", OTHER), "not_retrieved"),
        (question(), make_output("两万元。", OTHER), "not_retrieved"),
        (question(), make_output("", OTHER), "not_retrieved"),
        (question(), make_output("", GOLD), "should_have_answered"),
        (question(), make_output("给予奖励。", GOLD), "retrieved_unused"),
        (question(), RIGHT | {"answer": "给予奖励。[1]"}, "fact_missing"),
        (question(), RIGHT | {"answer": "不是三万元，是五万元。[1]"}, "contradiction"),
        (question(), RIGHT | {"answer": "三万元，另加八千元。[1]"}, "unsupported_extra"),
        (question(), RIGHT | {"citations": [make_citation("1", "c1", "x")]}, "citation_wrong"),
        (question(), make_output("", error="连不上"), "failed"),
        (UNANSWERABLE, make_output("三万元。", OTHER), "should_have_declined"),
        (UNANSWERABLE, make_output("", OTHER), ""),
        (UNANSWERABLE, make_output("", error="连不上"), "failed"),
        (
            question(expected_status="已过期", as_of="2026-01-01"),
            RIGHT | {"citations": [make_citation("1", "c9", QUOTE, status="有效")]},
            "status_wrong",
        ),
    ],
)
def test_every_cause_of_failure(asked, output, label):
    if label == "not_retrieved" and output["answer"] == "三万元。":
        label = "citation_wrong"  # right by luck: the fact is there, its evidence is not
    assert explain(make_case(asked, output, CLAUSE)) == label
    assert label in {"", *LABELS}


def test_a_failure_is_no_honest_refusal():
    summary = summarise(score_cases([make_case(UNANSWERABLE, make_output("", error="超时"))]))
    assert summary["failed"] == 1
    assert summary["metrics"]["wrong_answer"]["value"] == 1.0
    assert summary["metrics"]["abstention_R"]["value"] == 0.0


def test_confidence_falls_back_to_the_best_score():
    assert confidence_of(make_case(question(), RIGHT)) == 0.5
    assert confidence_of(make_case(question(), RIGHT | {"confidence": 0.9})) == 0.9
    assert math.isnan(confidence_of(make_case(question(), make_output(""))))


def test_undefined_values_are_counted():
    cases = [
        make_case(question(), RIGHT, CLAUSE),
        make_case(question().model_copy(update={"id": "Q-3"}), make_output("")),
    ]
    row = summarise(score_cases(cases))["metrics"]["figure_precision"]
    assert (row["n"], row["undefined"], row["value"]) == (1, 1, 1.0)


# --- systems that game one measure must lose visibly in another -----------------------------------


def summary_of(answer_for):
    """Score a system over four answerable questions and two that have no answer."""
    amounts = ("三万元", "二十日", "30%", "2023年")
    clauses = [
        make_passage(f"c{i}", f"第{i}条 关于第{i}类事项，规定为{amount}。")
        for i, amount in enumerate(amounts)
    ]
    asked = [
        make_question(
            f"Q-{i}",
            f"关于第{i}类事项,规定为{amount}",
            facts=[[amount]],
            must_not=[amounts[(i + 1) % len(amounts)]],
        )
        for i, amount in enumerate(amounts)
    ]
    asked += [make_question("U-1"), make_question("U-2")]
    cases = [
        make_case(q, answer_for(i, clauses), evidence=clauses[i]["text"] if i < 4 else "")
        for i, q in enumerate(asked)
    ]
    return summarise(score_cases(cases))


def honest(index, clauses):
    if index >= len(clauses):
        return make_output("", *clauses)
    best = clauses[index]
    others = [clause for clause in clauses if clause is not best]
    citation = make_citation("1", best["clause_id"], best["text"])
    return make_output(best["text"] + "[1]", best, *others, citations=[citation])


def cite_everything(index, clauses):
    citations = [
        make_citation(str(n), clause["clause_id"], clause["text"])
        for n, clause in enumerate(clauses, start=1)
    ]
    marks = "".join(f"[{citation['mark']}]" for citation in citations)
    own = clauses[index % len(clauses)]
    return make_output(own["text"] + marks, *clauses, citations=citations)


def metric(summary, name):
    return summary["metrics"][name]["value"]


def test_answering_all_numbers_loses():
    def all_numbers(_index, clauses):
        return make_output("三万元、二十日、30%、2023年。", *clauses)

    fair, gamed = summary_of(honest), summary_of(all_numbers)
    assert metric(gamed, "all_facts") == 1.0  # the loophole
    assert metric(gamed, "contradiction") == 1.0
    assert metric(gamed, "figure_precision") == pytest.approx(0.25)
    assert metric(gamed, "correct") == 0.0 < metric(fair, "correct") == 1.0


def test_refusing_everything_loses():
    refused = summary_of(lambda _index, clauses: make_output("", *clauses))
    assert metric(refused, "wrong_answer") == 0.0  # the loophole
    assert metric(refused, "all_facts") == 0.0
    assert metric(refused, "false_refusal") == 1.0
    assert metric(refused, "abstention_P") == pytest.approx(2 / 6, abs=1e-6)


def test_citing_everything_loses():
    fair, gamed = summary_of(honest), summary_of(cite_everything)
    assert metric(gamed, "citation_recall") == 1.0  # the loophole
    assert metric(gamed, "citation_precision") == 0.25 < metric(fair, "citation_precision") == 1.0
    assert metric(gamed, "support_precision") == 0.25 < metric(fair, "support_precision") == 1.0
    assert metric(gamed, "wrong_answer") == 1.0


def test_summary_reads_declining_off_the_confusion():
    summary = summary_of(honest)
    assert summary["confusion"] == {
        "answerable_answered": 4,
        "answerable_declined": 0,
        "unanswerable_answered": 0,
        "unanswerable_declined": 2,
    }
    assert metric(summary, "abstention_F1") == 1.0
    assert summary["evidence_curve"] == [1.0] * 10
    assert summary["decomposition"] == {}
