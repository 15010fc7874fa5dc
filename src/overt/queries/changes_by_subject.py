"""What changed about countries, organisations and kinds of projects, from release to release."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader, json_array


class SubjectChange(NamedTuple):
    """A difference between a release and the one before it."""

    position: int
    """`Stage.position` of the newer release."""
    n: int
    """Number of the difference among those of its release."""
    id: str
    difference: dict[str, Any]
    """The difference in the format of `overt diff --json`. For a new record, `values` contains only some of its values."""
    is_gone: bool
    """Whether the served release has neither the record nor one with which it was merged."""
    is_corrected: bool
    """Whether the page of corrections lists the record."""


class ChangedName(NamedTuple):
    """The name of a record in a difference."""

    id: str
    name: str | None
    name_zh: str | None
    type: str | None
    """The record's type; None if the served release doesn't have the record."""


def changes_of_subjects(reader: Reader, subjects: Sequence[tuple[str, str]]) -> list[SubjectChange]:
    """Return the differences that are about all of these subjects, newest release first, then by record.

    `subjects`: pairs of a type (`country`, `organization` or `kind`) and an id.
    """
    values = {"subjects": json_array(subjects)}
    return reader.query(SubjectChange, "changes_by_subject.of_subjects", values, decode={"difference": orjson.loads})


def names(reader: Reader, position: int, ids: Sequence[str]) -> dict[str, ChangedName]:
    """Return the names of records, by id, as they were in the differences of the release at `position`."""
    values = {"position": position, "ids": json_array(sorted(set(ids)))}
    return {row.id: row for row in reader.query(ChangedName, "changes_by_subject.names", values)}
