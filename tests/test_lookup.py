"""Exact look-ups: every article, title and 文号 of the shipped issue by every name it goes by."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.lookup import collect_names, look_up
from assistant.retrieve import retrieve
from assistant.types import Lookup
from index.numerals import to_chinese
from index.reading import read_gazette
from tests.gazette_factories import make_document, make_gazette, read_shipped, write_gazette

# 文号 -> (articles, full name, short names people use)
RULES = {
    "赣市府发〔2022〕14号": (
        23,
        "赣州市见义勇为人员奖励和保障实施办法",
        ("见义勇为办法", "见义勇为人员奖励和保障办法", "见义勇为奖励保障实施办法"),
    ),
    "赣市府发〔2022〕15号": (
        34,
        "赣州市市长质量奖管理办法",
        ("市长质量奖办法", "市长质量奖管理办法"),
    ),
    "赣市府办发〔2022〕18号": (
        45,
        "赣州市突发事件应急指挥与处置管理办法",
        ("突发事件应急指挥办法", "应急指挥与处置管理办法", "突发事件应急指挥与处置办法"),
    ),
    "赣市府办发〔2022〕19号": (
        40,
        "客家文化（赣南）生态保护实验区管理办法",
        ("客家文化保护实验区办法", "客家文化生态保护实验区管理办法"),
    ),
    "赣市府办发〔2022〕21号": (
        52,
        "赣州市公共资源交易管理暂行办法",
        ("公共资源交易办法", "公共资源交易管理办法", "公共资源交易管理暂行办法"),
    ),
    "赣市府办发〔2022〕23号": (
        29,
        "赣州市政务数据安全管理办法（试行）",
        ("政务数据安全办法", "政务数据安全管理办法", "数据安全管理办法"),
    ),
}
ARTICLES = [(number, n) for number, rule in RULES.items() for n in range(1, rule[0] + 1)]
NUMBERS = [
    *(f"赣市府发〔2022〕{n}号" for n in (13, 14, 15)),
    *(f"赣市府字〔2022〕{n}号" for n in (72, 73, 76, 77, 78, 81, 82, 83)),
    *(f"赣市府办发〔2022〕{n}号" for n in (18, 19, 20, 21, 22, 23, 24)),
    *(f"赣市府办字〔2022〕{n}号" for n in (94, 96, 98, 99, *range(100, 104), 105, 106, 107, 110)),
]


def ways_to_name(number, article):
    """Return every way of naming an article that the tests hold to."""
    _, full, shorts = RULES[number]
    chinese = to_chinese(article)
    return [
        f"《{full}》第{chinese}条",
        f"{full}第{article}条",
        f"{number} 第{chinese}条",
        f"{number}第{article}条",
        f"{number.replace('〔', '[').replace('〕', ']')} {article}条",
        *(f"{short}第{chinese}条" for short in shorts),
        *(f"{short}{article}条" for short in shorts),
        f"请问{shorts[0]}的第 {article} 条是怎么规定的？",
    ]


def document(number):
    return f"2022-05/{number}"


def place(number, article):
    return f"{document(number)}/第{to_chinese(article)}条"


def named(found):
    """Return what a look-up names, without the rest of the question."""
    return replace(found, rest="")


@cache
def shipped_names():
    return collect_names(read_shipped().clauses)


@pytest.fixture
def names():
    return shipped_names()


def test_the_six_办法_have_223_articles():
    assert len(ARTICLES) == 223
    assert len(NUMBERS) == 30


def test_every_article_is_found_by_every_name(names):
    wrong = [
        (question, found)
        for number, article in ARTICLES
        for question in ways_to_name(number, article)
        if (found := named(look_up(question, names)))
        != Lookup((place(number, article),), (document(number),))
    ]
    assert wrong == []


def test_every_article_retrieves_itself_first(gazette):
    """One way of naming each article, in turn, through the whole of retrieval."""
    wrong = []
    for turn, (number, article) in enumerate(ARTICLES):
        ways = ways_to_name(number, article)
        question = ways[turn % len(ways)]
        first = retrieve(question, gazette, k=3)[0]
        if first.clause.id != place(number, article):
            wrong.append((question, first.clause.id))
    assert wrong == []


def test_every_文号_and_title_retrieves_its_document_first(gazette):
    documents = dict.fromkeys(c.document for c in gazette.clauses.values())
    published = [d for d in documents if d.kind != "刊头"]
    assert len(published) == 33
    assert [d.doc_no for d in published if d.doc_no] == NUMBERS
    wrong = [
        (question, first.clause.id)
        for wanted in published
        for question in {wanted.doc_no, wanted.title, f"《{wanted.name}》"} - {""}
        if (first := retrieve(question, gazette, k=3)[0]).clause.document != wanted
    ]
    assert wrong == []


@pytest.mark.parametrize("opening, closing", ["〔〕", "[]", "()", "（）", "［］"])
@pytest.mark.parametrize("number", NUMBERS)
def test_every_文号_is_read_in_any_brackets(names, number, opening, closing):
    written = number.replace("〔", opening).replace("〕", closing)
    assert look_up(f"{written}讲了什么", names).documents == (document(number),)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("〔2022〕14号", "赣市府发〔2022〕14号"),
        ("2022年101号", "赣市府办字〔2022〕101号"),
        ("101号文还有效吗", "赣市府办字〔2022〕101号"),
        ("竹产业意见", "赣市府办发〔2022〕22号"),
        ("赣服通5.0版工作方案", "赣市府办字〔2022〕98号"),
    ],
)
def test_documents_by_what_is_left_of_their_names(names, question, number):
    assert look_up(question, names).documents == (document(number),)


def test_articles_that_do_not_exist_are_missing(names):
    for number, (articles, full, shorts) in RULES.items():
        for question in (
            f"{number}第{to_chinese(articles + 1)}条",
            f"{shorts[0]}{articles + 1}条",
            f"《{full}》第{articles + 1}条",
        ):
            found = look_up(question, names)
            assert found.clause_ids == ()
            assert found.missing == (f"{full}第{to_chinese(articles + 1)}条",), question


@pytest.mark.parametrize(
    "number",
    ["赣市府发〔2022〕16号", "赣市府发〔2021〕14号", "赣市府办字〔2022〕95号", "赣府发〔2022〕3号"],
)
def test_文号_that_nobody_has_are_missing(names, number):
    assert named(look_up(f"{number}第三条", names)) == Lookup(missing=(number,))


@pytest.mark.parametrize(
    ("question", "places"),
    [
        (
            "公共资源交易办法第十条和第十一条",
            ["赣市府办发〔2022〕21号/第十条", "赣市府办发〔2022〕21号/第十一条"],
        ),
        ("赣市府办发〔2022〕24号（十五）", ["赣市府办发〔2022〕24号/七/（十五）"]),
        ("赣市府办发〔2022〕24号第十五条", ["赣市府办发〔2022〕24号/七/（十五）"]),
        ("赣市府办字〔2022〕101号第2条", ["赣市府办字〔2022〕101号/一/2"]),
        ("赣市府办字〔2022〕98号序号10", ["赣市府办字〔2022〕98号/附件/序号10"]),
        ("赣服通5.0版工作方案序号十", ["赣市府办字〔2022〕98号/附件/序号10"]),
        ("《赣州市创建全国禁毒示范城市工作方案》通过了吗", ["政务动态2/段3"]),
    ],
)
def test_items_rows_and_quoted_titles(names, question, places):
    assert look_up(question, names).clause_ids == tuple(f"2022-05/{p}" for p in places)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("何翔现在是什么职务", "赣市府字〔2022〕76号/正文"),
        ("曹培倩", "赣市府字〔2022〕82号/正文"),
        ("李克坚分管什么", "赣市府字〔2022〕73号/李克坚"),
    ],
)
def test_people_by_name(names, question, place):
    assert look_up(question, names).people == (f"2022-05/{place}",)


@pytest.mark.parametrize(
    "question",
    [
        "第三条",  # of what?
        "要准备3条材料吗",
        "管理办法",
        "关于通知",
        "禁毒示范城市工作方案",  # ends like another document's name
        "种竹子有补贴吗",
        "2022年的奖金是多少",
    ],
)
def test_what_names_nothing(names, question):
    assert named(look_up(question, names)) == Lookup()


def test_a_name_that_fits_two_documents_as_well_names_neither(tmp_path):
    rules = [
        make_document("第一条 甲。", title=f"桃源市{what}保护管理办法", number=number)
        for what, number in (
            ("河道", "桃府发〔2031〕7号 2031年3月5日"),
            ("桥梁", "桃府发〔2031〕8号 2031年3月6日"),
        )
    ]
    gazette = make_gazette(*rules)
    names = collect_names(read_gazette(write_gazette(tmp_path, gazette)).clauses)
    assert look_up("保护管理办法第一条", names).documents == ()
    assert look_up("桥梁保护办法第一条", names).documents == ("2031-02/桃府发〔2031〕8号",)


NAMING = st.text(
    alphabet="见义勇为公共资源交易办法赣市府发字〔2022〕[]（）()第零一十百两135条号项序，的《》 ",
    max_size=40,
)


@given(st.one_of(NAMING, st.text(max_size=60)))
def test_any_text_may_be_looked_up(question):
    names = shipped_names()
    found = look_up(question, names)
    known = {c.id for own in names.clauses.values() for c in own}
    assert set(found.clause_ids) | set(found.people) <= known
    assert set(found.documents) <= set(names.clauses)
    assert look_up(question, names) == found
