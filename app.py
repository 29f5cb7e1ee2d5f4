"""The page: ``python app.py``. Builds the index if it is missing or stale, then serves."""

from __future__ import annotations

import argparse
import os
import sys

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

import uvicorn
from tqdm import tqdm

from assistant.model import open_model
from assistant.page import text
from assistant.page.chat import examples
from assistant.page.server import make_app
from assistant.page.store_loader import load_in_background
from index.build import build_index, default_location, open_store
from index.settings import read_setting


def main(arguments: list[str] | None = None) -> int:
    """Serve the page until it is stopped; 2 on bad input."""
    options = _parser().parse_args(arguments)
    try:
        model = open_model(read_setting("GAZETTE_MODEL"))
        _prepare_index()
        get_store = load_in_background(open_store, examples)
        app = make_app(get_store, model, options.auth, options.root_path, options.queue_size)
    except (OSError, ValueError, LookupError) as error:
        print(text.CLI_ERROR.format(error=error), file=sys.stderr)  # noqa: T201
        return 2
    address = f"http://{options.host}:{options.port}{options.root_path or '/'}"
    print(text.CLI_SERVING.format(url=address), flush=True)  # noqa: T201
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning")
    return 0


def _prepare_index() -> None:
    with tqdm(unit="条", file=sys.stderr, leave=False, delay=1) as bar:

        def show(done: int, total: int, what: str) -> None:
            bar.set_description(what)
            bar.total = total
            bar.update(done - bar.n)

        build_index(default_location(), show)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=int, default=7860, help="port to listen at")
    parser.add_argument("--root-path", default="", help="path below which a proxy offers the page")
    parser.add_argument(
        "--auth", type=_user_and_password, metavar="USER:PASSWORD", help="ask for a password"
    )
    parser.add_argument(
        "--queue-size", type=int, default=200, help="questions that may wait; more are refused"
    )
    return parser


def _user_and_password(value: str) -> tuple[str, str]:
    user, colon, password = value.partition(":")
    if not (user and colon and password):
        raise argparse.ArgumentTypeError(f"{value!r}: expected USER:PASSWORD")
    return user, password


if __name__ == "__main__":
    sys.exit(main())
