"""The packaged embedding model, for what was fitted to it, whatever a store is searched with."""

from __future__ import annotations

from functools import lru_cache

from langchain_core.embeddings import Embeddings

from index.settings import default_of
from index.store import Store, load_embeddings

_MODEL = default_of("GAZETTE_EMBEDDING")


def packaged_embeddings(store: Store) -> Embeddings:
    """Return the packaged model: the store's own where it is searched with it."""
    return store.embeddings if store.manifest.model == _MODEL else _load()


@lru_cache(maxsize=1)
def _load() -> Embeddings:
    return load_embeddings(_MODEL)
