"""Assistants reached over HTTP, so that a vendor's product can be scored on the same questions.

``http:URL`` — the small JSON contract. We POST

    {"question": str, "history": [{"role": "user" | "assistant", "content": str}], "as_of": str}

and expect the object of ``python -m assistant ask --json``. Only ``answered`` and ``answer`` are
required; without ``passages`` every question counts as having retrieved nothing, and citations
must point to a passage of the same object.

``openai:URL#MODEL`` — any OpenAI-compatible server; we POST to URL/chat/completions with
temperature 0. A chat has no structured refusal, so it is told to reply with one fixed sentence
where it has no ground to answer; anything else counts as an answer. Retrieval and citations are
not scored.

The bearer token is read from the environment variable ``EVAL_API_KEY`` and sent to no other host.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from eval.baselines import Ask
from eval.questions import Question

TIMEOUT = 120.0  # seconds; a slow model on a long context, not a hanging server
MAX_BYTES = 20_000_000  # an answer with its passages is below 1 MB; more is a fault
REFUSAL = "公报中没有依据，无法回答。"
_INSTRUCTION = (
    "请依据市政府公报回答。没有依据时不要猜测，只回复这一句：" + REFUSAL + "今天的日期是：{as_of}。"
)


class _RefuseRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could carry the bearer token to another host."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow nothing; the redirect then surfaces as an HTTP error."""
        return


def _post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    """POST JSON and return the JSON object; raises ``OSError`` or ``ValueError`` with the URL."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError(f"网址应以 http:// 或 https:// 开头；收到 {url}")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key := os.environ.get("EVAL_API_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")
    opener = urllib.request.build_opener(_RefuseRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            data = response.read(MAX_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise OSError(f"{url} 返回 HTTP {error.code}") from error
    except OSError as error:
        raise OSError(f"连不上 {url}: {getattr(error, 'reason', error)}") from error
    if len(data) > MAX_BYTES:
        raise ValueError(f"{url} 返回超过 {MAX_BYTES} 字节")
    try:
        parsed = json.loads(data)
    except ValueError as error:
        raise ValueError(f"{url} 返回的不是 JSON: {data[:80]!r}") from error
    if not isinstance(parsed, dict):
        raise ValueError(f"{url} 返回的不是 JSON 对象: {data[:80]!r}")
    return parsed


def _messages(question: Question) -> list[dict[str, str]]:
    return [message.model_dump() for message in question.history]


def ask_json(url: str) -> Ask:
    """Return the system behind a URL that speaks the JSON contract."""

    def ask(question: Question) -> dict[str, Any]:
        body = {
            "question": question.question,
            "history": _messages(question),
            "as_of": question.as_of,
        }
        return _post(url, body)

    return ask


def ask_openai(target: str) -> Ask:
    """Return the system behind an OpenAI-compatible ``URL#MODEL``."""
    base, _, model = target.partition("#")
    if not model:
        raise ValueError(
            f"应写作 openai:网址#模型，如 openai:http://localhost:8000/v1#qwen；收到 {target}"
        )
    url = base.rstrip("/") + "/chat/completions"

    def ask(question: Question) -> dict[str, Any]:
        system = {"role": "system", "content": _INSTRUCTION.format(as_of=question.as_of)}
        last = {"role": "user", "content": question.question}
        body = {"model": model, "temperature": 0, "messages": [system, *_messages(question), last]}
        return _read_completion(_post(url, body), url)

    return ask


def _read_completion(reply: dict[str, Any], url: str) -> dict[str, Any]:
    try:
        text = reply["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"{url} 的返回里没有 choices[0].message.content") from error
    if not isinstance(text, str):
        raise ValueError(f"{url} 的 choices[0].message.content 不是文字")
    return {
        "answered": bool(text.strip()) and REFUSAL.rstrip("。") not in text,
        "answer": text,
        "citations": [],
        "passages": [],
    }
