"""Remembers which histories this machine has seen signed, so that a history stripped of its signatures is noticed.

Histories are checked before they are signed or used. Anyone who can write to an atlas can strip all signatures from it, so what
was seen is stored outside all atlases, in the user's folder. If that can't be written, nothing is remembered.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import orjson

from overt.model.detached_file_signatures import short_key
from overt.model.errors import OvertError
from overt.model.files.atomic_writes import atomic_write
from overt.model.files.file_digests import sha256_file
from overt.model.files.user_state_folder import state_folder
from overt.model.workspace import Workspace
from overt.release.history.own_public_keys import own_keys
from overt.release.history.release_history_line import HistoryLine
from overt.release.history.signatures_by_replaced_keys import LATE_ADVICE, late_signatures
from overt.release.release_folders import MANIFEST, list_releases


def remember_signed(workspace: Workspace, lines: Sequence[HistoryLine]) -> None:
    """Record that the atlas at this path has a signed history, and by which key, if the last line's signature is valid."""
    stored, place = _stored(), str(workspace.root.resolve())
    if lines and lines[-1].has_valid_signature() and stored.get(place) != lines[-1].signer:
        _store(stored | {place: str(lines[-1].signer)})


def forget_signed(workspace: Workspace) -> None:
    """Forget that an atlas at this path had a signed history, because a new atlas takes its place."""
    stored = _stored()
    if stored.pop(str(workspace.root.resolve()), None) is not None:
        _store(stored)


def stripped_problem(workspace: Workspace, lines: Sequence[HistoryLine]) -> str | None:
    """Return a message if this machine has seen the history signed, and no line is signed now.

    None otherwise, and for an atlas without releases.
    """
    signer = _stored().get(str(workspace.root.resolve()))
    if signer is None or any(line.key for line in lines) or not (lines or list_releases(workspace.releases)):
        return None
    return (
        f"{workspace.releases}: the history of releases has lost its signatures, which this machine has seen (by the key"
        f" {short_key(signer)}); restore releases/ from a copy, and sign nothing before (if this is another atlas at the same"
        f" path, remove its line from {_path()})"
    )


def require_signable(workspace: Workspace, lines: Sequence[HistoryLine]) -> None:
    """Raise OvertError for a history that a new signature must not vouch for, or whose signing key was replaced before.

    A new signature must not vouch for a history that lost its signatures, or whose last line is unsigned although an earlier
    line is signed. Nor must it vouch for a history with a line by a key that another had replaced (`late_signatures`). A key
    that can't be read is not checked.
    """
    if problem := stripped_problem(workspace, lines):
        raise OvertError(problem)
    if lines and lines[-1].key is None and any(line.key for line in lines):
        raise OvertError(
            f"{workspace.releases}: the last line of the history is not signed, but one before is, so it may be forged; restore"
            " releases/ from a copy before you sign"
        )
    current = own_keys(workspace).current
    if late := next(late_signatures(lines), None):
        raise OvertError(f"{workspace.releases}: in the history, {late}; {LATE_ADVICE}")
    if current is not None and current in {line.signer for line in lines} and lines[-1].signer not in (current, None):
        raise OvertError(
            f"{workspace.signing_key}: this key signed earlier releases, but another key ({short_key(lines[-1].signer)}) signed"
            " the last one; if that was you, name that key or a new one in overt.toml; otherwise restore releases/ from a copy"
        )


def require_recorded_manifest(folder: Path, lines: Sequence[HistoryLine]) -> None:
    """Raise OvertError if the history has a different manifest for the release in `folder`."""
    for line in lines:
        if line.release == folder.name and sha256_file(folder / MANIFEST) != line.manifest:
            raise OvertError(f"{folder / MANIFEST}: is not the manifest that the history has; restore the release from a copy")


def newly_vouched(before: Sequence[HistoryLine], after: Sequence[HistoryLine]) -> int | None:
    """Return how many earlier, unsigned releases the first signature of a history covers.

    `before` and `after`: the lines before and after signing. None if the history had a signature before, or still has none at its
    end.
    """
    if any(line.key for line in before) or not after or after[-1].key is None:
        return None
    return len(after) - 1


def _path() -> Path:
    return state_folder() / "signed.json"


def _stored() -> dict[str, str]:
    with suppress(OSError, ValueError):  # Without the file, nothing is known.
        stored = orjson.loads(_path().read_bytes())
        return {place: key for place, key in stored.items() if isinstance(key, str)} if isinstance(stored, dict) else {}
    return {}


def _store(stored: dict[str, str]) -> None:
    with suppress(OSError):  # If the home folder is not writable, nothing is remembered.
        _path().parent.mkdir(parents=True, exist_ok=True)
        atomic_write(_path(), orjson.dumps(stored, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
