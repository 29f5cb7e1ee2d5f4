"""The reader's rules on small made-up gazettes: nothing is known of one city or issue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunks import cut_text
from index.dates import add_period, first_day, last_day
from index.reading import IssueReading, find_sources, read_gazette
from index.verify import verify_reading
from tests.gazette_factories import (
    dense,
    document_clauses,
    find_clause,
    make_document,
    make_gazette,
    write_gazette,
)

SALUTATION = "各区人民政府，市直各单位："
ISSUED = "现将《桃源市渡口管理办法》印发给你们，请遵照执行。"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a gazette made of the given paragraphs."""

    def read_text(*paragraphs: str) -> IssueReading:
        return read_gazette(write_gazette(tmp_path, make_gazette(*paragraphs)))

    return read_text


def places(reading: IssueReading, number: str = "桃府发〔2031〕7号") -> list[str]:
    """Return the ids of a document's clauses without issue and 文号."""
    return [c.id.split("/", 2)[2] for c in document_clauses(reading, number)]


# Issue and documents


def test_the_masthead_names_the_issue(read):
    issue = read(make_document("正文一句。")).issue
    assert (issue.id, issue.name, issue.serial) == ("2031-02", "2031年第2期", 88)


def test_without_a_masthead_the_file_names_the_issue(tmp_path):
    text = make_gazette(make_document("正文一句。"), masthead="公报")
    issue = read_gazette(write_gazette(tmp_path, text, "spring.md")).issue
    assert (issue.id, issue.serial) == ("spring", None)


def test_document_number_title_issuer_and_date(read):
    reading = read(
        make_document(
            SALUTATION,
            ISSUED,
            title="桃源市人民政府办公室\n关于印发桃源市渡口\n管理办法的通知",
            number="桃府办发[2031] 12号 2031年4月9日",
        )
    )
    document = reading.documents[1]
    assert document.doc_no == document.key == "桃府办发〔2031〕12号"
    assert document.title == "桃源市人民政府办公室关于印发桃源市渡口管理办法的通知"
    assert document.name == "桃源市渡口管理办法"
    assert document.issuer == "桃源市人民政府办公室"
    assert (document.kind, document.date, document.page) == ("办法", "2031-04-09", None)


@pytest.mark.parametrize(
    "number",
    [
        "桃府发〔2031〕7号 2031年3月5日",
        "桃府发［2031］7号 2031年3月5日",
        "桃府发(2031)7号 2031 年 3 月 5 日",
        "桃府发（2031）7号　2031年03月05日",
        "桃府发【2031】 7 号 2031年3月5日",
    ],
)
def test_the_brackets_and_widths_of_a_number_do_not_matter(read, number):
    document = read(make_document("正文一句。", number=number)).documents[1]
    assert (document.doc_no, document.date) == ("桃府发〔2031〕7号", "2031-03-05")


def test_contents_give_the_page(read):
    contents = (
        "| | |\n|---|--|\n"
        "| 政府文件 | <p>桃源市人民政府关于加强桥梁养护的通知 "
        "桃府发〔2031〕7号 2031年3月5日 ……4</p>"
        " <p>市政府召开第九次常务会议 …… 11</p> |"
    )
    reading = read(
        contents,
        make_document("正文一句。"),
        "市政府召开第九次常务会议",
        "本报讯（记者丁一）3月8日，市政府召开第九次常务会议。",
        "会议听取了汇报。",
    )
    assert [(d.key, d.date, d.page) for d in reading.documents[1:]] == [
        ("桃府发〔2031〕7号", "2031-03-05", 4),
        ("政务动态1", "2031-03-08", 11),
    ]
    news = document_clauses(reading, "政务动态1")
    assert [clause.label for clause in news] == ["题头", "第1段", "第2段"]


def test_a_title_starts_below_the_document_before_it(read):
    reading = read(
        make_document("- 本通知没有句号结尾的附表", number="桃府发〔2031〕7号 2031年3月5日"),
        make_document(
            "正文。", title="桃源市财政局关于渡口收费的通知", number="桃财〔2031〕3号 2031年3月6日"
        ),
    )
    assert reading.documents[2].title == "桃源市财政局关于渡口收费的通知"


def test_two_number_lines_in_a_row_do_not_share_a_title(read):
    reading = read(make_document("桃府发〔2031〕8号 2031年3月6日", "正文。"))
    assert [d.title for d in reading.documents[1:]] == [
        "桃源市人民政府关于加强桥梁养护的通知",
        "",
    ]
    assert any("缺标题" in problem for problem in verify_reading(reading).problems)


# Articles, items, headings


MEASURE = (
    SALUTATION,
    ISSUED,
    "（此件主动公开）",
    "桃源市渡口管理办法",
    "第一章 总 则",
    "第一条 为加强渡口管理，制定本办",
    "法。",
    "第二章　渡口设置",
    "第二条 设置渡口应当具备下列条件：",
    "（一）水流平缓；",
    "（二）有符合标准的码头",
    "和候船设施。",
    "前款所称码头，包括浮码头。",
    "第三条　本办法自2031年6月1日起施行。",
)


def read_measure(read):
    title = "桃源市人民政府关于印发桃源市渡口管理办法的通知"
    return read(make_document(*MEASURE, title=title))


def test_a_measure_is_read_into_articles_under_chapters(read):
    reading = read_measure(read)
    assert places(reading) == [
        "题头",
        "印发通知",
        "公开属性",
        "标题",
        "第一章",
        "第一条",
        "第二章",
        "第二条",
        "第三条",
    ]
    first = find_clause(reading, "桃府发〔2031〕7号/第一条")
    assert first.text == "第一条 为加强渡口管理，制定本办法。"
    assert first.path == ("第一章 总 则",)
    assert find_clause(reading, "桃府发〔2031〕7号/第三条").path == ("第二章　渡口设置",)
    assert unfaithful(reading) == []


def test_an_article_keeps_its_items_and_the_paragraph_after_them(read):
    text = find_clause(read_measure(read), "桃府发〔2031〕7号/第二条").text
    assert text.split("\n") == [
        "第二条 设置渡口应当具备下列条件：",
        "（一）水流平缓；",
        "（二）有符合标准的码头和候船设施。",
        "前款所称码头，包括浮码头。",
    ]


def test_a_missing_article_is_reported(read):
    reading = read(make_document("第一条 甲。", "第三条 丙。"))
    assert any("条号不连续" in problem for problem in verify_reading(reading).problems)


def test_levels_nest_and_items_may_restart_or_run_on(read):
    reading = read(
        make_document(
            "一、总体要求",
            "坚持安全第一。",
            "二、主要任务",
            "（一）设施养护",
            "1. 定期巡查。每月一次。",
            "2．及时修补。",
            "(二)应急处置",
            "1. 建立预案。",
            "三、保障措施",
            "（三）加强领导。各区落实。",
        )
    )
    assert places(reading) == [
        "题头",
        "一",
        "二",
        "二/（一）",
        "二/（一）/1",
        "二/（一）/2",
        "二/（二）",
        "二/（二）/1",
        "三",
        "三/（三）",
    ]
    item = find_clause(reading, "桃府发〔2031〕7号/二/（一）/2")
    assert (item.label, item.path) == ("二、（一）2.", ("二、主要任务", "（一）设施养护"))
    assert find_clause(reading, "桃府发〔2031〕7号/一").text == "一、总体要求\n坚持安全第一。"


def test_a_box_counts_from_one_and_ends_with_the_next_item(read):
    reading = read(
        make_document(
            "一、重点工程",
            "（一）桥梁加固。推进加固。",
            "专栏 1 桥梁加固工程",
            "1. 东桥。",
            "2. 西桥。",
            "（二）渡口改造。推进改造。",
            "专栏2　渡口改造工程",
            "1. 南渡。",
        )
    )
    labels = [c.label for c in document_clauses(reading, "桃府发〔2031〕7号", "item")]
    assert labels == [
        "一、（一）",
        "专栏1 1.",
        "专栏1 2.",
        "一、（二）",
        "专栏2 1.",
    ]
    assert find_clause(reading, "桃府发〔2031〕7号/一/（二）").path == ("一、重点工程",)


def test_two_lists_of_the_same_numbers_keep_different_ids(read):
    items = [f"{number}. 第{number}项工作。" for number in range(1, 13)]
    reading = read(make_document("一、任务", *items, "1. 另一张清单的首项。", "2. 次项。"))
    ids = [clause.id for clause in reading.clauses]
    assert len(set(ids)) == len(ids)
    assert {"一/1", "一/12", "一/1-2", "一/2-2"} <= set(places(reading))


# Sentences


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        (("本市桥梁养护由交通", "部门负责。"), "本市桥梁养护由交通部门负责。"),
        (("各区（市、县）", "人民政府负责养护。"), "各区（市、县）人民政府负责养护。"),
        (("推广 5G", "and 物联网。"), "推广 5G and 物联网。"),
    ],
)
def test_a_cut_sentence_is_joined_across_blank_lines(read, cut, whole):
    assert find_clause(read(make_document(*cut)), "桃府发〔2031〕7号/正文").text == whole


@pytest.mark.parametrize(
    "next_line", ["二、保障措施", "（二）加强督查。", "第二条 乙。", "3. 丙。"]
)
def test_a_numbered_line_is_never_joined_to_a_cut_one(read, next_line):
    reading = read(make_document("一、任务", "（一）推进桥梁", next_line))
    lines = [line for clause in reading.clauses for line in clause.text.split("\n")]
    assert next_line in lines


# Closing paragraphs and people


def test_a_paragraph_about_the_whole_document_closes_it(read):
    reading = read(
        make_document(
            "一、减免费用",
            "1. 减免渡运费。（责任单位：市交通局）",
            "本措施自发布之日起施行，有效期2年。",
        )
    )
    closing = find_clause(reading, "桃府发〔2031〕7号/末段")
    assert (closing.label, closing.path) == ("末段", ())
    assert {(fact.kind, fact.value) for fact in closing.facts} == {
        ("effective", "2031-03-05"),
        ("expiry", "P2Y"),
    }


def test_people_have_a_clause_each(read):
    reading = read(
        make_document(
            "现将市政府领导分工通知如下：",
            "丁一：市政府市长、党组书记",
            "负责市政府全面工作。",
            "分管市审计局。",
            "王小二：市政府副市长",
            "负责交通、水利等方面",
            "工作。",
            "市政府领导实行AB岗制度。",
            title="桃源市人民政府关于市政府领导分工的通知",
        )
    )
    assert places(reading) == ["题头", "引言", "丁一", "王小二", "末段"]
    assert find_clause(reading, "桃府发〔2031〕7号/王小二").text.split("\n") == [
        "王小二：市政府副市长",
        "负责交通、水利等方面工作。",
    ]


# Interleaved columns


def test_interleaved_columns_are_put_in_order(read):
    reading = read(
        make_document(
            "各区（市、县）人民政府，市政府各部门，市属各单位：长职务。",
            "经市政府研究，决定：（此件主动公开）",
            "免去丁一同志的桃源市交通局副局",
            title="桃源市人民政府关于丁一同志免职的通知",
        )
    )
    clause = find_clause(reading, "桃府发〔2031〕7号/正文")
    assert dense(clause.text) == (
        "各区（市、县）人民政府，市政府各部门，市属各单位："
        "经市政府研究，决定：免去丁一同志的桃源市交通局副局长职务。"
    )
    assert clause.repaired
    assert places(reading) == ["题头", "正文", "公开属性"]
    assert unfaithful(reading) == []


def test_a_notice_in_order_is_not_repaired(read):
    reading = read(
        make_document(
            "各区人民政府，市属各单位：",
            "经市政府研究，决定：",
            "免去丁一同志的桃源市交通局副局长职务。",
        )
    )
    assert not any(clause.repaired for clause in reading.clauses)


# Tables


HEADER = "| 序号 | 任务 | 责任单位 |\n|---|---|---|"


def test_a_cut_table_keeps_its_columns(read):
    repeated = f"{HEADER}\n| 1 | 东桥 | 市交通局 |"
    empty = "| | | |\n|---|--|---|\n| 3 | 南渡 | 市水利局 |"
    reading = read(
        make_document(
            "正文一句。",
            "附件",
            "桥梁养护任务清单",
            repeated,
            f"{HEADER}\n| 2 | 西桥 | 市交通局 |",
            empty,
        )
    )
    rows = document_clauses(reading, "桃府发〔2031〕7号", "row")
    assert [row.label for row in rows] == ["附件 序号1", "附件 序号2", "附件 序号3"]
    assert {row.columns for row in rows} == {"序号 | 任务 | 责任单位"}
    assert {row.path for row in rows} == {("附件 桥梁养护任务清单",)}


def test_a_different_header_begins_a_different_table(read):
    other = "| 序号 | 桥名 | 吨位 |\n|---|---|---|\n| 1 | 东桥 | 20 |"
    reading = read(make_document("正文。", "附件", "清单", f"{HEADER}\n| 1 | 甲 | 乙 |", other))
    rows = document_clauses(reading, "桃府发〔2031〕7号", "row")
    assert [row.columns for row in rows] == ["序号 | 任务 | 责任单位", "序号 | 桥名 | 吨位"]
    assert len({row.id for row in rows}) == 2


def test_a_section_row_is_a_heading_in_the_path_of_the_rows_below(read):
    table = (
        f"{HEADER}\n| （一）桥梁 | | |\n| 1 | 东桥 | 甲 |\n| （二）渡口 | | |\n| 2 | 南渡 | 乙 |"
    )
    reading = read(make_document("正文。", "附件", "清单", table))
    rows = document_clauses(reading, "桃府发〔2031〕7号", "row")
    assert [row.path[-1] for row in rows] == ["（一）桥梁", "（二）渡口"]


def test_markup_in_cells_is_left_out(read):
    table = (
        f"{HEADER}\n| 1 | <p>1. 检查。</p> <p>2. 修补<b>桥面</b>。</p> | 市交通局<br/>市水利局 |"
    )
    reading = read(make_document("正文。", "附件", "清单", table))
    (row,) = document_clauses(reading, "桃府发〔2031〕7号", "row")
    assert row.text == "| 1 | 1. 检查。 2. 修补桥面。 | 市交通局市水利局 |"


def test_a_row_named_like_a_paragraph_keeps_its_name(read):
    table = "| 标段 | 金额 |\n|---|---|\n| 第一标段 | 5 |\n| 第二标段 | 6 |"
    reading = read(make_document("正文。", "附件", "清单", table))
    rows = document_clauses(reading, "桃府发〔2031〕7号", "row")
    assert [row.label for row in rows] == ["附件 第一标段", "附件 第二标段"]


@pytest.mark.parametrize("table", ["|---|---|\n|---|---|", "|---|", "|", "||\n|-|", "| a |"])
def test_a_broken_table_is_read_without_loss(read, table):
    assert not lost_characters(read(make_document("正文一句。", table)))


# Attachments


def test_attachments_are_listed_and_read(read):
    reading = read(
        make_document(
            "一、目标",
            "加固桥梁。",
            "附件：1. 桥梁清单",
            "2. 渡口养护承诺书",
            "（此件主动公开）",
            "附件 1",
            "桥梁清单",
            f"{HEADER}\n| 1 | 东桥 | 市交通局 |",
            "附件2",
            "渡口养护承诺书",
            "一、按期养护。",
        )
    )
    assert places(reading) == [
        "题头",
        "一",
        "附件目录",
        "公开属性",
        "附件1",
        "附件1/序号1",
        "附件2",
        "附件2/一",
    ]
    listed = find_clause(reading, "桃府发〔2031〕7号/附件目录").text
    assert listed == "附件：1. 桥梁清单\n2. 渡口养护承诺书"


# Encodings and bad input


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_do_not_matter(tmp_path, encoding, newline):
    text = make_gazette(make_document(*MEASURE))
    expected = read_gazette(write_gazette(tmp_path, text, "plain.md"))
    path = write_gazette(tmp_path, text.replace("\n", newline), "other.md", encoding)
    assert read_gazette(path).clauses == expected.clauses


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"gazette\.md: the file is empty; give the text of a gazette issue"),
        (b" \r\n\t\n", r"gazette\.md: the file is empty"),
        (b"%PDF-1.7\0\xe2\xe3", r"gazette\.md: a binary file; save the gazette as UTF-8"),
        (b"\xff\xd8\xff\xe0" * 40, r"gazette\.md: neither UTF-8 nor GB18030 text; convert it"),
        ("桃源".encode("utf-16"), r"gazette\.md: .*(?:UTF-8|GB18030)"),
        ("一份没有文号的文本。\n".encode(), r"gazette\.md: no document found; a document is a"),
    ],
)
def test_what_is_not_a_gazette_is_refused_with_the_remedy(tmp_path, data, message):
    path = tmp_path / "gazette.md"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=message):
        read_gazette(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"absent\.md: no such file; give the path"):
        read_gazette(tmp_path / "absent.md")


def test_a_folder_is_not_a_gazette(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        read_gazette(tmp_path)


def test_a_number_used_twice_is_named(tmp_path):
    text = make_gazette(make_document("甲。"), make_document("乙。", title="桃源市人民政府的通报"))
    with pytest.raises(ValueError, match="桃府发〔2031〕7号 occurs twice; remove one"):
        read_gazette(write_gazette(tmp_path, text))


def test_an_empty_corpus_is_named(tmp_path):
    (tmp_path / "README.md").write_text("notes", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"no gazette text .*; put an issue there"):
        find_sources(tmp_path)


def test_a_corpus_is_its_texts_in_name_order(tmp_path):
    for name in ("b.md", "a.md", "c.txt", "README.md", "a.expansions.jsonl"):
        (tmp_path / name).touch()
    assert [path.name for path in find_sources(tmp_path)] == ["a.md", "b.md", "c.txt"]


# Properties

LINES = st.one_of(
    st.text(max_size=40),
    st.text("一二三、（）()第条章附件专栏1234.。；：|- 本报讯负责市长", max_size=24),
    st.sampled_from(
        [
            "第一条 甲。",
            "第二章 乙",
            "（一）丙。",
            "一、丁",
            "1. 戊",
            "专栏 3 己",
            "附件",
            "附件：1. 庚",
            "（此件主动公开）",
            "丁一：市政府市长",
            "市交通局：负责桥梁。",
            "——坚持。",
            "桃府发〔2031〕9号 2031年3月9日",
            "本报讯（记者）3月1日，开会。",
            "| 序号 | 名 |",
            "|---|---|",
            "| 1 | 甲 |",
            "| （一）节 | | |",
            "各区人民政府，市属单位：职务。",
            "经研究，决定：（此件公开）",
            "免去丁一同志的",
            "具体名单如下：",
            "（责任单位：市交通局）",
            "",
        ]
    ),
)


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\n\n"]))
def test_no_text_loses_a_character(tmp_path_factory, lines, joint):
    body = joint.join(lines)
    text = make_gazette(
        make_document(body),
        make_document("正文。", title="桃源市渡口局的通告", number="桃渡〔2031〕1号 2031年5月1日"),
    )
    path = write_gazette(tmp_path_factory.getbasetemp(), text.replace("\0", ""), "drawn.md")
    try:
        reading = read_gazette(path)
    except ValueError as error:  # more than one use of a 文号, or control characters
        assert "occurs twice" in str(error) or "neither UTF-8" in str(error)
        return
    assert not lost_characters(reading)
    ids = [clause.id for clause in reading.clauses]
    assert len(set(ids)) == len(ids)
    for clause in reading.clauses:
        source = "".join(reading.issue.text[span.start : span.end] for span in clause.spans)
        assert dense(source) == dense(clause.text)
        assert all(clause.text[f.start : f.end] == f.text for f in clause.facts)


def unfaithful(reading: IssueReading) -> list[str]:
    """Return what the verifier finds, apart from the pages a made-up gazette has no list of."""
    return [p for p in verify_reading(reading).problems if "起始页" not in p]


def lost_characters(reading: IssueReading) -> list[str]:
    """Return what is in no clause and not skipped, or in two, as the verifier names it."""
    return [p for p in verify_reading(reading).problems if p.startswith("字符")]


HALF_WIDTH = str.maketrans("（）：；，", "():;,")
NUMBERED = [
    "一、任务",
    "（一）桥梁",
    "（二）推进渡口改造，每年一次；及时修补。",
    "1. 巡查。（责任单位：市交通局、各县（市、区）人民政府）",
    "（责任单位：市水利局）",
    "专栏 3 渡口",
    "2. 修补，并报",
    "市交通局：负责桥梁。",
    "丁一：市政府市长",
    "附件：1. 清单",
    "（此件主动公开）",
]


@given(st.lists(st.sampled_from(NUMBERED), max_size=12))
def test_the_width_of_punctuation_does_not_change_what_is_read(tmp_path_factory, paragraphs):
    folder = tmp_path_factory.getbasetemp()
    text = make_gazette(make_document(*paragraphs))
    full = read_gazette(write_gazette(folder, text, "full.md"))
    half = read_gazette(write_gazette(folder, text.translate(HALF_WIDTH), "half.md"))
    for one, other in zip(full.clauses, half.clauses, strict=True):
        assert one.id.translate(HALF_WIDTH) == other.id.translate(HALF_WIDTH)
        assert one.text.translate(HALF_WIDTH) == other.text
        assert [fact.kind for fact in one.facts] == [fact.kind for fact in other.facts]


@given(st.text("甲乙。；\n 1.", max_size=300), st.integers(1, 60))
def test_parts_join_to_the_text_and_keep_the_limit_where_a_sentence_allows(text, limit):
    parts = cut_text(text, limit)
    assert "".join(part for _, part in parts) == text
    for start, part in parts:
        assert text[start : start + len(part)] == part
        sentence_ends = [i for i, character in enumerate(part[1:-1]) if character in "。；\n"]
        assert len(part) <= limit or not sentence_ends


def test_a_long_text_is_cut_at_sentence_ends():
    assert cut_text("甲甲甲。乙乙乙；丙丙丙。", limit=8) == [
        (0, "甲甲甲。乙乙乙；"),
        (8, "丙丙丙。"),
    ]
    assert cut_text("甲甲甲。乙", limit=8) == [(0, "甲甲甲。乙")]
    assert cut_text("甲甲甲甲甲。乙。", limit=4) == [(0, "甲甲甲甲甲。"), (6, "乙。")]


@pytest.mark.parametrize(
    ("start", "years", "months", "last"),
    [
        ("2022-12-01", 2, 0, "2024-11-30"),
        ("2022-10-12", 2, 0, "2024-10-11"),
        ("2023-01-01", 1, 0, "2023-12-31"),
        ("2023-03-01", 1, 0, "2024-02-29"),
        ("2024-02-29", 1, 0, "2025-02-27"),
        ("2022-11-15", 0, 6, "2023-05-14"),
        ("2022-08-31", 0, 6, "2023-02-27"),
    ],
)
def test_a_period_ends_the_day_before_its_anniversary(start, years, months, last):
    assert add_period(start, years, months) == last


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 30))
def test_a_period_of_years_is_as_long_as_its_months(start, years):
    assert add_period(start.isoformat(), years, 0) == add_period(start.isoformat(), 0, 12 * years)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2022年10月31日", "2022-10-31", "2022-10-31"),
        ("2022 年 12 月", "2022-12-01", "2022-12-31"),
        ("2024年2月底", "2024-02-01", "2024-02-29"),
        ("2023年底", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_written_date_covers_its_first_to_its_last_day(written, first, last):
    assert (first_day(written), last_day(written)) == (first, last)


def test_what_is_not_a_date_is_refused():
    with pytest.raises(ValueError, match="'明年': not a date; expected"):
        last_day("明年")
