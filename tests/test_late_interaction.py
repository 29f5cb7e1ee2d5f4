"""Late interaction: a clause counts for the question's words it has something like."""

import numpy as np

from assistant.late_interaction import measure_interaction, word_vectors
from tests.store_factories import BRIDGES, make_store


def called(gazette, *labels):
    clauses = [c for c in gazette.clauses.values() if c.document.doc_no == "赣市府发〔2022〕14号"]
    return [next(c for c in clauses if c.label == label) for label in labels]


def test_a_clause_that_holds_the_words_counts_most(gazette):
    clauses = called(gazette, "第七条", "第十一条")
    materials = measure_interaction("申请确认要提交哪些材料", clauses, gazette)
    money = measure_interaction("颁发证书和奖金", clauses, gazette)
    assert materials[0] > materials[1]
    assert money[1] > money[0]
    assert ((materials >= 0) & (materials <= 1.0001)).all()


def test_likeness_reaches_words_the_clause_does_not_hold(gazette):
    (hospital,) = called(gazette, "第十三条")
    assert "医药费" not in hospital.text
    near, far = (
        measure_interaction(question, [hospital], gazette)[0] for question in ("医药费", "脐橙")
    )
    assert near > far + 0.1


def test_a_question_without_content_words_prefers_nothing(gazette):
    clauses = called(gazette, "第七条", "第十一条")
    assert not measure_interaction("怎么可以多少", clauses, gazette).any()
    assert measure_interaction("奖金", [], gazette).shape == (0,)


def test_words_met_later_keep_the_rows_of_those_before(gazette):
    vectors = word_vectors(gazette)
    rows = vectors.number(["奖金", "证书"])
    before = vectors.matrix[rows].copy()
    vectors.number(["一个从来没有见过的词语"])
    assert np.array_equal(vectors.matrix[vectors.number(["奖金", "证书"])], before)


def test_a_store_of_another_model_is_compared_in_the_packaged_one(tmp_path):
    store = make_store(tmp_path, BRIDGES)
    assert store.manifest.model == "bigrams"
    clauses = list(store.clauses.values())
    scores = measure_interaction("举报桥梁损坏奖励", clauses, store)
    assert clauses[int(scores.argmax())].label in {"题头", "第二条"}
