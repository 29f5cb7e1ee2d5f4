"""The question format, selection, and every kind of drift the validator must catch."""

import json

import pytest

from eval.corpus import Source, fold_corpus
from eval.questions import (
    digest_questions,
    dump_questions,
    questions_path,
    read_questions,
    select,
    version_of,
)
from eval.validate import check_questions, copied_runs, overlap_share, shared_questions
from index.folding import fold
from tests.eval_factories import DOC, make_question

TEXT = "某市奖励办法\n\n第九条 对见义勇为人员给予\n三万元奖励，由县级人民政府发放。"
CORPUS = fold_corpus([TEXT])
SOURCES = [Source(DOC, "某市奖励办法", fold(TEXT))]


def good(**fields):
    return make_question("Q-1", "对见义勇为人员给予三万元奖励", facts=[["三万元"]]).model_copy(
        update=fields
    )


def faults_of(*questions):
    return check_questions(list(questions), CORPUS, SOURCES)


def test_a_clean_question_has_no_faults():
    assert faults_of(good()) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (make_question("Q", "对见义勇为人员给予五万元奖励", facts=[["五万元"]]), "引文不在公报里"),
        (make_question("Q", "三万", facts=[["三万元"]]), "引文太短"),
        (good(gold=tuple(
            tuple(e.model_copy(update={"doc_no": "某府发〔2022〕9号"}) for e in group)
            for group in good().gold
        )), "或没有这个文件"),
        (good(facts=(("三万元", " "),)), "空的写法"),
        (good(facts=((),)), "没有任何写法"),
        (good(facts=()), "没有要点"),
        (good(must_not=("",)), "must_not 里有空"),
        (good(must_not=("万元",)), "会判错正确的写法"),
        (good(question="抓小偷受伤，对见义勇为人员给予三万元奖励吗"), "照抄"),
        (good(expected_status="仍有效"), "as_of"),
        (good(kind="followup"), "history"),
        (good(question=" "), "问题是空的"),
        (make_question("Q", facts=[["三万元"]]), "不可答的问题不应有要点"),
    ],
)  # fmt: skip
def test_every_drift_is_caught(question, words):
    assert any(words in fault for fault in faults_of(question))


def test_a_changed_corpus_is_caught():
    changed = fold_corpus([TEXT.replace("三万元", "四万元")])
    assert "引文不在公报里" in check_questions([good()], changed, SOURCES)[0]


def test_the_same_question_twice_is_caught():
    assert "同一个问题" in faults_of(good(), good(id="Q-2"))[0]
    assert shared_questions([[good()], [good(id="T-1")]]) == ["Q-1 = T-1"]


def test_names_may_be_repeated_and_nothing_else():
    quote = "按照《某市关于奖励保护见义勇为人员的实施办法》执行，由县级人民政府负责发放奖金"
    titles = [fold("某市关于奖励保护见义勇为人员的实施办法")]
    assert copied_runs("《某市关于奖励保护见义勇为人员的实施办法》是什么", quote, [], 12) == []
    bare = "某市关于奖励保护见义勇为人员的实施办法是什么"
    assert copied_runs(bare, quote, titles, 12) == []
    assert copied_runs(bare, quote, [], 12) == ["某市关于奖励保护见义勇为人员的实施办法"]
    assert copied_runs("由县级人民政府负责发放奖金吗", quote, titles, 12) == [
        "由县级人民政府负责发放奖金"
    ]
    assert copied_runs("由县级人民政府负责", quote, titles, 12) == []


def test_overlap_is_a_share_of_the_question():
    assert overlap_share(good(question="给予奖金")) == pytest.approx(1 / 3)


def test_reading_lists_every_fault(tmp_path):
    path = tmp_path / "q.jsonl"
    line = dump_questions([good()])
    wrong = json.dumps(json.loads(line) | {"answerable": False})
    misspelt = json.dumps(json.loads(line) | {"mustnot": []})
    path.write_text(f"{line}{line}\n{wrong}\n{misspelt}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="编号重复: Q-1") as error:
        read_questions(path)
    assert "gold" in str(error.value)
    assert "mustnot" in str(error.value)


def test_digest_depends_on_content_only(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text(dump_questions([good(id="B"), good(id="A")]), encoding="utf-8")
    read = read_questions(path)
    assert [q.id for q in read] == ["A", "B"]
    assert digest_questions(read) == digest_questions([good(id="B"), good(id="A")])
    assert digest_questions(read) != digest_questions([good(id="A")])
    assert version_of("dev", read).startswith("dev-2-")


def test_select():
    questions = [good(), good(id="Q-2", wording="official"), make_question("U-1")]
    assert [q.id for q in select(questions, "wording=official")] == ["Q-2"]
    assert [q.id for q in select(questions, "evidence=none")] == ["U-1"]
    for condition in ("wording", "colour=red", "wording=latin"):
        with pytest.raises(ValueError, match="切片"):
            select(questions, condition)


def test_unknown_split_names_what_exists():
    with pytest.raises(FileNotFoundError, match="dev"):
        questions_path("nonsense")


def test_evidence_text_reaches_around_the_quote():
    text = CORPUS.evidence_text(good())
    assert "县级人民政府" in text
    assert fold_corpus(["别的"]).evidence_text(good()) == "对见义勇为人员给予三万元奖励"
