"""Witnesses: the heads of an atlas at a certain time, stored elsewhere, with which `verify` detects rollback and rewriting.

A head is the number of entries in a list, and the chain of the last one: a hash that covers all entries up to it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from overt.archive import Archive
from overt.ledger import Ledger
from overt.model import format_versions
from overt.model.errors import OvertError, UsageError
from overt.model.format_versions import check_format
from overt.model.workspace import Workspace
from overt.release.history.history_file import history_head, history_path, read_history

_MAX_BYTES = 1_000_000


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class CaptureHead(_Part):
    """Number of captures in the archive, and the chain of the last one."""

    captures: int
    chain: str


class EntryHead(_Part):
    """Number of entries in the ledger, and the chain of the last one."""

    sequence: int
    chain: str


class HistoryHead(_Part):
    """Number of releases in the history, and the chain of the last one."""

    releases: int
    chain: str


class ReleaseHead(_Part):
    """The newest release in the history, and the SHA-256 of its manifest."""

    id: str
    manifest: str


class Witness(_Part):
    """The heads of an atlas: of its archive, ledger and history, and the newest release."""

    format: int
    archive: CaptureHead
    ledger: EntryHead
    history: HistoryHead
    release: ReleaseHead | None
    timestamp: str | None = None
    """An RFC 3161 response over `signed_bytes`, in base64."""

    def signed_bytes(self) -> bytes:
        """Return the bytes that a timestamp covers: canonical JSON of everything but the timestamp."""
        return orjson.dumps(self.model_dump(exclude={"timestamp"}), option=orjson.OPT_SORT_KEYS)

    def digest(self) -> bytes:
        """Return the SHA-256 of `signed_bytes`."""
        return hashlib.sha256(self.signed_bytes()).digest()

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return self.model_dump(exclude=None if self.timestamp else {"timestamp"})


def take_witness(workspace: Workspace, archive: Archive, ledger: Ledger) -> Witness:
    """Return the current heads of an atlas.

    Raises OvertError if the archive's index or the history was changed, or the ledger can't be read.
    """
    captures, head, lines = archive.captures(), ledger.head(), read_history(history_path(workspace))
    releases, chain = history_head(lines)
    return Witness(
        format=format_versions.WITNESS,
        archive=CaptureHead(captures=len(captures), chain=captures[-1].chain if captures else ""),
        ledger=EntryHead(sequence=head.sequence, chain=head.chain),
        history=HistoryHead(releases=releases, chain=chain),
        release=ReleaseHead(id=lines[-1].release, manifest=lines[-1].manifest) if lines else None,
    )


def read_witness(path: Path) -> Witness:
    """Read a witness from a file.

    Raises UsageError if the file can't be read or is not a witness, and OvertError if its format is newer.
    """
    try:
        with path.open("rb") as file:
            data = orjson.loads(file.read(_MAX_BYTES))
    except OSError as error:
        raise UsageError(f"{path}: the witness cannot be read ({error.strerror})") from None
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{path}: is not a witness that `overt witness` printed ({error})") from None
    if isinstance(data, Mapping) and "format" in data:
        check_format(path, "this witness", data["format"], format_versions.WITNESS)
    try:
        return Witness.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: is not a witness that `overt witness` printed ({place}: {first['msg']})") from None


def compare_witness(witness: Witness, workspace: Workspace, archive: Archive, ledger: Ledger) -> Iterator[str]:
    """Yield a line for each part of an atlas that can't be read, or no longer contains the head recorded in the witness."""
    advice = "it was rolled back or rewritten since; restore it from a copy"
    seen = witness.archive
    try:
        captures = archive.captures()
        if seen.captures and (len(captures) < seen.captures or captures[seen.captures - 1].chain != seen.chain):
            yield f"{archive.index}: its capture {seen.captures} is not the one that the witness recorded: {advice}"
    except OvertError as error:
        yield str(error)
    try:
        if ledger.chain_of(witness.ledger.sequence) != witness.ledger.chain:
            yield f"the ledger: its entry {witness.ledger.sequence} is not the one that the witness recorded: {advice}"
    except OvertError as error:
        yield str(error)
    yield from _compare_history(witness, history_path(workspace), advice)


def _compare_history(witness: Witness, path: Path, advice: str) -> Iterator[str]:
    try:
        lines = read_history(path)
    except OvertError as error:
        yield str(error)
        return
    count, seen = witness.history.releases, witness.release
    if history_head(lines[:count]) != (count, witness.history.chain):
        yield f"{path}: its line {count} is not the one that the witness recorded: {advice}"
    if seen and (seen.id, seen.manifest) not in {(line.release, line.manifest) for line in lines}:
        yield f"{path}: lacks release {seen.id}, which the witness recorded: {advice}"
