"""Changes to records, and values of figures, across the releases that are still stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader, json_array

MAX_ROWS = 100


class Stage(NamedTuple):
    """A release in the history. Each one but the oldest is compared with the release before it."""

    position: int
    release: str
    date: str
    note: str | None
    changed_inputs: dict[str, Any]
    """What differs from the previous release. `first`: whether there is no previous release.

    `sources`: the sources that were added, left out or changed, each with `source`, `title`, `what`, and its snapshots `before`
    and `after`. `rules`: whether Overt's code, content or libraries differ. `editors`: what editors decided
    (`withheld`, `no longer withheld`, `retracted`, `retraction undone`, `editorial`: claims added, `editorial undone`).
    """


class Change(NamedTuple):
    """A change of a record, a value or a member between two releases."""

    id: str
    position: int
    what: str
    source: str | None
    record: str | None
    type: str
    property: str | None
    before: list[dict[str, Any]]
    """Values before the change. Like those in `after`, each has the keys of `_VALUE_KEYS`."""
    after: list[dict[str, Any]]
    reason: str | None
    label: str | None
    label_lang: str | None
    label_zh: str | None
    total: int = 0
    """Total number of changes of a record and its parts; 0 in `release_changes`."""


class ChangeCount(NamedTuple):
    """The number of changes of one kind in a release."""

    what: str
    type: str
    reason: str | None
    source: str | None
    changes: int


class FigureValue(NamedTuple):
    """The value of a figure in one release."""

    name: str
    position: int
    status: str
    value: str | None
    unit: str | None
    rows: int | None
    definition: str | None


@dataclass(frozen=True)
class History:
    """The changes of a record, newest first."""

    stages: list[Stage]
    """The compared releases, oldest first. The last one is the served release."""
    rows: list[Change]
    total: int
    """Total number of changes; `rows` has only the newest."""
    since: Stage | None
    """The release in which the record first appeared; None if it was already in the oldest release."""


def stages(reader: Reader) -> list[Stage]:
    """Return the releases up to the served one, oldest first."""
    return reader.query(Stage, "changes_between_releases.stages", decode={"changed_inputs": orjson.loads})


def record_history(reader: Reader, identity: str, parts: Iterable[str] = ()) -> History:
    """Return the newest changes of a record and its parts (roles, places, commitments), at most `MAX_ROWS`.

    The additions of the record itself, and of parts that appeared together with it, are left out.
    """
    releases = stages(reader)
    [(first_seen,)] = reader.tuples("changes_between_releases.record_first_seen", [identity])
    ids = json_array([identity, *parts])
    rows = reader.query(
        Change,
        "changes_between_releases.record",
        {"ids": ids, "since": first_seen, "limit": MAX_ROWS},
        decode=_DECODE,
    )
    since = next((stage for stage in releases if stage.position == first_seen), None)
    return History(releases, rows, rows[0].total if rows else 0, since)


def release_changes(reader: Reader, position: int) -> tuple[list[ChangeCount], list[Change]]:
    """Return the changes in a release: counts by kind, type, reason and source, and up to `MAX_ROWS` changes, merges first."""
    rows = reader.query(Change, "changes_between_releases.release", [position, MAX_ROWS], decode=_DECODE)
    return reader.query(ChangeCount, "changes_between_releases.release_counts", [position]), rows


def figure_values(reader: Reader, name: str | None = None) -> dict[str, list[FigureValue]]:
    """Return the values of the figure `name`, or of all figures, in each release, oldest first."""
    values: dict[str, list[FigureValue]] = {}
    for row in reader.query(FigureValue, "changes_between_releases.figures", {"name": name}):
        values.setdefault(row.name, []).append(row)
    return values


_VALUE_KEYS = ("value", "unit", "lang", "label", "label_lang", "kind")


def _parse_values(text: str | None) -> list[dict[str, Any]]:
    return [dict.fromkeys(_VALUE_KEYS) | value for value in orjson.loads(text)] if text else []


_DECODE = {"before": _parse_values, "after": _parse_values}
