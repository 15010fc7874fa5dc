"""What was measured, in a release: episodes, the lists that they come from, and the series that the lists belong to."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from overt.archive import Archive, ArchiveError
from overt.importing.episodes import EPOCH, Days
from overt.importing.readers.input import InputFile
from overt.importing.runner import run_source
from overt.model.content import Catalogue
from overt.model.duckdb_connection import parquet_rows_query, write_parquet
from overt.model.errors import OvertError
from overt.model.observations import LISTS, OBSERVATIONS, SERIES, Observations
from overt.release.derived_tables import view
from overt.release.release_inputs import SourceInput
from overt.release.measurement_tables import same_rules, verify_groups

TABLES = {
    "observations": "source, series, domain, first_listed",
    "observed_lists": "source, series, day, capture, member",
    "observed_series": "source, series",
}
"""Tables whose rows are each of one source, and the order of their rows."""
PLATFORM_DOMAINS = "platform_domains"
_PLATFORM_DOMAINS = pa.schema([pa.field(name, pa.string(), nullable=False) for name in ("platform", "domain")])
"""Which domains count as which platform, in the order of the vocabulary, the one that people type first."""


NO_OBSERVATIONS = {
    "observations": OBSERVATIONS, "observed_lists": LISTS, "observed_series": SERIES, PLATFORM_DOMAINS: _PLATFORM_DOMAINS,
}  # fmt: skip
"""The columns of all these tables, for releases that do not have them."""


def write_observed(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, tables: Path, sources: Sequence[SourceInput]
) -> dict[str, int]:
    """Write the tables of what these sources observe into `tables` and show them; returns the rows of each."""
    observing = [held for held in sources if held.observations is not None and held.lists is not None]
    connection.register("no_observations", OBSERVATIONS.empty_table())
    episodes = [held.observations for held in observing if held.observations is not None]
    lists = pa.concat_tables([LISTS.empty_table(), *(pq.read_table(held.lists) for held in observing if held.lists)])
    connection.register("list_rows", lists)
    connection.register("series_rows", pa.Table.from_pylist([dict(row) for row in _series(content, lists)], schema=SERIES))
    connection.register("platform_rows", platform_domains(content))
    # The files are sorted, and so are the sources: nothing is sorted here, and rows keep their order.
    queries = {
        "observations": parquet_rows_query(episodes, "no_observations"),
        "observed_lists": f"SELECT * FROM list_rows ORDER BY {TABLES['observed_lists']}",
        "observed_series": f"SELECT * FROM series_rows ORDER BY {TABLES['observed_series']}",
        PLATFORM_DOMAINS: "SELECT * FROM platform_rows",
    }
    rows = {}
    for name, query in queries.items():
        rows[name] = write_parquet(connection, query, tables / f"{name}.parquet")
        view(connection, name, tables / f"{name}.parquet")
    return rows


def platform_domains(content: Catalogue) -> pa.Table:
    """The table of that name."""
    found = [{"platform": term.id, "domain": name} for term in content.vocabularies["platforms"].terms for name in term.domains]
    return pa.Table.from_pylist(found, schema=_PLATFORM_DOMAINS)


def _series(content: Catalogue, lists: pa.Table) -> Iterator[Mapping[str, Any]]:
    measured: dict[tuple[str, str], list[Any]] = {}
    for row in lists.to_pylist():
        measured.setdefault((row["source"], row["series"]), []).append(row["day"])
    for (source, series), held in measured.items():
        spec = content.sources[source].series[series]
        days = sorted(day for day in held if day is not None)
        yield {
            "source": source, "series": series, **spec.model_dump(),
            "days": len(days), "days_from": days[0] if days else None, "days_to": days[-1] if days else None,
            "unmeasured": Days(np.array([(day - EPOCH).days for day in days])).gaps() if days else None,
        }  # fmt: skip


def verify_observed(folder: Path, archive: Archive, content: Catalogue) -> Iterator[str]:
    """One line for each source whose observations, made again from the archived files, are not those of a whole release, and one
    for each table of single measurements that is not what they give when they are counted again.

    Of files that are missing or damaged it says nothing: the archive's own check does. What was made by rules of another
    version than this Overt knows is not compared.
    """
    tables = folder / "tables"
    if not (tables / "observations.parquet").is_file():
        return
    judged = same_rules(folder, content)
    sources = {row["source"] for row in pq.read_table(tables / "observed_series.parquet", columns=["source"]).to_pylist()}
    if judged:
        held = pq.read_table(tables / "measurements.parquet", columns=["source"])
        sources |= set(held["source"].unique().to_pylist())
    files: dict[str, dict[str, list[InputFile]]] = {}
    for row in pq.read_table(tables / "captures.parquet", columns=["sha256", "source", "role", "name"]).to_pylist():
        try:
            path = archive.path(row["sha256"], verify=False)
        except ArchiveError:
            sources.discard(row["source"])
            continue
        files.setdefault(row["source"], {}).setdefault(row["role"], []).append(
            InputFile(row["role"], row["name"], row["sha256"], path)
        )
    for source in sorted(sources):
        yield from _compare(folder, source, content, files.get(source, {}), judged=judged)
    if judged:
        yield from verify_groups(folder)


def _compare(
    folder: Path, source: str, content: Catalogue, files: Mapping[str, Sequence[InputFile]], *, judged: bool
) -> Iterator[str]:
    held = _of_source(folder, "observations", source)
    known = {spec.rule for spec in content.sources[source].series.values()} if source in content.sources else set()
    if not set(held["rule"].unique().to_pylist()) <= known or source not in content.sources:
        return
    try:
        made = run_source(source, content, files).observations or Observations()
    except OvertError as error:
        yield f"{folder.name}: the observations of {source} cannot be made again: {error}"
        return
    pairs = [("observations", held, made.episodes.cast(OBSERVATIONS))]
    if judged:
        pairs.append(("measurements", _of_source(folder, "measurements", source), made.measurements))
    for what, kept, again in pairs:
        if not again.equals(kept.cast(again.schema)):
            differ = (
                f"{again.num_rows:,} where the release keeps {kept.num_rows:,}" if again.num_rows != kept.num_rows else "others"
            )
            yield f"{folder.name}: the archived files of {source} give other {what} than the release keeps ({differ})"


def _of_source(folder: Path, table: str, source: str) -> pa.Table:
    return pq.read_table(folder / "tables" / f"{table}.parquet", filters=[("source", "=", source)])
