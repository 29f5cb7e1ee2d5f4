"""A real store over a small hand-made gazette, without loading an embedding model."""

from pathlib import Path

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from index.build import Location, build_index, open_store
from index.store import Store
from tests.gazette_factories import make_document, make_gazette, write_gazette

BRIDGES = make_document(
    "第一条 为了保障桥梁安全，制定本办法。",
    "第二条 任何人发现桥梁损坏的，可以向市交通运输局举报。经核实的，给予举报人1000元奖励。",
    "第三条 市交通运输局应当在五个工作日内核实举报。举报人要求保密的，应当为其保密。",
    "第四条 本办法自2031年4月1日起施行，有效期2年。",
    title="桃源市人民政府关于举报桥梁损坏奖励的通知",
)


def make_store(folder: Path, *documents: str) -> Store:
    """Build and open the index of a gazette that holds ``documents``."""
    corpus = folder / "corpus"
    corpus.mkdir()
    write_gazette(corpus, make_gazette(*documents))
    location = Location(folder / "index", corpus, "fake")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.build.load_embeddings", lambda _: DeterministicFakeEmbedding(size=16))
        build_index(location, lambda done, total, what: None)
        return open_store(location)
