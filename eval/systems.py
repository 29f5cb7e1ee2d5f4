"""Systems under test: one table, name → how to open it. Adding one is adding a row.

A name may carry an argument after a colon: ``dense:BAAI/bge-m3`` (an embedding by name),
``chat:openai:gpt-4.1`` (our assistant with a chat model), ``http:https://host/ask`` (any assistant
that speaks the JSON contract),
``openai:https://host/v1#model`` (any OpenAI-compatible chat).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from eval import baselines, splitters
from eval.baselines import Ask, Piece
from eval.corpus import read_corpus, source_orders
from eval.http_systems import ask_json, ask_openai
from index.chunks import is_searchable
from index.reading import find_sources, read_gazette

if TYPE_CHECKING:
    from pathlib import Path

    from langchain_core.embeddings import Embeddings

    from index.build import Location
    from index.types import Clause


@dataclass(frozen=True, slots=True)
class Setting:
    """What a system may need to open: where text and index are, and how many passages."""

    location: Location
    k: int
    argument: str = ""  # what follows the first colon of the system's name


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A row of the table: what readers see, whether passages are shown, and how it is opened."""

    label: str
    open: Callable[[Setting], Ask]
    retrieves: bool = True
    indexed: bool = False  # whether it reads the index, which the run then names


# --- ours -----------------------------------------------------------------------------------------


def _open_ours(setting: Setting) -> Ask:
    from eval.ours import open_assistant  # Chroma and sentence-transformers take seconds to import

    return open_assistant(setting.location, setting.k)


def _open_chat(setting: Setting) -> Ask:
    from eval.ours import open_assistant

    return open_assistant(setting.location, setting.k, setting.argument)


def _open_retrieval(name: str) -> Callable[[Setting], Ask]:
    def open_system(setting: Setting) -> Ask:
        from eval.ours import open_retrieval

        return open_retrieval(setting.location, setting.k, name)

    return open_system


# --- baselines ------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def clause_pieces(corpus: Path) -> tuple[Piece, ...]:
    """Return the clauses our index searches as pieces, with title and heading path, as it does."""
    sources = source_orders(corpus)
    readings = [read_gazette(path) for path in find_sources(corpus)]
    return tuple(
        _clause_piece(clause, sources.get(clause.id, ""))
        for reading in readings
        for clause in reading.clauses
        if is_searchable(clause)
    )


def _clause_piece(clause: Clause, source: str) -> Piece:
    document = clause.document
    return Piece(
        id=clause.id,
        doc_no=document.doc_no or document.key,
        title=document.title,
        label=clause.label,
        text=clause.text,
        searched="\n".join([document.title, *clause.path, clause.label, clause.text]),
        source=source,
    )


def _split_pieces(setting: Setting, size: int, overlap: int) -> list[Piece]:
    readings = [read_gazette(path) for path in find_sources(setting.location.corpus)]
    return [
        piece
        for reading in readings
        for piece in splitters.split_recursively(reading.issue, reading.documents, size, overlap)
    ]


def _open_bm25(tokenise: baselines.Tokenise, size: int = 0, overlap: int = 0) -> Callable[..., Ask]:
    def open_system(setting: Setting) -> Ask:
        pieces = (
            _split_pieces(setting, size, overlap)
            if size
            else clause_pieces(setting.location.corpus)
        )
        return baselines.ask_by_rank(baselines.rank_bm25(pieces, tokenise), pieces, setting.k)

    return open_system


def _open_chroma(size: int, overlap: int) -> Callable[[Setting], Ask]:
    def open_system(setting: Setting) -> Ask:
        return _ask_dense(_split_pieces(setting, size, overlap), setting)

    return open_system


def _open_dense(setting: Setting) -> Ask:
    return _ask_dense(clause_pieces(setting.location.corpus), setting)


def _ask_dense(pieces: Sequence[Piece], setting: Setting) -> Ask:
    embedding = _open_embedding(setting.argument or setting.location.model)
    rank = splitters.rank_chroma(pieces, embedding, setting.k)
    return baselines.ask_by_rank(rank, pieces, setting.k)


@lru_cache(maxsize=1)
def _open_embedding(model: str) -> Embeddings:
    """Load a sentence-transformers model by name or path, once for all systems that share it."""
    from index.store import load_embeddings

    return load_embeddings(model)


def _open_random(setting: Setting) -> Ask:
    pieces = clause_pieces(setting.location.corpus)
    return baselines.ask_by_rank(baselines.rank_random(pieces), pieces, setting.k)


def _open_oracle(setting: Setting) -> Ask:
    return baselines.ask_gold(read_corpus(setting.location.corpus))


SYSTEMS: Mapping[str, SystemRow] = {
    "ours": SystemRow("本助手", _open_ours, indexed=True),
    "chat": SystemRow("本助手（聊天模型）", _open_chat, indexed=True),
    "search": SystemRow("本助手的检索", _open_retrieval("search"), indexed=True),
    # Ablations: our retrieval with one thing off (eval.ours.WEIGHTS), to show what that is worth.
    "no_expansions": SystemRow("去掉扩展问句", _open_retrieval("no_expansions"), indexed=True),
    "no_dense": SystemRow("去掉向量", _open_retrieval("no_dense"), indexed=True),
    "no_lexical": SystemRow("去掉词面", _open_retrieval("no_lexical"), indexed=True),
    "no_title_path": SystemRow("去掉标题与层级", _open_retrieval("no_title_path"), indexed=True),
    "no_vocabulary": SystemRow("去掉俗语词表", _open_retrieval("no_vocabulary"), indexed=True),
    "no_lookups": SystemRow("去掉名称查找", _open_retrieval("no_lookups"), indexed=True),
    "no_references": SystemRow("去掉条款引用", _open_retrieval("no_references"), indexed=True),
    "no_interaction": SystemRow("去掉逐词比对", _open_retrieval("no_interaction"), indexed=True),
    # Baselines: what a user would otherwise write.
    "bm25_words": SystemRow("BM25 分词", _open_bm25(baselines.words)),
    "bm25_bigrams": SystemRow("BM25 二元字", _open_bm25(baselines.bigrams)),
    "split_1000_bm25": SystemRow("切块1000/200 BM25", _open_bm25(baselines.words, 1000, 200)),
    "split_500_bm25": SystemRow("切块500/50 BM25", _open_bm25(baselines.words, 500, 50)),
    "split_1000_chroma": SystemRow("切块1000/200 Chroma", _open_chroma(1000, 200)),
    "split_500_chroma": SystemRow("切块500/50 Chroma", _open_chroma(500, 50)),
    "dense": SystemRow("向量（条款）", _open_dense),
    # Bounds: what chance, silence and perfect retrieval score.
    "random": SystemRow("随机", _open_random),
    "closed_book": SystemRow("一律回绝", lambda setting: baselines.ask_nothing, retrieves=False),
    "oracle": SystemRow("标准依据（上限）", _open_oracle),
    # Other people's.
    "http": SystemRow("外部系统（JSON）", lambda s: ask_json(s.argument)),
    "openai": SystemRow("外部聊天模型", lambda s: ask_openai(s.argument), retrieves=False),
}

ABLATIONS = tuple(name for name in SYSTEMS if name.startswith("no_"))
BASELINES = (
    "bm25_words", "bm25_bigrams", "split_1000_bm25", "split_500_bm25",
    "split_1000_chroma", "split_500_chroma", "random", "closed_book", "oracle",
)  # fmt: skip
GROUPS: Mapping[str, tuple[str, ...]] = {
    "baselines": BASELINES,
    "ablations": ("search", *ABLATIONS),
    "all": ("ours", "search", *ABLATIONS, *BASELINES),
}


def expand_names(names: str) -> list[str]:
    """Return the systems of a comma-separated list, groups (baselines, ablations, all) expanded."""
    listed = [name.strip() for name in names.split(",") if name.strip()]
    return list(dict.fromkeys(part for name in listed for part in GROUPS.get(name, (name,))))


def find_row(name: str) -> tuple[SystemRow, str]:
    """Return a system's row and argument; raises ``ValueError`` naming the systems there are."""
    base, _, argument = name.partition(":")
    if base not in SYSTEMS:
        raise ValueError(f"没有系统 {base}；可用: {'、'.join([*SYSTEMS, *GROUPS])}")
    return SYSTEMS[base], argument
