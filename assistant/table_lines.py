"""The lines of a table kept as text beside the code, which hands may have edited."""

from __future__ import annotations

import re
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


def read_entries(
    path: Path, entry: re.Pattern[str], form: str
) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield (number, match) of each line that is neither empty nor a comment.

    :raises ValueError: when ``entry`` does not match a whole line; the message ends with ``form``,
        which says how to write it.
    """
    for number, line in read_lines(path):
        if not line or line.startswith("#"):
            continue
        found = entry.fullmatch(line)
        if found is None:
            raise ValueError(f"{path}:{number}: {line!r}: {form}")
        yield number, found
