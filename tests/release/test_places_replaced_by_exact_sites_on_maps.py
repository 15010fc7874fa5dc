"""A province or district gives way to an exact site of the same projects in the same country."""

import duckdb
import pytest

from overt.release.release_sql import places_behind_sites

POINT = "POINT (1 1)"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([("province", "KE", "admin1", ["p"]), ("site", "KE", "exact", ["p"])], {"province"}),
        ([("district", "KE", "admin2", ["p"]), ("site", "KE", "exact", ["p"])], {"district"}),
        ([("province", None, "admin1", ["p"]), ("site", None, "exact", ["p"])], {"province"}),
        ([("province", "UG", "admin1", ["p"]), ("site", "KE", "exact", ["p"])], set()),
        ([("province", "KE", "admin1", ["p"]), ("site", "KE", "exact", ["q"])], set()),
        ([("province", "KE", "admin1", ["p", "q"]), ("site", "KE", "exact", ["q"])], set()),
        ([("province", "KE", "admin1", ["p", "q"]), ("site", "KE", "exact", ["q", "p"])], {"province"}),
        ([("province", "KE", "admin1", ["p"]), ("town", "KE", "locality", ["p"])], set()),
        ([("province", "KE", "admin1", ["p"]), ("route", "KE", "schematic", ["p"])], set()),
        ([("town", "KE", "locality", ["p"]), ("site", "KE", "exact", ["p"])], set()),
    ],
)
def test_places_behind_exact_sites(places: list[tuple[str, str | None, str, list[str]]], expected: set[str]) -> None:
    with duckdb.connect() as connection:
        connection.execute('CREATE TABLE places (id TEXT, country TEXT, "precision" TEXT, project TEXT[], geometry TEXT)')
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?)", [(*place, POINT) for place in places])
        assert {row[0] for row in connection.execute(places_behind_sites()).fetchall()} == expected
