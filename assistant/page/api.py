"""An OpenAI-compatible /v1/chat/completions, so that other chat front ends can be pointed here."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, StreamingResponse
from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel, Field

from assistant.ask import ask
from assistant.extract import place
from assistant.page import text
from assistant.page.markup import clause_url
from assistant.page.settings import read_setting
from assistant.page.store_loader import StoreGetter
from assistant.types import Answer, Turn

MODEL_NAME = "gazette"
_PIECE_CHARS = 24
_MAX_MESSAGES = 100


class ContentPart(BaseModel):
    """A piece of a message; those that are no text are passed over."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of the conversation; system messages are accepted and do not steer the answer."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[ContentPart] | None = None

    def plain(self) -> str:
        """Return the message's text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class CompletionRequest(BaseModel):
    """The fields we read of a chat completion request; others are ignored."""

    messages: list[Message] = Field(max_length=_MAX_MESSAGES)
    model: str = MODEL_NAME
    stream: bool = False


def make_router(
    get_store: StoreGetter, model: BaseChatModel | None, page_has_password: bool
) -> APIRouter:
    """Return the /v1 routes."""

    def authorize(request: Request) -> None:
        key = read_setting("GAZETTE_API_KEY")
        if not key and page_has_password:
            raise HTTPException(401, text.API_CLOSED)
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        if key and not secrets.compare_digest(given.encode(), key.encode()):
            raise HTTPException(401, text.API_KEY_WRONG)

    router = APIRouter(prefix="/v1", dependencies=[Depends(authorize)])

    @router.get("/models")
    def list_models() -> dict[str, Any]:
        entry = {"id": MODEL_NAME, "object": "model", "created": 0, "owned_by": MODEL_NAME}
        return {"object": "list", "data": [entry]}

    @router.post("/chat/completions", response_model=None)
    async def complete(
        body: CompletionRequest, request: Request
    ) -> JSONResponse | StreamingResponse:
        question, turns = _read_messages(body.messages)
        store = await asyncio.to_thread(get_store)
        try:
            answer = await asyncio.to_thread(ask, question, turns, store, model)
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        base = str(request.base_url)
        if body.stream:
            return StreamingResponse(_stream(answer, base), media_type="text/event-stream")
        return JSONResponse(_completion(answer, base))

    return router


def error_response(status: int, message: str) -> JSONResponse:
    """Return an error in the shape OpenAI clients read."""
    kind = "authentication_error" if status == 401 else "invalid_request_error"
    return JSONResponse(
        {"error": {"message": message, "type": kind, "param": None, "code": None}}, status
    )


def _read_messages(messages: list[Message]) -> tuple[str, list[Turn]]:
    """Return the last user message and the turns before it."""
    asked = [at for at, message in enumerate(messages) if message.role == "user"]
    if not asked:
        raise HTTPException(400, text.API_NO_QUESTION)
    turns = []
    for message in messages[: asked[-1]]:
        if message.role == "user":
            turns.append(Turn("user", message.plain()))
        elif message.role == "assistant":
            turns.append(Turn("assistant", message.plain()))
    return messages[asked[-1]].plain(), turns


def _completion(answer: Answer, base: str) -> dict[str, Any]:
    message = {
        "role": "assistant",
        "content": answer.text,
        "refusal": None,
        "annotations": _annotations(answer, base),
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {
        **_envelope("chat.completion"),
        "choices": [choice],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }


async def _stream(answer: Answer, base: str) -> AsyncIterator[str]:
    envelope = _envelope("chat.completion.chunk")

    def event(delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return f"data: {json.dumps({**envelope, 'choices': [choice]}, ensure_ascii=False)}\n\n"

    yield event({"role": "assistant", "content": ""})
    for start in range(0, len(answer.text), _PIECE_CHARS):
        yield event({"content": answer.text[start : start + _PIECE_CHARS]})
        await asyncio.sleep(0)  # lets the server send each piece by itself
    yield event({"annotations": _annotations(answer, base)})
    yield event({}, "stop")
    yield "data: [DONE]\n\n"


def _envelope(kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL_NAME,
    }


def _annotations(answer: Answer, base: str) -> list[dict[str, Any]]:
    """Return the citations as url_citation annotations: each [n] in the text, and its link."""
    annotations = []
    for citation in answer.citations:
        mark = f"[{citation.mark}]"
        start = answer.text.find(mark)
        annotations.append(
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": max(start, 0),
                    "end_index": start + len(mark) if start >= 0 else 0,
                    "title": place(citation.clause),
                    "url": base + clause_url(citation.clause.id, citation.start, citation.end),
                },
            }
        )
    return annotations
