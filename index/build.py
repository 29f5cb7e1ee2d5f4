"""Building an index beside the one in use, and opening the one in use.

A build goes into a folder of its own under ``builds/``; only when it is complete does the file
``CURRENT`` name it, replaced in one step. A build killed at any moment leaves the old index as
it was; what it left behind is removed by the next build. With a Chroma server the same holds for
a collection under another name that is renamed at the end.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chromadb.api import ClientAPI
from langchain_core.embeddings import Embeddings

from index.chunks import chunk_clauses, cut_text, embedded_text, is_searchable
from index.expansions import expansions_path, load_expansions
from index.gaps import Gap, gaps_path, load_gaps, read_saved, save_gaps
from index.lexical import LexicalIndex, build_lexical, load_lexical, save_lexical
from index.manifest import CHUNKER, Manifest, digest_corpus, identify_embedding
from index.reading import find_sources, read_gazette
from index.records import Record, chunk_record, question_records
from index.settings import read_setting
from index.store import (
    COLLECTION,
    Store,
    connect,
    load_embeddings,
    read_manifest,
    seal_collection,
    write_records,
)
from index.types import Chunk, Clause

BUILD_COMMAND = "python -m index build"
_CURRENT = "CURRENT"
_BUILDS = "builds"
_LOCK = "lock"
_GAPS = "gaps.json"

Progress = Callable[[int, int, str], None]  # done, total, what


@dataclass(frozen=True, slots=True)
class Location:
    """Where an index stands and what it should be built from."""

    folder: Path
    corpus: Path
    model: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to be indexed."""

    clauses: tuple[Clause, ...]
    questions: dict[str, tuple[str, ...]]
    issues: int
    documents: int
    gaps: tuple[Gap, ...] = ()


def default_location() -> Location:
    """Return the location the settings name."""
    return Location(
        folder=Path(read_setting("GAZETTE_INDEX")),
        corpus=Path(read_setting("GAZETTE_CORPUS")),
        model=read_setting("GAZETTE_EMBEDDING"),
        host=read_setting("CHROMA_HOST"),
    )


def build_index(location: Location, progress: Progress, force: bool = False) -> Manifest:
    """Build the index unless the one in use is already of this corpus and model.

    :raises FileNotFoundError: when the corpus holds no gazette.
    :raises ValueError: when a gazette cannot be read, or two documents have one 文号.
    :raises BlockingIOError: when another process is building.
    """
    if not force and (current := current_manifest(location)) and is_fresh(current, location):
        return current
    with _build_lock(location.folder):
        reading = read_corpus(location.corpus)
        return write_index(location, reading, load_embeddings(location.model), progress)


def read_corpus(corpus: Path) -> Reading:
    """Read every issue of a corpus folder with its expansions and gaps."""
    clauses: list[Clause] = []
    questions: dict[str, tuple[str, ...]] = {}
    gaps: list[Gap] = []
    seen: dict[str, Path] = {}
    documents = 0
    sources = find_sources(corpus)
    for source in sources:
        reading = read_gazette(source)
        for document in reading.documents:
            if document.doc_no and document.doc_no in seen:
                raise ValueError(
                    f"{source}: {document.doc_no} is already in {seen[document.doc_no]}; "
                    "remove one of the two files"
                )
            seen[document.doc_no] = source
        clauses += reading.clauses
        documents += len(reading.documents) - 1
        questions.update(load_expansions(expansions_path(source), reading.clauses).questions)
        gaps += load_gaps(gaps_path(source), reading.clauses)
    return Reading(tuple(clauses), questions, len(sources), documents, tuple(gaps))


def write_index(
    location: Location, reading: Reading, embeddings: Embeddings, progress: Progress
) -> Manifest:
    """Write an index and put it in use."""
    name = f"{time.time_ns():x}"
    build = location.folder / _BUILDS / name
    build.mkdir(parents=True)
    client = connect(build / "chroma", location.host)
    collection = f"{COLLECTION}-{name}" if location.host else COLLECTION
    chunks = sum(len(cut_text(clause.text)) for clause in reading.clauses)
    total = chunks + sum(map(len, reading.questions.values()))
    with ThreadPoolExecutor(max_workers=1) as pool:  # the word index is made while Chroma writes
        lexical = pool.submit(_write_lexical, build, reading)
        done = 0
        for written in write_records(client, collection, _records(reading), embeddings):
            done += written
            progress(done, total, "写入索引")
        lexical.result()
    save_gaps(reading.gaps, build / _GAPS)
    manifest = _manifest(location, reading, chunks)
    seal_collection(client, collection, manifest)
    if location.host:
        _rename_collection(client, collection)
    _put_in_use(location.folder, name)
    return manifest


def open_store(location: Location | None = None) -> Store:
    """Open the index in use.

    :raises LookupError: when there is none, or it is stale or of another model; the message
        names the command that rebuilds it.
    """
    location = location or default_location()
    manifest = current_manifest(location)
    if manifest is None:
        raise LookupError(f"{location.folder}: no index; run `{BUILD_COMMAND}`")
    reason = stale_reason(manifest, location)
    if reason:
        raise LookupError(f"{location.folder}: {reason}; run `{BUILD_COMMAND}`")
    build = _current_build(location.folder)
    client = connect(build / "chroma" if build else location.folder, location.host)
    texts, questions, gaps = _open_beside(build)
    return Store(
        manifest=manifest,
        client=client,
        collection=COLLECTION,
        embeddings=load_embeddings(location.model),
        texts=texts,
        questions=questions,
        gaps=gaps,
    )


def current_manifest(location: Location) -> Manifest | None:
    """Return the manifest of the index in use, None where there is none that is whole."""
    build = _current_build(location.folder)
    if build is None and not location.host:
        return None
    try:
        return read_manifest(connect(build / "chroma" if build else location.folder, location.host))
    except LookupError:
        return None


def is_fresh(manifest: Manifest, location: Location) -> bool:
    """Return whether an index is of the corpus and model at hand."""
    return not stale_reason(manifest, location)


def stale_reason(manifest: Manifest, location: Location) -> str:
    """Return why an index must be rebuilt, "" where it need not."""
    if manifest.chunker != CHUNKER:
        return f"built by chunker {manifest.chunker}, this is {CHUNKER}"
    if manifest.embedding != identify_embedding(location.model):
        return f"built with the embedding {manifest.model}, the setting is {location.model}"
    if manifest.corpus != digest_corpus(find_sources(location.corpus)):
        return f"the corpus in {location.corpus} has changed since it was built"
    return ""


def _chunks(reading: Reading) -> Iterator[Chunk]:
    """Yield the chunks, made clause by clause: all together take more room than the clauses."""
    for clause in reading.clauses:
        yield from chunk_clauses((clause,))


def _records(reading: Reading) -> Iterator[Record]:
    for chunk in _chunks(reading):
        yield chunk_record(chunk)
    for clause_id, asked in reading.questions.items():
        yield from question_records(clause_id, asked)


def _manifest(location: Location, reading: Reading, chunks: int) -> Manifest:
    return Manifest(
        corpus=digest_corpus(find_sources(location.corpus)),
        embedding=identify_embedding(location.model),
        chunker=CHUNKER,
        model=location.model,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        issues=reading.issues,
        documents=reading.documents,
        clauses=len(reading.clauses),
        chunks=chunks,
        questions=sum(map(len, reading.questions.values())),
    )


def _write_lexical(build: Path, reading: Reading) -> None:
    texts = build_lexical(
        (chunk.clause.id, embedded_text(chunk))
        for chunk in _chunks(reading)
        if is_searchable(chunk.clause)
    )
    save_lexical(texts, build / "texts")
    asked = build_lexical(
        (owner, question) for owner, asked in reading.questions.items() for question in asked
    )
    save_lexical(asked, build / "questions")


def _open_beside(build: Path | None) -> tuple[LexicalIndex, LexicalIndex, tuple[Gap, ...]]:
    """Open what stands beside the Chroma store: two word indexes and the gaps."""
    if build is None:
        raise LookupError(
            f"the Chroma server has an index, this machine has no word index; run `{BUILD_COMMAND}`"
        )
    gaps = read_saved(build / _GAPS)
    return load_lexical(build / "texts"), load_lexical(build / "questions"), gaps


def _rename_collection(client: ClientAPI, name: str) -> None:
    """Give a finished collection on a server the name readers open."""
    if any(collection.name == COLLECTION for collection in client.list_collections()):
        client.delete_collection(COLLECTION)
    client.get_collection(name).modify(name=COLLECTION)


def _current_build(folder: Path) -> Path | None:
    pointer = folder / _CURRENT
    if not pointer.exists():
        return None
    build = folder / _BUILDS / pointer.read_text(encoding="utf-8").strip()
    return build if build.is_dir() else None


def _put_in_use(folder: Path, name: str) -> None:
    """Name a build as the one in use, then remove the others but the last.

    A process that has the last one open goes on reading it until it opens the new one.
    """
    last = _current_build(folder)
    pointer = folder / f"{_CURRENT}.new"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(folder / _CURRENT)
    for build in (folder / _BUILDS).iterdir():
        if build.name != name and build != last:
            shutil.rmtree(build)


@contextmanager
def _build_lock(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BlockingIOError(
                f"{folder}: another process is building this index; wait for it to end"
            ) from error
        yield
