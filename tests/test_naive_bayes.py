"""What the bigrams of a question say for or against its being answered."""

import numpy as np
import pytest

from assistant.naive_bayes import sum_log_odds
from assistant.question_banks import measure_nearness, open_banks
from index.lexical import build_lexical, texts_with
from index.tokens import bigrams

ANSWERED = ["补贴多少钱", "补贴在哪里领", "补贴谁能领"]
OPEN = ["补贴几岁能领", "补贴几岁停发", "补贴发给几岁"]


def lexical_of(questions):
    return build_lexical(((str(n), asked) for n, asked in enumerate(questions)), bigrams)


def odds(question, cosine=None, answered=ANSWERED, others=OPEN):
    questions = [*answered, *others]
    cosine = np.full(len(questions), 0.5, dtype=np.float32) if cosine is None else cosine
    return sum_log_odds(question, lexical_of(questions), cosine, len(answered))


def test_a_bigram_that_only_open_questions_have_speaks_against():
    assert odds("补贴几岁") < -0.5 < 0.5 < odds("补贴多少")


def test_what_all_questions_have_says_nothing():
    assert odds("补贴") == pytest.approx(0.0)


def test_an_unknown_bigram_says_nothing():
    assert odds("量子") == odds("量子", others=[*OPEN, "天气怎么样", "怎么炒股"]) == 0.0
    assert odds("") == 0.0


def test_a_bigram_counts_once_however_often_it_is_said():
    assert odds("几岁，几岁，几岁") == pytest.approx(odds("几岁"))


def test_near_questions_count_most():
    near_open = np.array([0.1, 0.1, 0.1, 0.9, 0.1, 0.1], dtype=np.float32)
    near_answered = np.array([0.1, 0.9, 0.1, 0.1, 0.1, 0.1], dtype=np.float32)
    assert odds("能领", near_open) < odds("能领", near_answered)


def test_one_kind_alone_says_nothing():
    assert odds("补贴几岁", answered=[]) == odds("补贴几岁", others=[]) == 0.0


def test_texts_with_a_token_are_found():
    index = lexical_of(ANSWERED)
    assert sorted(texts_with(index, "补贴")) == [0, 1, 2]
    assert list(texts_with(index, "多少")) == [0]
    assert len(texts_with(index, "几岁")) == len(texts_with(build_lexical(()), "补贴")) == 0


def test_known_questions_are_told_apart_by_their_words(gazette):
    banks = open_banks(gazette)
    answered = [asked[-1] for asked in list(gazette.expansions.values())[::40]]
    open_ = [gap.question for gap in gazette.gaps[::900]]
    assert np.mean([measure_nearness(q, banks).wording > 0 for q in answered]) > 0.9
    assert np.mean([measure_nearness(q, banks).wording < 0 for q in open_]) > 0.9
