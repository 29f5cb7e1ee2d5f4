"""Tables as CSV that a spreadsheet opens as it should, and as the file page.js saves."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterable, Sequence

CSV_TYPE = "text/csv;charset=utf-8"
# A spreadsheet runs a cell that begins so; full-width signs too, under East Asian settings.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV: UTF-8 with byte order mark, no cell that would run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([guard_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def guard_cell(cell: str) -> str:
    """Return a cell that a spreadsheet reads as text: an apostrophe before what would run."""
    return f"'{cell}" if cell.lstrip(" 　").startswith(_FORMULA) else cell


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a CSV file as the JSON text that page.js saves: name, type and base64 data."""
    data = base64.b64encode(write_csv(header, rows)).decode()
    return json.dumps({"name": f"{name}.csv", "type": CSV_TYPE, "data": data})
