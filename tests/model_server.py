"""A local OpenAI-compatible server that answers, and fails, as it is told.

    with serve(reply("好的。"), status(500)) as server: ...   # first call, every further call

Real sockets and the real client: what reaches the assistant is what a provider would send.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["_Handler"], None]

# Longer than any time-out a test sets; bounds a handler whose client has gone.
_SLOW = 2.0


def reply(text: str, size: int = 3, finish: str | None = "stop") -> Behaviour:
    """Stream ``text`` in chunks of ``size`` characters; without ``finish``, hang up after them."""

    def behave(handler: _Handler) -> None:
        handler.begin("text/event-stream")
        for start in range(0, len(text), size):
            handler.event(_chunk(text[start : start + size]))
        if finish:
            handler.event(_chunk("", finish))
            handler.event("[DONE]")

    return behave


def whole(text: str) -> Behaviour:
    """Answer with one JSON object, as a call without streaming expects."""

    def behave(handler: _Handler) -> None:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        body = {"id": "chat-1", "object": "chat.completion", "created": 1, "model": "test"}
        handler.begin("application/json")
        handler.wfile.write(json.dumps({**body, "choices": [choice]}).encode())

    return behave


def cut(text: str) -> Behaviour:
    """Announce more than is sent, as when a proxy drops the connection in the middle."""

    def behave(handler: _Handler) -> None:
        handler.begin("text/event-stream", length=100_000)
        handler.event(_chunk(text))

    return behave


def status(code: int, **headers: str) -> Behaviour:
    """Refuse with an HTTP status; ``retry_after="7"`` becomes a Retry-After header."""

    def behave(handler: _Handler) -> None:
        body = json.dumps({"error": {"message": "refused", "code": str(code)}}).encode()
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def page(html: str = "<html><body>网关登录</body></html>") -> Behaviour:
    """Answer 200 with a web page, as a captive portal does."""

    def behave(handler: _Handler) -> None:
        handler.begin("text/html")
        handler.wfile.write(html.encode())

    return behave


def garbage() -> Behaviour:
    """Stream an event that is not JSON."""

    def behave(handler: _Handler) -> None:
        handler.begin("text/event-stream")
        handler.event("{这不是JSON")

    return behave


def endless(text: str) -> Behaviour:
    """Stream ``text`` again and again until the client hangs up."""

    def behave(handler: _Handler) -> None:
        handler.begin("text/event-stream")
        while True:
            handler.event(_chunk(text))

    return behave


def dripping(text: str) -> Behaviour:
    """Stream a character at a time, each soon enough, the whole never done."""

    def behave(handler: _Handler) -> None:
        handler.begin("text/event-stream")
        until = time.monotonic() + _SLOW
        while time.monotonic() < until:
            handler.event(_chunk(text))
            time.sleep(0.05)

    return behave


def silence() -> Behaviour:
    """Accept the request and say nothing."""

    def behave(handler: _Handler) -> None:
        handler.server.stopped.wait(_SLOW)

    return behave


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviours: tuple[Behaviour, ...]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviours = list(behaviours)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def prompts(self) -> list[str]:
        """The text of each request's last message."""
        return [request["messages"][-1]["content"] for request in self.requests]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(json.loads(body))
        self.server.keys.append(self.headers.get("Authorization", ""))
        behaviours = self.server.behaviours
        behave = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        # The client hangs up on an endless reply, as it should.
        with suppress(BrokenPipeError, ConnectionResetError):
            behave(self)

    def begin(self, content_type: str, length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, data: dict[str, Any] | str) -> None:
        line = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        self.wfile.write(f"data: {line}\n\n".encode())

    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


def _chunk(text: str, finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "chat-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "test",
        "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
    }


@contextmanager
def serve(*behaviours: Behaviour) -> Iterator[_Server]:
    """Run a server; the last behaviour answers every further request."""
    server = _Server(behaviours)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
