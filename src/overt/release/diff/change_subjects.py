"""Subjects of differences between two releases: countries, organisations and kinds of projects."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

import duckdb
import pyarrow as pa

from overt.model.schema import Schema
from overt.model.vocabulary import Vocabulary
from overt.release.release_sql import release_query

SubjectKind = Literal["country", "organization", "kind"]
PROJECT_KINDS = "project-kinds"
"""The vocabulary of project kinds."""
_PARENTS = ("project", "agreement")
"""Types whose subjects also apply to the records that refer to them, as roles and places refer to a project."""


class Subject(NamedTuple):
    """A country, an organisation, or a kind of project."""

    kind: SubjectKind
    id: str
    """A country's code, a published id, or a term of the vocabulary of kinds."""


class SubjectRules(NamedTuple):
    """Rules that determine a record's subjects from its values."""

    properties: list[dict[str, str]]
    """Each `type` and `property` with subjects as values, and the kind of these subjects (`subject`)."""
    parents: list[dict[str, str]]
    """Each `type` and `property` by which a record refers to the project or agreement that it is part of."""
    broader: Mapping[str, str | None]
    """The next broader kind of each kind; None for the broadest."""

    @classmethod
    def from_schema(cls, schema: Schema, kinds: Vocabulary) -> "SubjectRules":
        """Return the rules of a schema. `kinds`: the vocabulary of project kinds."""
        properties, parents = [], []
        for record_type in schema.types.values():
            for prop in record_type.properties.values():
                subject = "country" if prop.type == "area" else None
                if prop.type == "record" and prop.record == "organization":
                    subject = "organization"
                elif prop.type == "term" and prop.vocabulary == PROJECT_KINDS:
                    subject = "kind"
                if subject:
                    properties.append({"type": record_type.name, "property": prop.name, "subject": subject})
                if prop.record in _PARENTS and prop.record != record_type.name:
                    parents.append({"type": record_type.name, "property": prop.name})
        return cls(properties, parents, {term.id: term.broader for term in kinds.terms})

    def with_broader(self, kind: str) -> list[str]:
        """Return a kind and all broader kinds."""
        kinds: list[str] = []
        step: str | None = kind
        while step and step not in kinds:
            kinds.append(step)
            step = self.broader.get(step)
        return kinds


def change_subjects(
    connection: duckdb.DuckDBPyConnection, ids: Iterable[str], rules: SubjectRules
) -> dict[str, frozenset[Subject]]:
    """Return the subjects of records by id, from their shown values in either release.

    A record's subjects are the countries, organisations and kinds among its values, all kinds that are broader than these, and
    the subjects of the project or agreement that it is part of. A project and its parts also have all organisations with a role
    in the project. An organisation is its own subject. `connection` has the views that `diff_releases` creates.
    """
    for name, rows, columns in (
        ("changed_ids", [{"id": identity} for identity in sorted(set(ids))], ("id",)),
        ("subject_properties", rules.properties, ("type", "property", "subject")),
        ("parent_properties", rules.parents, ("type", "property")),
    ):
        connection.register(name, _table(rows, columns))
    subjects: dict[str, set[Subject]] = {}
    for identity, kind, value in connection.execute(release_query("diff.subjects")).fetchall():
        values = rules.with_broader(value) if kind == "kind" else [value]
        subjects.setdefault(identity, set()).update(Subject(kind, each) for each in values)
    return {identity: frozenset(about) for identity, about in subjects.items()}


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pa.Table:
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in columns})
