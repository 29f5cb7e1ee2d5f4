"""Systems under test: one table, name → how to open it. Adding one is adding a row.

A name may carry an argument after a colon: ``dense:BAAI/bge-m3`` (an embedding by name),
``chat:openai:gpt-x`` (our assistant with a chat model), ``http:https://host/ask`` (any assistant
that speaks the JSON contract), ``openai:https://host/v1#model`` (any OpenAI-compatible chat).

All use of ``assistant`` and of the store is in this file, and imported only when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval import baselines, splitters
from eval.baselines import Ask, Piece
from eval.corpus import corpus_files, read_corpus
from eval.http_systems import ask_json, ask_openai
from eval.questions import Question
from index.clauses import split_clauses
from index.documents import split_documents
from index.source import read_issue

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings


@dataclass(frozen=True, slots=True)
class Setting:
    """What a system may need to open: where the text and the index are, and how many passages."""

    corpus: Path
    store: Path
    k: int
    argument: str = ""  # what follows the first colon of the system's name


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A row of the table: what readers see, whether passages are shown, and how it is opened."""

    label: str
    open: Callable[[Setting], Ask]
    retrieves: bool = True


# --- ours -----------------------------------------------------------------------------------------

LEGS = frozenset({"exact", "lexical", "questions", "dense", "references", "vocabulary", "titles"})


def _open_ours(setting: Setting, without: str = "", model: str = "") -> Ask:
    """Open our assistant, with one leg of retrieval off or with a chat model."""
    from assistant.ask import ask as ask_assistant
    from assistant.contract import to_dict

    from assistant.types import Turn
    from index.store import open_store

    store = open_store(setting.store)
    chat = _open_chat_model(model) if model else None
    legs = {"legs": LEGS - {without}} if without else {}

    def ask(question: Question) -> dict[str, Any]:
        history = [Turn(message.role, message.content) for message in question.history]
        as_of = question.as_of or None
        answer = ask_assistant(
            question.question, history, store, chat, as_of=as_of, k=setting.k, **legs
        )
        # The contract's object leaves these two out where a reader has no use for them.
        extra = {"confidence": answer.confidence, "unknown_marks": list(answer.unknown_marks)}
        return extra | to_dict(answer)

    return ask


def _open_chat_model(name: str) -> Any:
    from assistant.model import open_model

    return open_model(name)


def _ours_without(leg: str) -> Callable[[Setting], Ask]:
    return lambda setting: _open_ours(setting, without=leg)


# --- baselines ------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _clause_pieces(corpus: Path) -> tuple[Piece, ...]:
    """Every clause as a piece; title and heading path are searched with it, as our index does."""
    pieces: list[Piece] = []
    for path in corpus_files(corpus):
        issue = read_issue(path)
        for document in split_documents(issue):
            for clause in split_clauses(document, issue):
                searched = "\n".join([document.title, *clause.path, clause.label, clause.text])
                name = document.doc_no or document.key
                pieces.append(
                    Piece(clause.id, name, document.title, clause.label, clause.text, searched)
                )
    return tuple(pieces)


def _split_pieces(setting: Setting, size: int, overlap: int) -> list[Piece]:
    issues = [read_issue(path) for path in corpus_files(setting.corpus)]
    return [
        piece
        for issue in issues
        for piece in splitters.split_recursively(issue, split_documents(issue), size, overlap)
    ]


def _open_bm25(tokenise: baselines.Tokenise, size: int = 0, overlap: int = 0) -> Callable[..., Ask]:
    def open_system(setting: Setting) -> Ask:
        pieces = _split_pieces(setting, size, overlap) if size else _clause_pieces(setting.corpus)
        return baselines.ask_by_rank(baselines.rank_bm25(pieces, tokenise), pieces, setting.k)

    return open_system


def _open_chroma(size: int, overlap: int) -> Callable[[Setting], Ask]:
    def open_system(setting: Setting) -> Ask:
        pieces = _split_pieces(setting, size, overlap)
        rank = splitters.rank_chroma(pieces, _open_embedding(setting.argument), setting.k)
        return baselines.ask_by_rank(rank, pieces, setting.k)

    return open_system


def _open_dense(setting: Setting) -> Ask:
    pieces = _clause_pieces(setting.corpus)
    rank = splitters.rank_chroma(pieces, _open_embedding(setting.argument), setting.k)
    return baselines.ask_by_rank(rank, pieces, setting.k)


def _open_embedding(name: str) -> Embeddings:
    """Open the packaged embedding, or any sentence-transformers model by name or path."""
    from index.store import open_embedding

    return open_embedding(name) if name else open_embedding()


def _open_random(setting: Setting) -> Ask:
    pieces = _clause_pieces(setting.corpus)
    return baselines.ask_by_rank(baselines.rank_random(pieces), pieces, setting.k)


def _open_oracle(setting: Setting) -> Ask:
    return baselines.ask_gold(read_corpus(setting.corpus))


SYSTEMS: Mapping[str, SystemRow] = {
    "ours": SystemRow("本助手", _open_ours),
    # Ablations: ours with one leg off. Each shows what that leg is worth.
    "no_expansions": SystemRow("本助手，去掉扩展问句", _ours_without("questions")),
    "no_dense": SystemRow("本助手，去掉向量", _ours_without("dense")),
    "no_lexical": SystemRow("本助手，去掉词面", _ours_without("lexical")),
    "no_title_path": SystemRow("本助手，去掉标题与层级", _ours_without("titles")),
    "no_vocabulary": SystemRow("本助手，去掉俗语词表", _ours_without("vocabulary")),
    "no_references": SystemRow("本助手，去掉条款引用", _ours_without("references")),
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
    "chat": SystemRow("本助手，聊天模型", lambda s: _open_ours(s, model=s.argument)),
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
    "ablations": ("ours", *ABLATIONS),
    "all": ("ours", *ABLATIONS, *BASELINES),
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
