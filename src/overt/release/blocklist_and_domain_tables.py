"""The released tables of blocklists and domains: episodes, lists, series of lists, domain labels, and domains of platforms.

Episodes and domain labels can be recomputed from archived files to verify a release.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from overt.archive import Archive, ArchiveError
from overt.importing.listing_episodes import EPOCH, Days
from overt.importing.readers.input_file import InputFile
from overt.importing.snapshot_importer_run import run_source
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, parquet_rows_query, write_parquet
from overt.model.errors import OvertError
from overt.model.observation_table_columns import DOMAIN_LABEL_ORDER, DOMAIN_LABELS, LISTS, OBSERVATIONS, SERIES, Observations
from overt.release.measurement_tables import made_by_current_rules, verify_measurement_groups
from overt.release.release_inputs import SourceInput

OBSERVATION_TABLES = {
    "observations": "source, series, domain, first_listed",
    "observed_lists": "source, series, day, capture, member",
    "observed_series": "source, series",
}
"""Sort order of the rows, by table. In these tables each row belongs to one source."""
LABELS = "domain_labels"
"""Name of the table of domain labels."""
LABEL_ORDER = ", ".join(("source", *DOMAIN_LABEL_ORDER))
"""Sort order of the rows of `domain_labels`."""
PLATFORM_DOMAINS = "platform_domains"
_PLATFORM_DOMAINS = pa.schema([pa.field(name, pa.string(), nullable=False) for name in ("platform", "domain")])
"""Columns of the table of platforms' domains. Its rows are in the vocabulary's order: for each platform, the domain that people
type comes first.
"""


OBSERVATION_SCHEMAS = {
    "observations": OBSERVATIONS, "observed_lists": LISTS, "observed_series": SERIES, PLATFORM_DOMAINS: _PLATFORM_DOMAINS,
}  # fmt: skip
"""Columns of the observation tables except `domain_labels`, for releases that lack these tables."""


def write_observation_tables(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, tables: Path, sources: Sequence[SourceInput]
) -> dict[str, int]:
    """Write the observation tables of these sources into `tables` and create views of them. Return the row counts."""
    observing = [source for source in sources if source.observations is not None and source.lists is not None]
    connection.register("no_observations", OBSERVATIONS.empty_table())
    episodes = [source.observations for source in observing if source.observations is not None]
    lists = pa.concat_tables([LISTS.empty_table(), *(pq.read_table(source.lists) for source in observing if source.lists)])
    connection.register("list_rows", lists)
    connection.register("series_rows", pa.Table.from_pylist([dict(row) for row in _series_rows(content, lists)], schema=SERIES))
    connection.register("platform_rows", platform_domains(content))
    connection.register("no_labels", DOMAIN_LABELS.empty_table())
    # The files and sources are sorted already, so the rows keep their order.
    queries = {
        "observations": parquet_rows_query(episodes, "no_observations"),
        "observed_lists": f"SELECT * FROM list_rows ORDER BY {OBSERVATION_TABLES['observed_lists']}",
        "observed_series": f"SELECT * FROM series_rows ORDER BY {OBSERVATION_TABLES['observed_series']}",
        PLATFORM_DOMAINS: "SELECT * FROM platform_rows",
        LABELS: parquet_rows_query([source.labels for source in sources if source.labels is not None], "no_labels"),
    }
    rows = {}
    for name, query in queries.items():
        rows[name] = write_parquet(connection, query, tables / f"{name}.parquet")
        create_parquet_view(connection, name, tables / f"{name}.parquet")
    return rows


def platform_domains(content: Catalogue) -> pa.Table:
    """Return the rows of `platform_domains`: each platform with its domains, in the vocabulary's order."""
    rows = [{"platform": term.id, "domain": name} for term in content.vocabularies["platforms"].terms for name in term.domains]
    return pa.Table.from_pylist(rows, schema=_PLATFORM_DOMAINS)


def _series_rows(content: Catalogue, lists: pa.Table) -> Iterator[Mapping[str, Any]]:
    list_days: dict[tuple[str, str], list[Any]] = {}
    for row in lists.to_pylist():
        list_days.setdefault((row["source"], row["series"]), []).append(row["day"])
    for (source, series), dates in list_days.items():
        spec = content.sources[source].series[series]
        days = sorted(day for day in dates if day is not None)
        yield {
            "source": source, "series": series, **spec.model_dump(),
            "days": len(days), "days_from": days[0] if days else None, "days_to": days[-1] if days else None,
            "unmeasured": Days(np.array([(day - EPOCH).days for day in days])).gaps() if days else None,
        }  # fmt: skip


def verify_observations(folder: Path, archive: Archive, content: Catalogue) -> Iterator[str]:
    """Recompute an intact release's observations from archived files; yield a line for each source and table that differs.

    A line is also yielded for a source whose observations can't be recomputed. Domain labels are recomputed too, and so are
    measurements and their counts, unless another version of the code or rules made them. Sources with a missing file are skipped,
    because the archive's own check reports the file. Sources are also skipped if the content no longer has them, or no longer
    has the rules that made their rows.
    """
    tables = folder / "tables"
    if not (tables / "observations.parquet").is_file():
        return
    with_measurements = made_by_current_rules(folder, content)
    sources = {row["source"] for row in pq.read_table(tables / "observed_series.parquet", columns=["source"]).to_pylist()}
    if (tables / f"{LABELS}.parquet").is_file():
        sources |= set(pq.read_table(tables / f"{LABELS}.parquet", columns=["source"])["source"].unique().to_pylist())
    if with_measurements:
        measured = pq.read_table(tables / "measurements.parquet", columns=["source"])
        sources |= set(measured["source"].unique().to_pylist())
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
        yield from _compare_source(folder, source, content, files.get(source, {}), with_measurements=with_measurements)
    if with_measurements:
        yield from verify_measurement_groups(folder)


def _compare_source(
    folder: Path, source: str, content: Catalogue, files: Mapping[str, Sequence[InputFile]], *, with_measurements: bool
) -> Iterator[str]:
    released = _rows_of_source(folder, "observations", source)
    rules = {spec.rule for spec in content.sources[source].series.values()} if source in content.sources else set()
    if not set(released["rule"].unique().to_pylist()) <= rules or source not in content.sources:
        return
    try:
        recomputed = run_source(source, content, files).observations or Observations()
    except OvertError as error:
        yield f"{folder.name}: the observations of {source} cannot be recomputed: {error}"
        return
    pairs = [("observations", released, recomputed.episodes.cast(OBSERVATIONS))]
    if with_measurements:
        pairs.append(("measurements", _rows_of_source(folder, "measurements", source), recomputed.measurements))
    if (folder / "tables" / f"{LABELS}.parquet").is_file():
        pairs.append((LABELS, _rows_of_source(folder, LABELS, source), recomputed.labels))
    for table, before, after in pairs:
        if not after.equals(before.cast(after.schema)):
            rows = (
                f"{after.num_rows:,} rows instead of {before.num_rows:,}"
                if after.num_rows != before.num_rows
                else "the same number of rows"
            )
            yield f"{folder.name}: {table} recomputed from the archived files of {source} differ from the release ({rows})"


def _rows_of_source(folder: Path, table: str, source: str) -> pa.Table:
    return pq.read_table(folder / "tables" / f"{table}.parquet", filters=[("source", "=", source)])
