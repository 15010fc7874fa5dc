"""The released tables of dependence: a country's suppliers of networks, cables, data centres and money, and the cables it needs.

Concentration is the Herfindahl–Hirschman index (A. O. Hirschman, National Power and the Structure of Foreign Trade, 1945; O. C.
Herfindahl, Concentration in the Steel Industry, 1950): the sum of the squared shares, 10,000 if one supplier has everything.
Unknown shares are reported and never distributed: the index covers known suppliers, with bounds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, write_parquet
from overt.release.country_dependence.cable_network import Cable, CableNetwork, cuts_by_year
from overt.release.project_countries import create_project_countries
from overt.release.release_sql import release_query

_LANDLOCKED = (
    "AD AF AM AT AZ BF BI BO BT BW BY CF CH CZ ET HU KG KZ LA LI LS LU MD MK ML MN MW NE NP PY RS RW SK SM SS SZ TD "
    "TJ TM UG UZ VA XK ZM ZW "
)
LANDLOCKED = frozenset(_LANDLOCKED.split())
"""Countries without an ocean coast. A cable in the Caspian Sea or in a lake can still land there."""
_TEXT, _LIST = pa.string(), pa.list_(pa.string())
_FIELDS: list[tuple[str, pa.DataType]] = [
        ("country", _TEXT), ("standing_only", pa.bool_()), ("state", _TEXT), ("cables", _LIST), ("sharing_supplier", _LIST),
        ("sharing_owner", _LIST), ("supplier", _TEXT), ("supplier_cables", _LIST), ("owner", _TEXT), ("owner_cables", _LIST),
        ("supplier_unknown", _LIST), ("owner_unknown", _LIST), ("cut", pa.int32()), ("cut_cables", _LIST),
]  # fmt: skip
CABLES = pa.schema(_FIELDS)
"""One row per country for all international cables, and one for those that are under construction, completed or in use
(`standing_only`). `state`: `ok` if one of these cables lands in the country, otherwise `landlocked` or `none recorded`.
"""
_CUT_FIELDS: list[tuple[str, pa.DataType]] = [
        ("country", _TEXT), ("year", pa.int32()), ("placed_only", pa.bool_()), ("cables", _LIST), ("cut", pa.int32()),
        ("cut_cables", _LIST), ("undated", pa.int32()),
]  # fmt: skip
CUTS = pa.schema(_CUT_FIELDS)
"""One row for each country and year in which its cables in use changed, or the smallest set of them whose loss cuts the country
off. A row is valid until the country's next row. `placed_only`: only cables whose first year is certain, in the countries where
a landing is known to a province or better. `undated`: number of the country's cables left out because their first year is
unknown; 0 if `placed_only`.
"""


def write_dependence_tables(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, *, complete: bool = True
) -> dict[str, int]:
    """Write the tables of dependence into `folder`, create views of them, and return their row counts.

    `connection` has the release's tables so far. A part of a release (`complete` is false) gets no cuts, because they depend on
    cables that are not in it.
    """
    limits = [
        {
            "source": slug,
            "limited_to": spec.limited_to.get("project"),
            "limited_to_zh": spec.limited_to_zh.get("project"),
        }
        for slug, spec in content.sources.items()
    ]
    schema = pa.schema([(name, _TEXT) for name in ("source", "limited_to", "limited_to_zh")])
    create_project_countries(connection)
    connection.register("source_limits", pa.Table.from_pylist(limits, schema=schema))
    for step in ("placed", "parts", "scope", "limits", "amounts"):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE dependence_{step} AS {release_query(f'country_dependence_tables.{step}')}"
        )
    connection.unregister("source_limits")
    rows = {}
    for name, query in (("dependence_suppliers", "suppliers"), ("dependence", "sectors")):
        path = folder / f"{name}.parquet"
        rows[name] = write_parquet(connection, release_query(f"country_dependence_tables.{query}"), path)
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({quote_literal(path)})")
    cables = [
        Cable(identity, countries, suppliers or (), owners or (), standing)
        for identity, countries, suppliers, owners, standing in connection.execute(
            release_query("country_dependence_tables.cables")
        ).fetchall()
    ]
    countries = [code for (code,) in connection.execute("SELECT code FROM areas WHERE kind = 'country' ORDER BY code").fetchall()]
    in_use = connection.execute(release_query("country_dependence_tables.cables_in_use")).fetchall()
    cable_rows = country_cable_rows(cables, countries, complete=complete) if cables else ()
    computed = {
        "dependence_cables": (CABLES, cable_rows, "country, standing_only"),
        "dependence_cuts": (CUTS, cut_rows(in_use) if complete else (), "country, placed_only, year"),
    }
    for name, (schema, table_rows, order) in computed.items():
        path = folder / f"{name}.parquet"
        connection.register("incoming", pa.Table.from_pylist(list(table_rows), schema=schema))
        rows[name] = write_parquet(connection, f"SELECT * FROM incoming ORDER BY {order}", path)
        connection.unregister("incoming")
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({quote_literal(path)})")
    return rows


def cut_rows(cables_in_use: Iterable[tuple[str, list[str], int | None, int | None, bool]]) -> Iterator[dict[str, Any]]:
    """Yield the rows of `dependence_cuts`.

    `cables_in_use`: id, countries, first and last year, and whether the row is for `placed_only`.
    """
    rows = list(cables_in_use)
    for placed_only in (False, True):
        cables = [
            Cable(identity, countries, first=first, last=last)
            for identity, countries, first, last, placed in rows
            if placed is placed_only
        ]
        undated = Counter(
            country for cable in cables if cable.international and cable.first is None for country in cable.countries
        )
        for row in cuts_by_year(cables):
            yield {**row, "placed_only": placed_only, "undated": undated[row["country"]]}


def country_cable_rows(cables: Iterable[Cable], countries: Iterable[str], *, complete: bool = True) -> Iterable[dict[str, Any]]:
    """Yield the rows of `dependence_cables` for these countries and for all others where an international cable lands.

    Cables that land in only one country don't count. Unless `complete`, the rows have no cuts.
    """
    international = [cable for cable in cables if cable.international]
    landings = {country for cable in international for country in cable.countries}
    for standing_only in (False, True):
        selected = [cable for cable in international if cable.is_built_or_under_way or not standing_only]
        network = CableNetwork(selected)
        for country in sorted({*countries, *landings}):
            own = [cable for cable in selected if country in cable.countries]
            row = _country_row(country, own, network if complete else None)
            yield {"country": country, "standing_only": standing_only, **row}


def _country_row(country: str, own: Sequence[Cable], network: CableNetwork | None) -> dict[str, Any]:
    if not own:
        return {"state": "landlocked" if country in LANDLOCKED else "none recorded"}
    supplier, supplier_cables = _largest({cable.id: cable.suppliers for cable in own})
    owner, owner_cables = _largest({cable.id: cable.owners for cable in own})
    cut = network.cut(country) if network else None
    return {
        "state": "ok",
        "cables": [cable.id for cable in own],
        "sharing_supplier": _sharing({cable.id: cable.suppliers for cable in own}),
        "sharing_owner": _sharing({cable.id: cable.owners for cable in own}),
        "supplier": supplier,
        "supplier_cables": supplier_cables,
        "owner": owner,
        "owner_cables": owner_cables,
        "supplier_unknown": [cable.id for cable in own if not cable.suppliers],
        "owner_unknown": [cable.id for cable in own if not cable.owners],
        "cut": None if cut is None else len(cut),
        "cut_cables": cut,
    }


def _sharing(organizations: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the cables that share an organisation with another cable."""
    counts = Counter(name for names in organizations.values() for name in set(names))
    return sorted(cable for cable, names in organizations.items() if any(counts[name] > 1 for name in names))


def _largest(organizations: Mapping[str, Sequence[str]]) -> tuple[str | None, list[str]]:
    """Return the organisation with the most cables, and its cables; (None, []) in case of a tie or without organisations."""
    counts = Counter(name for names in organizations.values() for name in set(names)).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None, []
    largest = counts[0][0]
    return largest, sorted(cable for cable, names in organizations.items() if largest in names)
