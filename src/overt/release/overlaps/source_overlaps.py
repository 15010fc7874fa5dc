"""Which sources tell of the same things, and whether that says how many things no source tells of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import orjson
import pyarrow as pa

from overt.estimation.estimates import ESTIMATE, LOWER_BOUND, REFUSED, VERDICTS, Estimate
from overt.estimation.linkage_uncertainty import Links
from overt.estimation.methods import find_method
from overt.estimation.overlap_tables.overlap_table import OverlapTable as Table
from overt.model.content import Catalogue
from overt.model.duckdb_connection import sql, write_parquet
from overt.release.derived_tables import view
from overt.release.overlaps.source_lists import Lists, Scope, lists_of

if TYPE_CHECKING:
    from overt.estimation.model_sweep import Sweep

SQL = files("overt") / "release" / "sql"
METHODS_RELEASED = ("independence", "stepwise-aic", "bic", "chao-mth", "dga")
"""Those that give one answer on every machine, as a release has to; draws of `lcmcr` do not."""
DRAWS = 20
"""Draws of who is who that an estimate is put together of."""
LEVEL = 0.95
Group = tuple[str, str, str]
"""Unit, cut and part."""
_TEXT = pa.string()
_FIELDS: list[tuple[str, pa.DataType]] = [
    ("unit", _TEXT), ("cut", _TEXT), ("part", _TEXT), ("things", pa.int64()), ("sources", _TEXT), ("lists", _TEXT),
    ("verdict", _TEXT), ("reasons", _TEXT), ("notes", _TEXT), ("low", pa.int64()), ("high", pa.int64()), ("estimates", _TEXT),
]  # fmt: skip
ANSWERS = pa.schema(_FIELDS)
"""One row a group: how many things its sources tell of; as JSON each source with its things and those that it alone tells of,
the lists that sources make, and the estimates; what may be said of things that nobody tells of, and why
(`overt.release.overlaps.source_lists`); the range over models.
"""


def write_overlaps(connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path) -> dict[str, int]:
    """Write the tables `overlaps` and `overlap_answers` into `folder`, which the connection shows then; returns the rows of each.

    The connection shows the tables of a release, `claims` as `claims_out`.
    """
    regions = [(area.code, area.region) for area in content.areas.areas.values() if area.region]
    codes, parts = ([row[at] for row in regions] for at in (0, 1))
    connection.register("area_regions", pa.table({"code": pa.array(codes, _TEXT), "region": pa.array(parts, _TEXT)}))
    connection.execute(sql(SQL, "overlap_units"))
    rows = {"overlaps": write_parquet(connection, sql(SQL, "overlaps"), folder / "overlaps.parquet")}
    scopes = _scopes(connection)
    answers = []
    who = WhoIsWho(connection)
    for group, cells in _cells(connection).items():
        answers.append(_answer(who, content, group, cells, scopes.get(group, {})))
    connection.register("incoming", pa.Table.from_pylist(answers, schema=ANSWERS))
    rows["overlap_answers"] = write_parquet(connection, "SELECT * FROM incoming ORDER BY ALL", folder / "overlap_answers.parquet")
    for name in ("incoming", "area_regions"):
        connection.unregister(name)
    for name in rows:
        view(connection, name, folder / f"{name}.parquet")
    return rows


def _cells(connection: duckdb.DuckDBPyConnection) -> dict[Group, dict[frozenset[str], int]]:
    found: dict[Group, dict[frozenset[str], int]] = {}
    for unit, cut, part, sources, things in connection.execute(sql(SQL, "overlaps")).fetchall():
        found.setdefault((unit, cut, part), {})[frozenset(sources)] = things
    return found


def _scopes(connection: duckdb.DuckDBPyConnection) -> dict[Group, dict[str, Scope]]:
    found: dict[Group, dict[str, Scope]] = {}
    for unit, cut, part, source, countries, first, last in connection.execute(sql(SQL, "overlap_scopes")).fetchall():
        found.setdefault((unit, cut, part), {})[source] = Scope(frozenset(countries or ()), first, last)
    return found


def _answer(
    who: "WhoIsWho",
    content: Catalogue,
    group: Group,
    cells: Mapping[frozenset[str], int],
    scopes: Mapping[str, Scope],
) -> dict[str, Any]:
    lists = lists_of(group[0], cells, content.sources, scopes)
    found, swept = ([], None) if lists.reasons else _estimates(who, content, group, lists)
    verdict, low, high = _verdict(found, swept)
    reasons = lists.reasons or [
        {"code": "method", "method": one.method, "why": one.reason} for one in found if verdict == REFUSED and one.reason
    ]
    sources = sorted({source for held in cells for source in held})
    told = [
        {
            "source": source,
            "things": sum(count for held, count in cells.items() if source in held),
            "alone": cells.get(frozenset([source]), 0),
            "list": lists.of.get(source),
        }
        for source in sources
    ]
    return {
        **dict(zip(("unit", "cut", "part"), group, strict=True)),
        "things": sum(cells.values()),
        "sources": orjson.dumps(told).decode(),
        "lists": orjson.dumps(lists.names).decode(),
        "verdict": verdict,
        "reasons": orjson.dumps(reasons).decode(),
        "notes": orjson.dumps(lists.notes).decode(),
        "low": low,
        "high": high,
        "estimates": orjson.dumps([_said(one) for one in found]).decode(),
    }


def _verdict(found: Sequence[Estimate], swept: "Sweep | None") -> tuple[str, int | None, int | None]:
    """The strongest verdict, and the range over models that have it and the near-best ones; of a bound only its low end."""
    span = (swept.low, swept.high) if swept and swept.low is not None and swept.high is not None else None
    for verdict in (ESTIMATE, LOWER_BOUND):
        held = [one for one in found if one.verdict == verdict]
        low = [one.low for one in held if one.low is not None]
        high = [one.high for one in held if one.high is not None]
        if verdict == ESTIMATE and low and high and span:
            return verdict, round(min(span[0], *low)), round(max(span[1], *high))
        if verdict == LOWER_BOUND and low:
            return verdict, round(min(low)), None
    return REFUSED, None, None


def _estimates(who: "WhoIsWho", content: Catalogue, group: Group, lists: Lists) -> "tuple[list[Estimate], Sweep | None]":
    """What each method says, with the verdict that it may bear; where pairs of records are unsure, over draws of who is who."""
    from threadpoolctl import threadpool_limits  # here, as what estimates: most releases have nothing to estimate

    from overt.estimation.linkage_uncertainty import estimate_over_draws
    from overt.estimation.model_sweep import sweep_models
    from overt.estimation.publication_gate import apply_gate

    names = lists.names
    table = Table.from_rows(names, [[int(name in held) for name in names] for held in lists.cells], lists.cells.values())
    links = links_of(who, content, group, lists.of)
    drawn_tables: list[Table] = []
    found = []
    with threadpool_limits(1, user_api="blas"):  # small matrices, and sums in one order
        swept = sweep_models(table, LEVEL)
        for name in METHODS_RELEASED:
            one = apply_gate(find_method(name)(table, level=LEVEL, seed=0), table, swept)
            if links is not None and links.likely and one.verdict in (ESTIMATE, LOWER_BOUND):
                if not drawn_tables:  # the same for each method
                    random = np.random.default_rng(0)
                    drawn_tables = [links.draw(random) for _ in range(DRAWS)]
                drawn = estimate_over_draws(partial(_next, iter(drawn_tables)), name, draws=DRAWS, level=LEVEL)
                verdict = max(drawn.verdict, one.verdict, key=VERDICTS.index)
                one = replace(drawn, verdict=verdict, model=one.model, reason=drawn.reason or one.reason)
            found.append(one)
    return found, swept


def _next(tables: Iterator[Table], _: np.random.Generator) -> Table:
    return next(tables)


class WhoIsWho:
    """What the release keeps of which records are one, read when first asked for: most groups have nothing to estimate."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    @cached_property
    def joined(self) -> list[tuple[str, str, str]]:
        """Pairs that were joined by something else than a score, and by what."""
        return self._rows('SELECT "left", "right", reason FROM joins WHERE reason <> \'score\' ORDER BY ALL')

    @cached_property
    def scored(self) -> list[tuple[str, str, float]]:
        """Pairs that were scored, and their probability."""
        return self._rows('SELECT "left", "right", probability FROM scores ORDER BY ALL')

    @cached_property
    def apart(self) -> list[tuple[str, str]]:
        """Pairs that people judged different or unsure."""
        return self._rows("SELECT \"left\", \"right\" FROM judgements WHERE verdict IN ('different', 'unsure')")

    def _rows(self, query: str) -> list[Any]:
        return self.connection.execute(query).fetchall()


def links_of(who: WhoIsWho, content: Catalogue, group: Group, lists: Mapping[str, str]) -> Links | None:
    """What the release keeps of who is who among the records of a group; none of `presence`, whose things are no records.

    A pair of which the machine is sure without a probability (a judgement, a renamed key, an equal identifier or name) is one in
    every draw, and one that people judged different or unsure in none.
    """
    unit, cut, part = group
    if unit == "presence":
        return None
    query = (SQL / "overlap_records.sql").read_text(encoding="utf-8")
    found = who.connection.execute(query, {"unit": unit, "cut": cut, "part": part}).fetchall()
    on = {record: lists[source] for record, source in found if source in lists}
    certain = [pair for pair in who.joined if pair[0] in on and pair[1] in on]
    single = {
        lists[slug] for slug, spec in content.sources.items() if slug in lists and unit in spec.one_to_one and lists[slug] == slug
    }
    return Links(
        lists=on,
        certain=[(left, right) for left, right, _ in sorted(certain, key=lambda pair: pair[2] != "judgement")],
        likely=[pair for pair in who.scored if pair[0] in on and pair[1] in on],
        distinct=who.apart,
        deduplicated=single,
    )


def _said(one: Estimate) -> dict[str, Any]:
    """A method's answer in whole things: what is beyond them differs between machines."""
    numbers = {
        name: None if value is None else round(value) for name in ("estimate", "low", "high") for value in [getattr(one, name)]
    }
    return {"method": one.method, "model": one.model, "verdict": one.verdict, "reason": one.reason, "level": one.level, **numbers}
