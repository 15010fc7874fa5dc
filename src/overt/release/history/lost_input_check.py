"""Checks that the ledger and the archive still contain what the releases were made of, before anything is written."""

from overt.archive import Archive
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.release.history.history_file import history_path, read_history
from overt.release.history.seen_signed_histories import remember_signed


def require_recorded_position(workspace: Workspace, archive: Archive, ledger: Ledger) -> None:
    """Raise OvertError if the ledger or the archive was rolled back, replaced or lost since a release.

    Entries added to such a ledger would hide what was lost, and a release made from it would show retracted records again. The
    check looks up one entry and one capture. It also raises OvertError if the history of releases was changed. An atlas without
    a history passes. If the atlas has a key, a signed history is remembered (`remember_signed`).
    """
    path = history_path(workspace)
    lines = read_history(path)
    if not lines:
        return
    if workspace.signing_key is not None:
        remember_signed(workspace, lines)
    last = max(lines, key=lambda line: line.ledger.sequence)
    if ledger.chain_of(last.ledger.sequence) != last.ledger.chain:
        raise OvertError(_message(_ledger_name(workspace), f"entry {last.ledger.sequence}", last.release))
    last = max(lines, key=lambda line: line.archive.captures)
    captures, position = archive.captures(), last.archive
    chain = captures[position.captures - 1].chain if 0 < position.captures <= len(captures) else ""
    if chain != position.chain:
        raise OvertError(_message(str(archive.index), f"capture {position.captures}", last.release))


def _message(place: str, part: str, release: str) -> str:
    return (
        f"{place}: lacks {part}, which release {release} was made of, so it was lost, replaced or put back to an earlier state;"
        " restore it from a copy before you go on (`overt verify` checks it)"
    )


def _ledger_name(workspace: Workspace) -> str:
    """Return the path of the ledger's file, or its address without the password."""
    from sqlalchemy import make_url

    url = make_url(workspace.ledger)
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
