"""What a question asks for and the quoted sentences do not state."""

import pytest

from assistant.details import missing_detail
from assistant.intent import read_intent
from assistant.select import Quote
from assistant.sentences import split_sentences
from assistant.types import Passage
from tests.gazette_factories import shipped_clause


def lacking(question, place):
    clause = shipped_clause(place)
    quote = Quote(Passage(1, clause, 1.0), tuple(split_sentences(clause)))
    return missing_detail(question, read_intent(question), [quote])


SEEDLINGS = "赣市府字〔2022〕72号/三/（一）"
PRIZE = "赣市府发〔2022〕15号/第八条"
QUALITY = "赣市府办字〔2022〕102号/三/段2"


@pytest.mark.parametrize(
    ("question", "place", "missing"),
    [
        # Money must be given in a sentence that speaks of the thing, by the measure asked for.
        ("种脐橙买容器苗，一棵补几块钱", SEEDLINGS, "具体金额"),
        ("自研品种年销售额超过1亿元奖多少钱", SEEDLINGS, ""),
        ("省级专精特新企业迁来奖多少", "赣市府办字〔2022〕101号/二/3", "省级的情况"),
        ("国家级专精特新企业迁来奖多少", "赣市府办字〔2022〕101号/二/3", ""),
        # Days are not answered by years, nor by 及时.
        ("奖金几天能打到账上", "赣市府发〔2022〕15号/第二十八条", "何时到账"),
        ("弄虚作假的几年内不能再报", "赣市府发〔2022〕15号/第二十八条", ""),
        ("拿了奖的要交税吗", PRIZE, "是否缴税"),
        ("杨会清调到哪里去了", "赣市府字〔2022〕77号/正文", "去向"),
    ],
)
def test_a_figure_stands_where_the_thing_is_spoken_of(question, place, missing):
    assert lacking(question, place) == missing


@pytest.mark.parametrize(
    ("question", "place", "missing"),
    [
        ("2030年每万人发明专利拥有量目标多少", QUALITY, "2030年的情况"),
        ("2025年每万人发明专利拥有量目标多少", QUALITY, ""),
        # A rule holds in later years too.
        ("2026年首次获得市长质量奖奖多少钱", PRIZE, ""),
        ("第二十五次常务会议由谁主持", "政务动态3/段1", "第二十五次的情况"),
        ("第二十三次常务会议由谁主持", "政务动态3/段1", ""),
        # The gazette misprints 第二十一一次.
        ("第二十一次常务会议由谁主持", "政务动态1/段1", ""),
    ],
)
def test_a_year_or_a_meeting_is_the_one_asked_for(question, place, missing):
    assert lacking(question, place) == missing
