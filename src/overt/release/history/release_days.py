"""Which release shows what an atlas knew on a day."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal

from overt.model.errors import ValueProblem
from overt.model.values.span import date_limits
from overt.model.workspace import Workspace
from overt.release.history.history_file import history_path, read_history
from overt.release.release_folders import list_releases

_DAY_LENGTH = len("2026-11-24")
_ID_LENGTH = len("2026-11-24-12345678")


class NoSuchRelease(ValueError):
    """Raised for a text that chooses no release."""

    def __init__(self, reason: Literal["unreadable", "unknown", "too early"]) -> None:
        """`reason`: the text is neither an id nor a date, the id of no release, or a date before the first release."""
        super().__init__(reason)
        self.reason = reason


def release_ids(workspace: Workspace) -> list[str]:
    """Return the ids of all releases that are kept or that the history has, in the order in which they were made."""
    lines = [line.release for line in read_history(history_path(workspace))]
    in_history = set(lines)
    return [*(folder.name for folder in list_releases(workspace.releases) if folder.name not in in_history), *lines]


def choose_release(releases: Collection[str], text: str) -> str:
    """Return the release with the id of a release or of an edition, or the newest made of data as of a date (EDTF: a day, month
    or year). Raises NoSuchRelease.
    """
    text = text.strip()
    identity = text.replace(" ", "+").partition("+")[0]  # An edition is its release; an unencoded + arrives as a space.
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
    """Return the newest release that was made of data as of `day` or earlier; None if there is none.

    `releases`: ids in the order in which the releases were made. A release whose data seem older than those of a release before
    it, because its editors chose older files, counts from the day of that release, so that it never becomes the earlier state.
    """
    newest, latest = None, date.min
    for release in releases:
        try:
            latest = max(latest, date.fromisoformat(release[:_DAY_LENGTH]))
        except ValueError:  # Another folder that somebody has put beside the releases.
            continue
        if latest > day:
            break
        newest = release
    return newest


def last_day(text: str) -> date | None:
    """Return the last day of a day, month or year (EDTF); None if the text is none of these."""
    try:
        return date_limits(text)[1]
    except ValueProblem:
        return None
