"""Overlaps of sources: how many items each combination of sources has, and an estimate of how many no source has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import orjson
import pyarrow as pa

from overt.estimation.estimate_result_and_verdicts import ESTIMATE, LOWER_BOUND, REFUSED, VERDICTS, Estimate
from overt.estimation.linkage_uncertainty import Links
from overt.estimation.methods import find_method
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, write_parquet
from overt.release.overlaps.estimation_lists import SourceLists, SourceScope, make_source_lists
from overt.release.project_countries import create_project_countries
from overt.release.release_sql import project_years, release_query

if TYPE_CHECKING:  # The import is slow, and most releases have nothing to estimate.
    from overt.estimation.sweep_over_models_and_left_out_lists import Sweep

METHODS_RELEASED = ("independence", "stepwise-aic", "bic", "chao-mth", "dga")
"""Methods with the same result on every machine, as a release requires. The random draws of `lcmcr` may differ."""
DRAWS = 20
"""Number of draws of record linkage that an estimate combines."""
LEVEL = 0.95
"""Confidence level of the intervals of estimates."""
Group = tuple[str, str, str]
"""Unit, criterion (`cut`) and value (`part`) of a group of items: `project`, `kind`, `5g-network` for all 5G projects."""
_TEXT = pa.string()
_FIELDS: list[tuple[str, pa.DataType]] = [
    ("unit", _TEXT), ("cut", _TEXT), ("part", _TEXT), ("things", pa.int64()), ("sources", _TEXT), ("lists", _TEXT),
    ("verdict", _TEXT), ("reasons", _TEXT), ("notes", _TEXT), ("low", pa.int64()), ("high", pa.int64()), ("estimates", _TEXT),
]  # fmt: skip
ANSWERS = pa.schema(_FIELDS)
"""One row per group.

`things`: number of items in the group. `sources` (JSON): each source, with its number of items, how many of them no other
source has, and its list. `lists` (JSON): the lists that sources form. `verdict`, `low`, `high`: what may be published about the
number of all items, including those that no source has. `reasons` (JSON): why nothing may be published. `notes` (JSON): sources
that were left out or combined. `estimates` (JSON): the estimate of each method.
"""


def write_overlap_tables(connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path) -> dict[str, int]:
    """Write the tables `overlaps` and `overlap_answers` into `folder` and create views of them. Return the row counts.

    `connection` has the tables of a release, with `claims` as `claims_out`.
    """
    regions = [(area.code, area.continent) for area in content.areas.areas.values() if area.continent]
    codes, parts = ([row[column] for row in regions] for column in (0, 1))
    connection.register("area_regions", pa.table({"code": pa.array(codes, _TEXT), "region": pa.array(parts, _TEXT)}))
    create_project_countries(connection)
    years = project_years()
    for step in ("memberships", "things", "countries", "years", "groups"):
        query = release_query(f"overlaps.{step}", years=years)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE overlap_{step} AS {query}")
    rows = {"overlaps": write_parquet(connection, release_query("overlaps.overlaps"), folder / "overlaps.parquet")}
    scopes = _scopes(connection)
    answers = []
    linkage = LinkageTables(connection)
    for group, cells in _cells(connection).items():
        answers.append(_answer(linkage, content, group, cells, scopes.get(group, {})))
    connection.register("incoming", pa.Table.from_pylist(answers, schema=ANSWERS))
    rows["overlap_answers"] = write_parquet(connection, "SELECT * FROM incoming ORDER BY ALL", folder / "overlap_answers.parquet")
    for name in ("incoming", "area_regions"):
        connection.unregister(name)
    for name in rows:
        create_parquet_view(connection, name, folder / f"{name}.parquet")
    return rows


def _cells(connection: duckdb.DuckDBPyConnection) -> dict[Group, dict[frozenset[str], int]]:
    cells: dict[Group, dict[frozenset[str], int]] = {}
    for unit, cut, part, sources, things in connection.execute(release_query("overlaps.overlaps")).fetchall():
        cells.setdefault((unit, cut, part), {})[frozenset(sources)] = things
    return cells


def _scopes(connection: duckdb.DuckDBPyConnection) -> dict[Group, dict[str, SourceScope]]:
    scopes: dict[Group, dict[str, SourceScope]] = {}
    for unit, cut, part, source, countries, first, last in connection.execute(release_query("overlaps.scopes")).fetchall():
        scopes.setdefault((unit, cut, part), {})[source] = SourceScope(frozenset(countries or ()), first, last)
    return scopes


def _answer(
    linkage: "LinkageTables",
    content: Catalogue,
    group: Group,
    cells: Mapping[frozenset[str], int],
    scopes: Mapping[str, SourceScope],
) -> dict[str, Any]:
    lists = make_source_lists(group[0], cells, content.sources, scopes)
    estimates, sweep = ([], None) if lists.reasons else _estimate(linkage, content, group, lists)
    verdict, low, high = _strongest_verdict(estimates, sweep)
    reasons = lists.reasons or [
        {"code": "method", "method": estimate.method, "why": estimate.reason}
        for estimate in estimates
        if verdict == REFUSED and estimate.reason
    ]
    source_rows = [
        {
            "source": source,
            "things": sum(count for sources, count in cells.items() if source in sources),
            "alone": cells.get(frozenset([source]), 0),
            "list": lists.list_of.get(source),
        }
        for source in sorted({source for sources in cells for source in sources})
    ]
    return {
        **dict(zip(("unit", "cut", "part"), group, strict=True)),
        "things": sum(cells.values()),
        "sources": orjson.dumps(source_rows).decode(),
        "lists": orjson.dumps(lists.names).decode(),
        "verdict": verdict,
        "reasons": orjson.dumps(reasons).decode(),
        "notes": orjson.dumps(lists.notes).decode(),
        "low": low,
        "high": high,
        "estimates": orjson.dumps([_rounded(estimate) for estimate in estimates]).decode(),
    }


def _strongest_verdict(estimates: Sequence[Estimate], sweep: "Sweep | None") -> tuple[str, int | None, int | None]:
    """Return the strongest verdict, and the range that it allows.

    For an estimate, the range covers the estimates with that verdict and the near-best models. A lower bound has only the low
    end, the lowest of those bounds. A refusal has no range.
    """
    span = (sweep.low, sweep.high) if sweep and sweep.low is not None and sweep.high is not None else None
    for verdict in (ESTIMATE, LOWER_BOUND):
        with_verdict = [estimate for estimate in estimates if estimate.verdict == verdict]
        low = [estimate.low for estimate in with_verdict if estimate.low is not None]
        high = [estimate.high for estimate in with_verdict if estimate.high is not None]
        if verdict == ESTIMATE and low and high and span:
            return verdict, round(min(span[0], *low)), round(max(span[1], *high))
        if verdict == LOWER_BOUND and low:
            return verdict, round(min(low)), None
    return REFUSED, None, None


def _estimate(
    linkage: "LinkageTables", content: Catalogue, group: Group, lists: SourceLists
) -> "tuple[list[Estimate], Sweep | None]":
    """Return the estimate of each method after the publication gate, and the sweep over models.

    If some matches are uncertain, the estimates combine draws of the record linkage.
    """
    # Imported here because most releases have nothing to estimate.
    from threadpoolctl import threadpool_limits

    from overt.estimation.linkage_uncertainty import estimate_over_draws
    from overt.estimation.publication_gate import apply_gate
    from overt.estimation.sweep_over_models_and_left_out_lists import sweep_models

    names = lists.names
    patterns = [[int(name in members) for name in names] for members in lists.cells]
    table = OverlapTable.from_rows(names, patterns, lists.cells.values())
    links = group_links(linkage, content, group, lists.list_of)
    drawn_tables: list[OverlapTable] = []
    estimates = []
    with threadpool_limits(1, user_api="blas"):  # A single thread always adds in the same order.
        sweep = sweep_models(table, LEVEL)
        for name in METHODS_RELEASED:
            estimate = apply_gate(find_method(name)(table, level=LEVEL, seed=0), table, sweep)
            if links is not None and links.likely and estimate.verdict in (ESTIMATE, LOWER_BOUND):
                if not drawn_tables:  # Every method uses the same draws.
                    random = np.random.default_rng(0)
                    drawn_tables = [links.draw(random) for _ in range(DRAWS)]
                combined = estimate_over_draws(partial(_next_table, iter(drawn_tables)), name, draws=DRAWS, level=LEVEL)
                verdict = max(combined.verdict, estimate.verdict, key=VERDICTS.index)
                reason = combined.reason or estimate.reason
                estimate = replace(combined, verdict=verdict, model=estimate.model, reason=reason)
            estimates.append(estimate)
    return estimates, sweep


def _next_table(tables: Iterator[OverlapTable], _: np.random.Generator) -> OverlapTable:
    return next(tables)


class LinkageTables:
    """The release's tables on matching records, which are read on first use because most groups have nothing to estimate."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    @cached_property
    def joined(self) -> list[tuple[str, str, str]]:
        """Pairs that were joined for a reason other than a score, with the reason."""
        return self._rows('SELECT "left", "right", reason FROM joins WHERE reason <> \'score\' ORDER BY ALL')

    @cached_property
    def scored(self) -> list[tuple[str, str, float]]:
        """Scored pairs, with their probability."""
        return self._rows('SELECT "left", "right", probability FROM scores ORDER BY ALL')

    @cached_property
    def distinct(self) -> list[tuple[str, str]]:
        """Pairs that someone judged different or unsure."""
        return self._rows("SELECT \"left\", \"right\" FROM judgements WHERE verdict IN ('different', 'unsure')")

    def _rows(self, query: str) -> list[Any]:
        return self.connection.execute(query).fetchall()


def group_links(linkage: LinkageTables, content: Catalogue, group: Group, list_of: Mapping[str, str]) -> Links | None:
    """Return the links between the records of a group.

    None for the unit `presence`, which does not consist of records. A pair that was joined for a reason other than a score
    matches in every draw; a pair that someone judged different or unsure matches in none. Other scored pairs match with their
    probability.
    """
    unit, cut, part = group
    if unit == "presence":
        return None
    rows = linkage.connection.execute(release_query("overlaps.records"), [unit, cut, part]).fetchall()
    lists = {record: list_of[source] for record, source in rows if source in list_of}
    certain = [pair for pair in linkage.joined if pair[0] in lists and pair[1] in lists]
    deduplicated = {
        list_of[slug]
        for slug, spec in content.sources.items()
        if slug in list_of and unit in spec.one_to_one and list_of[slug] == slug
    }
    return Links(
        lists=lists,
        certain=[(left, right) for left, right, _ in sorted(certain, key=lambda pair: pair[2] != "judgement")],
        likely=[pair for pair in linkage.scored if pair[0] in lists and pair[1] in lists],
        distinct=linkage.distinct,
        deduplicated=deduplicated,
    )


def _rounded(estimate: Estimate) -> dict[str, Any]:
    """Return an estimate rounded to integers, because further digits can differ between machines."""
    values = {name: getattr(estimate, name) for name in ("estimate", "low", "high")}
    numbers = {name: None if value is None else round(value) for name, value in values.items()}
    return {
        "method": estimate.method,
        "model": estimate.model,
        "verdict": estimate.verdict,
        "reason": estimate.reason,
        "level": estimate.level,
        **numbers,
    }
