"""`releases/history.jsonl`: one line per release, chained to the previous line and signed if there is a key.

The history is outside the manifests, so that equal inputs still produce equal bytes.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from overt.archive import Archive
from overt.ledger import Head, Ledger
from overt.model import format_versions
from overt.model.errors import OvertError
from overt.model.files.atomic_writes import atomic_write
from overt.model.files.file_digests import sha256_file
from overt.model.format_versions import check_format
from overt.model.workspace import Workspace
from overt.release.history.release_history_line import PURPOSE, ArchivePosition, HistoryLine
from overt.release.history.seen_signed_histories import remember_signed, require_signable
from overt.release.release_folders import MANIFEST, RELEASE_ID, list_releases, read_manifest
from overt.release.release_manifest import manifest_bytes
from overt.release.release_signature import signing_key

HISTORY = "history.jsonl"
ANNOUNCED = ".announced.jsonl"
"""File beside the history with the line of a release that is about to be published."""
_ADVICE = "restore the history from a copy"


class _Line(BaseModel):
    """The fields of a line. Lines with other fields are refused, because a valid chain doesn't prove that Overt wrote them."""

    model_config = ConfigDict(strict=True, extra="forbid")

    format: int
    release: Annotated[str, Field(pattern=RELEASE_ID)]
    manifest: str
    previous: str
    ledger: Head
    archive: ArchivePosition
    key: str | None = None
    chain: str
    signature: str | None = None


def history_path(workspace: Workspace) -> Path:
    """Return the path of the history."""
    return workspace.releases / HISTORY


def read_history(path: Path, *, announced: bool = True) -> list[HistoryLine]:
    """Return the lines of a history, without checking signatures; none if there is no history.

    `announced`: as in `parse_history`. Raises OvertError if a line was changed or the format is newer.
    """
    lines: list[HistoryLine] = []
    for number, line, problem in parse_history(path, announced=announced):
        if line is None or problem is not None:
            raise OvertError(f"{path}: line {number} {problem}; {_ADVICE}")
        lines.append(line)
    return lines


def parse_history(path: Path, *, announced: bool = True) -> Iterator[tuple[int, HistoryLine | None, str | None]]:
    """Yield the number of each line, the parsed line (None if unreadable), and its problem (None if it has none).

    Raises OvertError for a newer format. `announced`: whether to include the line of a release that a killed run made but did not
    record (`announce_release`).
    """
    previous, number, releases = "", 0, set[str]()
    for number, text in enumerate(_read(path).splitlines(keepends=True), start=1):
        line, problem = _parse_line(path, text, previous)
        yield number, line, problem
        previous = line.chain if line is not None else ""
        releases |= {line.release} if line is not None else set()
    if announced and (text := _read(path.with_name(ANNOUNCED))):
        line, problem = _parse_line(path, text, previous)
        if line is not None and problem is None and line.release not in releases and _is_made(path.parent, line):
            yield number + 1, line, None


def _is_made(releases: Path, line: HistoryLine) -> bool:
    manifest = releases / line.release / MANIFEST
    return manifest.is_file() and sha256_file(manifest) == line.manifest


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def announce_release(workspace: Workspace, archive: Archive, ledger: Ledger, release: str, manifest: dict[str, Any]) -> None:
    """Write the line of a release that is about to be published, so that the history has the release as soon as it exists.

    The line is in a separate file until `record_release` adds it, and counts only once the release exists. A line announced
    before is first added to the history if its release exists, and deleted otherwise. Nothing is announced if the history already
    has the release. The caller holds the lock. Raises OvertError and UsageError as `record_release` does.
    """
    path = history_path(workspace)
    _add_announced(path)
    if not any(line.release == release for line in read_history(path)):
        digest = hashlib.sha256(manifest_bytes(manifest)).hexdigest()
        atomic_write(path.with_name(ANNOUNCED), _make_line(workspace, archive, ledger, release, manifest, digest))


def record_release(workspace: Workspace, archive: Archive, ledger: Ledger, release: str) -> bool:
    """Add a line for a release, unless the history already has one. Return whether any line was added.

    An announced line is added first if its release exists, and is deleted otherwise. A signed history is remembered
    (`remember_signed`). The caller holds the lock. Raises OvertError if the history was changed or lost its signatures, or if the
    archive or ledger lacks inputs of the release, and UsageError if the signing key can't be used.
    """
    path = history_path(workspace)
    added = _add_announced(path)
    lines = read_history(path)
    if any(line.release == release for line in lines):
        remember_signed(workspace, lines)
        return added
    folder = workspace.releases / release
    digest = sha256_file(folder / MANIFEST)
    atomic_write(path, _read(path) + _make_line(workspace, archive, ledger, release, read_manifest(folder), digest))
    remember_signed(workspace, read_history(path))
    return True


def _add_announced(path: Path) -> bool:
    """Add the announced line to the history if its release exists, and delete the announcement.

    Return whether the line was added.
    """
    is_due = len(read_history(path)) > len(read_history(path, announced=False))
    if is_due:
        atomic_write(path, _read(path) + _read(path.with_name(ANNOUNCED)))
    path.with_name(ANNOUNCED).unlink(missing_ok=True)
    return is_due


def _make_line(
    workspace: Workspace, archive: Archive, ledger: Ledger, release: str, manifest: dict[str, Any], digest: str
) -> bytes:
    lines = read_history(history_path(workspace))
    fields = {
        "format": format_versions.HISTORY,
        "release": release,
        "manifest": digest,
        "previous": lines[-1].release if lines else "",
        "ledger": _ledger_position(ledger, manifest["ledger"], release)._asdict(),
        "archive": vars(_archive_position(archive, manifest["archive"]["chain"], release)),
    }
    key = signing_key(workspace)
    if key is not None:
        require_signable(workspace, lines)
    return _serialise(fields, lines[-1].chain if lines else "", key)


def sign_history(workspace: Workspace) -> bool:
    """Sign the last line of the history with the key in overt.toml. Do nothing without a key, or if the last line is signed.

    Return whether a line was signed. The last line's chain covers all earlier lines. Signing changes no chain. The signed history
    is remembered (`remember_signed`). The caller must hold the lock. Raises OvertError if the history was changed or lost its
    signatures, and UsageError if the key can't be used.
    """
    path, key = history_path(workspace), signing_key(workspace)
    lines = read_history(path, announced=False)
    if key is None or not lines or lines[-1].key is not None:
        return False
    require_signable(workspace, lines)
    *earlier, last = path.read_bytes().splitlines(keepends=True)
    fields = orjson.loads(last)
    atomic_write(path, b"".join([*earlier, _encode(fields | _signature(fields["chain"], key)) + b"\n"]))
    remember_signed(workspace, read_history(path))
    return True


def record_older_releases(workspace: Workspace, archive: Archive, ledger: Ledger) -> int:
    """Add lines for stored releases that the history lacks, oldest first. Return their number.

    The caller holds the lock. Raises OvertError and UsageError as `record_release` does.
    """
    folders = list_releases(workspace.releases)
    return sum(record_release(workspace, archive, ledger, folder.name) for folder in folders)


def _ledger_position(ledger: Ledger, chain: str, release: str) -> Head:
    if not chain:
        return Head(0, "")
    for entry in reversed(ledger.entries()):
        if entry.chain == chain:
            return Head(entry.sequence, chain)
    raise OvertError(f"the ledger has lost entries that release {release} was made of; restore it from a copy")


def _archive_position(archive: Archive, chain: str, release: str) -> ArchivePosition:
    if not chain:
        return ArchivePosition(0, "")
    for number, capture in enumerate(archive.captures(), start=1):
        if capture.chain == chain:
            return ArchivePosition(number, chain)
    raise OvertError(f"{archive.index}: has lost captures that release {release} was made of; restore it from a copy")


def _serialise(fields: dict[str, Any], previous: str, key: Ed25519PrivateKey | None) -> bytes:
    fields = {**fields, "chain": _chain(previous, fields)}
    return _encode(fields | _signature(fields["chain"], key) if key is not None else fields) + b"\n"


def _signature(chain: str, key: Ed25519PrivateKey) -> dict[str, str]:
    return {"key": key.public_key().public_bytes_raw().hex(), "signature": key.sign(PURPOSE + chain.encode()).hex()}


def _chain(previous: str, fields: dict[str, Any]) -> str:
    content = {name: value for name, value in fields.items() if name not in ("chain", "key", "signature")}
    return hashlib.sha256(previous.encode() + _encode(content)).hexdigest()


def _encode(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _parse_line(path: Path, text: bytes, previous: str) -> tuple[HistoryLine | None, str | None]:
    try:
        fields = orjson.loads(text)
        is_ours = isinstance(fields, dict) and text == _encode(fields) + b"\n"
    except (ValueError, RecursionError):  # Deeply nested brackets exhaust Python's stack.
        is_ours = False
    if not is_ours:
        return None, "is not a line that Overt wrote"
    check_format(path, "the history", fields.get("format"), format_versions.HISTORY)
    try:
        content = _Line.model_validate_json(text)
    except ValidationError:
        return None, "is not a line that Overt wrote"
    line = HistoryLine(**{name: getattr(content, name) for name in HistoryLine.__dataclass_fields__})
    return line, None if line.chain == _chain(previous, fields) else "does not fit the line before"


def history_head(lines: Sequence[HistoryLine]) -> tuple[int, str]:
    """Return the number of lines, and the chain of the last one ("" if there is none)."""
    return len(lines), lines[-1].chain if lines else ""
