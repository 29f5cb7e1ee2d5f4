"""The guard must catch one changed figure, unit, office or name, and leave the unchanged alone."""

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

from assistant.checks import check_figures, check_names
from index.figures import find_figures

CORPUS = Path("index/corpus/ganzhou-2022-05.md")
MUTATED_AT_LEAST = 500

OTHER_UNITS = {
    "万元": ["元", "亿元"],
    "亿元": ["万元"],
    "个工作日": ["日", "个月"],
    "个月": ["年", "天"],
    "年": ["个月", "天"],
    "日": ["个工作日", "个月"],
    "天": ["个工作日", "个月"],
    "%": ["个百分点", "‰"],
    "公里": ["米"],
    "万亩": ["亩"],
    "亩": ["公顷", "万亩"],
    "千伏": ["伏"],
    "家": ["次", "万家"],
    "个": ["次", "万个"],
    "项": ["次"],
    "次": ["项"],
    "小时": ["天", "分钟"],
}
OFFICE = re.compile(
    "市(?:财政|林业|教育|公安|民政|水利|商务|统计|科技|农业农村|生态环境|应急管理|市场监督管理|"
    "市场监管|行政审批|交通运输|自然资源|住建|工信|人社|医保|文广新旅|城管|司法)局|"
    "市(?:卫健|发改|国资)委|(?:民政|气象|公安|林业|教育|审计|税务)(?:部门|机关)"
)
PERSON = re.compile("([一-鿿]{2,3})(?=同志任|同志的)")
TITLE = re.compile("《([^《》〈〉]{6,40})》")
CONNECTIONS = ["", "根据公报，", "也就是说，", "具体来说："]


@cache
def paragraphs():
    """Paragraphs of the gazette as a reader would cite them, page breaks joined."""
    parts = re.split(r"\n\s*\n", CORPUS.read_text(encoding="utf-8"))
    flat = [re.sub(r"\s*\n\s*", "", part).strip() for part in parts]
    return [part for part in flat if 12 <= len(part) <= 900 and "|" not in part]


@cache
def sentences():
    """(sentence, paragraph) pairs, every fourth sentence lightly connected and marked."""
    pairs = []
    for paragraph in paragraphs():
        for sentence in re.split("(?<=[。；;])", paragraph):
            if 12 <= len(sentence) <= 160:
                connection = CONNECTIONS[len(pairs) % len(CONNECTIONS)]
                pairs.append((f"{connection}{sentence}[{len(pairs) % 9 + 1}]", paragraph))
    return pairs


def changed_figures(draw):
    for sentence, paragraph in sentences():
        for match in re.finditer(
            r"(?<![\dA-Za-z.+/])\d+(?![\dA-Za-z.+/]|版|[.、)）] )", sentence[:-3]
        ):
            number = int(match.group())
            other = number + draw.choice([1, 2, 5, 10, 100])
            if len(match.group()) > 4 or str(other) in paragraph or match.start() < 8:
                continue
            yield "figure", sentence, paragraph, replaced(sentence, match, str(other))


def changed_units(draw):
    names = "|".join(sorted(OTHER_UNITS, key=len, reverse=True))
    for sentence, paragraph in sentences():
        for match in re.finditer(rf"(?<=\d)(?:{names})(?!均|月|度|[级龄代])", sentence):
            if re.search(r"\d{4}$", sentence[: match.start()]) and match.group() == "年":
                continue  # a calendar year
            if (
                match.group() == "日"
                and sentence[: match.start()].rstrip("0123456789")[-1:] == "月"
            ):
                continue  # a date
            unit = draw.choice(OTHER_UNITS[match.group()])
            yield "unit", sentence, paragraph, replaced(sentence, match, unit)


def changed_names(draw, pattern, kind, group=0):
    known = sorted(
        {match.group(group) for part in paragraphs() for match in pattern.finditer(part)}
    )
    for sentence, paragraph in sentences():
        for match in pattern.finditer(sentence):
            absent = [name for name in known if core(name) not in paragraph]
            other = draw.choice(absent)
            yield kind, sentence, paragraph, replaced(sentence, match, other, group)


def core(name):
    """An office without level and ending: 林业部门 is no change where 市林业局 is named."""
    return re.sub("^市|局$|委$|部门$|机关$", "", name).replace("市场监督管理", "市场监管")


def replaced(sentence, match, text, group=0):
    return sentence[: match.start(group)] + text + sentence[match.end(group) :]


@cache
def mutations():
    draw = random.Random(20220503)
    found = [
        *changed_figures(draw),
        *changed_units(draw),
        *changed_names(draw, OFFICE, "office"),
        *changed_names(draw, PERSON, "person", 1),
        *changed_names(draw, TITLE, "title", 1),
    ]
    by_kind = {}
    for row in found:
        by_kind.setdefault(row[0], []).append(row)
    return [row for rows in by_kind.values() for row in draw.sample(rows, min(len(rows), 250))]


def is_flagged(sentence, paragraph):
    return bool(check_figures(sentence, [paragraph]) or check_names(sentence, [paragraph]))


def test_there_are_enough_mutations_of_every_kind():
    kinds = Counter(kind for kind, *_ in mutations())
    assert sum(kinds.values()) >= MUTATED_AT_LEAST
    assert set(kinds) == {"figure", "unit", "office", "person", "title"}


def test_at_least_99_of_100_mutations_are_caught():
    missed = [
        (kind, mutated) for kind, _, part, mutated in mutations() if not is_flagged(mutated, part)
    ]
    assert len(missed) <= 0.01 * len(mutations()), missed


def test_at_most_2_of_100_unchanged_sentences_are_flagged():
    flagged = [sentence for sentence, part in sentences() if is_flagged(sentence, part)]
    assert len(sentences()) >= MUTATED_AT_LEAST
    assert len(flagged) <= 0.02 * len(sentences()), flagged


def test_the_mutations_are_the_same_every_time():
    first = [mutated for *_, mutated in mutations()]
    mutations.cache_clear()
    assert [mutated for *_, mutated in mutations()] == first


def test_every_figure_is_where_it_says():
    for paragraph in paragraphs():
        for figure in find_figures(paragraph):
            assert paragraph[figure.start : figure.end] == figure.text
