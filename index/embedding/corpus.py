"""Reads the training data: law articles, question–passage pairs and the STARD queries.

The data folder is described in its own README; every file is JSON lines, gzipped. Nothing here
tokenises or trains.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.build import read_corpus
from index.chunks import said_text

# A statute says 中华人民共和国 in every title; left in, all titles look alike.
_STATE_NAME = "中华人民共和国"
_CHAPTER_LABEL = re.compile(r"^第[〇零一二三四五六七八九十百\d]+[编章节]\s*")
_SENTENCE_END = re.compile(r"(?<=[。；\n])")
# Shorter remainders (“的除外。”) say nothing that a query could be about.
_MIN_PART_CHARS = 12
# Clause id -> what the clause says, and the questions written for it.
Expansions = Mapping[str, tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Article:
    """One article (条) of a law, with the law's title and the headings above it."""

    title: str
    headings: tuple[str, ...]
    text: str

    @property
    def topic(self) -> str:
        """Title and headings without chapter numbers: 「见义勇为条例 奖励和保障」."""
        headings = (_CHAPTER_LABEL.sub("", heading).strip() for heading in self.headings)
        return " ".join([self.title.removeprefix(_STATE_NAME), *headings]).strip()


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and a passage that belongs to it; ``source`` names the data set.

    Pairs of one ``group`` say the same thing: none is a negative of another.
    """

    query: str
    passage: str
    source: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Stard:
    """STARD: lay questions, the statute articles that answer them, and the official split."""

    queries: dict[str, str]  # query id -> question
    passages: tuple[str, ...]  # every gold article of any split, once
    relevant: dict[str, frozenset[int]]  # query id -> indices into passages
    dev: tuple[str, ...]  # ids of the queries to score, never trained on
    held_out: frozenset[str]  # ids of every query not trained on
    train: tuple[Pair, ...]  # pairs of all other queries


def read_articles(data_dir: Path) -> list[Article]:
    """Every distinct law article of ``lawrefbook_laws``, in file order."""
    seen: set[str] = set()
    articles = []
    for row in _read_rows(data_dir / "lawrefbook_laws" / "articles.jsonl.gz"):
        if row["p"] not in seen:
            seen.add(row["p"])
            articles.append(Article(row["title"], tuple(row.get("head", ())), row["p"]))
    return articles


def read_stard(data_dir: Path, disjoint: bool = False) -> Stard:
    """STARD with the queries to score set apart: the official dev queries.

    Most dev queries share their articles with training queries. With ``disjoint`` the queries to
    score are a third of the training queries, chosen so that no training query has any of their
    articles; the official dev queries are then neither trained on nor scored.
    """
    folder = data_dir / "stard"
    split = (folder / "split.dev.query.txt").read_text(encoding="utf-8").splitlines()
    official = [line.split("\t", 1)[0] for line in split if line.strip()]
    rows = list(_read_rows(folder / "pairs.jsonl.gz"))
    place: dict[str, int] = {}
    relevant: dict[str, set[int]] = {}
    for row in rows:
        found = relevant.setdefault(str(row["id"]), set())
        found.add(place.setdefault(row["p"], len(place)))
    others = {key: found for key, found in relevant.items() if key not in set(official)}
    dev = choose_disjoint(others) if disjoint else official
    held_out = frozenset([*official, *dev])
    return Stard(
        {str(row["id"]): row["q"] for row in rows},
        tuple(place),
        {key: frozenset(found) for key, found in relevant.items()},
        tuple(dev),
        held_out,
        tuple(
            Pair(row["q"], f"{row['title']} {row['p']}", "stard")
            for row in rows
            if str(row["id"]) not in held_out
        ),
    )


def choose_disjoint(relevant: Mapping[str, Set[int]], share: int = 3, seed: int = 1) -> list[str]:
    """Choose about one in ``share`` queries, sharing no relevant passage with any other query.

    Queries that share passages, directly or through others, stay together.
    """
    group_of: dict[int, list[str]] = {}  # passage -> the queries linked to it
    for key, passages in relevant.items():
        merged = [key]
        for group in {id(group_of[p]): group_of[p] for p in passages if p in group_of}.values():
            merged += group
        group_of |= dict.fromkeys((p for member in merged for p in relevant[member]), merged)
    groups = list({id(group): group for group in group_of.values()}.values())
    random.Random(seed).shuffle(groups)
    return [key for group in groups[::share] for key in group]


def read_expert_answers(data_dir: Path, held_out: Iterable[str]) -> list[Pair]:
    """LeCoQA: question → expert answer and keywords → article, without the held-out ids.

    LeCoQA has STARD's questions under STARD's ids, so STARD's dev ids must be passed.
    """
    skipped = set(held_out)
    pairs: list[Pair] = []
    for row in _read_rows(data_dir / "lecoqa" / "pairs.jsonl.gz"):
        if str(row["id"]) in skipped:
            continue
        # A few cells of the source table are empty and came out as the number NaN.
        answers = [answer for answer in row["a"] if isinstance(answer, str)]
        pairs.extend(Pair(row["q"], answer, "lecoqa-answer") for answer in answers)
        if isinstance(row["kw"], str):
            pairs.append(Pair(row["kw"], row["p"], "lecoqa-keywords"))
    return list(dict.fromkeys(pairs))


def read_pairs(path: Path, sources: Sequence[str] = ()) -> list[Pair]:
    """Pairs of one ``*.pairs.jsonl.gz`` file; ``sources`` keeps only these ``src`` values."""
    return [
        Pair(row["q"], " ".join(filter(None, (row.get("title"), row["p"]))), row["src"])
        for row in _read_rows(path)
        if not sources or row["src"] in sources
    ]


def read_expansions(corpus_dir: Path) -> Expansions:
    """Read every gazette of a corpus folder with the questions written for its clauses."""
    reading = read_corpus(corpus_dir)
    clauses = {clause.id: clause for clause in reading.clauses}
    return {id_: (said_text(clauses[id_]), asked) for id_, asked in reading.questions.items()}


def make_expansion_pairs(expansions: Expansions) -> list[Pair]:
    """Question → the clause it was written for."""
    return [
        Pair(question, text, "expansions", group=clause_id)
        for clause_id, (text, questions) in expansions.items()
        for question in questions
    ]


def make_sibling_pairs(expansions: Expansions) -> list[Pair]:
    """Question → the next one of the same clause: one matter in other words.

    The next three were worse.
    """
    return [
        Pair(question, sibling, "siblings", group=clause_id)
        for clause_id, (_, questions) in expansions.items()
        if len(questions) > 1
        for question, sibling in zip(questions, (*questions[1:], questions[0]), strict=True)
    ]


def make_topic_pairs(articles: Iterable[Article]) -> list[Pair]:
    """Title and headings → article text."""
    return [Pair(article.topic, article.text, "topic") for article in articles if article.topic]


def make_sentence_pairs(articles: Iterable[Article], seed: int) -> list[Pair]:
    """One sentence of an article → the rest of it with its title (inverse cloze task).

    The first sentence is taken half the time: it states the rule, the rest conditions.
    """
    rng = random.Random(seed)
    pairs = []
    for article in articles:
        parts = [part for part in _SENTENCE_END.split(article.text) if part.strip()]
        if len(parts) < 2:
            continue
        chosen = 0 if rng.random() < 0.5 else rng.randrange(len(parts))
        rest = "".join(parts[:chosen] + parts[chosen + 1 :])
        if min(len(parts[chosen]), len(rest)) >= _MIN_PART_CHARS:
            pairs.append(Pair(parts[chosen], f"{article.title} {rest}", "sentence"))
    return pairs


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
