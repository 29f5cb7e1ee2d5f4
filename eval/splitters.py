"""The usual recipe as a baseline: RecursiveCharacterTextSplitter, then Chroma or BM25.

Written as the LangChain tutorials write it, with the splitter's default separators.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.baselines import Piece, Rank
from index.types import Document, Issue

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

WRITE_BATCH = 256  # Chroma refuses batches above about 5,000; small ones show progress sooner


def split_recursively(
    issue: Issue, documents: Sequence[Document], size: int, overlap: int
) -> list[Piece]:
    """Cut an issue's text into pieces of at most ``size`` characters.

    A piece belongs to the document it begins in; the splitter itself knows of no documents.
    Raises ``ModuleNotFoundError`` with the install command if the splitter is missing.
    """
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "这个基线需要 langchain-text-splitters：pip install langchain-text-splitters"
        ) from error
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size, chunk_overlap=overlap, add_start_index=True
    )
    pieces: list[Piece] = []
    for chunk in splitter.create_documents([issue.text]):
        start = int(chunk.metadata["start_index"])
        document = next((d for d in documents if d.span.start <= start < d.span.end), None)
        pieces.append(
            Piece(
                id=f"{issue.id}/{size}-{overlap}/{start:07d}",
                doc_no=(document.doc_no or document.key) if document else "",
                title=document.title if document else "",
                label=f"第{start}字起",
                text=chunk.page_content,
                searched=chunk.page_content,
            )
        )
    return pieces


def rank_chroma(pieces: Sequence[Piece], embedding: Embeddings, k: int) -> Rank:
    """Write the pieces into Chroma in a temporary folder, removed with the process."""
    from chromadb.api.collection_configuration import (
        CreateCollectionConfiguration,
        CreateHNSWConfiguration,
    )
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    folder = tempfile.mkdtemp(prefix="eval-chroma-")
    store = Chroma(
        collection_name="pieces",
        embedding_function=embedding,
        persist_directory=folder,
        client_settings=Settings(
            anonymized_telemetry=False, is_persistent=True, persist_directory=folder
        ),
        collection_configuration=CreateCollectionConfiguration(
            hnsw=CreateHNSWConfiguration(space="cosine")
        ),
    )
    _remove_at_exit(Path(folder))
    for start in range(0, len(pieces), WRITE_BATCH):
        batch = pieces[start : start + WRITE_BATCH]
        store.add_texts([piece.searched for piece in batch], ids=[piece.id for piece in batch])
    places = {piece.id: place for place, piece in enumerate(pieces)}

    def rank(query: str) -> list[tuple[float, int]]:
        found = store.similarity_search_with_score(query, k=min(k, len(pieces)))
        scored = [(1 - distance, str(document.id)) for document, distance in found]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return [(score, places[piece_id]) for score, piece_id in scored]

    return rank


def _remove_at_exit(folder: Path) -> None:
    import atexit
    import shutil

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
