"""The year a question asks about, before a document or past what it tells of."""

import pytest

from assistant.detail_years import other_year
from assistant.intent import read_intent
from tests.gazette_factories import read_shipped
from tests.quotes import whole_quote


@pytest.mark.parametrize(
    ("question", "place", "year"),
    [
        ("2018年公示要多久", "赣市府发〔2022〕14号/第十条", "2018年"),
        # An appointment is of its time, a rule holds on.
        ("2025年曹培倩任什么职务", "赣市府字〔2022〕82号/正文", "2025年"),
        ("2025年公示要多久", "赣市府发〔2022〕14号/第十条", ""),
        ("见义勇为办法2018年还有效吗", "赣市府发〔2022〕14号/第十条", ""),
        # What came of a rule in a later year is not in it.
        ("2026年市长质量奖名单公布了吗", "赣市府发〔2022〕15号/第二十二条", "2026年"),
        ("去年市长质量奖给了哪家企业", "赣市府发〔2022〕15号/第二十二条", "去年"),
        ("今年申报市长质量奖要什么条件", "赣市府发〔2022〕15号/第十三条", ""),
        ("2024年度获得市长质量奖的企业有哪些", "赣市府发〔2022〕15号/第二十七条", "2024年"),
        ("2025年全市实际修了几多亩高标准农田", "赣市府办字〔2022〕94号/二/（六）/11", "2025年"),
        ("去年全市认证的富硒农产品到底做成了多少个", "赣市府字〔2022〕72号/二/（三）/10", "去年"),
        ("我厂去年亏了，市长质量奖奖多少", "赣市府发〔2022〕15号/第八条", ""),
        # A year put forward is confirmed or corrected.
        ("听说手机板块要到2023年才开张，是真的吗", "赣市府办字〔2022〕98号/二/（四）/15", ""),
        # The section that the paragraph stands in begins: 到2025年.
        ("到2025年垃圾焚烧能力要达到多少", "赣市府办字〔2022〕106号/一/（三）/段3", ""),
        ("到2028年垃圾焚烧能力要达到多少", "赣市府办字〔2022〕106号/一/（三）/段3", "2028年"),
    ],
)
def test_a_year_before_a_document_or_past_what_it_tells_of(question, place, year):
    clauses = {clause.id: clause for clause in read_shipped().clauses}
    assert other_year(question, read_intent(question), [whole_quote(place)], clauses) == year
