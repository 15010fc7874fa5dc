"""What was measured otherwise in two releases: episodes that began, ended, went on, moved or went."""

import filecmp
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.duckdb_connection import connect, quote_literal, sql
from overt.release.observation_tables import NO_OBSERVATIONS

_SQL = files("overt") / "release" / "sql"
_TABLES = ("observations", "observed_lists", "platform_domains")
WHAT = ("began", "ended", "continued", "moved", "went", "other file")
"""`began`: an episode that the older release has not; `ended`: it was on the last list, and is on a later one no more;
`continued`: it is on the new last list too; `moved`: its beginning, its end or a number is another; `went`: the newer release has
it not; `other file`: the same, read from another file.
"""
_SAID = (
    "start", "end", "first_listed", "last_listed", "measurements", "unmeasured_days", "vantage_points", "rule", "capture",
)  # fmt: skip
_COUNTED = ("continued", "other file")
"""Differences that say no more than that days were added, or a file."""
COLUMNS = (
    "what",
    "source",
    "series",
    "domain",
    "platform",
    *(f"{side}_{name}" for side in ("before", "after") for name in _SAID),
)
"""Of a difference as a row: what it is, of which domain, the episode before and after; of one that began nothing is before."""


@dataclass(frozen=True)
class SeriesChange:
    """How many episodes of a series differ, and in what."""

    source: str
    series: str
    counts: dict[str, int]
    """By what they are; those that there are none of are not in it."""
    lists_before: int
    lists_after: int


@dataclass(frozen=True)
class ObservedChanges:
    """What was measured otherwise: counted by series, and told of the domains of platforms."""

    series: list[SeriesChange] = field(default_factory=list)
    platforms: list[dict[str, Any]] = field(default_factory=list)
    """Rows of `COLUMNS`, days as ISO texts; of all other domains `observed_rows` has them."""

    def told(self) -> list[dict[str, Any]]:
        """Those of the domains of platforms that readers are told one by one: all but those that go on or are in another file."""
        return [row for row in self.platforms if row["what"] not in _COUNTED]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def observed_changes(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> ObservedChanges:
    """Compare what the tables in two folders observe. A release of before there were such tables observes nothing."""
    if _alike(old, new):
        return ObservedChanges()
    _compare(connection, old, new)
    counted: dict[tuple[str, str], dict[str, int]] = {}
    query = "SELECT source, series, what, count(*) FROM observed_differences GROUP BY ALL"
    for source, series, what, count in connection.execute(query).fetchall():
        counted.setdefault((source, series), {})[what] = count
    lists = [{(row[0], row[1]): row[2] for row in connection.execute(_lists(side)).fetchall()} for side in ("old", "new")]
    keys = sorted(counted.keys() | {key for key in lists[0].keys() | lists[1].keys() if lists[0].get(key) != lists[1].get(key)})
    told = [
        SeriesChange(
            key[0],
            key[1],
            {what: counted.get(key, {})[what] for what in WHAT if what in counted.get(key, {})},
            lists[0].get(key, 0),
            lists[1].get(key, 0),
        )
        for key in keys
    ]
    return ObservedChanges(told, [dict(row) for row in _rows(connection, "WHERE platform IS NOT NULL")])


def observed_rows(old: Path, new: Path, *, memory: str = "4GB", spill: Path | None = None) -> Iterator[Mapping[str, Any]]:
    """Every difference of what the tables in two folders observe, as a row of `COLUMNS`, by source, series, domain and day: the
    rows of `observations` of the older one, without those that are `before` and with those that are `after`, are those of the
    newer. What lists there are, series and the domains of platforms are not among them.
    """
    if _alike(old, new):
        return
    with connect(memory=memory, spill=spill) as connection:
        _compare(connection, old, new)
        yield from _rows(connection)


def _alike(old: Path, new: Path) -> bool:
    """Whether both observe the same, to the byte: releases made of the same files do."""
    pairs = [(old / f"{name}.parquet", new / f"{name}.parquet") for name in ("observations", "observed_lists")]
    return all(one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False) for one, other in pairs)


def _compare(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> None:
    for side, tables in (("old", old), ("new", new)):
        for name in _TABLES:
            path = tables / f"{name}.parquet"
            if path.is_file():
                connection.execute(f"CREATE OR REPLACE VIEW {side}_{name} AS SELECT * FROM read_parquet({quote_literal(path)})")
            else:
                connection.register(f"{side}_{name}", NO_OBSERVATIONS[name].empty_table())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE observed_differences AS {sql(_SQL, 'diff_observed')}")


def _lists(side: str) -> str:
    return f"SELECT source, series, count(*) FROM {side}_observed_lists GROUP BY ALL"


def _rows(connection: duckdb.DuckDBPyConnection, where: str = "") -> Iterator[dict[str, Any]]:
    told = (
        f'{side}."{name}"{"::VARCHAR" if name.endswith("listed") else ""} AS {side}_{name}'
        for side in ("before", "after")
        for name in _SAID
    )
    query = (
        f"SELECT what, source, series, domain, platform, {', '.join(told)} FROM observed_differences {where}"
        " ORDER BY source, series, domain, coalesce(before.first_listed, after.first_listed)"
    )
    batch: pa.RecordBatch
    for batch in connection.execute(query).to_arrow_reader(20_000):
        yield from batch.to_pylist()


def episode(row: dict[str, Any], side: str) -> str:
    """An episode before or after: when it began and ended, and on how many lists it was; `-` where there is none."""
    if row[f"{side}_measurements"] is None:
        return "-"
    if row[f"{side}_first_listed"] is None:
        return "listed"
    days = row[f"{side}_measurements"]
    return f"{row[f'{side}_start']} to {row[f'{side}_end']}, {days:,} {'day' if days == 1 else 'days'}"
