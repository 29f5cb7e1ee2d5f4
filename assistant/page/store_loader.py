"""Opens the store behind the page's back, so that the page answers HTTP before it is ready."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from index.store import Store

StoreGetter = Callable[[], Store]


def load_in_background(
    open_store: StoreGetter, afterwards: Callable[[Store], object]
) -> StoreGetter:
    """Start opening a store; return a function that waits for it and returns it.

    ``afterwards`` is run on the store once it is to be had, to warm what later calls use. What
    opening raises is raised again by the returned function.
    """
    opened: Future[Store] = Future()

    def load() -> None:
        try:
            store = open_store()
        except Exception as error:  # handed to whoever asks for the store
            opened.set_exception(error)
        else:
            opened.set_result(store)
            afterwards(store)

    Thread(target=load, name="load-store", daemon=True).start()
    return opened.result
