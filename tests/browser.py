"""A real Chromium and real servers for the page's tests; import the fixtures to use them.

Chromium missing is a visible skip, and a failure where CI=true.
"""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from assistant.page.server import make_app
from index.build import current_manifest, default_location, is_fresh

ROOT = Path(__file__).resolve().parent.parent
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # ms; a loaded machine is slow, a broken page never ends
STARTUP_SECONDS = 60
ANSWERED = "#live .exchange[aria-busy=false]"


@pytest.fixture(scope="module")
def chromium():
    """Launch Chromium for a module's tests."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        reason = "chromium or playwright is not installed: the page was not tested in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def index_folder(request):
    """Return a folder with the real index: the repository's where it is current, else a new one."""
    location = default_location()
    current = current_manifest(location)
    if current is not None and is_fresh(current, location):
        return location.folder
    return request.getfixturevalue("gazette_index").folder


class PageProcess:
    """``python app.py`` on a free port, to be killed and started again."""

    def __init__(self, index_folder, **environment):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self._environment = {
            **os.environ,
            "GAZETTE_INDEX": str(index_folder),
            "HF_HUB_OFFLINE": "1",
            **environment,
        }
        self._process = None

    def start(self):
        self._process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(self.port)],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self):
        wait_for(self.url + "health", lambda: self._process.poll() is None)

    def kill(self):
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()


@pytest.fixture(scope="module")
def page_process(index_folder):
    """Start the page over the real index."""
    process = PageProcess(index_folder)
    process.start()
    process.wait()
    yield process
    process.kill()


@contextmanager
def serve(store, model=None, **options):
    """Serve a page over a store in this process; yield its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        running: list[uvicorn.Server] = []

        async def run():
            # Gradio makes locks while it is built, and event loops of its own where none runs.
            app = make_app(lambda: store, model, **options)
            running.append(uvicorn.Server(uvicorn.Config(app, log_level="critical")))
            await running[0].serve(sockets=[listener])

        thread = threading.Thread(target=lambda: asyncio.run(run()))
        thread.start()
        try:
            wait_for(address + "health", thread.is_alive)
            yield address
        finally:
            for server in running:
                server.should_exit = True
                server.force_exit = True  # open event streams would hold the server up
            thread.join()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, is_alive):
    """Wait until an address answers.

    :raises TimeoutError: when it does not, or the server has ended.
    """
    end = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < end and is_alive():
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(f"{address}: no answer")


def open_page(context, url):
    """Open the page in a browser context and wait until questions can be asked."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.wait_for_selector("#live .welcome, #live .exchange")
    return page


def ask(page, question):
    """Ask a question in the page; return the finished answer's element."""
    count = page.locator(".exchange").count()
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_function("(n) => document.querySelectorAll('.exchange').length > n", arg=count)
    page.wait_for_selector(ANSWERED)
    return page.locator("#live .answer")
