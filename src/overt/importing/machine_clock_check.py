"""Checks the machine's clock against the days recorded in the archive and the ledger."""

from collections.abc import Iterator
from contextlib import suppress

from overt.archive import Archive
from overt.archive.current_day import is_future, today
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.workspace import Workspace


def require_clock(workspace: Workspace, archive: Archive, ledger: Ledger) -> None:
    """Raise OvertError if the clock is behind the archive or the ledger, because new entries would have a wrong date."""
    if problem := clock_problem(workspace, archive, ledger):
        raise OvertError(problem)


def clock_problem(workspace: Workspace, archive: Archive, ledger: Ledger) -> str | None:
    """Return a message about a recorded day that, by the machine's clock, is in the future; None if there is none.

    The check covers the latest day of the archive and the last entry of the ledger, except days that overt.toml declares wrong.
    """
    wrong = set(workspace.settings.clock.wrong_days)
    day, where = max((place for place in _recorded_days(archive, ledger) if place[0] not in wrong), default=("", ""))
    if not day or not is_future(day):
        return None
    return (
        f"this machine's clock says {today()}, but {where} is of {day}; set the clock; if it is right, that day is wrong: add"
        f' "{day}" to `wrong_days` under [clock] in overt.toml'
    )


def _recorded_days(archive: Archive, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield recorded days, each with the place where it is recorded. Unreadable parts are skipped, because other checks report
    them.
    """
    with suppress(OvertError):
        for capture in archive.captures():
            yield capture.retrieved, f"the archived snapshot {capture.snapshot} of {capture.source}"
    with suppress(OvertError):
        if entry := ledger.last_entry():
            yield entry.at[:10], f"the ledger's last entry, {entry.sequence},"
