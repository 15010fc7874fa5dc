"""What map programs are told of each project, written once: a hundred features are then a hundred short reads.

In the table `features` projects are numbered in the order of their ids, as `by_id` of the vectors has them.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson

ROWS = 20_000


def write_features(target: sqlite3.Connection) -> None:
    """Fill the table out of the others."""
    precisions, sources = _Lists(target, "precision"), _Lists(target, "source")
    columns = "id, label, label_zh, kinds, layer, countries, status, date, year, companies, company_count"
    rows = target.execute(f"SELECT {columns} FROM projects ORDER BY id")
    number = 0
    while held := rows.fetchmany(ROWS):
        made = [(number + at, _said(row, precisions.of(row[0]), sources.of(row[0]))) for at, row in enumerate(held)]
        target.executemany("INSERT INTO features VALUES (?, ?)", made)
        number += len(held)


class _Lists:
    """Values of a facet by project, asked for in the order of ids."""

    def __init__(self, target: sqlite3.Connection, facet: str) -> None:
        ordered = f'SELECT id, "{facet}" AS value FROM project_{facet} ORDER BY id, 2'
        query = f"SELECT id, json_group_array(value) FROM ({ordered}) GROUP BY id ORDER BY id"
        self._rows: Iterator[tuple[str, str]] = iter(target.execute(query))
        self._next = next(self._rows, None)

    def of(self, identity: str) -> str:
        """The list of one, as JSON."""
        while self._next and self._next[0] < identity:
            self._next = next(self._rows, None)
        return self._next[1] if self._next and self._next[0] == identity else "[]"


def _said(row: tuple[Any, ...], precisions: str, sources: str) -> str:
    identity, label, label_zh, kinds, layer, countries, status, date, year, companies, count = row
    properties = {
        "name": label or identity,
        "name_zh": label_zh,
        "kind": orjson.Fragment(kinds),
        "layer": layer,
        "country": orjson.Fragment(countries),
        "status": status,
        "date": date,
        "year": year,
        "precision": orjson.Fragment(precisions),
        "companies": [one["label"] or one["id"] for one in orjson.loads(companies)] if count else [],
        "company_count": count,
        "source": orjson.Fragment(sources),
    }
    return orjson.dumps(properties).decode()
