"""The lines of a table kept as text beside the code, which hands may have edited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (number from 1, line) of a UTF-8 file, with or without a byte order mark.

    :raises ValueError: when a line is not UTF-8; the message names file and line.
    """
    for number, raw in enumerate(path.read_bytes().splitlines(), 1):
        try:
            yield number, raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValueError(f"{path}:{number}: not UTF-8: save the file as UTF-8") from error
