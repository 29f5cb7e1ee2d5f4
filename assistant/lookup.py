"""Exact look-ups: 文号, titles and their short forms, article and item numbers, people.

What a question names is looked up, not searched: 见义勇为办法第十一条 is one place, and a number
the corpus does not hold (第五十五条 of 52) is known to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.short_names import Titles, collect_titles, match_mention, match_title
from assistant.types import Lookup
from index.contents import DOC_NO, normal_doc_no
from index.documents import NEWS_KIND
from index.folding import find_folded, fold
from index.numerals import parse_numeral, to_chinese
from index.types import Clause, Document

_CN = "〇零一二三四五六七八九十百两"
_NUMBER = rf"(?:\d{{1,3}}|[{_CN}]{{1,5}})"
_ARTICLE = re.compile(rf"第\s*({_NUMBER})\s*条|(?<![\d.])(\d{{1,3}})\s*条(?!款|例|件|以上)")
_ITEM = re.compile(rf"第?[（(]({_NUMBER})[）)]\s*[条项]?")
_ROW = re.compile(rf"序号\s*(?:第|为)?\s*({_NUMBER})|第\s*({_NUMBER})\s*(?:项|行|号)任务")
# 〔2022〕14号 without the issuing body, or 14号文
_SHORT_NUMBER = re.compile(
    r"[〔\[（(]?((?:19|20)\d{2})[〕\]）)]?年?第?\s*(\d{1,4})\s*号|(\d{1,4})\s*号文"
)
_TITLE = re.compile(r"《([^》]{2,80})》")
# What the name of an instrument ends with; a mention ends there too.
_INSTRUMENT = re.compile(r"暂行办法|办法|规定|细则|条例|方案|计划|规划|意见|措施|通知")
_ASKS_MEETING = re.compile("通过|审议|哪次会|常务会|会上")
_MAX_MENTION = 40
_MAX_MENTIONS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Everything a question may name: documents, their clauses, people."""

    documents: tuple[Document, ...]
    clauses: Mapping[str, tuple[Clause, ...]]  # by document id
    people: Mapping[str, tuple[str, ...]]  # name -> ids of the clauses about that person
    titles: Titles
    texts: Mapping[str, str]  # clause id -> folded text


def collect_names(clauses: Iterable[Clause]) -> Names:
    """Collect the names of a corpus."""
    documents: dict[str, Document] = {}
    own: dict[str, list[Clause]] = {}
    people: dict[str, list[str]] = {}
    for clause in clauses:
        documents[clause.document.id] = clause.document
        own.setdefault(clause.document.id, []).append(clause)
        if clause.kind == "person":
            people.setdefault(clause.label, []).append(clause.id)
        for fact in clause.facts:
            if fact.kind == "appointment":
                people.setdefault(fact.value, []).append(clause.id)
    return Names(
        tuple(documents.values()),
        {key: tuple(group) for key, group in own.items()},
        {name: tuple(ids) for name, ids in people.items()},
        collect_titles(documents.values()),
        {clause.id: fold(clause.text) for group in own.values() for clause in group},
    )


@lru_cache(maxsize=256)
def look_up(question: str, names: Names) -> Lookup:
    """Return what ``question`` names: documents, clauses, and names the corpus does not hold."""
    named, missing, stretches = _named_documents(question, names)
    found: list[str] = []
    articles = _article_labels(question)
    for document in named:
        own = names.clauses[document.id]
        for label in articles:
            hits = [c.id for c in own if c.kind == "article" and c.label == label]
            hits = hits or _items_called(question, own, label)
            found += hits
            if not hits:
                missing.append(f"{document.name}{label}")
        if not articles:
            found += _rows_called(question, own) or _items_called(question, own)
    found += _phrases_quoted(question, names, bool(named))
    people = [id_ for name, ids in names.people.items() if name in question for id_ in ids]
    return Lookup(
        clause_ids=tuple(dict.fromkeys(found)),
        documents=tuple(document.id for document in named),
        people=tuple(dict.fromkeys(people)),
        missing=tuple(missing),
        rest=_without(question, stretches),
    )


def _without(question: str, stretches: Sequence[str]) -> str:
    """Return a question without the stretches that name documents."""
    for stretch in stretches:
        span = find_folded(stretch, question)
        if span:
            question = f"{question[: span.start]} {question[span.end :]}"
    return re.sub(r"[《》]", " ", question).strip()


def _phrases_quoted(question: str, names: Names, within: bool) -> list[str]:
    """Return the clauses that hold a 《title》 of the question that is no document of the corpus.

    Such a title is a thing a clause speaks of: 原则通过了《…方案》. Of a document that is here only
    the meeting that passed it is looked for.
    """
    if within and not _ASKS_MEETING.search(question):
        return []
    told = _news(names) if within else names.texts.keys()
    found = []
    for title in _TITLE.findall(question):
        needle = fold(title)
        found += [clause_id for clause_id in told if needle in names.texts[clause_id]]
    return found


def _news(names: Names) -> list[str]:
    """Return the ids of the clauses of news items."""
    documents = [document.id for document in names.documents if document.kind == NEWS_KIND]
    return [clause.id for document in documents for clause in names.clauses[document]]


def _named_documents(question: str, names: Names) -> tuple[list[Document], list[str], list[str]]:
    """Return the documents named, 文号 that nobody has, and the stretches that name them."""
    named, missing, stretches = _by_number(question, names.documents)
    if named or missing:
        return named, missing, stretches
    titles = _TITLE.findall(question)
    for title in titles:
        found = match_title(fold(title), names.titles)
        if found and found not in named:
            named.append(found)
            stretches.append(title)
    if not titles:
        for mention in _mentions(question):
            found, length = match_mention(mention, names.titles)
            if found and found not in named:
                named.append(found)
                stretches.append(mention[-length:])
    return named, [], stretches


def _by_number(
    question: str, documents: Sequence[Document]
) -> tuple[list[Document], list[str], list[str]]:
    """Return the documents whose 文号 stands in the question, those nobody has, and the words."""
    named: list[Document] = []
    missing: list[str] = []
    stretches: list[str] = []
    rest = question
    for written in re.findall(DOC_NO, question):
        number = normal_doc_no(written)
        hits = [d for d in documents if d.doc_no and number.endswith(d.doc_no)]
        named += hits
        stretches.append(written)
        if not hits:
            missing.append(number)
        rest = rest.replace(written, " ")
    for found in _SHORT_NUMBER.finditer(rest):
        year, number, bare = found.groups()
        ending = f"〔{year}〕{number}号" if year else f"〕{bare}号"
        hits = [d for d in documents if d.doc_no.endswith(ending)]
        if len(hits) == 1 or year:
            named += hits
            stretches.append(found[0])
    return list(dict.fromkeys(named)), missing, stretches


def _mentions(question: str) -> list[str]:
    """Return the stretches of a question that may be an instrument's short name, folded."""
    folded = fold(question)
    ends = [found.end() for found in _INSTRUMENT.finditer(folded)][:_MAX_MENTIONS]
    return [folded[max(0, end - _MAX_MENTION) : end] for end in ends]


def _article_labels(question: str) -> list[str]:
    labels = []
    for written, bare in _ARTICLE.findall(question):
        try:
            labels.append(f"第{to_chinese(int(parse_numeral(written or bare)))}条")
        except ValueError:
            continue
    return labels


def _items_called(question: str, own: Sequence[Clause], article: str = "") -> list[str]:
    """Return the items called （十一） or, in a document without articles, 第十一条."""
    numbers = [article[1:-1]] if article else []
    for written in _ITEM.findall(question):
        try:
            numbers.append(to_chinese(int(parse_numeral(written))))
        except ValueError:
            continue
    if any(c.kind == "article" for c in own):
        return []
    hits = []
    for number in numbers:
        ending = re.compile(rf"（{number}）$|^{number}、$" if not article else rf"（{number}）$")
        hits += [c.id for c in own if ending.search(c.label)]
        arabic = str(int(parse_numeral(number)))
        hits += [c.id for c in own if article and re.search(rf"(?<!\d){arabic}\.$", c.label)]
    return hits


def _rows_called(question: str, own: Sequence[Clause]) -> list[str]:
    labels = set()
    for written in _ROW.findall(question):
        labels.add(f"序号{int(parse_numeral(written[0] or written[1]))}")
    return [c.id for c in own if c.kind == "row" and c.label.split()[-1] in labels]
