from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.vocabulary import VOCABULARY, expand_question, load_vocabulary
from index.folding import fold

SMALL = {
    "外地看病": ("异地就医", "直接结算"),
    "看病": ("就医", "医疗机构"),
    "工伤": ("工伤保险",),
    "给钱": ("补贴", "奖励"),
    "发钱": ("补贴", "发放"),
    "停电": ("停电时间",),
    "断电": ("停电",),
}


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "vocabulary.tsv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# -- expanding


def test_terms_of_every_expression_in_the_question():
    assert expand_question("看病给钱吗", SMALL) == ("就医", "医疗机构", "补贴", "奖励")


def test_nothing_to_add():
    assert expand_question("", SMALL) == ()
    assert expand_question("市长质量奖有效期几年", SMALL) == ()


def test_longest_expression_comes_first_and_takes_its_stretch():
    assert expand_question("给钱吗，外地看病", SMALL) == ("异地就医", "直接结算", "补贴", "奖励")


def test_a_shorter_expression_counts_where_it_stands_by_itself():
    assert expand_question("外地看病和本地看病", SMALL)[-2:] == ("就医", "医疗机构")


def test_expressions_do_not_arise_where_a_match_was_taken_out():
    assert expand_question("看外地看病病", SMALL) == ("异地就医", "直接结算")


def test_an_expression_inside_an_official_term_is_not_everyday_language():
    assert expand_question("工伤保险怎么参保", {**SMALL, "保险": ("商业健康保险",)}) == ()


def test_an_expression_that_is_also_a_term_still_counts():
    assert expand_question("停电多久", SMALL) == ("停电时间",)


def test_terms_already_in_the_question_are_left_out():
    assert expand_question("补贴什么时候给钱", SMALL) == ("奖励",)


def test_a_term_of_two_expressions_is_added_once():
    assert sorted(expand_question("给钱还是发钱", SMALL)) == ["发放", "奖励", "补贴"]


def test_width_case_and_white_space_of_the_question_do_not_matter():
    vocabulary = {"手机app": ("移动终端",)}
    assert expand_question("手机 ＡＰＰ 在哪下", vocabulary) == ("移动终端",)
    assert expand_question("移动 终端是不是手机App", vocabulary) == ()


@given(
    st.text("abcABC ，", max_size=12),
    st.dictionaries(
        st.text("abc", min_size=2, max_size=4),
        st.lists(st.text("abcXY", min_size=1, max_size=4), min_size=1, max_size=4).map(tuple),
        max_size=6,
    ),
)
def test_every_term_is_new_and_explained_by_an_expression(question, vocabulary):
    added = expand_question(question, vocabulary)
    folded = fold(question)
    explained = {t for key, terms in vocabulary.items() if key in folded for t in terms}
    assert len(set(added)) == len(added)
    assert set(added) <= explained
    assert not any(fold(term) in folded for term in added)


# -- loading


def test_comments_blank_lines_and_line_ends(tmp_path):
    path = written(tmp_path, "\ufeff# 说明\t不读\r\n\r\n给钱\t补贴 奖励\r\n看病\t就医")
    assert load_vocabulary(path) == {"给钱": ("补贴", "奖励"), "看病": ("就医",)}


def test_expressions_are_folded_and_terms_verbatim(tmp_path):
    assert load_vocabulary(written(tmp_path, "手机ＡＰＰ\t5G基站\n")) == {"手机app": ("5G基站",)}


def test_a_file_is_read_once(tmp_path):
    path = written(tmp_path, "给钱\t补贴\n")
    assert load_vocabulary(path) is load_vocabulary(path)


@pytest.mark.parametrize(
    "line",
    [
        "给钱",
        "给钱 补贴",
        "钱\t补贴",
        "\t补贴",
        "给钱\t",
        "给钱\t补贴\t奖励",
        "给钱\t补贴  奖励",
        "给钱\t补贴 ",
        "给钱\t补贴\u3000奖励",
        "给 钱\t补贴",
        "给钱\t一 二 三 四 五",
        " ",
    ],
)
def test_malformed_lines_are_named(tmp_path, line):
    path = written(tmp_path, f"# 说明\n看病\t就医\n{line}\n")
    with pytest.raises(ValueError, match=r"vocabulary\.tsv:3: .*1 to 4 terms"):
        load_vocabulary(path)


def test_a_repeated_expression_is_named(tmp_path):
    path = written(tmp_path, "手机APP\t移动终端\n手机ａｐｐ\t掌上办\n")
    with pytest.raises(ValueError, match=r"vocabulary\.tsv:2: '手机ａｐｐ' is there already"):
        load_vocabulary(path)


def test_another_encoding_is_named(tmp_path):
    path = written(tmp_path, b"# note\n" + "给钱\t补贴\n".encode("gbk"))
    with pytest.raises(ValueError, match=r"vocabulary\.tsv:2: not UTF-8"):
        load_vocabulary(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        load_vocabulary(tmp_path / "nowhere.tsv")


# -- the vocabulary shipped


def test_shipped_vocabulary_is_of_a_size_a_person_can_review():
    assert 250 <= len(load_vocabulary()) <= 400


def test_shipped_entries_add_something_to_their_own_expression():
    vocabulary = load_vocabulary()
    for expression, terms in vocabulary.items():
        assert len(set(terms)) == len(terms), expression
        assert all(len(term) >= 2 for term in terms), expression
        assert expand_question(expression, vocabulary) == terms, expression


def test_shipped_vocabulary_names_no_place():
    """It must serve any municipal gazette; 长春, 朝阳 and the like never stand in a term."""
    places = (VOCABULARY.parent / "places.tsv").read_text(encoding="utf-8")
    names = {n for line in places.splitlines() if line[:1] != "#" for n in line.split("\t") if n}
    for expression, terms in load_vocabulary().items():
        assert not any(name in text for name in names for text in (expression, *terms)), expression


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("水费能晚点交吗", "缓缴"),
        ("偷电线的怎么处理", "盗窃电力设施"),
        ("外地看病能报几成", "异地就医"),
        ("旅游局归谁管", "文广新旅局"),
        ("发展和改革委员会牵头什么", "发改委"),
        ("这个办法还算数吗", "有效期"),
        ("在田里占地建房", "乱占耕地建房"),
    ],
)
def test_shipped_vocabulary_bridges_everyday_questions(question, term):
    assert term in expand_question(question, load_vocabulary())


def test_official_wording_is_left_alone():
    vocabulary = load_vocabulary()
    for question in ("工伤保险待遇", "住房公积金转移接续", "残疾人联合会职责", "大病保险筹资标准"):
        assert expand_question(question, vocabulary) == ()
