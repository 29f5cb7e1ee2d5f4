"""Reading an issue's file: formats and encodings live here and nowhere else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from index.types import Issue

# GB18030 decodes almost any bytes, so it is tried last and its result is checked.
_ENCODINGS = ("utf-8-sig", "gb18030")

# How much of a decoded text may be control or private-use characters before it is not text.
_MAX_STRANGE_SHARE = 0.01

# The masthead stands within the first page.
_MASTHEAD_CHARS = 3000
_YEAR_AND_NUMBER = re.compile(r"(\d{4})\s*年\s*第\s*(\d+)\s*期")
_SERIAL = re.compile(r"总\s*第\s*(\d+)\s*期")


def read_issue(path: Path) -> Issue:
    """Read one issue of the gazette.

    :raises FileNotFoundError: when there is no such file.
    :raises ValueError: when the file is empty, binary, or in no known encoding.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file; give the path of a gazette text")
    data = path.read_bytes()
    text = _decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ValueError(f"{path}: the file is empty; give the text of a gazette issue")
    masthead = text[:_MASTHEAD_CHARS]
    dated = _YEAR_AND_NUMBER.search(masthead)
    serial = _SERIAL.search(masthead)
    return Issue(
        id=f"{dated[1]}-{int(dated[2]):02d}" if dated else path.stem,
        name=f"{dated[1]}年第{int(dated[2])}期" if dated else path.stem,
        serial=int(serial[1]) if serial else None,
        path=str(path),
        text=text,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _decode(data: bytes, path: Path) -> str:
    if b"\0" in data:
        raise ValueError(f"{path}: a binary file; save the gazette as UTF-8 or GB18030 text")
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _strange_share(text) <= _MAX_STRANGE_SHARE:
            return text
    raise ValueError(f"{path}: neither UTF-8 nor GB18030 text; convert it to UTF-8")


def _strange_share(text: str) -> float:
    strange = sum(
        (character < " " and character not in "\n\r\t\f")
        or "\ue000" <= character <= "\uf8ff"
        or character == "\ufffd"
        for character in text
    )
    return strange / max(1, len(text))
