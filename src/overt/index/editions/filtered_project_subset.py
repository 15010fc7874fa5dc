"""A subset of a release, recomputed from claims.

A subset has the projects that match filters, the records about these projects, and the records about countries that the filters
name.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.index.accepted_filter_values import AREAS, ORGANIZATIONS, REGIONS
from overt.index.editions.edition_tables_and_limits import Edition
from overt.index.editions.limited_edition import Chosen, make_edition
from overt.index.fingerprint import made_by
from overt.index.index_sql import index_query, script, table_queries
from overt.index.project_filter_declarations import SUBSET_FILTERS
from overt.index.release_views import create_index_views
from overt.index.verification.edition_files import read_edition
from overt.model.code_digest import digest_of
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.errors import OvertError, UsageError, ValueProblem
from overt.model.progress import Progress, no_progress, within_step
from overt.model.schema import Schema

_ORGANIZATIONS = tuple(name for name, declared in SUBSET_FILTERS.items() if declared.values == ORGANIZATIONS)
_TOTAL_TABLES = ("reported_figures",)
"""Tables with totals that others reported for all projects, which must not be compared with a number for a subset."""
_MAX_NAME_LENGTH = 30


@dataclass(frozen=True)
class Subset:
    """The filters of a subset. Values of one filter are alternatives; all filters must match."""

    filters: tuple[tuple[str, tuple[str, ...]], ...]
    """Each filter and its sorted values, in the order of `SUBSET_FILTERS`."""

    @property
    def name(self) -> str:
        """The name in the edition's id, such as `country-ET-KE`; if that would be too long, `subset-` and a hash."""
        text = "_".join("-".join((name, *values)) for name, values in self.filters)
        return text if len(text) <= _MAX_NAME_LENGTH else f"subset-{digest_of([text])[:12]}"

    @property
    def expression(self) -> str:
        """The subset as users write it: `country=ET,KE kind=smart-city`."""
        return " ".join(f"{name}={','.join(values)}" for name, values in self.filters)

    def areas(self, content: Catalogue, day: str) -> tuple[str, ...]:
        """Return the codes of the countries that the filters name, directly or as members of a region on a day.

        If the filters name both countries and regions, return only the countries that are in one of the regions.
        """
        countries, regions = self.values("country"), self.values("region")
        if not regions:
            return countries
        members = {row.area for row in content.regions.rows(day) if row.current and row.region in regions}
        return tuple(sorted(members & set(countries) if countries else members))

    def complete(self, content: Catalogue, day: str) -> tuple[str, ...]:
        """Return the codes of the countries whose records are all in the subset."""
        return self.areas(content, day) if {name for name, _ in self.filters} <= {"country", "region"} else ()

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a filter; empty if the filter is not used."""
        return dict(self.filters).get(name, ())


def read_subset(texts: Iterable[str], content: Catalogue) -> Subset | None:
    """Parse filters such as `country=KE,ET`, which may be repeated. Return None if there are none.

    Raises UsageError for an unknown filter, or a missing or unknown value. Whether a release has a source or an organisation is
    checked later, in `take_subset`.
    """
    filters: dict[str, set[str]] = {}
    for text in texts:
        name, equals, values = text.partition("=")
        name = name.strip()
        if not equals or name not in SUBSET_FILTERS:
            raise UsageError(
                f"--subset {text}: write FILTER=VALUE,… with one of {', '.join(SUBSET_FILTERS)}, as in country=KE,ET"
            )
        filter_values = {value.strip() for value in values.split(",")} - {""}
        if not filter_values:
            raise UsageError(f"--subset {text}: names no value; write FILTER=VALUE,…, as in country=KE,ET")
        filters.setdefault(name, set()).update(_parsed(name, value, content) for value in filter_values)
    for name, filter_values in filters.items():
        accepted = SUBSET_FILTERS[name].values
        for value in sorted(filter_values):
            if accepted.vocabulary:
                fits = any(term.id == value for term in content.vocabularies[accepted.vocabulary].terms)
            elif accepted.choices:
                fits = value in accepted.choices
            else:  # Countries and regions have been checked above. Sources and organisations are checked against the release.
                fits = not accepted.pattern or bool(re.fullmatch(accepted.pattern, value))
            if not fits:
                raise UsageError(f"--subset {name}={value}: is not {accepted.what}")
    return Subset(tuple((name, tuple(sorted(filters[name]))) for name in SUBSET_FILTERS if name in filters)) if filters else None


def _parsed(name: str, value: str, content: Catalogue) -> str:
    """Return a value in the form that the filter needs: codes for countries, ids for regions.

    Raises UsageError for an unknown country or region.
    """
    if SUBSET_FILTERS[name].values == AREAS:
        return _country(value, content)
    if SUBSET_FILTERS[name].values == REGIONS:
        try:
            return content.regions.find(value)
        except ValueProblem as problem:
            raise UsageError(f"--subset {name}={value}: {problem}") from None
    return value


def _country(value: str, content: Catalogue) -> str:
    """Return the code of a country, from its code in any case or its name. Raises UsageError for an unknown country."""
    if (code := value.upper()) in content.areas.areas:
        return code
    try:
        return content.areas.find(value)
    except ValueProblem as problem:
        raise UsageError(f"--subset country={value}: {problem}") from None


def take_subset(
    edition: Edition,
    release: str,
    subset: Subset,
    content: Catalogue,
    cache: Path,
    *,
    served: bool = True,
    memory: str = "4GB",
    progress: Progress = no_progress,
) -> Edition:
    """Return the subset of an edition. Its tables are stored in `cache`, like those of `public_edition.restrict`.

    Ids are those of the complete edition, because a record is in the subset with all its claims or not at all.

    `served`: whether the edition is that of the served release. If so, raises UsageError for a source or organisation that the
    edition lacks, and OvertError if there is no project. The subset of an older release may be empty.
    """
    parts = [made_by(), content.digest("schema", "vocab", "sources", "figures"), edition.tables.parent.name, subset.expression]
    day = str(edition.manifest["date"])
    areas, complete = subset.areas(content, day), subset.complete(content, day)
    folder = cache / f"{release}-{edition.reuse}+{subset.name}-{digest_of(parts)[:12]}"
    if served:
        _check(edition.tables, subset, edition.named(release))
    made = read_edition(folder)
    if made is None:
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
            progress("choosing projects")
            create_index_views(connection, edition.tables, content, date.fromisoformat(edition.manifest["date"]))
            projects = matching_project_ids(connection, subset)
            counts = {"projects": len(projects), "of": connection.sql("FROM projects").shape[0]}
            connection.register("chosen", pa.table({"id": pa.array(projects, pa.string())}))
            connection.register("countries", pa.table({"country": pa.array(areas, pa.string())}))
            inside = connection.execute(index_query("records_of_project_subset.inside")).to_arrow_table()
            description = {
                "name": subset.name,
                "filters": dict(subset.filters),
                **counts,
                "labels": _labels(connection, subset),
                "complete": list(complete),
            }
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
            connection.register("chosen_ids", inside)
            made = make_edition(
                connection, edition, folder, content, edition.manifest["sources"],
                Chosen("SELECT id FROM chosen_ids", _empty(subset, content.schema), complete),
                details={"subset": description}, progress=within_step(progress, "leaving out other projects", 0, 1),
            )  # fmt: skip
    if served and not made["subset"]["projects"]:  # Cached tables may belong to an older release, which may be empty.
        raise OvertError(f"--subset {subset.expression}: release {edition.named(release)} has no such project")
    return replace(edition, tables=folder / "tables", manifest=made["manifest"], subset=made["subset"], part_of=edition.tables)


def country_tables(schema: Schema) -> tuple[str, ...]:
    """Return the tables of record types that are about countries, not projects, and of their parts.

    Such a type has a country and doesn't refer to a project, and only its parts refer to it. A part is a type without a country
    that requires a record of the other type, as a provision requires an agreement. The query
    `records_of_project_subset.inside` must select from each of these tables.
    """
    references = {
        name: {declared.record for declared in kind.properties.values() if declared.record} for name, kind in schema.types.items()
    }
    with_area = {name for name, kind in schema.types.items() if any(prop.type == "area" for prop in kind.properties.values())}
    needed = {
        name: {prop.record for prop in kind.properties.values() if prop.record and prop.required}
        for name, kind in schema.types.items()
        if name not in with_area and "project" not in references[name]
    }
    parts = {name: owners for name, owners in needed.items() if owners}
    referred_to = {record for name, records in references.items() if name not in parts for record in records - {name}}
    about = {name for name in with_area if "project" not in references[name] and name not in referred_to}
    about |= {name for name, owners in parts.items() if owners <= about}
    return tuple(sorted(schema.types[name].table for name in about))


def _empty(subset: Subset, schema: Schema) -> Sequence[str]:
    """Return the tables whose rows the subset leaves out, because they are not about its projects or countries."""
    is_of_countries = subset.values("country") or subset.values("region")
    return _TOTAL_TABLES if is_of_countries else (*country_tables(schema), *_TOTAL_TABLES)


def _check(tables: Path, subset: Subset, release: str) -> None:
    organization = ("organizations", "id", f"an organisation of release {release}")
    tables_by_filter = {
        "source": ("sources", "source", f"a source of release {release}"),
        **dict.fromkeys(_ORGANIZATIONS, organization),
    }
    for name, (table, column, what) in tables_by_filter.items():
        if values := subset.values(name):
            known = pq.read_table(tables / f"{table}.parquet", columns=[column])[column]
            for value in values:
                if pc.index(known, value).as_py() < 0:
                    raise UsageError(f"--subset {name}={value}: is not {what}")


def matching_project_ids(connection: duckdb.DuckDBPyConnection, subset: Subset) -> list[str]:
    """Return the ids of a subset's projects. The connection must have the views of `create_index_views`."""
    queries = []
    for name, values in subset.filters:
        connection.register(f"asked_{name}", pa.table({"value": list(values)}))
        declared = SUBSET_FILTERS[name]
        source = f"({table_queries()[declared.table]}) AS {declared.table}({', '.join(_columns(declared.table))})"
        queries.append(f"SELECT id FROM ({declared.select(source)}) SEMI JOIN asked_{name} USING (value)")
    rows = connection.execute(f"SELECT id FROM ({' INTERSECT '.join(queries)}) ORDER BY id").fetchall()
    return [identity for (identity,) in rows]


@cache
def _columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table of the index, in the order of the query that fills it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script("schema"))
        return tuple(f'"{name}"' for _, name, *_ in connection.execute(f"PRAGMA table_info({table})"))


def _labels(connection: duckdb.DuckDBPyConnection, subset: Subset) -> dict[str, str]:
    """Return the labels of organisations that the filters name, by id."""
    ids = [value for name in _ORGANIZATIONS for value in subset.values(name)]
    rows = connection.execute("SELECT id, label FROM labelled WHERE list_contains(?, id) ORDER BY id", [ids]).fetchall()
    return {identity: label or identity for identity, label in rows}
