"""A part of a release: the projects that a few filters find and all that belongs to them, computed again from their claims."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import duckdb
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.index.build import SQL, show
from overt.index.fingerprint import made_by
from overt.index.public_edition import Chosen, Edition, Progress, create_once, make_tables
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, sql
from overt.model.errors import OvertError, UsageError, ValueProblem

_PARTS = ("load/project_company", "value, id, role, record")


class Filter(NamedTuple):
    """A filter of the explorer by which a subset can be had."""

    query: str
    """In `sql/`: what a server fills its table of the filter by, so that both find the same."""
    columns: str
    """Of the query, in their order."""
    what: str
    """What its values are."""
    vocabulary: str = ""
    """Of which its values are terms."""
    role: str = ""
    """In which organisations are looked for; empty: in any."""


_ORGANIZATION = "an organisation’s id (ovt-…)"
FILTERS: Mapping[str, Filter] = {
    "kind": Filter("load/project_kind", "value, id, said", "a kind of project", "project-kinds"),
    "layer": Filter("load/project_layer", "value, id", "a layer", "layers"),
    "company": Filter(*_PARTS, _ORGANIZATION),
    "supplier": Filter(*_PARTS, _ORGANIZATION, role="supplier"),
    "financier": Filter(*_PARTS, _ORGANIZATION, role="financier"),
    "country": Filter("load/project_country", "value, id, located", "a country’s code (ISO 3166-1 alpha-2, as in KE)"),
    "status": Filter("subset/project_status", "value, id", "a status", "statuses"),
    "source": Filter("load/project_source", "value, id", "a source"),
}
"""By name, in the order that addresses have them."""
_ORGANIZATIONS = tuple(name for name, details in FILTERS.items() if details.what == _ORGANIZATION)
OF_COUNTRIES = ("agreements", "assessments", "indicators", "restrictions")
"""Tables of what is said of a country, not of a project."""
_OF_THE_WHOLE = ("reported_figures",)
"""Totals that others reported are of the whole, so none of them stands beside a number of a part."""
_ID = re.compile(r"ovt-[a-z2-7]{12}")
_LONGEST_NAME = 30


@dataclass(frozen=True)
class Subset:
    """Which projects: values of one filter are alternatives, different filters must all hold."""

    filters: tuple[tuple[str, tuple[str, ...]], ...]
    """In the order of `FILTERS`, the values of each in theirs."""

    @property
    def name(self) -> str:
        """What stands in the id of the edition: `country-ET-KE`; `subset-` and a hash of it where that would be long."""
        text = "_".join("-".join((name, *values)) for name, values in self.filters)
        return text if len(text) <= _LONGEST_NAME else f"subset-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    @property
    def expression(self) -> str:
        """As it is written: `country=ET,KE kind=smart-city`."""
        return " ".join(f"{name}={','.join(values)}" for name, values in self.filters)

    @property
    def complete(self) -> tuple[str, ...]:
        """The countries of which it has all that is recorded."""
        return self.values("country") if len(self.filters) == 1 else ()

    def values(self, name: str) -> tuple[str, ...]:
        """The values of one filter; none where it is not used."""
        return dict(self.filters).get(name, ())


def read_subset(texts: Iterable[str], content: Catalogue) -> Subset | None:
    """The subset that `FILTER=VALUE,…` ask for, each once or several times; None for no text.

    Raises UsageError for a filter or a value that there is not.
    """
    filters: dict[str, set[str]] = {}
    for text in texts:
        name, sign, values = text.partition("=")
        name = name.strip()
        if not sign or name not in FILTERS:
            raise UsageError(f"--subset {text}: write FILTER=VALUE,… with one of {', '.join(FILTERS)}, as in country=KE,ET")
        filter_values = {value.strip() for value in values.split(",")} - {""}
        if not filter_values:
            raise UsageError(f"--subset {text}: names no value; write FILTER=VALUE,…, as in country=KE,ET")
        filters.setdefault(name, set()).update(
            _country(value, content) if name == "country" else value for value in filter_values
        )
    for name, filter_values in filters.items():
        known = FILTERS[name]
        for value in sorted(filter_values):
            if known.vocabulary:
                fits = any(term.id == value for term in content.vocabularies[known.vocabulary].terms)
            else:  # countries are read already; sources and organisations are those of the release
                fits = name not in _ORGANIZATIONS or bool(_ID.fullmatch(value))
            if not fits:
                raise UsageError(f"--subset {name}={value}: is not {known.what}")
    return Subset(tuple((name, tuple(sorted(filters[name]))) for name in FILTERS if name in filters)) if filters else None


def _country(value: str, content: Catalogue) -> str:
    """The code that a value is, in capitals or not. Raises UsageError, which gives the code where the value is a name."""
    if (code := value.upper()) in content.areas.areas:
        return code
    try:
        code = content.areas.find(value)
    except ValueProblem:
        raise UsageError(f"--subset country={value}: is not {FILTERS['country'].what}") from None
    raise UsageError(f"--subset country={value}: country takes ISO codes: {code} is {content.areas.areas[code].label}")


def take_subset(
    edition: Edition,
    release: str,
    subset: Subset,
    content: Catalogue,
    cache: Path,
    *,
    served: bool = True,
    memory: str = "4GB",
    progress: Progress = lambda step: None,
) -> Edition:
    """The part of an edition that a subset asks for. The tables are kept in `cache`, as those of `restrict` are.

    Ids are those of the whole: a thing is in it with all its records or not at all. Where it is not to be `served` but told of
    (a release of before), nothing need be in it. Raises UsageError for a source or an organisation that the edition has not,
    OvertError when no project is in it.
    """
    parts = [
        made_by(),
        content.digest("schema", "vocab", "sources", "figures"),
        str(edition.tables.parent.name),
        subset.expression,
    ]
    fingerprint = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    reuse = "-".join(edition.allowed or ()) or "none" if edition.left_out else "all"
    folder = cache / f"{release}-{reuse}+{subset.name}-{fingerprint[:12]}"
    record = folder / "edition.json"
    if served:
        _check(edition.tables, subset, edition.named(release))
    if not record.is_file():
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
            progress("choosing projects")
            show(connection, edition.tables, content)
            projects = matching_project_ids(connection, subset)
            counts = {"projects": len(projects), "of": connection.sql("FROM projects").shape[0]}
            connection.register("chosen", pa.table({"id": pa.array(projects, pa.string())}))
            connection.register("countries", pa.table({"country": pa.array(subset.values("country"), pa.string())}))
            inside = connection.execute(sql(SQL / "subset", "inside")).to_arrow_table()
            description = {
                "name": subset.name,
                "filters": dict(subset.filters),
                **counts,
                "labels": _labels(connection, subset),
                "complete": list(subset.complete),
            }
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection, create_once(folder) as temporary:
            progress("leaving out other projects")
            connection.register("chosen_ids", inside)
            sources, withheld = list(edition.manifest["sources"]), [source["source"] for source in edition.left_out]
            manifest = make_tables(
                connection, edition, temporary, content, sources, withheld,
                Chosen("SELECT id FROM chosen_ids", _empty(subset), subset.complete),
            )  # fmt: skip
            (temporary / "edition.json").write_bytes(
                orjson.dumps({"manifest": manifest, "subset": description}, option=orjson.OPT_INDENT_2)
            )
    made = orjson.loads(record.read_bytes())
    if served and not made["subset"]["projects"]:  # asked of what is kept, too: a newer release was told of by it
        raise OvertError(f"--subset {subset.expression}: release {edition.named(release)} has no such project")
    return replace(edition, tables=folder / "tables", manifest=made["manifest"], subset=made["subset"], part_of=edition.tables)


def _empty(subset: Subset) -> Sequence[str]:
    """Tables that have no rows because of what is chosen, so that a number made of them says nothing."""
    return _OF_THE_WHOLE if subset.values("country") else (*OF_COUNTRIES, *_OF_THE_WHOLE)


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
    """The projects of a subset, of the release that the connection shows (`show`)."""
    queries = []
    for name, values in subset.filters:
        connection.register(f"asked_{name}", pa.table({"value": list(values)}))
        known = FILTERS[name]
        of_role = f" WHERE role = '{known.role}'" if known.role else ""
        table = f"FROM ({sql(SQL, known.query)}) AS held({known.columns}){of_role}"
        queries.append(f"SELECT id FROM ({table}) SEMI JOIN asked_{name} USING (value)")
    rows = connection.execute(f"SELECT id FROM ({' INTERSECT '.join(queries)}) ORDER BY id").fetchall()
    return [identity for (identity,) in rows]


def _labels(connection: duckdb.DuckDBPyConnection, subset: Subset) -> dict[str, str]:
    """What the organisations that were named are called."""
    ids = [value for name in _ORGANIZATIONS for value in subset.values(name)]
    rows = connection.execute("SELECT id, label FROM labelled WHERE list_contains(?, id) ORDER BY id", [ids]).fetchall()
    return {identity: label or identity for identity, label in rows}
