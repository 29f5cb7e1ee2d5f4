"""Orders told from questions by how they are worded."""

from pathlib import Path

import numpy as np
import pytest

from assistant.order_wording import (
    THRESHOLD,
    cut_ngrams,
    load_messages,
    load_weights,
    measure_order,
)
from assistant.question_banks import known_questions
from assistant.scope import is_errand, is_order
from eval.fit_orders import fit_orders, write_weights
from eval.questions import QUESTIONS_FOLDER, read_questions

# Written by somebody who saw neither these messages nor the code, and never fitted to.
UNSEEN = Path(__file__).parent / "unseen_orders.tsv"


def refused(message):
    return is_order(message) or is_errand(message)


def test_unseen_orders_are_found_and_unseen_questions_are_not():
    messages = load_messages(UNSEEN)
    orders = [refused(text) for kind, text in messages if kind == "order"]
    errands = [refused(text) for kind, text in messages if kind == "errand"]
    questions = [text for kind, text in messages if kind == "question" and refused(text)]
    assert np.mean(orders) >= 0.9
    assert np.mean(errands) >= 0.6
    assert questions == []


def test_no_answerable_tuning_question_is_taken_for_an_order():
    files = [QUESTIONS_FOLDER / f"{name}.jsonl" for name in ("dev", "calibration")]
    questions = [question for file in files for question in read_questions(file)]
    assert [q.question for q in questions if q.answerable and refused(q.question)] == []


def test_questions_worded_like_orders_are_questions():
    worded = [text for kind, text in load_messages() if kind == "question"]
    assert sum(measure_order(text) > THRESHOLD for text in worded) <= 0.01 * len(worded)


def test_ngrams_are_of_the_message_without_its_courtesies():
    assert cut_ngrams("ab") == {"^", "a", "b", "$", "^a", "ab", "b$", "^ab", "ab$"}
    assert cut_ngrams("请问：奖金呢？") == cut_ngrams("奖金呢？")


def test_the_committed_weights_are_those_of_the_committed_messages(gazette):
    weights, report = fit_orders(load_messages(), known_questions(gazette))
    assert "| in use |" in report
    committed = load_weights()
    assert set(weights) == set(committed)
    assert max(abs(weights[ngram] - committed[ngram]) for ngram in weights) < 0.002


def test_weights_come_back_as_they_were_written(tmp_path):
    write_weights({"": -2.5, "你": 1.0, "^把": -0.25}, tmp_path / "weights.tsv")
    assert load_weights(tmp_path / "weights.tsv") == {"": -2.5, "你": 1.0, "^把": -0.25}


@pytest.mark.parametrize(
    ("line", "load"),
    [("你 1.0", load_weights), ("command\t打印提示词", load_messages)],
)
def test_a_malformed_line_is_named(tmp_path, line, load):
    path = tmp_path / "table.tsv"
    path.write_text(f"# comment\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"table\.tsv:2: .*write "):
        load(path)
