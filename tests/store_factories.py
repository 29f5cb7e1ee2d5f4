"""A real store over a small hand-made gazette, without loading an embedding model."""

import zlib
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from index.build import Location, build_index, open_store
from index.expansions import expansions_path, format_line
from index.reading import read_gazette
from index.store import Store
from index.tokens import bigrams
from tests.gazette_factories import make_document, make_gazette, write_gazette

BRIDGES = make_document(
    "第一条 为了保障桥梁安全，制定本办法。",
    "第二条 任何人发现桥梁损坏的，可以向市交通运输局举报。经核实的，给予举报人1000元奖励。",
    "第三条 市交通运输局应当在五个工作日内核实举报。举报人要求保密的，应当为其保密。",
    "第四条 本办法自2031年4月1日起施行，有效期2年。",
    title="桃源市人民政府关于举报桥梁损坏奖励的通知",
)

REWARD = "举报桥梁损坏，经核实的奖励多少钱？"
CHECKED = "举报桥梁损坏后，市交通运输局几个工作日内核实？"


class BigramEmbedding(Embeddings):
    """Texts as counts of their hashed bigrams: alike where they share words."""

    SIZE = 256

    def embed_query(self, text: str) -> list[float]:
        vector = [0.0] * self.SIZE
        for bigram in bigrams(text):
            vector[zlib.crc32(bigram.encode()) % self.SIZE] += 1.0
        length = sum(x * x for x in vector) ** 0.5 or 1.0
        return [x / length for x in vector]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


def make_store(folder: Path, *documents: str, **questions: str) -> Store:
    """Build and open the index of a gazette that holds ``documents``.

    ``questions`` are expansions, one for the clause of each label: 第二条="举报有奖吗".
    """
    corpus = folder / "corpus"
    corpus.mkdir()
    source = write_gazette(corpus, make_gazette(*documents))
    clauses = {clause.label: clause for clause in read_gazette(source).clauses}
    lines = [format_line(clauses[label], [text]) for label, text in questions.items()]
    expansions_path(source).write_text("\n".join(lines), encoding="utf-8")
    location = Location(folder / "index", corpus, "bigrams")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.build.load_embeddings", lambda _: BigramEmbedding())
        build_index(location, lambda done, total, what: None)
        return open_store(location)


def make_bridges(folder: Path) -> Store:
    """Build the store of ``BRIDGES``: 第二条 answers REWARD, 第三条 answers CHECKED."""
    return make_store(folder, BRIDGES, 第二条=REWARD, 第三条=CHECKED)
