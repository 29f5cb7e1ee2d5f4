"""Every setting of the index: one table, each with a working default, read from the environment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting a user may change by an environment variable."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("GAZETTE_CORPUS", str(_ROOT / "index" / "corpus"), "folder of gazette texts"),
    Setting("GAZETTE_INDEX", str(_ROOT / ".index"), "folder of the built index"),
    Setting(
        "GAZETTE_EMBEDDING",
        str(_ROOT / "index" / "embedding" / "model"),
        "sentence-transformers model, by folder or by name (BAAI/bge-m3)",
    ),
    Setting("CHROMA_HOST", "", "host:port of a Chroma server; empty keeps the store in the folder"),
    Setting(
        "GAZETTE_MODEL",
        "",
        "chat model as provider:name (openai:gpt-4.1, ollama:qwen3); empty answers by quoting",
    ),
    Setting("GAZETTE_MODEL_URL", "", "base URL of an OpenAI-compatible or Ollama server"),
    Setting("GAZETTE_MODEL_TIMEOUT", "60", "seconds a chat model may take for one answer"),
    Setting(
        "GAZETTE_MODEL_TEMPERATURE",
        "0",
        "sampling temperature; 'default' leaves it to models that accept no other",
    ),
)


def read_setting(name: str, settings: Sequence[Setting] = SETTINGS) -> str:
    """Return a setting's value, its default where the environment does not set it."""
    return os.environ.get(name, "").strip() or default_of(name, settings)


def default_of(name: str, settings: Sequence[Setting] = SETTINGS) -> str:
    """Return what a setting is where nobody sets it."""
    return next(setting.default for setting in settings if setting.name == name)
