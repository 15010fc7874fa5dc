"""On whom a country depends: who supplies its networks, cables, data centres and money, and what its cables hang on.

Concentration is the Herfindahl–Hirschman index (A. O. Hirschman, National Power and the Structure of Foreign Trade, 1945; O. C.
Herfindahl, Concentration in the Steel Industry, 1950): the sum of the squared shares, 10,000 where one has all. What is not known
is told and never spread: the index is of those that are known, and has bounds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.duckdb_connection import quote_literal, sql, write_parquet
from overt.release.dependence.cable_network import Cable, Net, by_year

_SQL = files("overt") / "release" / "sql" / "dependence"
_LANDLOCKED = (
    "AD AF AM AT AZ BF BI BO BT BW BY CF CH CZ ET HU KG KZ LA LI LS LU MD MK ML MN MW NE NP PY RS RW SK SM SS SZ TD "
    "TJ TM UG UZ VA XK ZM ZW "
)
LANDLOCKED = frozenset(_LANDLOCKED.split())
"""Without a coast on the ocean; a cable of the Caspian Sea or a lake can land there all the same."""
_TEXT, _LIST = pa.string(), pa.list_(pa.string())
_FIELDS: list[tuple[str, pa.DataType]] = [
        ("country", _TEXT), ("standing_only", pa.bool_()), ("state", _TEXT), ("cables", _LIST), ("sharing_supplier", _LIST),
        ("sharing_owner", _LIST), ("supplier", _TEXT), ("supplier_cables", _LIST), ("owner", _TEXT), ("owner_cables", _LIST),
        ("supplier_unknown", _LIST), ("owner_unknown", _LIST), ("cut", pa.int32()), ("cut_cables", _LIST),
]  # fmt: skip
CABLES = pa.schema(_FIELDS)
"""One row a country, of all cables and of those that are more than announced (`standing_only`).

`state`: ok, landlocked, none recorded.
"""
_CUT_FIELDS: list[tuple[str, pa.DataType]] = [
        ("country", _TEXT), ("year", pa.int32()), ("placed_only", pa.bool_()), ("cables", _LIST), ("cut", pa.int32()),
        ("cut_cables", _LIST), ("undated", pa.int32()),
]  # fmt: skip
CUTS = pa.schema(_CUT_FIELDS)
"""The fewest cables in use that cut a country off: one row a year in which its cables or these changed; it holds until the next.

`placed_only`: of cables whose first year is known for certain, where a landing is known to a province or better. `undated`: how
many of its cables in use are in no year, since none is known.
"""


def write_dependence(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, *, whole: bool = True
) -> dict[str, int]:
    """Write `dependence_suppliers`, `dependence`, `dependence_cables` and `dependence_cuts` into `folder`; returns their rows.

    `connection` shows the tables of the release that `folder` has so far. Of a part of a release (`whole` is false) it is not
    told what cuts a country off: that hangs on cables which are not in it.
    """
    names = ("source", "limited_to", "limited_to_zh")
    limits = [(slug, spec.limited_to.get("project"), spec.limited_to_zh.get("project")) for slug, spec in content.sources.items()]
    rows_of = [dict(zip(names, row, strict=True)) for row in limits]
    table = pa.Table.from_pylist(rows_of, schema=pa.schema([(name, _TEXT) for name in names]))
    connection.register("source_limits", table)
    for step in ("parts", "scope", "limits", "held"):
        connection.execute(sql(_SQL, step))
    connection.unregister("source_limits")
    rows = {}
    for name, query in (("dependence_suppliers", "suppliers"), ("dependence", "sectors")):
        path = folder / f"{name}.parquet"
        rows[name] = write_parquet(connection, sql(_SQL, query), path)
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({quote_literal(path)})")
    found = connection.execute(sql(_SQL, "cables")).fetchall()
    cables = [Cable(identity, lands, supply or (), own or (), stands) for identity, lands, supply, own, stands in found]
    countries = [code for (code,) in connection.execute("SELECT code FROM areas WHERE kind = 'country' ORDER BY code").fetchall()]
    in_use = connection.execute(sql(_SQL, "in_use")).fetchall()
    computed = {
        "dependence_cables": (CABLES, of_cables(cables, countries, whole=whole) if cables else (), "country, standing_only"),
        "dependence_cuts": (CUTS, of_years(in_use) if whole else (), "country, placed_only, year"),
    }
    for name, (schema, held, order) in computed.items():
        path = folder / f"{name}.parquet"
        connection.register("incoming", pa.Table.from_pylist(list(held), schema=schema))
        rows[name] = write_parquet(connection, f"SELECT * FROM incoming ORDER BY {order}", path)
        connection.unregister("incoming")
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({quote_literal(path)})")
    return rows


def of_years(rows: Iterable[tuple[str, list[str], int | None, int | None, bool]]) -> Iterator[dict[str, Any]]:
    """The rows of `dependence_cuts`, of cables in use: id, countries, first and last year, whether this is of precise records."""
    every = list(rows)
    for precise in (False, True):
        cables = [Cable(identity, lands, first=first, last=last) for identity, lands, first, last, one in every if one is precise]
        undated = Counter(land for cable in cables if cable.international and cable.first is None for land in cable.countries)
        for row in by_year(cables):
            yield {**row, "placed_only": precise, "undated": undated[row["country"]]}


def of_cables(cables: Iterable[Cable], countries: Iterable[str], *, whole: bool = True) -> Iterable[dict[str, Any]]:
    """The rows of `dependence_cables` for these countries and all in which a cable lands; without cuts if not all are there."""
    every = [cable for cable in cables if cable.international]
    landing = {country for cable in every for country in cable.countries}
    for standing_only in (False, True):
        held = [cable for cable in every if cable.stands or not standing_only]
        net = Net(held)
        for country in sorted({*countries, *landing}):
            own = [cable for cable in held if country in cable.countries]
            yield {"country": country, "standing_only": standing_only, **_of_country(country, own, net if whole else None)}


def _of_country(country: str, own: Sequence[Cable], net: Net | None) -> dict[str, Any]:
    if not own:
        return {"state": "landlocked" if country in LANDLOCKED else "none recorded"}
    supplier, supplied = _largest({cable.id: cable.suppliers for cable in own})
    owner, owned = _largest({cable.id: cable.owners for cable in own})
    cut = net.cut(country) if net else None
    return {
        "state": "ok",
        "cables": [cable.id for cable in own],
        "sharing_supplier": _sharing({cable.id: cable.suppliers for cable in own}),
        "sharing_owner": _sharing({cable.id: cable.owners for cable in own}),
        "supplier": supplier,
        "supplier_cables": supplied,
        "owner": owner,
        "owner_cables": owned,
        "supplier_unknown": [cable.id for cable in own if not cable.suppliers],
        "owner_unknown": [cable.id for cable in own if not cable.owners],
        "cut": None if cut is None else len(cut),
        "cut_cables": cut,
    }


def _sharing(parts: Mapping[str, Sequence[str]]) -> list[str]:
    """Cables that have somebody in common with another one."""
    counts = Counter(who for held in parts.values() for who in set(held))
    return sorted(cable for cable, held in parts.items() if any(counts[who] > 1 for who in held))


def _largest(parts: Mapping[str, Sequence[str]]) -> tuple[str | None, list[str]]:
    """Who has a part in the most cables, and in which; nobody where several have as many."""
    counts = Counter(who for held in parts.values() for who in set(held)).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None, []
    who = counts[0][0]
    return who, sorted(cable for cable, held in parts.items() if who in held)
