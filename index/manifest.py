"""What an index was built from: what a reader must match, and what an evaluation names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from index.expansions import expansions_path
from index.gaps import gaps_path

# Changes whenever the same corpus would be cut or stored otherwise.
CHUNKER = "clauses-3"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Stored as the collection's metadata once every record is in."""

    corpus: str  # digest of gazette texts and expansions
    embedding: str  # name, or digest of the model's folder
    chunker: str
    model: str  # the embedding as it was named
    built: str  # ISO 8601, UTC
    issues: int
    documents: int
    clauses: int
    chunks: int
    questions: int


def digest_corpus(sources: Sequence[Path]) -> str:
    """Return a digest over the names and bytes of gazette texts, their expansions and gaps."""
    digest = hashlib.sha256()
    for source in sources:
        for path in (source, expansions_path(source), gaps_path(source)):
            if path.exists():
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def identify_embedding(model: str) -> str:
    """Return what identifies an embedding model: a digest of its folder's files, or its name."""
    folder = Path(model)
    if not folder.is_dir():
        return model
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def manifest_metadata(manifest: Manifest) -> dict[str, Any]:
    """Return a manifest as collection metadata."""
    return {"manifest": json.dumps(asdict(manifest), ensure_ascii=False)}


def manifest_from_metadata(metadata: Mapping[str, Any]) -> Manifest:
    """Return the manifest in a collection's metadata.

    :raises LookupError: when there is none, as in a collection whose build was cut short.
    """
    try:
        stored = json.loads(metadata["manifest"])
        return Manifest(**{field.name: stored[field.name] for field in fields(Manifest)})
    except (KeyError, TypeError, ValueError) as error:
        raise LookupError("the index is half-written or of another version") from error
