"""The store: records there and back, swap, lock, staleness, a server, a build killed."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import chromadb
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from index.build import (
    Location,
    build_index,
    current_manifest,
    open_store,
    read_corpus,
    stale_reason,
    write_index,
)
from index.chunks import chunk_clauses
from index.manifest import manifest_metadata
from index.records import chunk_record, read_clauses
from index.store import connect, read_manifest, seal_collection, write_records
from tests.gazette_factories import (
    SHIPPED,
    make_document,
    make_gazette,
    read_shipped,
    write_gazette,
)

ROOT = Path(__file__).parent.parent
PARKING = make_document("第一条 为了规范停车。", "第二条 乱停车的，罚款50元。")
PLANTING = make_document("第一条 为了绿化。", "第二条 不得毁坏树木。")
EMBEDDING = DeterministicFakeEmbedding(size=16)


def silent(done, total, what):
    pass


@pytest.fixture
def location(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_gazette(corpus, make_gazette(PARKING), "a.md")
    return Location(tmp_path / "index", corpus, "fake")


@pytest.fixture
def fake_embedding(monkeypatch):
    """Loading a model takes seconds; these tests are about the store, not about likeness."""
    monkeypatch.setattr("index.build.load_embeddings", lambda model: EMBEDDING)


def test_clauses_survive_the_store_unchanged(tmp_path):
    clauses = read_shipped().clauses
    chunks = chunk_clauses(clauses)
    client = connect(tmp_path)
    records = [chunk_record(chunk) for chunk in chunks]
    assert sum(write_records(client, "gazette", records, EMBEDDING)) == len(chunks)
    rows = client.get_collection("gazette").get(include=["documents", "metadatas"])
    stored = read_clauses(zip(rows["documents"], rows["metadatas"], strict=True))
    assert stored == [replace(clause, facts=()) for clause in clauses]


def test_a_collection_that_is_not_by_cosine_is_refused(tmp_path, location, fake_embedding):
    manifest = build_index(location, silent)
    client = connect(tmp_path / "other")
    client.create_collection("gazette", metadata=manifest_metadata(manifest))
    with pytest.raises(LookupError, match="'l2', not 'cosine'"):
        read_manifest(client)


def test_a_collection_without_its_seal_is_refused(tmp_path, location, fake_embedding):
    manifest = build_index(location, silent)
    client = connect(tmp_path / "other")
    chunk = chunk_clauses(read_corpus(location.corpus).clauses)[0]
    assert list(write_records(client, "gazette", [chunk_record(chunk)], EMBEDDING)) == [1]
    with pytest.raises(LookupError, match="half-written"):
        read_manifest(client)
    seal_collection(client, "gazette", manifest)
    assert read_manifest(client) == manifest


def test_an_unchanged_corpus_is_not_built_again(location, fake_embedding):
    first = build_index(location, silent)
    builds = sorted((location.folder / "builds").iterdir())
    assert build_index(location, silent) == first
    assert sorted((location.folder / "builds").iterdir()) == builds


def test_a_changed_corpus_is_stale_and_a_removed_document_is_gone(location, fake_embedding):
    build_index(location, silent)
    assert any("罚款50元" in c.text for c in open_store(location).clauses.values())
    write_gazette(location.corpus, make_gazette(PLANTING), "a.md")
    with pytest.raises(LookupError, match=r"has changed.*python -m index build"):
        open_store(location)
    build_index(location, silent)
    texts = [c.text for c in open_store(location).clauses.values()]
    assert any("为了绿化" in text for text in texts)
    assert not any("罚款50元" in text for text in texts)


def test_another_embedding_is_refused_with_the_command_that_rebuilds(location, fake_embedding):
    build_index(location, silent)
    other = replace(location, model="BAAI/bge-m3")
    with pytest.raises(LookupError, match=r"built with the embedding fake.*python -m index build"):
        open_store(other)


def test_no_index_is_named_with_the_command_that_builds_it(location):
    with pytest.raises(LookupError, match=r"no index; run `python -m index build`"):
        open_store(location)


def test_the_same_文号_in_two_issues_is_refused(location, fake_embedding):
    text = (location.corpus / "a.md").read_text(encoding="utf-8")
    write_gazette(location.corpus, text, "b.md")
    with pytest.raises(ValueError, match=r"is already in .*a\.md; remove one"):
        build_index(location, silent)


def test_two_builders_do_not_meet(location, fake_embedding):
    location.folder.mkdir()
    with (location.folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BlockingIOError, match="another process is building"):
            build_index(location, silent)


def test_an_open_store_survives_one_rebuild(location, fake_embedding):
    build_index(location, silent)
    store = open_store(location)
    build_index(location, silent, force=True)
    assert store.nearest("停车", 3)
    assert [c.text for c in store.clauses.values()]


BUILD_SLOWLY = """
import sys, time
from pathlib import Path
from langchain_core.embeddings import DeterministicFakeEmbedding
import index.build as build
from index.build import Location
build.load_embeddings = lambda model: DeterministicFakeEmbedding(size=16)
point = sys.argv[3]
def pause(name, original):
    def stopped(*arguments, **keywords):
        print(name, flush=True)
        time.sleep(60)
    return stopped
setattr(build, point, pause(point, getattr(build, point)))
build.build_index(Location(Path(sys.argv[1]), Path(sys.argv[2]), "fake"), lambda *a: None)
"""


@pytest.mark.parametrize(
    "point", ["read_corpus", "_write_lexical", "write_records", "seal_collection", "_put_in_use"]
)
def test_a_build_killed_at_any_moment_leaves_the_old_index(location, fake_embedding, point):
    old = build_index(location, silent)
    original = (location.corpus / "a.md").read_text(encoding="utf-8")
    write_gazette(location.corpus, make_gazette(PLANTING), "a.md")
    command = [sys.executable, "-c", BUILD_SLOWLY, str(location.folder), str(location.corpus)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, point], stdout=subprocess.PIPE, text=True, env=environment
    ) as builder:
        assert builder.stdout.readline().strip() == point
        builder.send_signal(signal.SIGKILL)
    write_gazette(location.corpus, original, "a.md")
    assert current_manifest(location) == old
    assert stale_reason(old, location) == ""
    assert any("罚款50元" in c.text for c in open_store(location).clauses.values())
    build_index(location, silent, force=True)
    assert len(list((location.folder / "builds").iterdir())) <= 2


@pytest.fixture
def chroma_server(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "chroma", "run", "--path", tmp_path / "served"]
    with subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
        server.terminate()


def test_a_chroma_server_holds_the_index(location, chroma_server, fake_embedding):
    served = replace(location, host=chroma_server)
    manifest = build_index(served, silent)
    store = open_store(served)
    assert store.manifest == manifest
    assert any("罚款50元" in c.text for c in store.clauses.values())
    assert store.nearest("停车", 3)
    build_index(served, silent, force=True)
    host, port = chroma_server.split(":")
    names = [c.name for c in chromadb.HttpClient(host=host, port=int(port)).list_collections()]
    assert names == ["gazette"]


def test_no_server_is_one_clear_line(location, fake_embedding):
    with pytest.raises(ConnectionError, match="no Chroma server there"):
        build_index(replace(location, host="127.0.0.1:9"), silent)


def test_the_shipped_issue_with_its_expansions(tmp_path, fake_embedding):
    reading = read_corpus(SHIPPED.parent)
    location = Location(tmp_path / "index", SHIPPED.parent, "fake")
    manifest = write_index(location, reading, EMBEDDING, silent)
    assert (manifest.issues, manifest.documents) == (1, 33)
    assert manifest.clauses == len(read_shipped().clauses)
    store = open_store(location)
    article = store.clauses["2022-05/赣市府发〔2022〕14号/第二十三条"]
    assert article == next(c for c in read_shipped().clauses if c.id == article.id)
    assert store.reread(article.id) == article.text
    assert len(store.expansions[article.id]) >= 1
