"""The web application: /v1 and /health beside the page, one process, nothing off the machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.util import find_spec

import gradio as gr
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from langchain_core.language_models import BaseChatModel

from assistant.page import text
from assistant.page.api import error_response, make_router
from assistant.page.events import head, style
from assistant.page.layout import build_page
from assistant.page.rate_limit import RateLimit, is_counted, read_rate
from assistant.page.settings import read_setting
from assistant.page.store_loader import StoreGetter

# The browser may load and call nothing but this server, whatever a document or a model says.
# Gradio compiles templates in the page, hence unsafe-eval; its settings stand inline.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# Names of fonts that readers' systems have; nothing is downloaded.
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def make_app(
    get_store: StoreGetter,
    model: BaseChatModel | None,
    auth: tuple[str, str] | None = None,
    root_path: str = "",
    queue_size: int | None = None,
) -> FastAPI:
    """Return the application: the page at /, /v1/chat/completions and /health.

    :raises ValueError: when a setting asks for what is not installed, or is malformed.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(make_router(get_store, model, page_has_password=auth is not None))

    @app.get("/health")
    def health() -> dict[str, bool]:
        return {"ok": True}

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        return error_response(error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    async def bad_request(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return error_response(400, f"{where}: {first['msg']}")

    @app.middleware("http")
    async def add_headers(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    _limit_rate(app)
    page = build_page(get_store, model)
    page.queue(max_size=queue_size, default_concurrency_limit=8)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        auth=auth,
        root_path=root_path or None,
        ssr_mode=False,
        mcp_server=_offers_mcp(),
        run_history=False,
        footer_links=[],
        show_error=True,
        theme=gr.themes.Base(font=_FONTS, font_mono=("ui-monospace", "monospace")),
        css=style(),
        head=head(),
    )
    return app


def _limit_rate(app: FastAPI) -> None:
    limit = RateLimit(read_rate())

    @app.middleware("http")
    async def refuse_too_many(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        client = request.client.host if request.client else ""
        if is_counted(request.url.path) and request.method == "POST" and not limit.admit(client):
            return error_response(429, text.API_TOO_MANY)
        return await call_next(request)


def _offers_mcp() -> bool:
    """Return whether the API is offered as MCP tools.

    :raises ValueError: when it should be and the package is missing.
    """
    if read_setting("GAZETTE_MCP") != "1":
        return False
    if find_spec("mcp") is None:
        raise ValueError(text.MCP_MISSING)
    return True
