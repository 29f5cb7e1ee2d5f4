"""The shipped issue read against values taken by hand from its text."""

import re
from collections import Counter

import pytest

from index.reading import read_gazette
from index.verify import verify_reading
from tests.gazette_factories import (
    SHIPPED,
    dense,
    document_clauses,
    read_shipped,
    shipped_clause,
)

# 文号, kind, date, start page: read from the table of contents.
DOCUMENTS = [
    ("赣市府发〔2022〕13号", "意见", "2022-09-09", 3),
    ("赣市府发〔2022〕14号", "办法", "2022-09-22", 9),
    ("赣市府发〔2022〕15号", "办法", "2022-09-27", 12),
    ("赣市府字〔2022〕72号", "方案", "2022-09-01", 16),
    ("赣市府字〔2022〕73号", "通知", "2022-09-21", 21),
    ("赣市府字〔2022〕76号", "人事", "2022-09-30", 24),
    ("赣市府字〔2022〕77号", "人事", "2022-09-30", 24),
    ("赣市府字〔2022〕78号", "人事", "2022-09-30", 25),
    ("赣市府字〔2022〕81号", "人事", "2022-10-19", 25),
    ("赣市府字〔2022〕82号", "人事", "2022-10-25", 26),
    ("赣市府字〔2022〕83号", "人事", "2022-10-25", 26),
    ("赣市府办发〔2022〕18号", "办法", "2022-09-23", 27),
    ("赣市府办发〔2022〕19号", "办法", "2022-09-28", 36),
    ("赣市府办发〔2022〕20号", "规划", "2022-09-28", 39),
    ("赣市府办发〔2022〕21号", "办法", "2022-10-09", 50),
    ("赣市府办发〔2022〕22号", "意见", "2022-10-10", 56),
    ("赣市府办发〔2022〕23号", "办法", "2022-10-16", 59),
    ("赣市府办发〔2022〕24号", "意见", "2022-10-24", 62),
    ("赣市府办字〔2022〕94号", "通知", "2022-09-26", 66),
    ("赣市府办字〔2022〕96号", "方案", "2022-09-27", 69),
    ("赣市府办字〔2022〕98号", "方案", "2022-09-28", 81),
    ("赣市府办字〔2022〕99号", "意见", "2022-09-29", 92),
    ("赣市府办字〔2022〕100号", "方案", "2022-10-02", 99),
    ("赣市府办字〔2022〕101号", "意见", "2022-10-09", 101),
    ("赣市府办字〔2022〕102号", "方案", "2022-10-11", 103),
    ("赣市府办字〔2022〕103号", "方案", "2022-10-12", 111),
    ("赣市府办字〔2022〕105号", "通知", "2022-10-16", 120),
    ("赣市府办字〔2022〕106号", "方案", "2022-10-16", 122),
    ("赣市府办字〔2022〕107号", "通知", "2022-10-22", 129),
    ("赣市府办字〔2022〕110号", "方案", "2022-10-27", 132),
]

TITLES = {
    # broken over two or three lines, spaces where they joined
    "赣市府发〔2022〕13号": "赣州市人民政府关于新形势下进一步推进“五型”政府建设走深走实的意见",
    "赣市府字〔2022〕72号": (
        "赣州市人民政府关于印发赣州市提升农业产业化发展水平三年行动方案（2023—2025年）的通知"
    ),
    "赣市府字〔2022〕81号": ("赣州市人民政府关于聘请熊建明等16人为赣州市政府第一批招商顾问的通知"),
    "赣市府办字〔2022〕101号": (
        "赣州市人民政府办公室印发关于进一步减负纾困助力小微企业平稳发展的若干政策措施的通知"
    ),
    # in two paragraphs
    "赣市府办发〔2022〕22号": "赣州市人民政府办公室关于促进竹产业高质量发展的实施意见",
    "赣市府办字〔2022〕106号": (
        "赣州市人民政府办公室转发市发展改革委等部门关于加快推进城镇环境基础设施建设实施方案的通知"
    ),
}

INSTRUMENTS = {
    "赣市府发〔2022〕14号": "赣州市见义勇为人员奖励和保障实施办法",
    "赣市府办发〔2022〕19号": "客家文化（赣南）生态保护实验区管理办法",
    "赣市府办发〔2022〕24号": "赣州市人民政府办公室关于支持赣州市电力高质量发展的若干意见",
    "赣市府办字〔2022〕101号": "关于进一步减负纾困助力小微企业平稳发展的若干政策措施",
    "赣市府办字〔2022〕106号": "关于加快推进城镇环境基础设施建设实施方案",
}

ARTICLES = {
    "赣市府发〔2022〕14号": 23,
    "赣市府发〔2022〕15号": 34,
    "赣市府办发〔2022〕18号": 45,
    "赣市府办发〔2022〕19号": 40,
    "赣市府办发〔2022〕21号": 52,
    "赣市府办发〔2022〕23号": 29,
}

# Each stands across a page or column break in the source.
REJOINED = [
    ("赣市府发〔2022〕14号/第三条", "见义勇为行为的确认、见义勇为人员的奖励和保障，适用本办法"),
    ("赣市府发〔2022〕14号/第五条", "评定委员会由政法委员会、公安、法院、检察院、民政"),
    ("赣市府发〔2022〕13号/二/段2", "不断展现“五型”政府建设的新境界、新气象。"),
    ("赣市府发〔2022〕13号/三/（二）/5", "建立健全区域科技创新体系"),
    ("赣市府发〔2022〕13号/三/（三）/9", "紧扣党中央、国务院重大决策部署和省委、省政府部署要求,"),
    ("赣市府发〔2022〕13号/三/（四）", "以服务人民为根本宗旨,全心全意办好民生实事"),
    ("赣市府字〔2022〕72号/二/（二）/5", "华达昌米粉生产线扩建项目竣工投产"),
    ("赣市府字〔2022〕72号/二/（三）/11", "“企业产品品牌百强榜”15个以上"),
    ("赣市府字〔2022〕72号/二/（四）/14", "认定一批农业物联网示范基地，新增一批“互联网+”"),
    ("赣市府字〔2022〕72号/二/（四）/17", "〔牵头单位：市农业农村局。责任单位：市供销社"),
    ("赣市府字〔2022〕72号/三/（三）", "列入省级农业社会化服务项目，给予100-500万元"),
    ("赣市府字〔2022〕73号/胡剑飞", "市行政审批局（市政务服务数据管理局）、市国有资产监督管理"),
    ("赣市府字〔2022〕73号/窦良坦", "市残疾人联合会、市归国华侨联合会、中国邮政"),
    ("赣市府字〔2022〕78号/正文", "翟朋同志任赣州市文化广电新闻出版旅游局副局长；"),
    (
        "赣市府办发〔2022〕24号/三/（一）",
        "国网赣州供电公司等按职责分工负责，各县（市、区）人民政府",
    ),
    ("赣市府办发〔2022〕24号/七/（九）", "市行政审批局、市林业局、市生态环境局等按职责分工负责)"),
    ("赣市府办字〔2022〕103号/四/（三）", "提交一套材料,正式办理项目审批手续"),
    ("赣市府办字〔2022〕103号/四/（四）/3", "约定完成工程建设,且消防查验合格"),
    ("赣市府办字〔2022〕106号/三/（九）", "建立健全县级医疗废物收集转运处置体系"),
    ("赣市府办字〔2022〕106号/三/（九）", "建立平战结合的医疗废物应急处置体系"),
    ("赣市府办字〔2022〕107号/附件/应急管理部门", "防雷安全措施纳入对企业安全生产许可"),
]

# 章 of the first and last article under it.
CHAPTERS = [
    ("赣市府发〔2022〕15号/第一条", "第一章 总 则"),
    ("赣市府发〔2022〕15号/第十一条", "第三章 组织管理"),
    ("赣市府发〔2022〕15号/第三十四条", "第八章 附 则"),
    ("赣市府办发〔2022〕18号/第十三条", "第二章 组织机构与职责"),
    ("赣市府办发〔2022〕18号/第十四条", "第三章 应急指挥与处置"),
    ("赣市府办发〔2022〕21号/第三十四条", "第六章 禁止行为"),
    ("赣市府办发〔2022〕23号/第二十九条", "第六章 附则"),
]

# The source shows these slips; they are quoted, not corrected.
SLIPS = [
    ("政务动态1/题头", "第二十一一次常务会议"),
    ("赣市府发〔2022〕14号/第十六条", "因见义勇为为死亡"),
    ("赣市府办发〔2022〕24号/六/（八）", "电网友项目"),
    ("赣市府办发〔2022〕21号/第八条", "市公管办"),
    ("赣市府办发〔2022〕21号/第五十二条", "市城管办"),
    ("赣市府办字〔2022〕99号/五/（十九）", "评价体系 and 激励机制"),
    ("赣市府办字〔2022〕99号/四/（十五）", "市委宣传部分"),
]

PERSONS = [
    "李克坚", "胡剑飞", "何琦", "窦良坦", "杜飞轮", "陈水连", "张骅", "刘志强",
    "罗瑞华", "赖正文", "陈阳山", "胡聚文", "张逸", "缪兰英", "谢卫东",
]  # fmt: skip

ADVISERS = [
    "熊建明", "蓝军", "徐志豪", "王明夫", "李希", "沈永芳", "郭新文", "王再兴",
    "李平", "钟文波", "吴世春", "曾罗生", "李红良", "蔡志浩", "陈伟浩", "许晓军",
]  # fmt: skip

BOXES = {
    "三/（六）/专栏1": 4,
    "三/（七）/专栏2": 3,
    "三/（八）/专栏3": 4,
    "三/（九）/专栏4": 2,
    "四/（十二）/专栏5": 2,
    "五/（十五）/专栏6": 2,
}


# Documents


def test_the_issue_names_itself():
    issue = read_shipped().issue
    assert (issue.id, issue.name, issue.serial) == ("2022-05", "2022年第5期", 107)


def test_every_document_has_number_kind_date_and_page():
    documents = [d for d in read_shipped().documents if d.doc_no]
    assert [(d.doc_no, d.kind, d.date, d.page) for d in documents] == DOCUMENTS


def test_the_news_has_title_date_and_page():
    news = [d for d in read_shipped().documents if d.kind == "动态"]
    assert [(d.key, d.date, d.page) for d in news] == [
        ("政务动态1", "2022-09-16", 135),
        ("政务动态2", "2022-09-30", 136),
        ("政务动态3", "2022-10-17", 137),
    ]
    assert news[1].title == "市政府召开党组（扩大）会议和第二十二次常务会议"


@pytest.mark.parametrize(("number", "title"), TITLES.items())
def test_a_title_is_whole_and_without_the_spaces_of_line_breaks(number, title):
    assert document_clauses(read_shipped(), number)[0].document.title == title


@pytest.mark.parametrize(("number", "name"), INSTRUMENTS.items())
def test_a_notice_is_known_by_what_it_issues(number, name):
    assert document_clauses(read_shipped(), number)[0].document.name == name


def test_the_issuer_is_government_or_its_office():
    issuers = {d.doc_no: d.issuer for d in read_shipped().documents if d.doc_no}
    assert set(issuers.values()) == {"赣州市人民政府", "赣州市人民政府办公室"}
    assert all(("办" in number) == issuer.endswith("办公室") for number, issuer in issuers.items())


# Articles and headings


@pytest.mark.parametrize(("number", "count"), ARTICLES.items())
def test_articles_run_without_a_gap(number, count):
    reading = read_shipped()
    document = next(d for d in reading.documents if d.key == number)
    source = reading.issue.text[document.span.start : document.span.end]
    shown = re.findall(r"^(第[一二三四五六七八九十]+条)\s", source, re.MULTILINE)
    assert len(shown) == count
    articles = document_clauses(reading, number, "article")
    assert [clause.label for clause in articles] == shown
    assert articles[count - 1].id == f"2022-05/{number}/{shown[-1]}"


def test_only_the_six_measures_have_articles():
    numbers = {c.document.key for c in read_shipped().clauses if c.kind == "article"}
    assert numbers == set(ARTICLES)


@pytest.mark.parametrize(("place", "chapter"), CHAPTERS)
def test_an_article_stands_under_its_chapter(place, chapter):
    assert shipped_clause(place).path == (chapter,)


def test_a_measure_without_chapters_has_no_path():
    articles = document_clauses(read_shipped(), "赣市府发〔2022〕14号", "article")
    assert {clause.path for clause in articles} == {()}


def test_no_heading_is_glued_to_another_clause():
    reading = read_shipped()
    numeral = "[一二三四五六七八九十]+"
    plain = "[^。，；：,;:\n]{2,40}"
    above = rf"(?:第{numeral}章 |{numeral}、|专栏 ?\d ){plain}$"
    parts = rf"[（(]{numeral}[)）]{plain}$(?=\n\n\d)"  # above numbered items
    headings = Counter(re.findall(rf"^(?:{above}|{parts})", reading.issue.text, re.MULTILINE))
    assert headings.total() == 147
    lines = Counter(line for clause in reading.clauses for line in clause.text.split("\n"))
    starts = Counter(clause.text.split("\n")[0] for clause in reading.clauses)
    for heading, count in headings.items():
        assert starts[heading] == lines[heading] == count, heading
    for clause in reading.clauses:
        found = re.search(rf"[。；）〕] ?(?:{above}|{parts})", clause.text, re.MULTILINE)
        assert found is None, clause.id


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (
            "赣市府发〔2022〕13号/三/（三）/9",
            ("三、目标任务", "（三）着力打造更显勇毅的“担当型”政府"),
        ),
        ("赣市府字〔2022〕72号/二/（一）/1", ("二、重点任务", "（一）提升种业创新能力")),
        ("赣市府办发〔2022〕20号/四/（三）", ("四、主要措施",)),
        ("赣市府办字〔2022〕101号/一/2", ("一、降低运营成本",)),
    ],
)
def test_an_item_stands_under_its_headings(place, path):
    assert shipped_clause(place).path == path


# Sentences


@pytest.mark.parametrize(("place", "sentence"), REJOINED)
def test_a_sentence_cut_by_a_break_is_whole(place, sentence):
    text = read_shipped().issue.text
    assert sentence not in text, "not a cut sentence"
    assert sentence in shipped_clause(place).text


@pytest.mark.parametrize(("place", "slip"), SLIPS)
def test_slips_of_the_source_are_kept(place, slip):
    assert slip in dense(shipped_clause(place).text) or slip in shipped_clause(place).text


def test_an_article_keeps_its_items():
    text = shipped_clause("赣市府发〔2022〕14号/第七条").text
    assert text.startswith("第七条 向见义勇为评定委员会申请确认")
    assert [line[:3] for line in text.split("\n")[1:5]] == ["(一)", "(二)", "(三)", "(四)"]
    assert text.endswith("确实无法提供的材料，经办部门可以依职权调查核实。")


def test_an_item_whose_number_lost_its_brackets_stays_in_its_article():
    lines = shipped_clause("赣市府办发〔2022〕21号/第三十四条").text.split("\n")
    assert len(lines) == 10
    assert lines[0].startswith("第三十四条 评标评审专家应当按照独立、客观、公正的原则")
    assert lines[8] == "- (八) 其他不客观、不公正履行职责的行为；"
    assert lines[9] == "- 9 法律、法规规定的其他行为。"


def test_an_annotation_on_its_own_line_belongs_to_the_item_above():
    for place, start in (
        ("赣市府字〔2022〕72号/二/（四）/14", "〔牵头单位：市农业农村局。责任单位：市商务局"),
        ("赣市府办字〔2022〕99号/二/（六）", "(责任单位:市发改委、市教育局"),
        ("赣市府办字〔2022〕99号/六/（二十三）", "(完成时限:长期坚持)"),
    ):
        assert shipped_clause(place).text.split("\n")[-1].startswith(start)


# Interleaved columns


REPAIRED = {
    "赣市府字〔2022〕76号/正文": (
        "各县（市、区）人民政府，市政府各部门，市属、驻市各单位，经市政府研究，决定："
        "免去何翔同志的赣州市生态文明研究中心副主任职务。"
    ),
    "赣市府字〔2022〕82号/正文": (
        "各县(市、区)人民政府,市政府各部门,市属、驻市各单位;经市政府研究,决定:"
        "曹培倩同志任赣州市人民政府金融工作办公室副主任(挂职一年半)。"
    ),
    "赣市府字〔2022〕83号/正文": (
        "各县(市、区)人民政府,市政府各部门,市属、驻市各单位;经市政府研究,决定:"
        "赖德亮同志任赣州市生态环境技术服务中心主任(试用期一年);"
        "免去温江涛同志的赣州市人民政府副秘书长、赣州市人民政府办公室主任职务;"
        "免去郑保平同志的赣南卫生健康职业学院副院长职务。"
    ),
}


@pytest.mark.parametrize(("place", "text"), REPAIRED.items())
def test_an_interleaved_notice_reads_as_issued(place, text):
    clause = shipped_clause(place)
    assert dense(clause.text) == text
    assert clause.repaired


def test_nothing_else_is_marked_repaired():
    repaired = {clause.id for clause in read_shipped().clauses if clause.repaired}
    assert repaired == {f"2022-05/{place}" for place in REPAIRED}


def test_a_notice_that_is_in_order_is_left_alone():
    lines = shipped_clause("赣市府字〔2022〕77号/正文").text.split("\n")
    assert lines[1:4] == [
        "经市政府研究，决定：",
        "唐晓青同志任赣州市民政局副局长；",
        "免去丁毅同志的赣州市民政局副局长职务；",
    ]
    assert len(lines) == 7


# Numbering


def test_boxes_count_their_items_from_one():
    items = document_clauses(read_shipped(), "赣市府办字〔2022〕106号", "item")
    for box, count in BOXES.items():
        inside = [c for c in items if f"/{box}/" in c.id]
        label = box.rpartition("/")[2]
        assert [c.label for c in inside] == [f"{label} {n}." for n in range(1, count + 1)]
        assert {c.path[-1].replace(" ", "")[:3] for c in inside} == {label}


def test_a_box_ends_where_the_next_item_begins():
    clause = shipped_clause("赣市府办字〔2022〕106号/三/（七）")
    assert clause.path == ("三、着力补齐城镇环境基础设施短板",)
    assert clause.text.startswith("（七）逐步提升生活垃圾分类和处理能力。")


@pytest.mark.parametrize(
    ("number", "last"),
    [
        ("赣市府办发〔2022〕24号", 26),
        ("赣市府办字〔2022〕99号", 24),
        ("赣市府办字〔2022〕106号", 21),
        ("赣市府办字〔2022〕107号", 11),
    ],
)
def test_items_run_on_across_headings(number, last):
    numerals = "一二三四五六七八九十"
    names = [
        *numerals,
        *(f"十{n}" for n in numerals[:9]),
        "二十",
        *(f"二十{n}" for n in numerals[:9]),
    ]
    labels = [
        clause.label.partition("、")[2]
        for clause in document_clauses(read_shipped(), number, "item")
        if "（" in clause.label
    ]
    assert labels == [f"（{name}）" for name in names[:last]]


def test_items_that_restart_under_each_heading_are_told_apart():
    labels = [
        clause.label
        for clause in document_clauses(read_shipped(), "赣市府办发〔2022〕22号", "item")
        if clause.label.endswith(".")
    ]
    assert labels == [f"二、（{part}）{n}." for part in "一二三" for n in (1, 2, 3)]


# Closing paragraphs


def test_the_closing_paragraph_of_101_is_a_clause_of_the_whole_document():
    clause = shipped_clause("赣市府办字〔2022〕101号/末段")
    assert (clause.label, clause.path, clause.kind) == ("末段", (), "paragraph")
    assert clause.text.startswith("本政策措施支持范围是在赣州市注册登记纳税符合条件的企业。")
    assert clause.text.endswith("除已明确期限规定的措施外，有效期截至2023年12月31日。")


def test_the_closing_paragraph_of_103_is_not_part_of_its_last_item():
    assert shipped_clause("赣市府办字〔2022〕103号/末段").text == "本方案试行期2年。"
    last = shipped_clause("赣市府办字〔2022〕103号/五/（四）").text
    assert last.endswith("但违反规定谋取私利情形除外。")


def test_a_paragraph_after_the_last_item_closes_the_section():
    clause = shipped_clause("赣市府字〔2022〕72号/三/末段")
    assert (clause.label, clause.path) == ("三、末段", ("三、支持政策",))
    assert clause.text == (
        "市级相关政策实施细则由市农业农村局会同财政、自然资源等相关部门制定，"
        "县级相关政策实施细则由县（市、区）政府制定并抓好落实。"
    )


# People


def test_the_division_of_duties_has_one_clause_for_each_person():
    persons = document_clauses(read_shipped(), "赣市府字〔2022〕73号", "person")
    assert [clause.label for clause in persons] == PERSONS
    assert all(clause.text.startswith(f"{clause.label}：市政府") for clause in persons)


def test_a_person_has_all_lines_of_their_own_and_no_others():
    assert shipped_clause("赣市府字〔2022〕73号/李克坚").text.split("\n") == [
        "李克坚：市政府市长、党组书记",
        "负责市政府全面工作。",
        "分管市财政局、市审计局。",
    ]
    assert shipped_clause("赣市府字〔2022〕73号/张骅").text.split("\n") == [
        "张骅：市政府副市长",
        "在国家发展和改革委员会挂职。",
    ]
    hu = shipped_clause("赣市府字〔2022〕73号/胡剑飞").text.split("\n")
    assert [line[:2] for line in hu] == ["胡剑", "负责", "分管", "兼管", "联系", "联系"]
    xie = shipped_clause("赣市府字〔2022〕73号/谢卫东").text.split("\n")
    assert [line[:2] for line in xie] == ["谢卫", "负责", "协管", "协调", "联系"]


def test_what_follows_the_last_person_is_about_all_of_them():
    lines = shipped_clause("赣市府字〔2022〕73号/末段").text.split("\n")
    assert lines[0].startswith("市政府班子成员要全面落实“一岗双责”")
    assert lines[1].endswith("赖正文同志与胡聚文同志、陈阳山同志与张逸同志互为AB岗。")


def test_the_roster_has_one_line_for_each_adviser():
    lines = shipped_clause("赣市府字〔2022〕81号/正文").text.split("\n")
    entries = lines[-16:]
    assert lines[-17].endswith("具体人员名单如下：")
    assert all(dense(entry).startswith(name) for entry, name in zip(entries, ADVISERS, strict=True))
    assert entries[4] == (
        "李 希 江西赣商联合总会执行会长、广东省江西商会会长、广州润都集团有限公司董事长"
    )
    assert entries[6].endswith("家商联贸易有限公司董事长")


def test_offices_of_an_annex_have_one_clause_each():
    offices = document_clauses(read_shipped(), "赣市府办字〔2022〕107号", "office")
    assert [clause.label for clause in offices] == [
        f"附件 {name}部门"
        for name in (
            "气象",
            "应急管理",
            "住房和城乡建设",
            "文化和旅游",
            "教育",
            "农业农村",
            "林业",
            "工业和信息化",
            "发展和改革",
        )
    ]
    closing = shipped_clause("赣市府办字〔2022〕107号/附件/段1").text
    assert closing.startswith("公路、水路、铁路、民航")


# Tables


def test_an_annex_table_goes_on_after_a_page_break():
    rows = document_clauses(read_shipped(), "赣市府办发〔2022〕18号", "row")
    assert [row.label for row in rows] == [f"附件 序号{n}" for n in range(1, 29)]
    assert {row.columns for row in rows} == {"序号 | 市级专项应急指挥部名称 | 办公室所在单位"}
    assert rows[14].text == "| 15 | 市大面积停电事件应急指挥部 | 市发展改革委 |"
    assert rows[15].text == "| 16 | 市重污染天气应急指挥部 | 市生态环境局 |"
    assert {row.path for row in rows} == {("附件 市级专项应急指挥部及其办公室所在单位",)}


def test_the_task_list_of_96_keeps_header_and_sections_over_five_page_breaks():
    rows = document_clauses(read_shipped(), "赣市府办字〔2022〕96号", "row")
    assert [row.label for row in rows] == [f"附件 序号{n}" for n in range(1, 30)]
    assert {row.columns for row in rows} == {
        "序号 | 工作任务 | 主要内容 | 完成时限 | 牵头单位 | 责任单位"
    }
    sections = {n: dense(row.path[-1]) for n, row in enumerate(rows, start=1)}
    # 7 opens a page under the section of 5 and 6; 13 and 25 open pages too.
    assert sections[5] == sections[6] == sections[7] == "(二)推进数据资源高效利用"
    assert sections[8] == "(三)提升数字综合监管能力"
    assert sections[12] == sections[13] == "(四)推进数字政务提档升级"
    assert sections[24] == sections[25] == "(七)推进政府运行协同高效"
    assert sections[29] == "(九)筑牢网络安全防护保障"


def test_the_unit_list_of_98_has_every_unit_once():
    rows = document_clauses(read_shipped(), "赣市府办字〔2022〕98号", "row")
    assert [row.label for row in rows] == [f"附件 序号{n}" for n in range(1, 37)]
    assert {row.columns for row in rows} == {"序号 | 单位 | 主要工作任务"}
    units = [row.text.split("|")[2].strip() for row in rows]
    assert (units[0], units[9], units[12], units[35]) == (
        "各县(区、市)人民政府",
        "市人力资源和社会保障局",
        "市住房城乡建设局",
        "市委组织部",
    )


def test_the_indicators_of_20_keep_header_and_merged_cells():
    rows = document_clauses(read_shipped(), "赣市府办发〔2022〕20号", "row")
    assert len(rows) == 13
    assert {row.columns for row in rows} == {"指 标 | 2020年基数 | 2025年目标值 | 属性"}
    assert {row.path[-1] for row in rows} == {"“十四五”时期医疗保障主要指标与预期目标"}
    labels = [row.label.removeprefix("三、（三）") for row in rows]
    assert labels[3:5] == ["序号4", "序号4 城乡居民"]
    assert labels[8:10] == ["序号8", "序号9"]  # either side of the page break
    assert rows[4].text == "| | 城乡居民 | 稳定在70以上 | 约束性 |"
    assert rows[9].text == "| 9. 住院费用跨省直接结算率 (%) | 35 | 70 以上 | 预期性 |"


def test_no_markup_is_left_in_any_clause():
    assert [c.id for c in read_shipped().clauses if re.search(r"</?[a-z]", c.text)] == []


def test_a_placeholder_in_angle_brackets_is_not_markup():
    heading = shipped_clause("赣市府办字〔2022〕103号/四/（四）").text
    assert heading == "(四)竣工验收阶段〔牵头单位:县<市、区>住建局;完成时限:4个工作日〕"


def test_the_chapters_listed_before_a_measure_are_rows_of_its_contents():
    rows = document_clauses(read_shipped(), "赣市府办发〔2022〕21号", "row")
    assert len(rows) == 9
    assert rows[4].text == "| 第五章 | 交易制度及其运行规则 |"
    assert rows[4].label == "目录 第五章"


def test_the_forms_of_103_are_annexes_with_a_row_for_each_field():
    number = "赣市府办字〔2022〕103号"
    listed = shipped_clause(f"{number}/附件目录").text.split("\n")
    assert [line.removeprefix("附件：")[0] for line in listed] == ["1", "2", "3", "4"]
    rows = document_clauses(read_shipped(), number, "row")
    assert sum(row.label.startswith("附件1 ") for row in rows) == 10
    assert sum(row.label.startswith("附件3 ") for row in rows) == 16
    assert shipped_clause(f"{number}/附件1/法人代表").text == "| 法人代表 | | 联系电话 | |"
    pledge = shipped_clause(f"{number}/附件2/二")
    assert pledge.label == "附件2 二、"
    assert pledge.text.endswith("未及时缴纳费用而产生的后果由本单位自行承担。")
    chart = shipped_clause(f"{number}/附件4").text
    assert chart == "赣州市工业项目“拿地即开工、竣工即投产”办理流程"


# Front matter


def test_the_masthead_gives_editors_address_and_phone():
    clause = shipped_clause("刊头/编辑信息")
    text = clause.text
    assert "主 编：谢卫东" in text
    assert "责任编辑：钟华林" in text
    assert "电话(传真)：(0797)8992217" in text
    assert "地址：赣州市市政中心 1 号楼\n1650 室" in text
    assert clause.path == ()


def test_the_contents_are_rows_with_every_title():
    rows = [c for c in read_shipped().clauses if c.id.startswith("2022-05/刊头/目录/")]
    assert [row.label for row in rows] == [
        "目录 市政府文件",
        "目录 市政府办公室文件",
        "目录 市政府办公室文件",
        "目录 政务动态",
    ]
    listed = "".join(row.text for row in rows)
    assert all(number in listed for number, *_ in DOCUMENTS)
    assert listed.count("常务会议") == 3


# Faithfulness


def test_every_character_is_in_one_clause_or_skipped_for_a_reason():
    reading = read_shipped()
    text = reading.issue.text
    held = Counter(
        position
        for span in (
            *(span for clause in reading.clauses for span in clause.spans),
            *(skip.span for skip in reading.skipped),
        )
        for position in range(span.start, span.end)
    )
    wrong = [i for i, character in enumerate(text) if not character.isspace() and held[i] != 1]
    assert wrong == []


def test_little_is_skipped_and_none_of_it_is_prose():
    reading = read_shipped()
    skipped: dict[str, list[str]] = {}
    for skip in reading.skipped:
        shown = reading.issue.text[skip.span.start : skip.span.end]
        skipped.setdefault(skip.reason, []).append(shown)
    assert skipped["分栏处重复的行"] == ["驻市各单位："]
    assert skipped["分页处重复的字"] == ["案。"]
    columns = {dense(clause.columns) for clause in reading.clauses}
    assert {dense(shown).strip("|") for shown in skipped["表头"]} <= columns
    markup = r"[|\s:-]+|</?(?:p|ol|li)\b[^>]*>|\s+"
    assert all(re.fullmatch(rf"(?:{markup})+", shown) for shown in skipped["表格标记"])
    assert set(skipped) == {"分栏处重复的行", "分页处重复的字", "表头", "表格标记"}


def test_the_spans_of_a_clause_give_its_text():
    reading = read_shipped()
    for clause in reading.clauses:
        source = "".join(reading.issue.text[span.start : span.end] for span in clause.spans)
        assert dense(source) == dense(clause.text), clause.id


def test_every_fact_gives_its_characters():
    for clause in read_shipped().clauses:
        for fact in clause.facts:
            assert clause.text[fact.start : fact.end] == fact.text, clause.id
            assert fact.value


def test_identifiers_are_unique_and_the_same_when_read_again():
    first = [clause.id for clause in read_shipped().clauses]
    again = read_gazette(SHIPPED)
    assert len(set(first)) == len(first)
    assert [clause.id for clause in again.clauses] == first
    assert again == read_shipped()


def test_clauses_are_numbered_in_the_order_of_the_source():
    clauses = read_shipped().clauses
    assert [clause.order for clause in clauses] == list(range(len(clauses)))
    starts = [min(span.start for span in clause.spans) for clause in clauses]
    assert starts == sorted(starts)


def test_the_verifier_has_nothing_to_report():
    verification = verify_reading(read_shipped())
    assert verification.problems == ()
    assert verification.articles == ARTICLES
    assert (verification.documents, verification.news) == (30, 3)
    skipped = sum(verification.skipped.values())
    assert verification.in_clauses + skipped == verification.characters
