"""What a format made of an edition: how many records it wrote, and what it had to leave behind. Nothing is dropped in silence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overt import __version__
from overt.export.public_release import Holdings
from overt.model.atomic_files import sha256_file
from overt.model.errors import OvertError

_OF_SOURCE = ("source", "title", "publisher", "address", "licence", "licence_url", "attribution", "reuse", "retrieved", "as_of")


class NothingToWrite(OvertError):
    """The edition has nothing of what a format is for, and an empty file of it would be no file of its kind."""


@dataclass(frozen=True)
class Loss:
    """Something that a format cannot carry, or carries in another form."""

    what: str
    """In words: `rows of table evidence`."""
    count: int
    why: str
    kept_in: str = "parquet"
    """The format that has it; empty where none has it better."""


@dataclass(frozen=True)
class Written:
    """What was written of an edition."""

    records: Mapping[str, int]
    """Records of each type that can be found in the file."""
    losses: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()
    """What whoever passes the file on must know, in words."""


def left_behind(holdings: Holdings, written: Mapping[str, int], why: str) -> tuple[Loss, ...]:
    """A loss for each type of which not all records of the edition are among those written."""
    short = ((kind, held - written.get(kind, 0)) for kind, held in holdings.records.items())
    return tuple(Loss(f"records of type {kind}", count, why) for kind, count in short if count)


def tables_left_behind(holdings: Holdings, names: Iterable[str], why: str) -> tuple[Loss, ...]:
    """A loss for each of these tables that has rows."""
    held = ((name, holdings.count(name)) for name in names if name in holdings.tables)
    return tuple(Loss(f"rows of table {name}", count, why) for name, count in held if count)


def _of_editors(holdings: Holdings) -> tuple[Loss, ...]:
    """A loss for each table with rows that name editors: no format has them."""
    why = "it names editors, and says what they wrote: it is for people at this machine"
    return tuple(Loss(f"rows of table {name}", count, why, "") for name, count in holdings.untold.items() if count)


def report(holdings: Holdings, name: str, target: Path, made: Path, written: Written) -> dict[str, Any]:
    """The side-car of an export. `made`: the file or folder that will bear the name `target`. No clock and no machine in it."""
    kinds = sorted(holdings.records.keys() | written.records.keys())
    return {
        "format": name,
        "file": target.name,
        "release": holdings.release,
        "title": holdings.edition.manifest["title"],
        "overt": __version__,
        "republish": list(holdings.edition.allowed or ()),
        "sources": [{column: row[column] for column in _OF_SOURCE} for row in holdings.sources],
        "left_out": [dict(source) for source in holdings.edition.left_out],
        "records": {
            kind: {"in_edition": holdings.records.get(kind, 0), "written": written.records.get(kind, 0)} for kind in kinds
        },
        "not_carried": [vars(loss) for loss in (*written.losses, *_of_editors(holdings)) if loss.count],
        "notes": list(written.notes),
        "files": files_of(made, target.name),
    }


def files_of(made: Path, name: str) -> list[dict[str, Any]]:
    """Each file below a folder, or the one file under its name, with its size and hash."""
    found = sorted(path for path in made.rglob("*") if path.is_file()) if made.is_dir() else [made]
    return [
        {
            "path": path.relative_to(made).as_posix() if made.is_dir() else name,
            "bytes": path.stat().st_size,
            "sha256": sha256_file(path),
        }
        for path in found
    ]
