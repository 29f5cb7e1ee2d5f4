"""Who was appointed and removed: data and file; read from the gazette by hand."""

from assistant.appointments import find_appointments
from assistant.page.clause_people import appointments_csv, select_appointments
from tests.page_data import clauses, read_file

APPOINTMENTS = """
76 何翔 免 赣州市生态文明研究中心副主任
77 唐晓青 任 赣州市民政局副局长
77 丁毅 免 赣州市民政局副局长
77 李升隆 免 赣州市文化广电新闻出版旅游局副局长
77 陆经龙 免 赣州市水利局副局长
77 杨会清 免 赣州市农业农村局副局长
78 季勤 任 赣州市科学技术局副局长
78 翟朋 任 赣州市文化广电新闻出版旅游局副局长
78 胡春梅 任 赣州市统计局副局长
78 曾小云 任 赣州市乡村振兴局副局长
78 赵志钢 免 赣州市科学技术局副局长
82 曹培倩 任 赣州市人民政府金融工作办公室副主任(挂职一年半)
83 赖德亮 任 赣州市生态环境技术服务中心主任(试用期一年)
83 温江涛 免 赣州市人民政府副秘书长、赣州市人民政府办公室主任
83 郑保平 免 赣南卫生健康职业学院副院长
"""


def test_every_appointment_and_removal():
    found = find_appointments(clauses().values())
    expected = [line.split(" ") for line in APPOINTMENTS.strip().splitlines()]
    assert [
        [a.clause.document.doc_no.split("〕")[1].rstrip("号"), a.person, a.action, a.post]
        for a in found
    ] == expected
    noted = [a.person for a in found if a.note == "以上同志挂职时间一年"]
    assert noted == ["季勤", "翟朋", "胡春梅", "曾小云"]


def test_appointments_by_person_and_by_post():
    found = find_appointments(clauses().values())
    assert [a.person for a in select_appointments(found, "民政局")] == ["唐晓青", "丁毅"]
    assert [a.action for a in select_appointments(found, "温江涛 秘书长")] == ["免"]
    _, rows = read_file(appointments_csv(select_appointments(found, "季勤")))
    assert rows[1][:5] == [
        "季勤", "任职", "赣州市科学技术局副局长", "以上同志挂职时间一年", "2022-09-30",
    ]  # fmt: skip
