"""The Chroma store: the only place that knows Chroma and sentence-transformers.

A cache that can always be rebuilt from the corpus and the embedding model. What it was built from
stands in the collection's metadata; a reader that does not match refuses (``index.manifest``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from index.clause_table import ClauseTable
from index.facts import find_facts
from index.gaps import Gap
from index.lexical import LexicalIndex
from index.manifest import Manifest, manifest_from_metadata, manifest_metadata
from index.records import Record, clause_of, is_question, read_clauses
from index.vectors import Vectors, nearest_vectors, unit_vectors

COLLECTION = "gazette"
_SPACE: Literal["cosine"] = "cosine"
# Chroma takes at most 5,461 records a call; smaller batches keep memory flat and the bar moving.
_BATCH = 1000
_PAGE = 5000
# Up to this many records all vectors are compared. Chroma's graph is approximate and in part made
# anew from the write-ahead log at every opening, so that two runs differ in what they find.
_MAX_EXACT = 50_000
# What models call the prompt for a question and for a text to be found.
_PROMPTS = {"query_encode_kwargs": ("query",), "encode_kwargs": ("passage", "document")}


def load_embeddings(model: str) -> Embeddings:
    """Load a sentence-transformers model by folder or by name, with its own query prompt.

    :raises OSError: when the model is neither a folder nor to be had by name.
    """
    from langchain_huggingface import HuggingFaceEmbeddings  # sentence_transformers takes 5 s

    local = Path(model).is_dir()
    kwargs: dict[str, Any] = {"device": "cpu", "local_files_only": local}
    encode: dict[str, Any] = {"normalize_embeddings": True}
    embeddings = HuggingFaceEmbeddings(
        model_name=model, model_kwargs=kwargs, encode_kwargs=encode, query_encode_kwargs=encode
    )
    prompts = getattr(embeddings._client, "prompts", None) or {}
    for target, names in _PROMPTS.items():
        name = next((name for name in names if prompts.get(name)), None)
        if name:
            setattr(embeddings, target, {**encode, "prompt_name": name})
    return embeddings


def connect(folder: Path, host: str = "") -> ClientAPI:
    """Return a client on the store's folder, or on a server given as host:port."""
    settings = ChromaSettings(anonymized_telemetry=False)
    if not host:
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    name, _, port = host.partition(":")
    try:
        return chromadb.HttpClient(host=name, port=int(port or 8000), settings=settings)
    except ValueError as error:
        raise ConnectionError(
            f"CHROMA_HOST={host}: no Chroma server there; start one with `chroma run`, "
            "or unset CHROMA_HOST"
        ) from error


def write_records(
    client: ClientAPI, name: str, records: Iterable[Record], embeddings: Embeddings
) -> Iterator[int]:
    """Write records into a new collection; yield how many each batch added.

    While one batch is written the next is embedded: Chroma and the tokenizer both work outside
    Python's lock. No more than two batches are in memory.
    """
    collection = client.create_collection(
        name,
        configuration=CreateCollectionConfiguration(hnsw={"space": _SPACE}),
        embedding_function=None,
    )
    with ThreadPoolExecutor(max_workers=1) as writer:
        written: Future[int] | None = None
        for batch in _batches(records):
            vectors = embeddings.embed_documents([record.document for record in batch])
            if written:
                yield written.result()
            written = writer.submit(_write_batch, collection, batch, vectors)
        if written:
            yield written.result()


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    remaining = iter(records)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _write_batch(
    collection: chromadb.Collection, batch: Sequence[Record], vectors: list[list[float]]
) -> int:
    collection.add(
        ids=[record.id for record in batch],
        embeddings=np.array(vectors, dtype=np.float32),
        documents=[record.document for record in batch],
        metadatas=[record.metadata for record in batch],
    )
    return len(batch)


def seal_collection(client: ClientAPI, name: str, manifest: Manifest) -> None:
    """Mark a collection complete by writing what it was built from into its metadata."""
    client.get_collection(name).modify(metadata=manifest_metadata(manifest))


def read_manifest(client: ClientAPI, name: str = COLLECTION) -> Manifest:
    """Return what a collection was built from.

    :raises LookupError: when the collection is missing, half-written, or not by cosine distance.
    """
    try:
        collection = client.get_collection(name)
    except (chromadb.errors.NotFoundError, ValueError) as error:
        raise LookupError(f"no collection {name!r}") from error
    space = (collection.configuration.get("hnsw") or {}).get("space")
    if space != _SPACE:
        raise LookupError(f"collection {name!r} measures {space!r}, not {_SPACE!r}")
    return manifest_from_metadata(collection.metadata or {})


@dataclass(eq=False)
class Store:
    """An opened index: clauses by id, and the ways to search them."""

    manifest: Manifest
    client: ClientAPI
    collection: str
    embeddings: Embeddings
    texts: LexicalIndex
    questions: LexicalIndex
    gaps: tuple[Gap, ...] = ()

    @cached_property
    def vectors(self) -> Chroma:
        """The collection as a LangChain vector store."""
        return Chroma(
            client=self.client,
            collection_name=self.collection,
            embedding_function=self.embeddings,
            create_collection_if_not_exists=False,
        )

    @cached_property
    def clauses(self) -> ClauseTable:
        """Every clause by id, in source order, with its facts."""
        return ClauseTable(replace(c, facts=find_facts(c)) for c in read_clauses(self._rows()))

    @cached_property
    def expansions(self) -> dict[str, tuple[str, ...]]:
        """The expansions of each clause that has any."""
        found: dict[str, list[str]] = {}
        for page in self._pages({"part": -1}):
            for metadata, document in zip(page["metadatas"], page["documents"], strict=True):
                found.setdefault(metadata["clause_id"], []).append(document)
        return {clause_id: tuple(questions) for clause_id, questions in found.items()}

    def reread(self, clause_id: str) -> str:
        """Return a clause's text as the store holds it now, past every cache."""
        rows = self.vectors.get(where={"clause_id": clause_id}, include=["documents", "metadatas"])
        pairs = zip(rows["documents"], rows["metadatas"], strict=True)
        found = read_clauses(pair for pair in pairs if not is_question(pair[1]))
        if not found:
            raise KeyError(clause_id)
        return found[0].text

    def nearest(self, question: str, count: int) -> list[tuple[str, float]]:
        """Return (clause id, cosine similarity) of the nearest records, best of each clause."""
        asked = self.embeddings.embed_query(question)
        if self.manifest.chunks + self.manifest.questions <= _MAX_EXACT:
            found = nearest_vectors(asked, self._vectors, count)
        else:
            found = self._search(asked, count)
        best: dict[str, float] = {}
        for record_id, similarity in found:
            clause_id = clause_of(record_id)
            best[clause_id] = max(best.get(clause_id, -1.0), similarity)
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))

    def _search(self, asked: Sequence[float], count: int) -> list[tuple[str, float]]:
        """Return (record id, similarity) of the nearest records as Chroma's graph finds them."""
        vectors: list[Sequence[float] | Sequence[int]] = [asked]
        found = self._raw.query(
            query_embeddings=vectors,
            n_results=count,
            include=["distances"],  # fetching texts and metadata would take ten times as long
        )
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - d) for id_, d in zip(found["ids"][0], distances, strict=True)]

    @cached_property
    def _vectors(self) -> Vectors:
        held = self._raw.get(include=["embeddings"])
        return unit_vectors(held["ids"], np.asarray(held["embeddings"]))

    @cached_property
    def _raw(self) -> chromadb.Collection:
        return self.client.get_collection(self.collection)

    def _rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for page in self._pages({"part": {"$gte": 0}}):
            yield from zip(page["documents"], page["metadatas"], strict=True)

    def _pages(self, where: dict[str, Any]) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            page = self.vectors.get(
                where=where, limit=_PAGE, offset=offset, include=["documents", "metadatas"]
            )
            yield page
            if len(page["ids"]) < _PAGE:
                return
            offset += _PAGE
