"""The output of `overt show` for a record or a country, as data."""

import re
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from overt.model.errors import UsageError
from overt.model.unarchived_evidence_condition import in_document_not_archived

if TYPE_CHECKING:
    from pathlib import Path

    from overt.model.values.current_on_day import Phase
    from overt.model.workspace import Workspace

Row = dict[str, Any]
_ID = re.compile(r"ovt-\S+|[a-z][a-z0-9_]*:\S.*")
"""Matches strings that can only be ids, not names."""
_MAX_MATCHES = 10
"""Maximum number of records that a message lists."""
_MAX_ORGANIZATIONS = 10
"""Maximum number of organisations of a country that are listed."""


class Records(Protocol):
    """Interface to the records of a release.

    `queries.full_details.full_records` reads them from the index,
    `cli.records.records_from_release_tables` from the tables.
    """

    release: str

    @property
    def has_aliases(self) -> bool:
        """Whether records can be looked up by name."""

    def canonical_id(self, name: str) -> str | None:
        """Return the published id for a published id, a redirected id or a source's record id; None for any other text."""

    def by_alias_key(self, key: str) -> list[Row]:
        """Return id, type and label of the records that have a name with this key."""

    def record(self, identity: str) -> dict[str, Any]:
        """Return a record with its members, values, and claims with their places."""

    def naming(self, identity: str) -> list[Row]:
        """Return a row for each property value that refers to the record: the property's name, and the id and type of the
        record that has the value.
        """

    def values_of(self, ids: Iterable[str]) -> list[Row]:
        """Return the values of records, without the claims that state them."""

    def labels(self, ids: Iterable[str]) -> dict[str, str | None]:
        """Return the labels of records, by id."""

    def phases(self, ids: Iterable[str]) -> "dict[str, Phase]":
        """Return the phases of records on the day of the release, by id, except for types that don't begin and end."""

    def own_sources(self) -> set[str]:
        """Return the sources that are Overt's own registers."""

    def citing(self, document: str) -> list[Row]:
        """Return id, type and label of the records that cite a document."""

    def country(self, code: str, organizations: int) -> Row:
        """Return what the release records about a country, with at most `organizations` organisations."""


def record_data(atlas: "Workspace", records: Records, name: str) -> dict[str, Any]:
    """Return a record as `Release.record` does, with additional keys.

    A record that begins and ends has its `phase` on the day of the release, and `current`: whether it is in place (null if
    unclear). Each value that refers to a record has that record's `label`. `named_by` lists the records that refer to this one,
    with their values; `cited_for` lists those that cite it as a document. A place in the ledger has its `entry`, and each place
    says whether it is `archived`. Raises UsageError if no record or several records have this name.
    """
    identity = record_id(records, atlas.resolved, name)
    data = records.record(identity)
    data |= _phase(records.phases([identity]).get(identity))
    data["values"] = _labelled(records, data["values"])
    data["named_by"] = _named_by(records, identity)
    data["cited_for"] = records.citing(identity) if data.get("type") == "document" else []
    _mark_documents(data, records.own_sources())
    _add_entries(data, atlas)
    return data


def country_data(records: Records, area: Row) -> dict[str, Any]:
    """Return a country in numbers. A project of several countries or layers counts in each.

    `area`: its `code`, `label` and `label_zh`.
    """
    return {
        "id": area["code"],
        "release": records.release,
        "type": "country",
        "label": area["label"],
        "label_zh": area["label_zh"],
        **records.country(area["code"], _MAX_ORGANIZATIONS),
    }


def record_id(records: Records, resolved: "Path", name: str) -> str:
    """Return the published id for any id of a record, or for a name that only one record has.

    Raises UsageError for any other text.
    """
    if (identity := records.canonical_id(name)) is not None:
        return identity
    if _ID.fullmatch(name) or not records.has_aliases:
        raise UsageError(f"{name}: release {records.release} has no such record; `overt search` finds records by their names")
    from overt.resolve.names import NameKeys  # Imported here because an id doesn't need it.
    from overt.resolve.names.equal_name_keys import alias_key

    matches = records.by_alias_key(alias_key(name, NameKeys()))
    if not matches:
        from overt.resolve.review.alias_lookup import similar_things

        similar = similar_things(resolved, name)
        hint = f"; did you mean {' or '.join(similar)}?" if similar else "; `overt search` finds similar names"
        raise UsageError(f"{name}: no record of release {records.release} has that name{hint}")
    if len(matches) > 1:
        listed = "; ".join(f"{match['label']} ({match['type']} {match['id']})" for match in matches[:_MAX_MATCHES])
        more = f" … and {len(matches) - _MAX_MATCHES:,} more" if len(matches) > _MAX_MATCHES else ""
        raise UsageError(f"{name}: {len(matches):,} records have that name: {listed}{more}; choose one by its id")
    return str(matches[0]["id"])


def _named_by(records: Records, identity: str) -> list[Row]:
    """Return the records that refer to this one, with their other values."""
    naming = records.naming(identity)
    ids = list(dict.fromkeys(row["id"] for row in naming))
    phases = records.phases(ids) if ids else {}
    values: dict[str, list[Row]] = {}
    for row in _labelled(records, records.values_of(ids) if ids else []):
        values.setdefault(row.pop("id"), []).append(row)
    return [
        {
            **row,
            **_phase(phases.get(row["id"])),
            "values": [
                value for value in values[row["id"]] if (value["property"], value["value"]) != (row["property"], identity)
            ],
        }
        for row in naming
    ]


def _phase(phase: "Phase | None") -> Row:
    return {} if phase is None else {"phase": phase.value, "current": phase.current}


def _labelled(records: Records, values: list[Row]) -> list[Row]:
    """Add to each value the label of the record that it refers to."""
    ids = sorted({row["value"] for row in values if row["value"].startswith("ovt-")})
    labels = records.labels(ids) if ids else {}
    return [{**row, "label": labels.get(row["value"])} for row in values]


def _mark_documents(data: dict[str, Any], own: Container[str]) -> None:
    """Add `archived` to each place: true in an archived file, false in a document that is not archived."""
    for claim in data["claims"]:
        for place in claim["evidence"]:
            document = place["document"] or claim["document"]
            place["archived"] = not in_document_not_archived(claim["source"], claim["source"] in own, document)


def _add_entries(data: dict[str, Any], atlas: "Workspace") -> None:
    """Add `entry` to each place in the ledger: the number, date, author and reason of the entry there; None if it is missing."""
    places = [place for claim in data["claims"] for place in claim["evidence"] if place["locator"].startswith("entry=")]
    if not places:
        return
    from overt.ledger import open_ledger

    entries = {
        entry.chain: {"sequence": entry.sequence, "at": entry.at, "who": entry.who, "why": entry.why}
        for entry in open_ledger(atlas).entries()
    }
    for place in places:
        place["entry"] = entries.get(place["capture"])
