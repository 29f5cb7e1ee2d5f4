"""Opens the store behind the page's back, so that the page answers HTTP before it is ready."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from index.store import Store

StoreGetter = Callable[[], Store]


def load_in_background(open_store: StoreGetter, prepare: Callable[[Store], object]) -> StoreGetter:
    """Start opening a store; return a function that waits for it and returns it.

    ``prepare`` is run before the store is handed out, so that the first question finds it warm.
    What opening raises is raised again by the returned function.
    """
    opened: Future[Store] = Future()

    def load() -> None:
        try:
            store = open_store()
            prepare(store)
        except Exception as error:  # handed to whoever asks for the store
            opened.set_exception(error)
        else:
            opened.set_result(store)

    Thread(target=load, name="load-store", daemon=True).start()
    return opened.result
