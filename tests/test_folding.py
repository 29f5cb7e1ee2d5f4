from hypothesis import given
from hypothesis import strategies as st

from index.folding import find_folded, fold, fold_with_offsets
from index.types import Span


def test_width_and_case_do_not_matter():
    assert fold("（二）ＡＢc，１２％：") == fold("(二)abC,12%:") == "(二)abc,12%:"


def test_white_space_and_invisible_characters_are_removed():
    assert fold(" 赣市府发\u3000〔2022〕\n14 号\u200b\ufeff\t") == "赣市府发[2022]14号"


def test_bracket_quote_dash_and_dot_variants_are_one():
    assert fold("〔2022〕") == fold("[2022]") == fold("［2022］") == fold("【2022】")
    assert fold("“五型”") == fold('"五型"') == fold("「五型」")
    assert fold("2023—2025") == fold("2023-2025") == fold("2023–2025") == fold("2023－2025")
    assert fold("1～3") == fold("1~3") == fold("1〜3")
    assert fold("〈意见〉") == fold("《意见》")
    assert fold("执行。") == fold("执行.") == fold("执行｡")


def test_enumeration_comma_stays_apart_from_comma():
    assert fold("教育、卫生") != fold("教育，卫生")


def test_enclosed_digit_does_not_join_the_number_after_it():
    assert fold("①3家") == "(1)3家"


def test_offsets_follow_characters_that_expand_or_vanish():
    assert fold_with_offsets("a ㎡b") == ("am2b", [0, 2, 2, 3])


def test_find_gives_original_offsets():
    text = "根据 赣市府发〔 2022 〕14号 执行"
    span = find_folded("赣市府发[2022]14号", text)
    assert span == Span(3, 18)
    assert text[span.start : span.end] == "赣市府发〔 2022 〕14号"


def test_find_respects_start_and_absence():
    assert find_folded("ab", "AB ab", start=1) == Span(3, 5)
    assert find_folded("废止", "施行") is None
    assert find_folded(" \n", "施行") is None


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_offsets_agree_with_fold(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)


@given(st.text(), st.text(min_size=1), st.text())
def test_every_inserted_needle_is_found(before, needle, after):
    haystack = before + needle + after
    span = find_folded(needle, haystack)
    if fold(needle):
        assert span is not None
        assert fold(needle) in fold(haystack[span.start : span.end])
