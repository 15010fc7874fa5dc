"""What editors corrected, replies that they entered, and records that they withhold."""

from typing import Literal, NamedTuple

from overt.queries.database import Reader


class Correction(NamedTuple):
    """A correction, a reply or a withheld record, with the day on which an editor entered it."""

    date: str
    kind: Literal["correction", "reply", "withheld"]
    id: str
    """The record; for a reply, the one that it is about."""
    type: str | None
    property: str | None
    """The corrected property; None if the record as a whole was taken back."""
    source: str | None
    """The sources that stated the old value, with commas."""
    old_value: str | None
    """The values that were taken back, with semicolons."""
    new_value: str | None
    """The value in their place; for a reply, what it says."""
    reason: str | None
    statement: str | None
    """The record of a reply."""
    label: str | None
    label_lang: str | None
    label_zh: str | None
    by_id: str | None
    """Who sent a reply."""
    by_label: str | None
    by_label_lang: str | None
    by_label_zh: str | None


class WithheldCount(NamedTuple):
    """How many records are withheld."""

    disputed: int
    """Records that are in dispute."""
    addresses: int
    """All addresses that are withheld: theirs, and those of what goes with them."""


def corrections(reader: Reader, limit: int, offset: int = 0) -> list[Correction]:
    """Return corrections, the newest first."""
    return reader.query(Correction, "corrections.all", {"limit": limit, "offset": offset, "new": False})


def new_corrections(reader: Reader, limit: int) -> list[Correction]:
    """Return the corrections that the release before lacks, the newest first."""
    return reader.query(Correction, "corrections.all", {"limit": limit, "offset": 0, "new": True})


def count(reader: Reader) -> int:
    """Return the number of all corrections, replies and withheld records."""
    [(total,)] = reader.tuples("corrections.count")
    return int(total)


def withheld(reader: Reader) -> WithheldCount:
    """Return how many records are withheld."""
    [row] = reader.query(WithheldCount, "corrections.withheld")
    return row
