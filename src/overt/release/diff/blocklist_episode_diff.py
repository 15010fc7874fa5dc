"""Differences between the blocklist episodes of two releases, such as episodes that began, ended or continued."""

import filecmp
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.release.blocklist_and_domain_tables import OBSERVATION_SCHEMAS
from overt.release.release_sql import release_query

_TABLES = ("observations", "observed_lists", "platform_domains")
CHANGE_KINDS = ("began", "ended", "continued", "moved", "went", "other file")
"""`began`: the episode is only in the newer release. `ended`: its domain was on the older release's last list and is missing from
a later one. `continued`: its domain is also on the new last list. `moved`: its beginning, its end, a number or its rule differs.
`went`: the episode is only in the older release. `other file`: the episode is unchanged, but was read from another file.
"""
_EPISODE_COLUMNS = (
    "start", "end", "first_listed", "last_listed", "measurements", "unmeasured_days", "vantage_points", "rule", "capture",
)  # fmt: skip
_MINOR_KINDS = ("continued", "other file")
"""Kinds of differences that only mean that days or a file were added."""
OBSERVATION_DIFF_COLUMNS = (
    "what",
    "source",
    "series",
    "domain",
    "platform",
    *(f"{side}_{name}" for side in ("before", "after") for name in _EPISODE_COLUMNS),
)
"""Columns of a difference: its kind, the source and series, the domain and its platform (or null), and the episode before and
after. An episode that is missing on one side is null there.
"""


@dataclass(frozen=True)
class SeriesChange:
    """Differences between the episodes of a series, and the number of its lists on each side."""

    source: str
    series: str
    counts: dict[str, int]
    """Number of differing episodes by kind, without zeros."""
    lists_before: int
    lists_after: int


@dataclass(frozen=True)
class ObservationDiff:
    """Differences between episodes: counts by series, and a list for the domains of platforms."""

    series: list[SeriesChange] = field(default_factory=list)
    platforms: list[dict[str, Any]] = field(default_factory=list)
    """Rows of `OBSERVATION_DIFF_COLUMNS` for domains of platforms, with days as ISO 8601 strings.

    `observation_differences` has the rows for all domains.
    """

    def notable_platforms(self) -> list[dict[str, Any]]:
        """Return the rows in `platforms`, except episodes that only continued or were read from another file."""
        return [row for row in self.platforms if row["what"] not in _MINOR_KINDS]

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def diff_observations(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> ObservationDiff:
    """Compare the observation tables in two folders. A release without such tables has no observations."""
    if _are_equal(old, new):
        return ObservationDiff()
    _create_differences(connection, old, new)
    counts: dict[tuple[str, str], dict[str, int]] = {}
    query = "SELECT source, series, what, count(*) FROM observed_differences GROUP BY ALL"
    for source, series, what, count in connection.execute(query).fetchall():
        counts.setdefault((source, series), {})[what] = count
    old_lists, new_lists = (_list_counts(connection, side) for side in ("old", "new"))
    changed_lists = {key for key in old_lists.keys() | new_lists.keys() if old_lists.get(key) != new_lists.get(key)}
    changes = [
        SeriesChange(
            *key,
            {what: counts.get(key, {})[what] for what in CHANGE_KINDS if what in counts.get(key, {})},
            old_lists.get(key, 0),
            new_lists.get(key, 0),
        )
        for key in sorted(counts.keys() | changed_lists)
    ]
    return ObservationDiff(changes, [dict(row) for row in _difference_rows(connection, "WHERE platform IS NOT NULL")])


def observation_differences(
    old: Path, new: Path, *, memory: str = "4GB", spill: Path | None = None
) -> Iterator[Mapping[str, Any]]:
    """Yield every difference between the observation tables in two folders, by source, series, domain and day.

    Rows have `OBSERVATION_DIFF_COLUMNS`. To get the newer table `observations` from the older one, remove the episodes `before`
    and add those `after`. Lists, series and the domains of platforms are not among the differences. `memory` and `spill` are
    passed to `connect`.
    """
    if _are_equal(old, new):
        return
    with connect(memory=memory, spill=spill) as connection:
        _create_differences(connection, old, new)
        yield from _difference_rows(connection)


def _are_equal(old: Path, new: Path) -> bool:
    """Return whether the files of episodes and lists are identical, as in releases made from the same input."""
    pairs = [(old / f"{name}.parquet", new / f"{name}.parquet") for name in ("observations", "observed_lists")]
    return all(left.is_file() and right.is_file() and filecmp.cmp(left, right, shallow=False) for left, right in pairs)


def _create_differences(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> None:
    for side, tables in (("old", old), ("new", new)):
        for name in _TABLES:
            path = tables / f"{name}.parquet"
            if path.is_file():
                connection.execute(f"CREATE OR REPLACE VIEW {side}_{name} AS SELECT * FROM read_parquet({quote_literal(path)})")
            else:
                connection.register(f"{side}_{name}", OBSERVATION_SCHEMAS[name].empty_table())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE observed_differences AS {release_query('diff.observations')}")


def _list_counts(connection: duckdb.DuckDBPyConnection, side: str) -> dict[tuple[str, str], int]:
    query = f"SELECT source, series, count(*) FROM {side}_observed_lists GROUP BY ALL"
    return {(source, series): count for source, series, count in connection.execute(query).fetchall()}


def _difference_rows(connection: duckdb.DuckDBPyConnection, where: str = "") -> Iterator[dict[str, Any]]:
    columns = (
        f'{side}."{name}"{"::VARCHAR" if name.endswith("listed") else ""} AS {side}_{name}'
        for side in ("before", "after")
        for name in _EPISODE_COLUMNS
    )
    query = (
        f"SELECT what, source, series, domain, platform, {', '.join(columns)} FROM observed_differences {where}"
        " ORDER BY source, series, domain, coalesce(before.first_listed, after.first_listed)"
    )
    batch: pa.RecordBatch
    for batch in connection.execute(query).to_arrow_reader(20_000):
        yield from batch.to_pylist()


def describe_episode(row: dict[str, Any], side: str) -> str:
    """Return an episode as text: its beginning, end and number of days on lists; `listed` if its list is undated.

    `side`: `before` or `after`. Return `-` if there is no episode on this side.
    """
    if row[f"{side}_measurements"] is None:
        return "-"
    if row[f"{side}_first_listed"] is None:
        return "listed"
    days = row[f"{side}_measurements"]
    return f"{row[f'{side}_start']} to {row[f'{side}_end']}, {days:,} {'day' if days == 1 else 'days'}"
