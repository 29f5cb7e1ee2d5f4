"""Exact look-ups: 文号, titles and their short forms, article and item numbers, people.

What a question names is looked up, not searched: 见义勇为办法第十一条 is one place, and a number
the corpus does not hold (第五十五条 of 52) is known to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Lookup
from index.contents import DOC_NO, normal_doc_no
from index.folding import fold
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
_MAX_MENTION = 40
# A mention may skip this many stretches of the full name: 公共资源交易(管理暂行)办法.
_MAX_GAPS = 2
_MIN_MENTION = 4
# What may stand before a short name; after anything else it is the end of some other name, as
# 城市工作方案 is of 示范城市工作方案.
_BOUNDARY = frozenset('问的于据照在看查对和与及按、,.;:(["《个从用由把跟条是到了给有市县省?!')


@dataclass(frozen=True, slots=True)
class Names:
    """Everything a question may name: documents, their clauses, people."""

    documents: tuple[Document, ...]
    clauses: Mapping[str, tuple[Clause, ...]]  # by document key
    people: Mapping[str, tuple[str, ...]]  # name -> ids of the clauses about that person


def collect_names(clauses: Iterable[Clause]) -> Names:
    """Collect the names of a corpus."""
    documents: dict[str, Document] = {}
    own: dict[str, list[Clause]] = {}
    people: dict[str, list[str]] = {}
    for clause in clauses:
        documents[clause.document.key] = clause.document
        own.setdefault(clause.document.key, []).append(clause)
        if clause.kind == "person":
            people.setdefault(clause.label, []).append(clause.id)
        for fact in clause.facts:
            if fact.kind == "appointment":
                people.setdefault(fact.value, []).append(clause.id)
    return Names(
        tuple(documents.values()),
        {key: tuple(group) for key, group in own.items()},
        {name: tuple(ids) for name, ids in people.items()},
    )


def look_up(question: str, names: Names) -> Lookup:
    """Return what ``question`` names: documents, clauses, and names the corpus does not hold."""
    named, missing = _named_documents(question, names.documents)
    found: list[str] = []
    articles = _article_labels(question)
    for document in named:
        own = names.clauses[document.key]
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
        documents=tuple(document.key for document in named),
        people=tuple(dict.fromkeys(people)),
        missing=tuple(missing),
    )


def _phrases_quoted(question: str, names: Names, within: bool) -> list[str]:
    """Return the clauses that hold a 《title》 of the question that is no document of the corpus.

    Such a title is a thing a clause speaks of: 原则通过了《…方案》.
    """
    if within:
        return []
    found = []
    for title in _TITLE.findall(question):
        needle = fold(title)
        for own in names.clauses.values():
            found += [c.id for c in own if needle in fold(c.text)]
    return found


def _named_documents(
    question: str, documents: Sequence[Document]
) -> tuple[list[Document], list[str]]:
    by_number = _by_number(question, documents)
    named, missing = by_number
    if named or missing:
        return named, missing
    titles = _TITLE.findall(question)
    for title in titles:
        found = _titled(title, documents) or _best_match(fold(title), documents, whole=True)
        if found and found not in named:
            named.append(found)
    if not titles:
        for mention in _mentions(question):
            found = _best_match(mention, documents)
            if found and found not in named:
                named.append(found)
    return named, []


def _titled(title: str, documents: Sequence[Document]) -> Document | None:
    """Return the document called exactly so: a report of a meeting has no 文号 to abbreviate."""
    written = fold(title)
    return next((d for d in documents if written in (fold(d.name), fold(d.title))), None)


def _by_number(question: str, documents: Sequence[Document]) -> tuple[list[Document], list[str]]:
    """Return the documents whose 文号 stands in the question, and the 文号 nobody has."""
    named: list[Document] = []
    missing: list[str] = []
    rest = question
    for written in re.findall(DOC_NO, question):
        number = normal_doc_no(written)
        hits = [d for d in documents if d.doc_no and number.endswith(d.doc_no)]
        named += hits
        if not hits:
            missing.append(number)
        rest = rest.replace(written, " ")
    for year, number, bare in _SHORT_NUMBER.findall(rest):
        ending = f"〔{year}〕{number}号" if year else f"〕{bare}号"
        hits = [d for d in documents if d.doc_no.endswith(ending)]
        if len(hits) == 1 or year:
            named += hits
    return list(dict.fromkeys(named)), missing


def _mentions(question: str) -> list[str]:
    """Return the stretches of a question that may be an instrument's short name, folded."""
    folded = fold(question)
    return [
        folded[max(0, found.end() - _MAX_MENTION) : found.end()]
        for found in _INSTRUMENT.finditer(folded)
    ]


def _best_match(
    mention: str, documents: Sequence[Document], whole: bool = False
) -> Document | None:
    """Return the one document whose name a mention abbreviates, None where two fit as well."""
    scored = []
    for document in documents:
        if not document.doc_no:
            continue
        names = {fold(document.name), fold(document.title)}
        length = max(_matched_length(mention, name, whole) for name in names)
        if length >= _MIN_MENTION:
            scored.append((length, -min(map(len, names)), document))
    scored.sort(key=lambda item: item[:2], reverse=True)
    if not scored:
        return None
    tied = [item for item in scored if item[0] == scored[0][0]]
    return scored[0][2] if len(tied) == 1 or whole else None


def _matched_length(mention: str, name: str, whole: bool) -> int:
    """Return how many characters of the mention's end abbreviate ``name`` (all, if ``whole``)."""
    if whole:
        return len(mention) if _abbreviates(mention, name) else 0
    for start in range(len(mention) - _MIN_MENTION + 1):
        suffix = mention[start:]
        if _abbreviates(suffix, name):
            return len(suffix) if not start or mention[start - 1] in _BOUNDARY else 0
    return 0


def _abbreviates(short: str, name: str) -> bool:
    """Return whether ``short`` is at most ``_MAX_GAPS + 1`` stretches of ``name``, in order.

    Each stretch has two characters or more, so that letters scattered over a name do not count.
    """
    return _stretches(short, name, _MAX_GAPS + 1)


def _stretches(short: str, name: str, pieces: int) -> bool:
    if not short:
        return True
    if pieces == 0:
        return False
    for length in range(len(short), 1, -1):
        at = name.find(short[:length])
        if at >= 0 and _stretches(short[length:], name[at + length :], pieces - 1):
            return True
    return False


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
