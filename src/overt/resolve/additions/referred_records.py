"""Records that an entry refers to: existing records by id or name, or new ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from overt.ledger import EditorialClaim
from overt.model.errors import UsageError, ValueProblem
from overt.model.record_ids import EDITORIAL_SOURCE, key_part
from overt.resolve.names import NameKeys
from overt.resolve.names.equal_name_keys import alias_key
from overt.resolve.review.alias_lookup import find_aliases, similar_things
from overt.resolve.review.member_lookup import find_member

_MAX_NAMED_RECORDS = 5


class NamedRecord(NamedTuple):
    """The record that an id or a name refers to."""

    record: str
    is_new: bool
    similar: tuple[str, ...] = ()
    """For a new record: similar names of existing records of the same type, each with the record's id, as in “ZTE” (ovt-…)."""


class KnownNames:
    """Looks up records by id and name, among resolved records and those that editors have added since."""

    def __init__(self, resolved: Path, claims: list[EditorialClaim]) -> None:
        self._resolved = resolved
        self._types: dict[str, str] = {claim.record: claim.type for claim in claims}
        self._forms = NameKeys()
        self._cache: dict[tuple[str, str], NamedRecord] = {}

    def type_of(self, record: str) -> str | None:
        """Return the type of the record with this id; None if there is no such record, or if an editor undid its addition."""
        if record in self._types:
            return self._types[record]
        try:
            found_type: str = find_member(self._resolved, record).type
        except UsageError:
            return None
        return None if self._is_taken_back(record) and found_type != "document" else found_type

    def _is_taken_back(self, record: str) -> bool:
        """Return whether a record that an editor added has no claim in force.

        After its claims were undone, a record stays in `resolved/` until the next resolution. For a document,
        the result can be true although nothing was undone: a document that another record cites is a record even without
        claims of its own.
        """
        return record.startswith(f"{EDITORIAL_SOURCE}:") and record not in self._types

    def existing(self, name: str, record_type: str) -> str:
        """Return the existing record with this id or name. Raises ValueProblem unless there is exactly one."""
        named = self.find(name, record_type)
        if named.is_new:
            hint = f"; did you mean {' or '.join(named.similar)}?" if named.similar else ""
            raise ValueProblem(f"there is no {record_type} {name!r}{hint}")
        return named.record

    def find(self, name: str, record_type: str) -> NamedRecord:
        """Return the record of this type with this id or name, or a new record with this name.

        Raises ValueProblem for an id that is unknown or belongs to a record of another type, for a name that several records
        have, and for a new name without letters and digits.
        """
        key = (name, record_type)
        if key not in self._cache:
            self._cache[key] = self._find(name, record_type)
        return self._cache[key]

    def _find(self, name: str, record_type: str) -> NamedRecord:
        if name.startswith(("ovt-", f"{EDITORIAL_SOURCE}:")) or (":" in name and " " not in name):
            found_type = self.type_of(name)
            if found_type is None:
                raise ValueProblem(f"{name}: there is no such record; `overt search` finds records by name")
            if found_type != record_type:
                raise ValueProblem(f"{name}: is of type {found_type}, not {record_type}")
            record = name if name in self._types else find_member(self._resolved, name).record
            return NamedRecord(record, is_new=False)
        new = editorial_record(record_type, name)
        if new in self._types:
            return NamedRecord(new, is_new=False)
        rows = [row for row in self._aliases(name) if row["type"] == record_type]
        things = {row["id"]: f"{row['name']} ({row['id']})" for row in rows}
        if len(things) > 1:
            listed = ", ".join(sorted(things.values())[:_MAX_NAMED_RECORDS])
            raise ValueProblem(f"{name!r}: {len(things):,} records have that name: {listed}; choose one by its id")
        if things:
            record = find_member(self._resolved, next(iter(things))).record
            if not self._is_taken_back(record):
                return NamedRecord(record, is_new=False)
        return NamedRecord(new, True, tuple(similar_things(self._resolved, name, record_type)))

    def _aliases(self, name: str) -> list[Mapping[str, str]]:
        try:
            key = alias_key(name, self._forms)
            return [row for row in find_aliases(self._resolved, name) if row["key"] == key]
        except UsageError:  # nothing has been resolved yet
            return []


def editorial_record(record_type: str, *parts: str) -> str:
    """Return the id of a record that an editor adds. Raises ValueProblem for a name without letters and digits."""
    return f"{EDITORIAL_SOURCE}:{'/'.join([record_type, *(key_part(part.casefold()) for part in parts)])}"
