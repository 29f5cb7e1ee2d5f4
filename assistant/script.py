"""Traditional characters into the Simplified ones the gazette is written in."""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC


def to_simplified(text: str) -> str:
    """Return ``text`` in Simplified characters; text that is so already is unchanged."""
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")
