"""Which copy a server serves: the newest that passed all checks. It looks for newer ones every `CHECK_SECONDS`."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from overt.edition.update_client import NewestTarget
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.replica.copy_check import CopySource, metadata_states, newest_copy
from overt.replica.served_copy import ServedCopy

CHECK_SECONDS = 5.0
"""Seconds between two checks for a newer copy."""
_LAST_SECONDS = 10.0
"""Maximum time that a stopping server waits for a check."""
_REASONS = {
    "behind": "A newer release is announced, and its files are missing here or are not those that were signed.",
    "expired": "Nobody has confirmed in time that this release is the newest.",
}


class Readiness(NamedTuple):
    """Whether a server should get requests."""

    status: Literal["ok", "behind", "expired"]
    release: str
    version: int
    """Version of the newest metadata that this server has seen."""
    expires: datetime

    @property
    def reason(self) -> str:
        """Why the server should get no requests; empty if it should."""
        return _REASONS.get(self.status, "")


class CopyUpdates:
    """Serves the newest good copy of a folder, and replaces it when a newer one arrives."""

    def __init__(self, source: CopySource, machine: Workspace, announce: Callable[[str], None], now: datetime) -> None:
        """Open the newest copy. `announce` gets a line for each change and each new problem.

        Raises OvertError if the copy doesn't pass all checks.
        """
        self._source, self._machine, self._announce = source, machine, announce
        self._checked = metadata_states(source)
        """State of the metadata's files when they last passed the checks, so that they are only read again after a change."""
        self._newest: NewestTarget = newest_copy(source, now)
        self._problem = ""
        self._failed = ""
        """Hash of the newest copy's description if it could not be served."""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="updates", daemon=True)
        self.served = ServedCopy(source, self._newest.sha256, machine)

    def readiness(self, now: datetime) -> Readiness:
        """Return whether this server serves the newest release that it knows of, and whether that is still confirmed."""
        newest, served = self._newest, self.served
        status: Literal["ok", "behind", "expired"] = "ok"
        if newest.expires <= now:
            status = "expired"
        elif newest.sha256 == self._failed != served.digest:
            status = "behind"
        return Readiness(status, served.prepared.release, newest.version, newest.expires)

    def check(self, now: datetime) -> None:
        """Look for a newer copy, and serve it if it passes all checks. Otherwise go on serving the present one.

        Metadata that can't be trusted change nothing: what was seen before remains the newest. While a good copy is being opened,
        the server counts as ready. Otherwise no server of a site would be ready when all of them open it at the same time.
        """
        try:
            states = metadata_states(self._source)
            if states != self._checked or self._newest.expires <= now:
                self._newest = newest_copy(self._source, now)
                self._checked = states
            digest = self._newest.sha256
            if digest != self.served.digest:
                try:
                    self._serve(ServedCopy(self._source, digest, self._machine))
                except Exception:
                    self._failed = digest
                    raise
            self._failed = ""
        except OvertError as error:
            self._report(f"still serving release {self.served.prepared.release}: {error}")
            return
        self._problem = ""

    def start(self) -> None:
        """Start the background work: pages in advance, and checks every `CHECK_SECONDS`."""
        self.served.start()
        self._thread.start()

    def close(self) -> None:
        """End the background work, and remove the linked files."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_LAST_SECONDS)  # The process may end before the thread, which is a daemon.
        self.served.close()

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
                # A server that no longer looks for releases would become outdated without anyone noticing.
                self._report(f"could not look for a newer release: {type(error).__name__}: {error}")

    def _report(self, problem: str) -> None:
        """Announce a problem once."""
        if problem != self._problem:
            self._problem = problem
            self._announce(problem)
