"""What a score was measured on: digests of corpus, questions, index and code, and versions.

Nothing here names the machine's user, folders or time, so equal inputs give equal files.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

from eval.corpus import corpus_files, digest_files
from eval.questions import DIGEST_CHARS

ROOT = Path(__file__).parent.parent
CODE = ("index", "assistant", "prompts", "eval")
CODE_SUFFIXES = (".py", ".txt", ".md")
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
        if path.suffix in CODE_SUFFIXES and "corpus" not in path.parts and path.is_file()
    ]
    return digest_files(files, root)


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


def index_digest(store: Path) -> str:
    """Return a digest of the index folder, "" where there is none.

    Chroma's own files hold times and random ids, so only the files around it count.
    """
    files = [
        path
        for path in store.rglob("*")
        if path.is_file() and path.suffix in {".json", ".jsonl", ".npz", ".npy"}
    ]
    return digest_files(files, store)[:DIGEST_CHARS] if files else ""


def describe(corpus: Path, store: Path) -> dict[str, Any]:
    """Return the provenance of a run, as written to ``env.json``."""
    expansions = sorted(corpus.glob("*.expansions.jsonl"))
    return {
        "commit": git_commit(),
        "code": code_digest()[:DIGEST_CHARS],
        "corpus": digest_files(corpus_files(corpus), corpus)[:DIGEST_CHARS],
        "expansions": digest_files(expansions, corpus)[:DIGEST_CHARS] if expansions else "",
        "index": index_digest(store),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "cpus": os.cpu_count(),
        "packages": package_versions(),
    }


def short_digest(text: str) -> str:
    """Return the abbreviated sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_CHARS]
