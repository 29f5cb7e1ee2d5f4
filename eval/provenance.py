"""What a score was measured on: digests of corpus, questions, index and code, and versions.

Nothing here names the machine's user, folders or time, so equal inputs give equal files.
"""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.corpus import digest_files
from eval.questions import DIGEST_CHARS
from index.reading import find_sources

if TYPE_CHECKING:
    from index.build import Location

ROOT = Path(__file__).parent.parent
CODE = ("index", "assistant", "prompts", "eval")
CODE_SUFFIXES = (".py", ".txt", ".tsv", ".md")
PACKAGES = (
    "bm25s", "chromadb", "jieba", "langchain-core", "langchain-text-splitters", "numpy",
    "sentence-transformers", "torch",
)  # fmt: skip


def code_digest(root: Path = ROOT) -> str:
    """Return a digest of the code and prompts; unlike a commit it also covers unsaved changes."""
    files = [
        path
        for package in CODE
        for path in (root / package).rglob("*")
        if path.suffix in CODE_SUFFIXES
        and path.name != "README.md"
        and "corpus" not in path.parts
        and path.is_file()
    ]
    return digest_files(files, root)


def prompt_digest(name: str, root: Path = ROOT) -> str:
    """Return the digest of a prompt's file, with which a judgement is quoted."""
    return digest_files([root / "prompts" / f"{name}.txt"], root)[:DIGEST_CHARS]


def git_commit(root: Path = ROOT) -> str:
    """Return the short commit, with ``+`` after it if files changed since; "" outside git."""
    commands = (["rev-parse", "--short=12", "HEAD"], ["status", "--porcelain"])
    try:
        commit, changes = (
            subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, check=True)
            for command in commands
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return commit.stdout.strip() + ("+" if changes.stdout.strip() else "")


def package_versions() -> dict[str, str]:
    """Return the versions of the packages that can change a number; "" where not installed."""
    installed = {d.name.lower(): d.version for d in metadata.distributions() if d.name}
    return {name: installed.get(name, "") for name in PACKAGES}


def index_identity(location: Location) -> str:
    """Return what the index in use was built from, "" where there is none.

    Not a digest of its files: Chroma's hold times and random ids.
    """
    from index.build import current_manifest

    manifest = current_manifest(location)
    return f"{manifest.chunker}/{manifest.corpus}/{manifest.embedding}" if manifest else ""


def describe(location: Location, *, indexed: bool) -> dict[str, Any]:
    """Return the provenance of a run, as written to ``env.json``."""
    corpus = location.corpus
    expansions = sorted(corpus.glob("*.expansions.jsonl"))
    return {
        "commit": git_commit(),
        "code": code_digest()[:DIGEST_CHARS],
        "corpus": digest_files(find_sources(corpus), corpus)[:DIGEST_CHARS],
        "expansions": digest_files(expansions, corpus)[:DIGEST_CHARS] if expansions else "",
        "index": index_identity(location) if indexed else "",
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "cpus": os.cpu_count(),
        "packages": package_versions(),
    }
