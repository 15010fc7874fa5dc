"""Unfinished downloads, which the next run resumes if the server allows it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from overt.archive.object_store import CHUNK
from overt.model.files.atomic_writes import atomic_write


@dataclass(frozen=True)
class DownloadState:
    """The address of a download, and the server's headers for the version being downloaded; None for a missing header."""

    address: str
    etag: str | None
    last_modified: str | None
    date: str | None
    encoding: str
    total: int | None
    """Length of the encoded file in bytes; None if the server doesn't state it."""

    @property
    def validator(self) -> str | None:
        """The strong validator for `If-Range` (RFC 9110, 13.1.5); None if there is none."""
        if self.etag is not None:
            return None if self.etag.startswith("W/") else self.etag
        if self.last_modified is None or self.date is None:
            return None
        try:
            age = parsedate_to_datetime(self.date) - parsedate_to_datetime(self.last_modified)
        except (ValueError, TypeError):
            return None
        # A file that changed in the same second as the response may change once more in that second, without a new date.
        return self.last_modified if age >= timedelta(seconds=1) else None


class PartialDownload:
    """Bytes downloaded from an address so far (`<hash>.part`) and their state (`<hash>.json`).

    When the object is created, bytes that can't be resumed are discarded.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        name = hashlib.sha256(address.encode()).hexdigest()[:32]
        self._bytes = folder / f"{name}.part"
        self._state = folder / f"{name}.json"
        self.state = self._load()
        if self.state is None or self.state.validator is None:
            self.discard()

    def _load(self) -> DownloadState | None:
        try:
            state = DownloadState(**json.loads(self._state.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return state if state.address == self.address else None

    @property
    def size(self) -> int:
        """Number of bytes downloaded so far."""
        return self._bytes.stat().st_size if self._bytes.is_file() else 0

    def restart(self, state: DownloadState) -> None:
        """Start over. The bytes are removed before the state changes, so that a run killed in between can't mix two versions."""
        self._bytes.unlink(missing_ok=True)
        atomic_write(self._state, json.dumps(asdict(state)).encode())
        self.state = state

    def append(self) -> BinaryIO:
        """Open the file of the bytes downloaded so far for appending."""
        self._bytes.parent.mkdir(parents=True, exist_ok=True)
        return self._bytes.open("ab")

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes downloaded so far."""
        with self._bytes.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                yield chunk

    def discard(self) -> None:
        """Delete the bytes and the state."""
        self._bytes.unlink(missing_ok=True)
        self._state.unlink(missing_ok=True)
        self.state = None
