"""Filters: each field alone, together, and what passes none."""

from datetime import date

import pytest

from assistant.filters import allowed_clauses
from assistant.types import Filters

NEW_YEAR = date(2026, 1, 15)


def documents(gazette, as_of=None, **fields):
    """Return the documents a filter lets through, each whole or not at all."""
    allowed = allowed_clauses(gazette.clauses, Filters(**fields), as_of)
    keys = {gazette.clauses[id_].document.key for id_ in allowed}
    own = {c.id for c in gazette.clauses.values() if c.document.key in keys}
    assert own == allowed
    return keys


def test_an_empty_filter_lets_everything_through(gazette):
    assert allowed_clauses(gazette.clauses, Filters()) == set(gazette.clauses)


@pytest.mark.parametrize(("issue", "count"), [("2022-05", 34), ("2022-06", 0)])
def test_by_issue_with_its_masthead(gazette, issue, count):
    assert len(documents(gazette, issue=issue)) == count


@pytest.mark.parametrize(
    "written", ["赣市府发〔2022〕14号", "赣市府发[2022]14号", "赣市府发（2022）14号"]
)
def test_by_文号_in_any_brackets(gazette, written):
    assert documents(gazette, doc_no=written) == {"赣市府发〔2022〕14号"}


def test_by_issuer(gazette):
    assert len(documents(gazette, issuer="赣州市人民政府")) == 11
    assert len(documents(gazette, issuer="赣州市人民政府办公室")) == 19
    assert documents(gazette, issuer="桃源市人民政府") == set()


def test_by_kind(gazette):
    assert documents(gazette, kind="人事") == {
        f"赣市府字〔2022〕{n}号" for n in (76, 77, 78, 81, 82, 83)
    }
    assert len(documents(gazette, kind="办法")) == 6
    assert documents(gazette, kind="动态") == {f"政务动态{n}" for n in (1, 2, 3)}


def test_by_dates_both_days_included(gazette):
    assert documents(gazette, since="2022-10-25") == {
        "赣市府字〔2022〕82号",
        "赣市府字〔2022〕83号",
        "赣市府办字〔2022〕110号",
    }
    assert documents(gazette, since="2022-09-21", until="2022-09-22") == {
        "赣市府字〔2022〕73号",
        "赣市府发〔2022〕14号",
    }


def test_a_document_without_a_date_passes_no_filter_by_date(gazette):
    assert documents(gazette, until="2022-09-01") == {"赣市府字〔2022〕72号"}
    assert "刊头" not in documents(gazette, until="2099-01-01")
    assert "刊头" not in documents(gazette, since="1900-01-01")


@pytest.mark.parametrize(
    ("status", "day", "numbers"),
    [
        ("未施行", date(2022, 11, 15), {"赣市府办发〔2022〕21号"}),
        ("已废止", NEW_YEAR, set()),
        (
            "有效",
            NEW_YEAR,
            {"赣市府发〔2022〕14号", "赣市府发〔2022〕15号", "赣市府办发〔2022〕19号"},
        ),
        (
            "已过有效期",
            NEW_YEAR,
            {
                *("赣市府办发〔2022〕21号", "赣市府办字〔2022〕101号", "赣市府办字〔2022〕103号"),
                *("赣市府字〔2022〕72号", "赣市府办发〔2022〕20号"),
                *("赣市府办字〔2022〕96号", "赣市府办字〔2022〕99号"),
            },
        ),
    ],
)
def test_by_status_on_a_day(gazette, status, day, numbers):
    assert documents(gazette, day, status=status) == numbers


def test_a_clause_with_a_term_of_its_own_is_filtered_by_it(gazette):
    measures = Filters(doc_no="赣市府办字〔2022〕101号", status="已过有效期")
    assert allowed_clauses(gazette.clauses, measures, date(2023, 6, 1)) == {
        "2022-05/赣市府办字〔2022〕101号/一/2"
    }


def test_fields_restrict_together(gazette):
    assert documents(gazette, kind="办法", issuer="赣州市人民政府", since="2022-09-25") == {
        "赣市府发〔2022〕15号"
    }
    assert documents(gazette, kind="办法", doc_no="赣市府字〔2022〕72号") == set()
