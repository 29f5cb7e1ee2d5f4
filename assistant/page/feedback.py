"""👍/👎 with a reason, appended to a file only where the owner named one (GAZETTE_FEEDBACK)."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from assistant.page.turns import Exchange

_MAX_REASON = 200
_HIDDEN = "〔已隐去〕"
# 身份证号, 统一社会信用代码, mobile and fixed telephone numbers: nothing of a person is kept.
_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15}|[0-9A-HJ-NP-RT-UW-Y]{18}"
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\(?0\d{2,3}\)?[- ]?\d{7,8})(?![0-9A-Za-z])"
)
_LOCK = Lock()  # lines of two readers must not mix


def redact(written: str) -> str:
    """Return text without numbers that identify a person or a firm."""
    return _PERSONAL.sub(_HIDDEN, written)


def save_vote(path: Path, exchange: Exchange, vote: str, reason: str) -> None:
    """Append one vote as a line of JSON.

    :raises ValueError: when the vote is neither up nor down.
    :raises OSError: when the file cannot be written.
    """
    if vote not in {"up", "down"}:
        raise ValueError(f"vote {vote!r}: expected up or down")
    line = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "vote": vote,
        "reason": redact(reason[:_MAX_REASON]),
        "question": redact(exchange.question),
        "standalone_question": redact(exchange.standalone),
        "answered": exchange.answered,
        "clauses": [citation.clause_id for citation in exchange.citations],
        "model": exchange.model,
    }
    with _LOCK, path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
