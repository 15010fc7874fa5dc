"""Decides which copy a server serves: the newest that passed all checks. Looks for a newer copy every `CHECK_SECONDS`."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Literal, NamedTuple

from overt.edition.tuf_metadata_check import NewestTarget
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.replica.copy_check import CopySource, check_files, metadata_states, newest_copy, read_description
from overt.replica.copy_description import CopyDescription, OtherVersionError
from overt.replica.served_copy import ServedCopy
from overt.replica.steady_clock import SteadyClock

CHECK_SECONDS = 5.0
"""Seconds between two checks for a newer copy."""
_LAST_SECONDS = 10.0
"""Maximum number of seconds that a stopping server waits for a check."""
RETRY_SECONDS = 60.0
"""Seconds between the first two attempts to open a copy whose files passed the checks. Each attempt copies all new files."""
MAX_RETRY_SECONDS = 16 * 60.0
"""Maximum number of seconds between two such attempts. Each wait is twice as long as the one before."""
_DOUBLINGS = 10
"""Maximum number of times that the wait is doubled in the formula, so that it can't overflow."""
_TOLERANCE = timedelta(minutes=1)
"""How far the clock may be behind the stored metadata before the server announces it."""
_EXPIRED = "Nobody has confirmed in time that this release is the newest."
_FILES_MISSING = "A newer release is announced, and its files are missing here or are not those that were signed."
_OTHER_VERSION = "A newer release is announced, which another version of Overt has prepared."
_NOT_OPENED = "A newer release is announced, which this server can't open."


class Readiness(NamedTuple):
    """Whether a server should get requests."""

    status: Literal["ok", "behind", "expired"]
    release: str
    version: int
    """Version of the newest metadata that this server has seen."""
    expires: datetime
    reason: str
    """Why the server should get no requests; empty if it should."""


class _FailedOpening(NamedTuple):
    """Failed attempts to open a copy whose files passed the checks."""

    digest: str
    """Hash of the copy's description."""
    attempts: int
    last: float
    """When the copy was last tried, by the monotonic clock."""
    problem: str
    """Why the last attempt failed."""

    @property
    def next(self) -> float:
        """When to try again, by the monotonic clock."""
        return self.last + min(RETRY_SECONDS * 2.0 ** min(self.attempts - 1, _DOUBLINGS), MAX_RETRY_SECONDS)


class CopyUpdates:
    """Serves the newest copy in a folder that passes all checks, and replaces it when a newer one arrives."""

    def __init__(self, source: CopySource, machine: Workspace, announce: Callable[[str], None], now: datetime) -> None:
        """Open the newest copy. `announce` gets a line for each change and each new problem.

        Raises OvertError if the copy doesn't pass all checks or can't be opened.
        """
        self._source, self._machine, self._announce = source, machine, announce
        self._clock = SteadyClock(source.state)
        if self._clock.set_back > _TOLERANCE:
            then = f"{self._clock.floor:%Y-%m-%d %H:%M} when {source.state} was written"
            announce(
                f"the clock of this machine says {now:%Y-%m-%d %H:%M}, but it was {then}, so this server uses the later time;"
                " set the clock, or `touch` the files there if their time is wrong"
            )
        self._checked = metadata_states(source)
        """State of the metadata files when they last passed the checks. They are read again only after a change."""
        self._newest: NewestTarget = newest_copy(source, self._clock.later(now))
        self._problem = ""
        self._failed, self._reason = "", ""
        """If the newest copy could not be served: the hash of its description, and the reason. Otherwise the hash is empty."""
        self._unopened: _FailedOpening | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="updates", daemon=True)
        description = read_description(source, self._newest)
        check_files(source, description)
        self.served = ServedCopy(source, self._newest.sha256, description, machine, {})

    def readiness(self, now: datetime) -> Readiness:
        """Return whether this server serves the newest release that it knows of, and whether that is still confirmed.

        A newer copy makes the status `behind` only after an attempt to serve it has failed.
        """
        newest, served, now = self._newest, self.served, self._clock.later(now)
        status: Literal["ok", "behind", "expired"] = "ok"
        reason = ""
        if newest.expires <= now:
            status, reason = "expired", _EXPIRED
        elif newest.sha256 == self._failed != served.digest:
            status, reason = "behind", self._reason
        return Readiness(status, served.prepared.release, newest.version, newest.expires, reason)

    def check(self, now: datetime) -> None:
        """Look for a newer copy, and serve it if it passes all checks. Otherwise go on serving the present copy.

        Metadata that can't be trusted change nothing: the metadata seen before remain the newest. While a copy is being opened,
        the server counts as ready, because all servers of a site may open it at the same time, and none would then be ready.
        """
        now = self._clock.later(now)
        try:
            states = metadata_states(self._source)
            if states != self._checked or self._newest.expires <= now:
                self._newest = newest_copy(self._source, now)
                self._checked = states
            if self._newest.sha256 != self.served.digest:
                self._serve(self._open(self._newest))
            self._failed = ""
        except OvertError as error:
            self._report(f"still serving release {self.served.prepared.release}: {error}")
            return
        self._problem = ""

    def start(self) -> None:
        """Start the background work: rendering pages in advance, and looking for a newer copy every `CHECK_SECONDS`."""
        self.served.start()
        self._thread.start()

    def close(self) -> None:
        """End the background work, and remove this server's copies of the files."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_LAST_SECONDS)  # The process may end before the thread, which is a daemon.
        self.served.close()

    def _open(self, target: NewestTarget) -> ServedCopy:
        """Return the copy that the metadata name. If it can't be served, record the reason and raise OvertError.

        A copy that passed the checks but could not be opened is tried again after `RETRY_SECONDS`. Each further failure doubles
        the wait, up to `MAX_RETRY_SECONDS`.
        """
        reason = _FILES_MISSING
        try:
            description = read_description(self._source, target)
            check_files(self._source, description)
            reason = _NOT_OPENED
            return self._open_checked(target.sha256, description)
        except OvertError as error:
            self._failed, self._reason = target.sha256, _OTHER_VERSION if isinstance(error, OtherVersionError) else reason
            raise

    def _open_checked(self, digest: str, description: CopyDescription) -> ServedCopy:
        before = self._unopened if self._unopened and self._unopened.digest == digest else None
        if before and monotonic() < before.next:
            raise OvertError(before.problem)
        try:
            return ServedCopy(self._source, digest, description, self._machine, self.served.own)
        except Exception as error:
            problem = str(error) if isinstance(error, OvertError) else f"the newer copy can't be opened ({error!r})"
            self._unopened = _FailedOpening(digest, before.attempts + 1 if before else 1, monotonic(), problem)
            raise OvertError(problem) from error

    def _serve(self, newer: ServedCopy) -> None:
        older, self.served = self.served, newer
        newer.start()
        self._announce(f"serving release {newer.prepared.release} instead of {older.prepared.release}")
        older.retire()

    def _run(self) -> None:
        while not self._stop.wait(CHECK_SECONDS):
            try:
                self.check(datetime.now(UTC))
            except Exception as error:
                # If this thread ended, the server would become outdated without anyone noticing.
                self._report(f"could not look for a newer release: {type(error).__name__}: {error}")

    def _report(self, problem: str) -> None:
        """Announce a problem, unless it was the last one announced."""
        if problem != self._problem:
            self._problem = problem
            self._announce(problem)
