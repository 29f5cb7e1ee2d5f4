"""The chat model: the only place that constructs one, for expansions here and for answers."""

from __future__ import annotations

import os
from typing import Any

from langchain_core.language_models import BaseChatModel

from index.settings import read_setting

# Packages that an extra of pyproject.toml installs.
_EXTRAS = ("openai", "ollama")
# A server of one's own wants no key, but the client insists on one.
_NO_KEY = "none"


def open_model(name: str, retries: int = 0) -> BaseChatModel | None:
    """Open the chat model ``name``, as provider:model; None for an empty name.

    The provider's key is read from its own variable (OPENAI_API_KEY); a server named by
    GAZETTE_MODEL_URL needs none. The default of no retries is for answers: an extractive one is
    at hand, and the client would wait out a Retry-After of a minute.

    :raises ValueError: when the name has no provider, its package is not installed, a setting is
        not a number, or the provider refuses the arguments (no key); the message says what to do.
    """
    if not name:
        return None
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise ValueError(
            f"GAZETTE_MODEL={name}：应写成 提供方:模型，例如 openai:gpt-4.1 或 ollama:qwen3"
        )
    from langchain.chat_models import init_chat_model  # a second that answering by quoting saves

    arguments = _arguments(provider, retries)
    try:
        opened = init_chat_model(name, name=name, **arguments)
    except ImportError as error:
        raise ValueError(
            f"GAZETTE_MODEL={name}：缺少软件包；请运行 {_install(provider)}"
        ) from error
    except Exception as error:  # each provider refuses arguments with an exception of its own
        reason = str(error).partition("\n")[0]
        raise ValueError(f"GAZETTE_MODEL={name}：无法使用这个模型（{reason}）") from error
    if not isinstance(opened, BaseChatModel):
        raise ValueError(f"GAZETTE_MODEL={name}：不是一个具体的模型")
    return opened


def answer_seconds() -> float:
    """Return the seconds a chat model may take for one answer.

    :raises ValueError: when the setting is not a positive number.
    """
    seconds = _number("GAZETTE_MODEL_TIMEOUT")
    if not 0 < seconds < float("inf"):
        raise ValueError(f"GAZETTE_MODEL_TIMEOUT={seconds}：应大于0，单位为秒")
    return seconds


def _arguments(provider: str, retries: int) -> dict[str, Any]:
    seconds = answer_seconds()
    arguments: dict[str, Any] = {}
    if provider == "ollama":
        arguments["client_kwargs"] = {"timeout": seconds}
    else:
        arguments |= {"timeout": seconds, "max_retries": retries}
    if read_setting("GAZETTE_MODEL_TEMPERATURE") != "default":
        arguments["temperature"] = _number("GAZETTE_MODEL_TEMPERATURE")
    if url := read_setting("GAZETTE_MODEL_URL"):
        arguments["base_url"] = url
        if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
            arguments["api_key"] = _NO_KEY
    return arguments


def _number(setting: str) -> float:
    value = read_setting(setting)
    try:
        return float(value)
    except ValueError as error:
        raise ValueError(f"{setting}={value}：应为数字") from error


def _install(provider: str) -> str:
    if provider in _EXTRAS:
        return f"pip install -e '.[{provider}]'"
    return f"pip install langchain-{provider.replace('_', '-')}"
