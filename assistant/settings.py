"""Every setting of the assistant: one table, each with a working default."""

from __future__ import annotations

import os

from index.settings import Setting

SETTINGS = (
    Setting(
        "GAZETTE_MODEL",
        "",
        "chat model as provider:name (openai:gpt-4.1, ollama:qwen3); empty answers by quoting",
    ),
    Setting("GAZETTE_MODEL_URL", "", "base URL of an OpenAI-compatible or Ollama server"),
    Setting("GAZETTE_MODEL_TIMEOUT", "60", "seconds a chat model may take for one answer"),
)


def read_setting(name: str) -> str:
    """Return a setting's value, its default where the environment does not set it."""
    default = next(setting.default for setting in SETTINGS if setting.name == name)
    return os.environ.get(name, "").strip() or default
