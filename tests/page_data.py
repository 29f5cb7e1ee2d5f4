"""What the page shows of the shipped issue, made once, for the tests of its views."""

import base64
import csv
import io
import json
from dataclasses import replace
from datetime import date
from functools import cache

from assistant.benefit_list import list_benefits
from assistant.tasks import find_tasks
from index.facts import find_facts
from tests.gazette_factories import read_shipped

TODAY = date(2026, 1, 15)


@cache
def clauses():
    return {c.id: replace(c, facts=find_facts(c)) for c in read_shipped().clauses}


@cache
def benefits(as_of=TODAY):
    return tuple(list_benefits(clauses(), as_of))


@cache
def tasks():
    return tuple(find_tasks(clauses().values()))


def places(items):
    return [item.clause.id.removeprefix("2022-05/赣市府") for item in items]


def read_file(file):
    """Return (name, rows) of a CSV file as page.js gets it."""
    made = json.loads(file)
    data = base64.b64decode(made["data"])
    assert data.startswith(b"\xef\xbb\xbf")  # Excel reads UTF-8 only so
    assert made["type"] == "text/csv;charset=utf-8"
    return made["name"], list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
