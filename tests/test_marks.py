"""Marks of a reply resolved: every way of writing them, and every way of cutting the stream."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.marks import Mark, MarkResolver, issue_keys, render_marks, resolve_marks

KEYS = issue_keys(5)


def resolve(*chunks, keys=KEYS):
    """Return the pieces with neighbouring text joined."""
    joined = []
    for piece in resolve_marks(chunks, keys):
        if joined and isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def render(*chunks, keys=KEYS):
    return render_marks(resolve(*chunks, keys=keys), {})


def test_keys_are_issued_in_order():
    assert KEYS == ("a1", "a2", "a3", "a4", "a5")


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("[a2]", ("a2",)),
        ("【a2】", ("a2",)),
        ("［a2］", ("a2",)),
        ("[ａ２]", ("a2",)),
        ("[A2]", ("a2",)),
        ("[ a2 ]", ("a2",)),
        ("[2]", ("a2",)),
        ("【2】", ("a2",)),
        ("［２］", ("a2",)),
        ("[a1,a3]", ("a1", "a3")),
        ("[a1, a3]", ("a1", "a3")),
        ("[a1，a3]", ("a1", "a3")),
        ("[a1、a3]", ("a1", "a3")),
        ("[a1;a3]", ("a1", "a3")),
        ("[a1 a3]", ("a1", "a3")),
        ("[1、2]", ("a1", "a2")),
        ("[a1-a3]", ("a1", "a2", "a3")),
        ("[1-3]", ("a1", "a2", "a3")),
        ("[1–3]", ("a1", "a2", "a3")),
        ("【a1～a3】", ("a1", "a2", "a3")),
        ("[a1至a2]", ("a1", "a2")),
        ("[a1-a2、a5]", ("a1", "a2", "a5")),
        ("[a3,a3]", ("a3",)),
    ],
)
def test_every_way_of_writing_a_mark(written, keys):
    assert resolve(f"奖励{written}。") == ["奖励", Mark(keys), "。"]


@pytest.mark.parametrize(
    ("written", "keys", "unknown"),
    [
        ("[a9]", (), ("a9",)),
        ("[99]", (), ("a99",)),
        ("[doc1]", (), ("doc1",)),
        ("[a1,a9]", ("a1",), ("a9",)),
        ("[a4-a9]", ("a4",), ("a9",)),
        ("[a3-a1]", ("a3", "a1"), ()),
        ("[b1-b2]", (), ("b1", "b2")),
        ("[0]", (), ("a0",)),
    ],
)
def test_invented_keys_are_told_apart(written, keys, unknown):
    assert resolve(f"奖励{written}。") == ["奖励", Mark(keys, unknown), "。"]


@pytest.mark.parametrize(
    "text",
    [
        "赣市府发[2022]14号",
        "赣市府发〔2022〕14号",
        "［注］见附件",
        "【责任单位：市林业局】",
        "[]",
        "[a1",
        "[a1，第三条]",
        "[a1\n]",
        "第[1.5]款",
        "[" + "1," * 60 + "1]",
    ],
)
def test_other_brackets_are_text(text):
    assert resolve(text) == [text]


def test_marks_are_renumbered_in_order_of_first_use():
    assert render("甲[a4]。乙[a2]。丙[a4]。") == "甲[1]。乙[2]。丙[1]。"


def test_numbers_go_on_from_those_given():
    numbers = {"a2": "1"}
    assert render_marks(resolve("甲[a4]，乙[a2]"), numbers) == "甲[2]，乙[1]"
    assert numbers == {"a2": "1", "a4": "2"}


def test_a_mark_is_not_repeated_beside_itself():
    assert render("甲[a1][a1]。") == "甲[1]。"
    assert render("甲[a1][a1,a2]。") == "甲[1][2]。"
    assert render("甲[a1]，乙[a1]。") == "甲[1]，乙[1]。"


def test_invented_marks_vanish():
    assert render("甲[a9]。乙[a1]。") == "甲。乙[1]。"


def test_text_before_an_unfinished_mark_is_given_out_at_once():
    resolver = MarkResolver(KEYS)
    assert resolver.feed("奖励一千元[") == ["奖励一千元"]
    assert resolver.feed("a1") == []
    assert resolver.feed("]。") == [Mark(("a1",)), "。"]
    assert resolver.finish() == []


def test_a_bracket_that_cannot_become_a_mark_is_given_out():
    resolver = MarkResolver(KEYS)
    assert resolver.feed("见[附") == ["见[附"]
    assert resolver.feed("[" + "1," * 50) == ["[" + "1," * 50]


FRAGMENTS = (
    *("[a1]", "【2】", "［a3］", "[a1,a2]", "[1、2]", "[1-3]", "[a9]", "[", "]", "【", "】"),
    *("a1", "12", "赣市府发[2022]14号", "给予一千元", "。", "\n", " ", "，", "-"),
    "[" + "1," * 45 + "1]",
)
REPLIES = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)


@given(REPLIES, st.lists(st.integers(0, 120), max_size=8))
def test_any_splitting_resolves_the_same(text, places):
    cuts = [0, *sorted({min(place, len(text)) for place in places}), len(text)]
    chunks = [text[start:end] for start, end in pairwise(cuts)]
    assert resolve(*chunks) == resolve(text)


@given(REPLIES)
def test_character_by_character_resolves_the_same(text):
    assert resolve(*text) == resolve(text)


@given(REPLIES)
def test_nothing_but_marks_is_lost(text):
    pieces = resolve(text)
    assert not any(piece == "" for piece in pieces)
    remaining = text
    for piece in pieces:
        if isinstance(piece, str):
            assert piece in remaining
            remaining = remaining[remaining.index(piece) + len(piece) :]


@given(st.text(max_size=200), st.integers(1, 7))
def test_any_text_at_all(text, size):
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    assert resolve(*chunks) == resolve(text)
