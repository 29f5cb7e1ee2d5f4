"""Making small gazettes and finding clauses, for the tests of the reader."""

from functools import cache
from pathlib import Path

from index.reading import IssueReading, read_gazette
from index.types import Clause

SHIPPED = Path(__file__).parent.parent / "index" / "corpus" / "ganzhou-2022-05.md"

MASTHEAD = "某市人民政府公报\n\n2031 年第 2 期\n\n总第 88 期\n\n目 录"


@cache
def read_shipped() -> IssueReading:
    """Return the shipped issue, read once for all tests."""
    return read_gazette(SHIPPED)


def find_clause(reading: IssueReading, place: str) -> Clause:
    """Return the clause whose id ends with ``place``: 赣市府发〔2022〕14号/第三条."""
    wanted = f"{reading.issue.id}/{place}"
    found = [clause for clause in reading.clauses if clause.id == wanted]
    assert len(found) == 1, f"{wanted}: {len(found)} clauses"
    return found[0]


def shipped_clause(place: str) -> Clause:
    """Return a clause of the shipped issue."""
    return find_clause(read_shipped(), place)


def document_clauses(reading: IssueReading, doc_no: str, kind: str = "") -> list[Clause]:
    """Return the clauses of a document, of one kind where it is given."""
    return [
        clause
        for clause in reading.clauses
        if clause.document.key == doc_no and kind in {"", clause.kind}
    ]


def dense(text: str) -> str:
    """Return ``text`` without white space: what a page break cannot change."""
    return "".join(text.split())


def make_gazette(*paragraphs: str, masthead: str = MASTHEAD) -> str:
    """Return a gazette text: blank lines between paragraphs, as the extraction leaves them."""
    return "\n\n".join((masthead, *paragraphs)) + "\n"


def make_document(
    *paragraphs: str,
    title: str = "桃源市人民政府关于加强桥梁养护的通知",
    number: str = "桃府发〔2031〕7号 2031年3月5日",
) -> str:
    """Return a document: title, 文号 line, paragraphs."""
    return "\n\n".join((title, number, *paragraphs))


def write_gazette(
    folder: Path, text: str, name: str = "taoyuan.md", encoding: str = "utf-8"
) -> Path:
    """Write a gazette text byte for byte and return its path."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
