"""Primary and foreign keys of the tables.

References to records point to the table `records`, which has the label of every record, whatever its type. That way, a program
such as Datasette shows names everywhere with one setting.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overt.export.public_release_reader import PublicRelease
from overt.model.schema import Schema

_RECORDS = ("records", "id")
_AREAS = ("areas", "code")
_SOURCES = ("sources", "source")
_CLAIMS = ("claims", "claim_id")
_MEMBERS = ("members", "record")
_FIGURES = ("figures", "name")
_PRIMARY: dict[str, tuple[str, ...]] = {
    "aliases": ("claim_id",),
    "answer_country_kinds": ("country", "kind"),
    "answer_organization_kinds": ("organization", "kind"),
    "answer_roles": ("organization", "country", "layer", "role"),
    "answer_rows": ("organization", "country", "type", "id", "role", "through"),
    "answer_services": ("country", "vocabulary", "service"),
    "answers": ("organization", "country"),
    "areas": ("code",),
    "claims": ("claim_id",),
    "dependence_cables": ("country", "standing_only"),
    "exchange_rates": ("currency", "year"),
    "figure_sensitivity": ("name", "kind", "item"),
    "figures": ("name",),
    "findings": ("name",),
    "members": ("record",),
    "observed_series": ("source", "series"),
    "overlap_answers": ("unit", "cut", "part"),
    "platform_domains": ("platform", "domain"),
    "platform_tests": ("platform", "test_name"),
    "project_kinds": ("id", "kind"),
    "projects_flat": ("id",),
    "records": ("id",),
    "redirects": ("old_id",),
    "repeated_commitments": ("id", "earlier"),
    "scores": ("left", "right"),
    "sources": ("source",),
    "spans": ("id",),
    "terms": ("vocabulary", "id"),
    "values": ("id", "property", "rank"),
    "withheld": ("id",),
}
"""Primary keys of the tables that don't belong to a record type. Such a table has none if it isn't listed here."""
_OF_PAIR = {"organization": _RECORDS, "country": _AREAS}
_MEASURED = {"source": _SOURCES, "country": _AREAS}
_REFERENCES: dict[str, dict[str, tuple[str, str]]] = {
    "aliases": {"id": _RECORDS, "record": _MEMBERS, "source": _SOURCES, "claim_id": _CLAIMS},
    "answer_country_kinds": {"country": _AREAS},
    "answer_lenders": {"financier": _RECORDS, "country": _AREAS},
    "answer_organization_kinds": {"organization": _RECORDS},
    "answer_roles": _OF_PAIR,
    "answer_rows": {**_OF_PAIR, "id": _RECORDS, "through": _RECORDS},
    "answer_services": {"country": _AREAS},
    "answers": _OF_PAIR,
    "areas": {"part_of": _AREAS},
    "captures": {"source": _SOURCES},
    "claims": {"id": _RECORDS, "source": _SOURCES, "record": _MEMBERS, "target": _RECORDS, "document": _MEMBERS},
    "dependence": {"country": _AREAS, "top": _RECORDS},
    "dependence_cables": {"country": _AREAS, "supplier": _RECORDS, "owner": _RECORDS},
    "dependence_cuts": {"country": _AREAS},
    "dependence_suppliers": {"country": _AREAS, "supplier": _RECORDS},
    "domain_labels": _MEASURED,
    "evidence": {"claim_id": _CLAIMS, "document": _MEMBERS},
    "figure_rows": {"name": _FIGURES},
    "figure_sensitivity": {"name": _FIGURES},
    "joins": {"left": _MEMBERS, "right": _MEMBERS},
    "measured_days": _MEASURED,
    "measured_quarters": _MEASURED,
    "measurements": _MEASURED,
    "members": {"id": _RECORDS, "source": _SOURCES},
    "observations": {"source": _SOURCES},
    "observed_lists": {"source": _SOURCES},
    "observed_series": _MEASURED,
    "project_kinds": {"id": _RECORDS},
    "projects_flat": {"id": _RECORDS},
    "redirects": {"id": _RECORDS},
    "repeated_commitments": {"id": _RECORDS, "earlier": _RECORDS},
    "scores": {"left": _MEMBERS, "right": _MEMBERS},
    "spans": {"id": _RECORDS},
    "values": {"id": _RECORDS, "claim_id": _CLAIMS},
}
"""The table and column to which each column refers, for tables that don't belong to a record type."""


class Reference(NamedTuple):
    """A foreign key: `column` refers to the column `key` of `table`."""

    column: str
    table: str
    key: str


class Keys(NamedTuple):
    """The columns of a table's primary key (empty if it has none), and its foreign keys."""

    primary: tuple[str, ...]
    references: tuple[Reference, ...]


def declared_keys(schema: Schema) -> dict[str, Keys]:
    """Return the keys of each table that has any."""
    keys = {name: Keys(_PRIMARY.get(name, ()), _references(_REFERENCES.get(name, {}))) for name in {**_PRIMARY, **_REFERENCES}}
    for kind in schema.types.values():
        targets = {"id": _RECORDS}
        for prop in kind.properties.values():
            if prop.type in ("record", "area") and not prop.many:
                targets[prop.column] = _RECORDS if prop.type == "record" else _AREAS
        keys[kind.table] = Keys(("id",), _references(targets))
    return keys


def valid_keys(release: PublicRelease) -> tuple[dict[str, Keys], int]:
    """Return the keys that are valid for every row of an edition, and the number of references to a missing row.

    A partial edition can lack a row to which another row refers, and editors' entries have no row in `sources`. A key with such
    a reference is not declared, so that `PRAGMA foreign_key_check` finds nothing.
    """
    tables, missing, checked = release.tables, 0, {}
    for name, keys in declared_keys(release.content.schema).items():
        if name not in tables:
            continue
        primary = keys.primary if keys.primary and not _repeated(release, name, keys.primary) else ()
        references = []
        for reference in keys.references:
            lacking = _without_target(release, name, reference) if reference.table in tables else 0
            missing += lacking
            if reference.table in tables and not lacking:
                references.append(reference)
        checked[name] = Keys(primary, tuple(references))
    # A foreign key needs a primary key to which it can refer.
    unique = {(name, keys.primary[0]) for name, keys in checked.items() if len(keys.primary) == 1}
    return {
        name: keys._replace(references=tuple(r for r in keys.references if (r.table, r.key) in unique))
        for name, keys in checked.items()
    }, missing


def _references(targets: Mapping[str, tuple[str, str]]) -> tuple[Reference, ...]:
    return tuple(Reference(column, table, key) for column, (table, key) in targets.items())


def _repeated(release: PublicRelease, table: str, columns: Iterable[str]) -> bool:
    listed = ", ".join(f'"{column}"' for column in columns)
    query = f'SELECT count(*) AS rows, count(DISTINCT ({listed})) AS keys FROM "{table}"'
    [row] = release.rows(query)
    return bool(row["rows"] != row["keys"])


def _without_target(release: PublicRelease, table: str, reference: Reference) -> int:
    column, target = f't."{reference.column}"', f'"{reference.table}" AS r ON r."{reference.key}" = t."{reference.column}"'
    [row] = release.rows(f'SELECT count(*) AS rows FROM "{table}" AS t ANTI JOIN {target} WHERE {column} IS NOT NULL')
    return int(row["rows"])
