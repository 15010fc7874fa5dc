"""Corrections and replies that editors entered, and records that they withhold."""

from typing import Literal, NamedTuple

from overt.queries.database import Reader


class Correction(NamedTuple):
    """A correction, a reply or a withheld record, with the day on which an editor entered it."""

    date: str
    kind: Literal["correction", "reply", "withheld"]
    id: str
    """The record; for a reply, the record that it is about."""
    type: str | None
    property: str | None
    """The corrected property; None if the entire record was retracted or withheld, and for a reply."""
    source: str | None
    """Sources that stated the old value, separated by commas."""
    old_value: str | None
    """The retracted values, separated by semicolons."""
    new_value: str | None
    """The new value; for a reply, its text."""
    reason: str | None
    statement: str | None
    """Id of the record in which a reply is stored."""
    label: str | None
    label_lang: str | None
    label_zh: str | None
    by_id: str | None
    """The sender of a reply."""
    by_label: str | None
    by_label_lang: str | None
    by_label_zh: str | None


class WithheldCount(NamedTuple):
    """How many records in dispute the release withholds, and how many ids in all."""

    disputed: int
    """Number of records in dispute."""
    addresses: int
    """Number of withheld ids: those of disputed records, and of records that depend on them."""


def corrections(reader: Reader, limit: int, offset: int = 0) -> list[Correction]:
    """Return up to `limit` corrections, replies and withheld records, the newest first."""
    return reader.query(Correction, "corrections.all", {"limit": limit, "offset": offset, "new": False})


def new_corrections(reader: Reader, limit: int) -> list[Correction]:
    """Return up to `limit` corrections, replies and withheld records that the previous release lacks, the newest first."""
    return reader.query(Correction, "corrections.all", {"limit": limit, "offset": 0, "new": True})


def count(reader: Reader) -> int:
    """Return the number of all corrections, replies and withheld records."""
    [(total,)] = reader.tuples("corrections.count")
    return int(total)


def withheld(reader: Reader) -> WithheldCount:
    """Return how many records in dispute the release withholds, and how many ids in all."""
    [row] = reader.query(WithheldCount, "corrections.withheld")
    return row
