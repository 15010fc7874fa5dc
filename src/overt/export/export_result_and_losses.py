"""The result of an export: what was written, and what was left out. Everything left out is reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from overt.export.public_release_reader import PublicRelease
from overt.model.errors import OvertError


class NothingToWrite(OvertError):
    """Raised if the release has no data for a format whose files may not be empty."""


@dataclass(frozen=True)
class Loss:
    """Data that a format cannot contain, or can only contain in another form."""

    what: str
    """The data in words, such as `rows of table evidence`."""
    count: int
    why: str
    kept_in: str = "parquet"
    """Name of the format that contains the data; empty if no format does."""


@dataclass(frozen=True)
class ExportResult:
    """The result of an export: the numbers of written records, the losses, and notes."""

    records: Mapping[str, int]
    """Number of written records of each type."""
    losses: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences for the person who publishes the file."""


def record_losses(release: PublicRelease, written: Mapping[str, int], why: str) -> tuple[Loss, ...]:
    """Return a loss for each type with records that were not written."""
    missing = ((kind, count - written.get(kind, 0)) for kind, count in release.record_counts.items())
    return tuple(Loss(f"records of type {kind}", count, why) for kind, count in missing if count)


def table_losses(release: PublicRelease, tables: Iterable[str], why: str) -> tuple[Loss, ...]:
    """Return a loss for each of these tables that has rows."""
    counts = ((name, release.row_count(name)) for name in tables if name in release.tables)
    return tuple(Loss(f"rows of table {name}", count, why) for name, count in counts if count)
