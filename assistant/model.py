"""The chat model asked: its reply as text, and why there is none.

Every way a model can fail ends here as a ``ModelFailure`` with one reason in Chinese.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from langchain_core import exceptions as langchain_errors
from langchain_core.language_models import BaseChatModel

from assistant.stream import drop_thoughts
from index.chat_model import answer_seconds, open_model

__all__ = ["ModelFailure", "complete_text", "open_model", "stream_text"]

# Twenty times the answer asked for in prompts/answer.txt; a longer reply does not end by itself.
MAX_REPLY = 6000

_TIMED_OUT = "模型服务超时"
_BROKEN_OFF = "模型的回答中途断开"
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (langchain_errors.ModelTimeoutError, _TIMED_OUT),
    (langchain_errors.ModelConnectionError, "连接不上模型服务"),
    (langchain_errors.ModelAuthenticationError, "模型服务的密钥无效"),
    (langchain_errors.ModelPermissionDeniedError, "密钥没有使用这个模型的权限"),
    (langchain_errors.ModelNotFoundError, "模型服务没有这个模型"),
    (langchain_errors.ModelRateLimitError, "模型服务请求过多"),
    (langchain_errors.ContextOverflowError, "材料超过模型的长度上限"),
    (langchain_errors.ModelInvalidRequestError, "模型服务拒绝了请求"),
    (langchain_errors.ModelAPIError, "模型服务出错"),
    (ConnectionError, "连接不上模型服务"),
)
# For providers whose package does not yet raise LangChain's errors.
_STATUS = {
    400: "模型服务拒绝了请求",
    401: "模型服务的密钥无效",
    403: "密钥没有使用这个模型的权限",
    404: "模型服务没有这个模型",
    429: "模型服务请求过多",
}
_FINISH = ("finish_reason", "done_reason", "stop_reason")
_UNFINISHED = {
    "length": "模型的回答没有写完",
    "max_tokens": "模型的回答没有写完",
    "content_filter": "模型服务拦下了回答",
    "refusal": "模型拒绝回答",
}


class ModelFailure(Exception):
    """A chat model gave no usable reply; the message says why, for the user to read."""


def complete_text(prompt: str, model: BaseChatModel) -> str:
    """Return a model's whole reply.

    :raises ModelFailure: when there is no usable one.
    """
    return "".join(stream_text(prompt, model))


def stream_text(prompt: str, model: BaseChatModel) -> Iterator[str]:
    """Yield a model's reply in pieces, without its thoughts.

    :raises ModelFailure: when the server fails, the reply is empty, breaks off, or does not end.
    """
    length = 0
    blank = True
    for text in drop_thoughts(_read_chunks(prompt, model)):
        length += len(text)
        blank = blank and not text.strip()
        if length > MAX_REPLY:
            raise ModelFailure("模型的回答过长")
        yield text
    if blank:
        raise ModelFailure("模型没有输出内容")


def _read_chunks(prompt: str, model: BaseChatModel) -> Iterator[str]:
    deadline = time.monotonic() + answer_seconds()
    begun = reports = False
    finish = ""
    try:
        for chunk in model.stream(prompt):
            if time.monotonic() > deadline:
                raise TimeoutError
            reports = reports or bool(chunk.response_metadata)
            finish = _finish_reason(chunk.response_metadata) or finish
            begun = begun or bool(chunk.text)
            yield str(chunk.text)
    except Exception as error:  # each provider fails with exceptions of its own, or the network's
        late = time.monotonic() > deadline
        broken = _BROKEN_OFF if begun else ""
        raise ModelFailure(_TIMED_OUT if late else broken or _explain(error)) from error
    if finish in _UNFINISHED:
        raise ModelFailure(_UNFINISHED[finish])
    # A server that closes the connection early looks like the end, except that no reason for
    # ending came. Models that report nothing at all (fakes in tests) are believed.
    if begun and reports and not finish:
        raise ModelFailure(_BROKEN_OFF)


def _finish_reason(metadata: Mapping[str, Any]) -> str:
    return next((str(metadata[name]) for name in _FINISH if metadata.get(name)), "")


def _explain(error: Exception) -> str:
    """Return in Chinese why nothing of a reply arrived."""
    reason = next((text for kind, text in _REASONS if isinstance(error, kind)), "")
    status = getattr(error, "status_code", None)
    if not reason and isinstance(status, int):
        reason = _STATUS.get(status, f"模型服务出错（HTTP {status}）")
    if not reason:
        return "模型服务的回复无法读取"
    wait = _retry_after(error)
    return f"{reason}，请在{wait}秒后再试" if wait else reason


def _retry_after(error: Exception) -> str:
    """Return the seconds a server asks to wait, "" where it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    wait = str(headers.get("retry-after", ""))
    return wait if wait.isascii() and wait.isdigit() else ""
