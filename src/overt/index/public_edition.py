"""The part of a release that may be shown to others: its tables computed again from the claims of the sources that allow it."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.index.build import NO_RETRACTIONS, cited
from overt.index.build import SQL as SERVE_SQL
from overt.index.fingerprint import made_by
from overt.index.public_observations import keep_measured, keep_observed
from overt.model.atomic_files import atomic_path, remove
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, sql, write_parquet
from overt.model.record_ids import canonical_id
from overt.model.source import Reuse
from overt.release.derived_tables import STRICTNESS, aliases_query, create_parquet_view, properties_of_type, write_derived_tables
from overt.release.figures.figure_tables import write_figure_tables
from overt.release.overlaps.source_overlaps import write_overlap_tables
from overt.release.release_build import NO_JOINS, NO_SCORES
from overt.release.release_folders import read_manifest
from overt.release.release_manifest import table_entries

SQL = SERVE_SQL / "restrict"
EDITORIAL = "editorial"
"""The source of what people of this atlas say themselves; what they say of a record that may not be shown is left out with it."""
_MANIFEST_FIELDS = ("format", "title", "note", "date", "overt", "code", "content", "libraries")
"""What a release was made by is told to all: without it nobody could say whether a later one differs by rules or by records."""
_EVERYTHING = "SELECT DISTINCT id FROM all_members"
_BY_COUNTRY = ("dependence", "dependence_suppliers", "dependence_cables")
"""Tables whose rows are made of all that is recorded of a country."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Edition:
    """The tables to show, and what was left out of them."""

    tables: Path
    manifest: dict[str, Any]
    allowed: tuple[str, ...] | None
    """Kinds of reuse that limit the edition; None: the whole release."""
    left_out: tuple[dict[str, str], ...]
    """source, title, publisher, licence and reuse of each source that is not shown."""
    subset: Mapping[str, Any] | None = None
    """Where only some projects are in it: which, as `subset.py` says."""
    part_of: Path | None = None
    """Where only some projects are in it: the tables of all of them."""

    def named(self, release: str) -> str:
        """What the edition of a release is called: by its id, by what reuse it is limited to where something was left out, and
        by what its projects have in common where it has only some.
        """
        parts = [release]
        if self.left_out:
            parts.append("-".join(self.allowed or ()) or "none")
        if self.subset:
            parts.append(self.subset["name"])
        return "+".join(parts)


class Chosen(NamedTuple):
    """Which things alone an edition has."""

    inside: str
    """Query for their ids."""
    empty: Collection[str]
    """Tables that have no rows because of what is chosen."""
    complete: Collection[str]
    """Countries of which it has all."""


def full_edition(release: Path) -> Edition:
    """A release with nothing left out. Raises OvertError when it cannot be read."""
    return Edition(release / "tables", read_manifest(release), None, ())


def restrict(
    release: Path,
    allowed: Collection[Reuse],
    content: Catalogue,
    cache: Path,
    *,
    memory: str = "4GB",
    progress: Progress = lambda step: None,
) -> Edition:
    """The part of `release` from sources whose reuse is in `allowed`; the release itself when that is all of it.

    What source.yml says today counts beside what the release says: the stricter of the two. The tables are kept in
    `cache/<release>-<allowed>-<fingerprint>/tables`: what decides them is in the name, so nothing is ever made over.
    """
    complete = full_edition(release)
    kinds = tuple(kind for kind in STRICTNESS if kind in allowed)
    with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
        public_sources, left_out = _sources(connection, complete.tables, content, kinds)
        if not left_out:
            return Edition(complete.tables, complete.manifest, kinds, ())
        fingerprint = _fingerprint(content, public_sources)
        folder = cache / f"{release.name}-{'+'.join(kinds) or 'none'}-{fingerprint[:12]}"
        record = folder / "edition.json"
        if not record.is_file():
            progress("leaving out what may not be shown")
            _make(connection, complete, content, public_sources, folder, kinds, left_out, fingerprint)
    return Edition(folder / "tables", orjson.loads(record.read_bytes())["manifest"], kinds, tuple(left_out))


def _sources(
    connection: duckdb.DuckDBPyConnection, tables: Path, content: Catalogue, allowed: Collection[str]
) -> tuple[list[str], list[dict[str, str]]]:
    names = ("source", "title", "publisher", "licence", "reuse")
    create_parquet_view(connection, "all_sources", tables / "sources.parquet")
    rows = connection.execute(f"SELECT {', '.join(names)} FROM all_sources ORDER BY source").fetchall()
    public_sources, left_out = [], []
    for row in rows:
        source = dict(zip(names, row, strict=True))
        now = content.sources[source["source"]].reuse if source["source"] in content.sources else source["reuse"]
        source["reuse"] = max(source["reuse"], now, key=STRICTNESS.index)
        if source["reuse"] in allowed:
            public_sources.append(source["source"])
        else:
            left_out.append(source)
    return public_sources, left_out


def _fingerprint(content: Catalogue, sources: Collection[str]) -> str:
    parts = [made_by(), content.digest("schema", "vocab", "sources", "figures"), *sorted(sources)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _make(
    connection: duckdb.DuckDBPyConnection,
    complete: Edition,
    content: Catalogue,
    sources: list[str],
    folder: Path,
    allowed: tuple[str, ...],
    left_out: list[dict[str, str]],
    fingerprint: str,
) -> None:
    with create_once(folder) as temporary:
        withheld = [source["source"] for source in left_out]
        manifest = make_tables(connection, complete, temporary, content, sources, withheld)
        document = {"fingerprint": fingerprint, "manifest": manifest, "allowed": allowed, "left_out": left_out}
        (temporary / "edition.json").write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))


def make_tables(
    connection: duckdb.DuckDBPyConnection,
    complete: Edition,
    folder: Path,
    content: Catalogue,
    sources: Collection[str],
    withheld: Collection[str],
    chosen: Chosen | None = None,
) -> dict[str, Any]:
    """Write to `folder/tables` what is of `sources`, and return the manifest of it. `withheld`: sources that the release
    has and readers may not see; `chosen`: None for all things.
    """
    tables = folder / "tables"
    tables.mkdir(parents=True)
    rows = _tables(connection, complete.tables, tables, content, sources, withheld, chosen)
    manifest = complete.manifest
    return {
        **{name: manifest.get(name) for name in _MANIFEST_FIELDS},
        "sources": {name: details for name, details in manifest["sources"].items() if name in sources},
        "tables": table_entries(folder, rows),
    }


@contextmanager
def create_once(folder: Path) -> Iterator[Path]:
    """A directory in the making. Of two servers that make it at once, the second keeps what the first has made."""
    if folder.exists() and not (folder / "edition.json").is_file():
        remove(folder)  # somebody deleted a part of it
    try:
        with atomic_path(folder) as temporary:
            yield temporary
    except OSError:  # a directory takes the place of nothing but nothing
        if not (folder / "edition.json").is_file():
            raise


def create_release_views(connection: duckdb.DuckDBPyConnection, tables: Path) -> None:
    """Let SQL see the tables of a release that a part of it is made of, each as `all_…`."""
    for name in ("claims", "evidence", "members", "sources", "captures", "judgements", "changes"):
        create_parquet_view(connection, f"all_{name}", tables / f"{name}.parquet")
    if (tables / "retractions.parquet").is_file():
        create_parquet_view(connection, "all_retractions", tables / "retractions.parquet")
    else:  # a release of before there was such a table
        connection.execute(f"CREATE VIEW all_retractions AS {NO_RETRACTIONS}")
    if (tables / "joins.parquet").is_file():
        create_parquet_view(connection, "all_joins", tables / "joins.parquet")
    else:  # a release of before there was such a table
        connection.execute(f"CREATE VIEW all_joins AS SELECT * FROM {NO_JOINS}")
    if (tables / "scores.parquet").is_file():
        create_parquet_view(connection, "all_scores", tables / "scores.parquet")
    else:
        connection.execute(f"CREATE VIEW all_scores AS SELECT * FROM {NO_SCORES}")
    connection.execute(f"CREATE VIEW all_cited_evidence AS {cited(connection, 'all_evidence')}")


def _tables(
    connection: duckdb.DuckDBPyConnection,
    whole_tables: Path,
    folder: Path,
    content: Catalogue,
    sources: Collection[str],
    withheld: Collection[str],
    chosen: Chosen | None,
) -> dict[str, int]:
    """Only tables that are named here are made: one that a later version of releases adds stays out until it is thought about."""
    create_release_views(connection, whole_tables)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE inside AS {chosen.inside if chosen else _EVERYTHING}")
    connection.register("kept", pa.table({"source": [*sources, EDITORIAL]}))
    connection.register("record_properties", properties_of_type(content, "record"))
    anchors = connection.execute(sql(SQL, "anchors")).fetchall()
    text = pa.string()
    renamed = {
        "old_id": pa.array([old for old, _ in anchors], text),
        "new_id": pa.array([canonical_id(anchor) for _, anchor in anchors], text),
    }
    connection.register("renamed", pa.table(renamed))
    rows: dict[str, int] = {}

    def write(name: str, query: str) -> None:
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        create_parquet_view(connection, name, folder / f"{name}.parquet")

    write("members", sql(SQL, "members"))
    connection.register("own", _separate_ids(connection))
    write("redirects", "SELECT DISTINCT old_id, id FROM own WHERE old_id <> id ORDER BY ALL")
    write("claims", sql(SQL, "claims"))
    create_parquet_view(connection, "claims_out", folder / "claims.parquet")
    write("evidence", sql(SQL, "evidence"))
    write("aliases", aliases_query(connection))
    write("joins", sql(SQL, "joins"))
    write("scores", sql(SQL, "scores"))
    write("sources", sql(SQL, "sources_of_part" if chosen else "sources"))
    write("captures", "SELECT c.* FROM all_captures AS c SEMI JOIN kept USING (source) ORDER BY ALL")
    write("judgements", sql(SQL, "judgements"))
    write("retractions", sql(SQL, "retractions"))
    write("changes", sql(SQL, "changes"))
    rows |= keep_observed(connection, whole_tables, folder, chosen.complete if chosen else None)
    rows |= keep_measured(connection, whole_tables, folder, chosen.complete if chosen else None)
    retrieved = dict(connection.execute("SELECT source, retrieved FROM sources").fetchall())
    rows |= write_derived_tables(connection, content, folder, retrieved, complete=chosen is None)
    if chosen:
        rows |= _of_complete_countries(connection, folder, chosen.complete)
    rows |= write_overlap_tables(connection, content, folder)
    return rows | write_figure_tables(connection, content, folder, withheld, chosen.empty if chosen else ())


def _of_complete_countries(connection: duckdb.DuckDBPyConnection, folder: Path, complete: Collection[str]) -> dict[str, int]:
    """Leave in tables that speak of whole countries those that are whole."""
    rows = {}
    for name in _BY_COUNTRY:
        table = pq.read_table(folder / f"{name}.parquet")
        table = table.filter(pc.is_in(table["country"], pa.array(sorted(complete), pa.string())))
        connection.register("complete", table)
        rows[name] = write_parquet(connection, "FROM complete", folder / f"{name}.parquet")
        connection.unregister("complete")
    return rows


def _separate_ids(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """For each record of a cluster of several, the id that it would bear alone."""
    several = "SELECT id FROM members GROUP BY id HAVING count(*) > 1"
    rows = connection.execute(f"SELECT record, id FROM members WHERE id IN ({several}) ORDER BY record").fetchall()
    own = [canonical_id(record) for record, _ in rows]
    ids = [identity for _, identity in rows]
    return pa.table({"old_id": pa.array(own, pa.string()), "id": pa.array(ids, pa.string())})
