"""How many requests one client may make in a minute."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from assistant.page.settings import read_setting

WINDOW_SECONDS = 60.0
_MAX_CLIENTS = 10_000  # remembered at once; those gone quiet are forgotten first
_COUNTED = ("/v1/chat/completions", "/queue/join")  # what has a question answered


def read_rate() -> int:
    """Return the requests a client may make per minute; 0 for any number.

    :raises ValueError: when the setting is no whole number from 0 up.
    """
    value = read_setting("GAZETTE_RATE")
    if not value.isdecimal():
        raise ValueError(f"GAZETTE_RATE={value}：应为0或正整数（每分钟次数）")
    return int(value)


def is_counted(path: str) -> bool:
    """Return whether requests to a path have a question answered."""
    return path.endswith(_COUNTED) or "/gradio_api/call/" in path


class RateLimit:
    """A sliding window over each client's requests."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def admit(self, client: str) -> bool:
        """Count a request; return False, and do not count it, where it is one too many."""
        if not self._per_minute:
            return True
        now = self._clock()
        if len(self._times) > _MAX_CLIENTS:
            self._forget(now)
        times = self._times.setdefault(client, deque(maxlen=self._per_minute))
        while times and now - times[0] >= WINDOW_SECONDS:
            times.popleft()
        if len(times) == self._per_minute:
            return False
        times.append(now)
        return True

    def _forget(self, now: float) -> None:
        self._times = {
            client: times
            for client, times in self._times.items()
            if times and now - times[-1] < WINDOW_SECONDS
        }
