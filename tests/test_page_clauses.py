"""Documents as a tree, clauses named and clauses searched for."""

import pytest

from assistant.document_tree import list_documents, open_line, select_documents
from assistant.page import text_views
from assistant.page.clause_tree import render_tree, search_clauses
from assistant.page.clauses import render_found
from assistant.types import Filters
from tests.gazette_factories import shipped_clause
from tests.page_data import TODAY, clauses
from tests.store_factories import make_bridges, make_document, make_store


@pytest.fixture(scope="module")
def bridges(tmp_path_factory):
    return make_bridges(tmp_path_factory.mktemp("bridges"))


def test_documents_by_kind_date_and_status():
    listed = list_documents(clauses(), TODAY)
    assert len(listed) == 34  # 33 items and the masthead

    def numbers(**filters):
        found = select_documents(listed, Filters(**filters))
        return [entry.document.doc_no.split("〕")[1] for entry in found]

    assert numbers(kind="人事") == ["76号", "77号", "78号", "81号", "82号", "83号"]
    assert numbers(since="2022-10-22", until="2022-10-25") == ["82号", "83号", "24号", "107号"]
    ended = ["72号", "20号", "21号", "96号", "99号", "101号", "103号"]
    assert numbers(status="已过有效期") == ended
    assert numbers(issuer="赣州市人民政府", kind="办法") == ["14号", "15号"]


def test_a_row_is_one_line_without_bars():
    row = shipped_clause("赣市府办字〔2022〕96号/附件/序号20")
    assert open_line(row, 20) == "20 提升生态治理智能化水平 完善国土…"


def test_the_tree_unfolds_one_document():
    listed = list_documents(clauses(), TODAY)
    shown = render_tree(listed, "2022-05/赣市府发〔2022〕14号")
    assert shown.count('aria-expanded="true"') == 1
    assert shown.count('aria-expanded="false"') == 33
    assert "第二十三条 本办法自2022年10月31日起施行。" in shown
    assert "2022年第5期（33篇）" in shown
    assert text_views.NOTHING_FOUND in render_tree([], "")


def test_a_place_named_is_shown_whole(bridges):
    listed = list_documents(bridges.clauses, TODAY)
    shown = search_clauses("桃府发〔2031〕7号第三条", bridges, listed)
    assert "按文号、条号查到1条" in shown
    assert "应当为其保密。" in shown
    missing = search_clauses("桃府发〔2031〕8号", bridges, listed)
    assert "公报中没有：" in missing
    assert "〔2031〕8号" in missing


def test_words_are_searched_only_where_the_filter_allows(tmp_path_factory):
    stairs = make_document(
        "第一条 楼梯损坏的，给予举报人500元奖励。",
        title="桃源市人民政府关于举报楼梯损坏奖励的通知",
        number="桃府发〔2031〕9号 2031年6月5日",
    )
    lamps = make_document(
        "第一条 路灯损坏的，给予举报人300元奖励。",
        title="桃源市人民政府关于举报路灯损坏奖励的通知",
        number="桃府发〔2031〕10号 2031年7月5日",
    )
    store = make_store(tmp_path_factory.mktemp("stairs"), stairs, lamps)
    everything = render_found(store, "", "损坏的给予举报人奖励", "", "", "", "", "", "")
    assert "500元" in everything
    assert "300元" in everything
    later = render_found(store, "", "损坏的给予举报人奖励", "", "", "", "", "2031-07-01", "")
    assert "500元" not in later
    assert "300元" in later
    assert "不是日期" in render_found(store, "", "", "", "", "", "", "去年", "")
    assert text_views.NOTHING_FOUND in render_found(store, "", "", "", "规划", "", "", "", "")


@pytest.mark.parametrize("words", ["\x00", "长" * 6000])
def test_words_that_cannot_be_searched_are_named(bridges, words):
    assert 'role="alert"' in render_found(bridges, "", words, *[""] * 6)
