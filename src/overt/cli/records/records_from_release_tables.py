"""Reads records and countries of a release from its tables.

This is for releases without an index, and for data that no index has.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from overt.model.engines.named_sql import load_queries
from overt.model.errors import UsageError
from overt.model.schema import Schema
from overt.model.values.current_on_day import Phase, phase_on
from overt.release.release_reader import Release

Row = dict[str, Any]


class TableRecords:
    """Records of a release, from its tables.

    `queries.full_details.full_records` reads the same from an index.
    """

    def __init__(self, release: Release, schema: Schema) -> None:
        self._release = release
        self._lasting = sorted(kind.name for kind in schema.types.values() if kind.lasts)
        self.release = release.id

    @property
    def has_aliases(self) -> bool:
        """Whether records can be looked up by name; older releases have no table of names."""
        return "aliases" in self._release.manifest["tables"]

    def canonical_id(self, name: str) -> str | None:
        """Return the published id for a published id, a redirected id or a source's record id; None for any other text."""
        try:
            return self._release.canonical(name)
        except UsageError:
            return None

    def by_alias_key(self, key: str) -> list[Row]:
        """Return id, type and label of the records that have a name with this key."""
        return self._rows("records_from_release_tables.by_alias_key", [key])

    def record(self, identity: str) -> dict[str, Any]:
        """Return a record with its members, values, and claims with their places."""
        return self._release.record(identity)

    def naming(self, identity: str) -> list[Row]:
        """Return a row for each property value that refers to the record: the property's name, and the id and type of the
        record that has the value.
        """
        return self._rows("records_from_release_tables.naming", [identity])

    def values_of(self, ids: Iterable[str]) -> list[Row]:
        """Return the values of records, without the claims that state them."""
        return self._rows("records_from_release_tables.values_of", [list(ids)])

    def labels(self, ids: Iterable[str]) -> dict[str, str | None]:
        """Return the labels of records, by id."""
        return {row["id"]: row["label"] for row in self._rows("records_from_release_tables.labels", [list(ids)])}

    def phases(self, ids: Iterable[str]) -> dict[str, Phase]:
        """Return the phases of records on the day of the release, by id, except for types that don't begin and end."""
        day = date.fromisoformat(self._release.manifest["date"])
        rows = self._rows("records_from_release_tables.dates", [list(ids), self._lasting])
        return {row["id"]: phase_on(day, row["start"], row["end"]) for row in rows}

    def own_sources(self) -> set[str]:
        """Return the sources that are Overt's own registers."""
        return {str(row["source"]) for row in self._release.rows("SELECT source FROM sources WHERE own")}

    def citing(self, document: str) -> list[Row]:
        """Return id, type and label of the records that cite a document."""
        return self._rows("records_from_release_tables.citing_document", [document, document])

    def country(self, code: str, organizations: int) -> Row:
        """Return what the release records about a country: counts, layers, organisations and commitments.

        `organizations`: maximum number of organisations, those with the most projects first.
        """
        [counts] = self._rows("country_summary.counts", [code] * 5)
        has_participations = "participations" in self._release.manifest["tables"]  # Older releases lack the table.
        [participations] = self._rows("country_summary.participations", [code]) if has_participations else [{"participations": 0}]
        return {
            **counts,
            **participations,
            "layers": self._rows("country_summary.layers", [code]),
            "organizations": self._rows("country_summary.organizations", [code, organizations]),
            "commitments": self._rows("country_summary.commitments", [code, self._repeated_commitments()]),
        }

    def _repeated_commitments(self) -> list[str]:
        """Return the ids of the commitments that sums leave out; none for older releases, which lack the table."""
        if "repeated_commitments" not in self._release.manifest["tables"]:
            return []
        return [str(row["id"]) for row in self._release.rows("SELECT DISTINCT id FROM repeated_commitments ORDER BY id")]

    def retractions(self) -> dict[str, Row]:
        """Return the rows of the table `retractions`, by the retracted claim or record; empty for older releases."""
        if "retractions" not in self._release.manifest["tables"]:
            return {}
        return {row["target"]: row for row in self._rows("records_from_release_tables.retractions")}

    def _rows(self, query: str, parameters: list[Any] | None = None) -> list[Row]:
        return self._release.rows(load_queries("cli", "sql")[query], parameters)
