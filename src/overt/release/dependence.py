"""On whom a country depends: who supplies its networks, cables, data centres and money, and what its cables hang on.

Concentration is the Herfindahl–Hirschman index (A. O. Hirschman, National Power and the Structure of Foreign Trade, 1945; O. C.
Herfindahl, Concentration in the Steel Industry, 1950): the sum of the squared shares, 10,000 where one has all. What is not known
is told and never spread: the index is of those that are known, and has bounds.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from overt.model.content import Catalogue
from overt.model.engine import quote, sql, write_parquet

_SQL = files("overt") / "release" / "sql" / "dependence"
HUBS = 10
"""The countries with the most international cables, which together stand for the rest of the world."""
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


class Cable(NamedTuple):
    """A submarine cable: id, the countries it lands in, suppliers, owners, and whether it is more than announced."""

    id: str
    countries: Sequence[str]
    suppliers: Sequence[str]
    owners: Sequence[str]
    stands: bool

    @property
    def international(self) -> bool:
        """Whether it lands in more countries than one."""
        return len(self.countries) > 1


def write_dependence(connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path) -> dict[str, int]:
    """Write `dependence_suppliers`, `dependence` and `dependence_cables` into `folder`; returns the rows of each.

    `connection` shows the tables of the release that `folder` has so far.
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
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({quote(path)})")
    found = connection.execute(sql(_SQL, "cables")).fetchall()
    cables = [Cable(row[0], row[1], row[2] or (), row[3] or (), row[4]) for row in found]
    countries = [code for (code,) in connection.execute("SELECT code FROM areas WHERE kind = 'country' ORDER BY code").fetchall()]
    table = pa.Table.from_pylist(list(of_cables(cables, countries)) if cables else [], schema=CABLES)
    connection.register("incoming", table)
    path = folder / "dependence_cables.parquet"
    rows["dependence_cables"] = write_parquet(connection, "SELECT * FROM incoming ORDER BY country, standing_only", path)
    connection.unregister("incoming")
    connection.execute(f"CREATE OR REPLACE VIEW dependence_cables AS SELECT * FROM read_parquet({quote(path)})")
    return rows


def of_cables(cables: Iterable[Cable], countries: Iterable[str]) -> Iterable[dict[str, Any]]:
    """The rows of `dependence_cables` for these countries and all in which a cable lands."""
    every = [cable for cable in cables if cable.international]
    landing = {country for cable in every for country in cable.countries}
    for standing_only in (False, True):
        held = [cable for cable in every if cable.stands or not standing_only]
        net = Net(held)
        for country in sorted({*countries, *landing}):
            own = [cable for cable in held if country in cable.countries]
            yield {"country": country, "standing_only": standing_only, **_of_country(country, own, net)}


def _of_country(country: str, own: Sequence[Cable], net: "Net") -> dict[str, Any]:
    if not own:
        return {"state": "landlocked" if country in LANDLOCKED else "none recorded"}
    supplier, supplied = _largest({cable.id: cable.suppliers for cable in own})
    owner, owned = _largest({cable.id: cable.owners for cable in own})
    cut = net.cut(country)
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
        "cut": len(cut),
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


class Net:
    """Countries and the cables between them, for the fewest cables without which a country is cut off."""

    def __init__(self, cables: Sequence[Cable]) -> None:
        self._cables = list(cables)
        counts = Counter(country for cable in cables for country in cable.countries)
        self._countries = sorted(counts)
        self._place = {country: number for number, country in enumerate(self._countries)}
        self.hubs = sorted(counts, key=lambda country: (-counts[country], country))[:HUBS]
        """The countries that stand for the rest of the world."""

    def cut(self, country: str) -> list[str]:
        """The fewest cables, by id, without which no way leads from a country to any hub but itself; none where none leads now.

        A maximum flow (Dinic, 1970) in which each cable bears one: by the theorem of Ford and Fulkerson (1956) it is as great as
        the smallest cut. Of several smallest cuts it is the one nearest to the country. All of a country is reached where a
        cable lands in it, and no way leads over land borders.
        """
        sinks = [hub for hub in self.hubs if hub != country]
        if country not in self._place or not sinks:
            return []
        nodes, first = len(self._countries), len(self._countries) + 1
        size = first + 2 * len(self._cables)
        much = len(self._cables) + 1
        edges: dict[tuple[int, int], int] = {(self._place[hub], nodes): much for hub in sinks}
        for number, cable in enumerate(self._cables):
            into, out = first + 2 * number, first + 2 * number + 1
            edges[into, out] = 1
            for landed in cable.countries:
                edges[self._place[landed], into] = much
                edges[out, self._place[landed]] = much
        keys = sorted(edges)
        rows, columns = (np.array(held, np.int32) for held in zip(*keys, strict=True))
        graph = csr_array((np.array([edges[key] for key in keys], np.int32), (rows, columns)), shape=(size, size))
        flow = maximum_flow(graph, self._place[country], nodes)
        left = csr_array(graph - flow.flow)
        reached, queue = {self._place[country]}, [self._place[country]]
        for node in queue:
            for at in range(left.indptr[node], left.indptr[node + 1]):
                beyond = int(left.indices[at])
                if left.data[at] > 0 and beyond not in reached:
                    reached.add(beyond)
                    queue.append(beyond)
        return sorted(
            cable.id
            for number, cable in enumerate(self._cables)
            if first + 2 * number in reached and first + 2 * number + 1 not in reached
        )
