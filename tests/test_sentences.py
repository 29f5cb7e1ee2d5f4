"""Clauses cut into the pieces an answer quotes, and which of them are quoted."""

from dataclasses import replace

import pytest

from assistant.intent import read_intent
from assistant.select import select_quotes
from assistant.select_passages import select_passages
from assistant.sentences import column_of, split_sentences
from assistant.types import Leg, Passage
from tests.gazette_factories import read_shipped, shipped_clause
from tests.store_factories import BigramEmbedding

MATERIALS = shipped_clause("赣市府发〔2022〕14号/第七条")
WITHDRAWN = shipped_clause("赣市府发〔2022〕15号/第三十条")
PAUSED = shipped_clause("赣市府办发〔2022〕21号/第二十九条")
CLOUD = shipped_clause("赣市府办字〔2022〕96号/附件/序号3")
CIVIL = shipped_clause("赣市府办字〔2022〕98号/附件/序号7")
LABOUR = shipped_clause("赣市府办字〔2022〕98号/附件/序号10")


def of_text(text, clause=MATERIALS):
    """Return the pieces of ``clause`` if it read ``text``."""
    return [(s.kind, s.text) for s in split_sentences(replace(clause, text=text))]


def test_every_piece_is_a_verbatim_part_in_order():
    for clause in read_shipped().clauses:
        end = 0
        for piece in split_sentences(clause):
            assert clause.text[piece.start : piece.end] == piece.text, clause.id
            assert piece.text == piece.text.strip()
            assert piece.start >= end
            assert piece.length > 0
            end = piece.end


def test_little_but_marks_is_left_out():
    """What no piece holds is white space, cell borders and the marks of articles and items."""
    for clause in read_shipped().clauses:
        pieces = split_sentences(clause)
        edges = [0, *(e for s in pieces for e in (s.start, s.end)), len(clause.text)]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            left = clause.text[start:end].strip(" |\n-")
            assert len(left) <= 9, (clause.id, left)


def test_an_article_with_a_list():
    text = "第七条 申请的，应当提交以下材料：\n（一）身份证明；\n(二) 见证材料。\n逾期不再受理。"
    assert of_text(text) == [
        ("lead", "申请的，应当提交以下材料："),
        ("item", "身份证明；"),
        ("item", "见证材料。"),
        ("sentence", "逾期不再受理。"),
    ]


def test_quotation_marks_and_brackets_close_the_sentence_they_stand_behind():
    assert of_text("第一条 推行“马上办。”各县参照执行（另有规定的除外。）第二句。") == [
        ("sentence", "推行“马上办。”"),
        ("sentence", "各县参照执行（另有规定的除外。）"),
        ("sentence", "第二句。"),
    ]


def test_a_long_sentence_is_cut_at_semicolons_a_short_one_is_not():
    short = "第一条 甲承担一半；乙承担一半。"
    assert len(of_text(short)) == 1
    half = "由各县区人民政府按照职责分工" * 7
    assert len(of_text(f"第一条 {half}；{half}。")) == 2


def test_the_name_of_an_item_and_who_is_responsible_are_told_from_what_it_says():
    item = shipped_clause("赣市府办字〔2022〕101号/一/2")
    pieces = split_sentences(item)
    assert [piece.kind for piece in pieces] == ["heading", "sentence", "sentence", "annotation"]
    assert pieces[0].text == "降低水电气成本。"
    assert pieces[-1].text.startswith("（责任单位：市发改委、")


def test_cells_know_their_columns():
    assert [(column_of(s), s.text) for s in split_sentences(CLOUD)][:4] == [
        ("序号", "3"),
        ("工作任务", "建设市级云计算大数据中心"),
        (
            "主要内容",
            "统筹全市云计算资源,建成3000个标准机柜的市级统一云计算大数据中心,推动上云用数赋智,"
            "满足未来5至8年全市政企上云需求。",
        ),
        ("完成时限", "2024年12月"),
    ]
    assert column_of(split_sentences(MATERIALS)[0]) == ""


def test_a_long_cell_is_cut_at_its_numbered_tasks():
    tasks = [s.text for s in split_sentences(CIVIL) if column_of(s) == "主要工作任务"]
    assert [task[:2] for task in tasks] == ["1.", "2.", "3.", "4.", "5."]
    assert tasks[2] == "3. 推出社会救助等帮办代办服务。"


# Selection.


def quoted(question, clause, *legs):
    passages = [Passage(1, clause, 1.0, legs)]
    [quote] = select_quotes(question, read_intent(question), passages, BigramEmbedding())
    return [s.text for s in quote.sentences]


@pytest.mark.parametrize(
    ("question", "clause", "items"),
    [
        ("身份情况要交吗", MATERIALS, 4),
        ("申请要提交哪些材料", MATERIALS, 4),
        ("经营亏损几年会撤销市长质量奖", WITHDRAWN, 5),
        ("什么情形下撤销市长质量奖", WITHDRAWN, 5),
        ("不可抗力时怎么办", PAUSED, 5),
    ],
)
def test_a_list_is_quoted_with_its_lead_and_all_its_items(question, clause, items):
    pieces = split_sentences(clause)
    found = quoted(question, clause)
    assert found[0] == pieces[0].text
    listed = [s.text for s in pieces if s.kind == "item"]
    assert len(listed) == items
    assert [text for text in found if text in listed] == listed


def test_the_lead_may_stand_before_other_sentences():
    assert split_sentences(WITHDRAWN)[1].text.startswith("撤销奖项的组织5年内不得参加")
    found = quoted("发生食品安全事故会怎样", WITHDRAWN)
    assert found[0].startswith("有效期内获奖组织发生下列情形之一的，")
    assert found[-1] == "其他违反市长质量奖宗旨的重大事项。"


def test_a_row_named_exactly_is_quoted_whole_but_for_its_number():
    exact = Leg("exact", 1, 3.0)
    whole = [s.text for s in split_sentences(LABOUR)]
    assert whole[0] == "10"
    assert quoted("98号序号10", LABOUR, exact) == whole[1:]
    some = quoted("丧葬补助怎么申请", LABOUR)
    assert some[0] == "市人力资源和社会保障局"
    assert 1 < len(some) < len(whole) - 1
    assert any("丧葬补助" in text for text in some)


def test_who_is_answered_by_the_office_named_at_the_end():
    item = shipped_clause("赣市府办字〔2022〕101号/一/2")
    assert any("责任单位" in text for text in quoted("降低水电气成本由哪个部门负责", item))
    assert not any("责任单位" in text for text in quoted("水电气缓缴多久", item))


def test_nothing_retrieved_quotes_nothing():
    assert select_quotes("甲", read_intent("甲"), [], BigramEmbedding()) == []


def test_what_is_named_exactly_is_quoted_alone_and_what_is_far_behind_not_at_all():
    clauses = (MATERIALS, PAUSED, WITHDRAWN)
    scores = (1.0, 0.9, 0.5)
    passages = [
        Passage(rank, clause, score, ())
        for rank, (clause, score) in enumerate(zip(clauses, scores, strict=True), 1)
    ]
    question = "奖金多少"
    chosen = select_passages(question, read_intent(question), passages)
    assert chosen[0].clause == MATERIALS
    assert WITHDRAWN not in [passage.clause for passage in chosen]
    named = [replace(passages[0], legs=(Leg("exact", 1, 3.0),)), *passages[1:]]
    chosen = select_passages(question, read_intent(question), named)
    assert [passage.clause for passage in chosen] == [MATERIALS]


def test_each_thing_asked_gets_its_sentence():
    clause = shipped_clause("赣市府办字〔2022〕96号/三/（一）")
    passage = Passage(1, clause, 1.0)
    question = "数字政府建设领导小组由谁任组长？工作专班由哪个单位牵头？"
    [quote] = select_quotes(question, read_intent(question), [passage], BigramEmbedding())
    said = "".join(sentence.text for sentence in quote.sentences)
    assert "市长任组长" in said
    assert "市政府办公室" in said


def test_an_annotation_is_quoted_where_it_says_by_when():
    clause = shipped_clause("赣市府办字〔2022〕99号/二/（九）")
    passage = Passage(1, clause, 1.0)
    question = "强化社区物业服务的完成时限是什么"
    [quote] = select_quotes(question, read_intent(question), [passage], BigramEmbedding())
    assert any("2024年底" in sentence.text for sentence in quote.sentences)


VALIDITY = "见义勇为办法还有效吗"


def test_whether_a_named_document_holds_is_answered_by_its_own_clause():
    about = shipped_clause("赣市府发〔2022〕14号/第十一条")
    stating = shipped_clause("赣市府发〔2022〕14号/第二十三条")
    passages = [Passage(1, about, 2.0), Passage(2, stating, 2.0, via="效力")]
    intent = read_intent(VALIDITY)
    named = select_passages(VALIDITY, intent, passages, named=True)
    assert [p.clause for p in named] == [stating]
    unnamed = select_passages(VALIDITY, intent, passages)
    assert [p.clause for p in unnamed] == [about, stating]
