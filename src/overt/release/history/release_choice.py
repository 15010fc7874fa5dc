"""Chooses a release by its id, or by a date: the one that shows what an atlas knew on that date."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal

from overt.model.errors import ValueProblem
from overt.model.values.dates import period_bounds
from overt.model.workspace import Workspace
from overt.release.history.history_file import history_path, read_history
from overt.release.release_folders import list_releases

_DAY_LENGTH = len("2026-11-24")
_ID_LENGTH = len("2026-11-24-12345678")


class NoSuchRelease(ValueError):
    """Raised for text that doesn't identify a release."""

    def __init__(self, reason: Literal["unreadable", "unknown", "too early"]) -> None:
        """`reason`: `unreadable` (neither id nor date), `unknown` (no release has the id), `too early` (before all releases)."""
        super().__init__(reason)
        self.reason = reason


def release_ids(workspace: Workspace, stored: Sequence[str] | None = None) -> list[str]:
    """Return the ids of all releases that are stored or in the history, in the order in which they were made.

    `stored`: the ids of the stored releases in that order; None for those in the atlas's folder. Raises OvertError if the history
    was changed.
    """
    lines = [line.release for line in read_history(history_path(workspace))]
    in_history = set(lines)
    if stored is None:
        stored = [folder.name for folder in list_releases(workspace.releases)]
    return [*(release for release in stored if release not in in_history), *lines]


def choose_release(releases: Collection[str], text: str) -> str:
    """Return the release that `text` identifies: a release id, an edition id, or a date (EDTF day, month or year).

    A date means the newest release whose data are no later. Raises NoSuchRelease if there is none.
    """
    text = text.strip()
    # An edition id is a release id, a + and more. In an address, the + may have become a space.
    identity = text.replace(" ", "+").partition("+")[0]
    if identity in releases:
        return identity
    day = last_day(text)
    if day is None:
        raise NoSuchRelease("unknown" if len(identity) == _ID_LENGTH else "unreadable")
    release = release_known_on(releases, day)
    if release is None:
        raise NoSuchRelease("too early")
    return release


def release_known_on(releases: Iterable[str], day: date) -> str | None:
    """Return the newest release whose data are no later than `day`, or None.

    `releases`: ids in the order in which the releases were made; names that don't begin with a day are skipped. If the data of
    a release seem older than those of an earlier release, because editors chose older files, the release counts from the day of
    the earlier one. Otherwise it would count on days before the earlier release, although it was made later.
    """
    newest, latest = None, date.min
    for release in releases:
        try:
            latest = max(latest, date.fromisoformat(release[:_DAY_LENGTH]))
        except ValueError:  # Someone put another folder beside the releases.
            continue
        if latest > day:
            break
        newest = release
    return newest


def last_day(text: str) -> date | None:
    """Return the last day of a day, month or year (EDTF); None for other text, including intervals and uncertain dates."""
    try:
        return period_bounds(text)[1]
    except ValueProblem:
        return None
