"""Serve older releases at the same addresses as the served one: the parameter `known` selects a release.

Each older release has its own application with the same pages and APIs, so no query needs to know about the parameter.
"""

import logging
import math
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from urllib.parse import parse_qsl, unquote_plus

import duckdb
import pyarrow as pa
from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overt.http.older_release_parameter_in_links import KNOWN, has_earlier_states, with_known
from overt.language.language import N_
from overt.model.engines.request_time_limit import OutOfTime, time_limit
from overt.model.errors import OvertError
from overt.model.progress import Progress
from overt.queries.address_parameters import MAX_EXCERPT_LENGTH
from overt.release.history.release_choice import NoSuchRelease, choose_release

_LOG = logging.getLogger(__name__)
_NO_STATE = N_("known: this address has no earlier state; leave known out.")
_REPEATED = N_("known takes one value; leave out the others.")
_NO_DATE = N_("known: “%(text)s” is not a release, day, month or year. Served here: %(releases)s.")
_TOO_EARLY = N_("known: every release has data later than %(text)s. Served here: %(releases)s.")
_NOT_SERVED = N_("known: release %(text)s is not served here. Served here: %(releases)s.")
_UNREADABLE = N_("known: release %(text)s cannot be read by this version of Overt. Served here: %(releases)s.")
_BUSY = N_("known: release %(text)s is being prepared; try again in a minute.")
_FAILED = N_("known: release %(text)s cannot be opened right now; try again in a minute.")
RETRY_SECONDS = 30
"""Time in seconds after which a client may try again if a release was being prepared, or could not be prepared."""
_PASSING = (OutOfTime, OSError, MemoryError, duckdb.IOException, duckdb.OutOfMemoryException)
_PASSING_SQLITE = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED,
     sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT}
)  # fmt: skip
"""SQLite errors that may be temporary, because the file itself is not at fault."""
_LAST_SECONDS = 5
"""Maximum time, in seconds, that a stopping server waits for an application that is being made."""
_REFUSALS = {"unreadable": _NO_DATE, "unknown": _NOT_SERVED, "too early": _TOO_EARLY}


class KnownRefused(Exception):
    """Raised for a request whose `known` can't be served.

    `message` is for the reader and still untranslated, and `values` fill its placeholders.
    """

    def __init__(self, message: str, values: Mapping[str, str] | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status, self.values = message, status, values or {}


class _Stopped(Exception):
    """Raised between two steps of making an application when the server stops."""


Make = Callable[[str, Progress], tuple[FastAPI, Callable[[], None]]]
"""Function that makes the application of a release, and returns it with the function that closes it."""


class KnownReleases:
    """The available releases and their applications, which are made on first use. Thread-safe."""

    def __init__(self, releases: Sequence[str], make: Make, up_to_served: Sequence[str] = ()) -> None:
        """Set the releases to choose from.

        `releases`: ids of complete releases, in the order in which they were made, so that the served release is last.
        `up_to_served`: ids of all releases up to the served one, in the same order. A date selects one of all these, so that it
        means the same release as in commands.
        """
        self.releases = tuple(releases)
        self._all = [*(release for release in releases if release not in up_to_served), *up_to_served]
        self._make = make
        self._apps: dict[str, FastAPI | None] = {}
        """Application by release; None for a release that can't be read."""
        self._failed: dict[str, float] = {}
        """Release → monotonic time at which making its application last failed for a temporary reason, such as a full disk."""
        self._closing: list[Callable[[], None]] = []
        self._stop = threading.Event()
        self._making = threading.Lock()

    def choose(self, text: str) -> str:
        """Return the release that `text` identifies: its id, an edition's id, or a date.

        A date means the newest release whose data are no later.

        Raises KnownRefused if `text` is none of these, if there is no such release, or if it isn't served.
        """
        served = ", ".join(self.releases)
        try:
            release = choose_release(self._all, text)
        except NoSuchRelease as problem:
            values = {"text": text.strip()[:MAX_EXCERPT_LENGTH], "releases": served}
            raise KnownRefused(_REFUSALS[problem.reason], values) from None
        if release not in self.releases:
            raise KnownRefused(_NOT_SERVED, {"text": release, "releases": served})
        return release

    def ready(self, release: str) -> FastAPI | None:
        """Return the application of a release; None if it hasn't been made yet, or if the release can't be read."""
        return self._apps.get(release)

    def application(self, release: str) -> FastAPI:
        """Return the application of a release. Making it can take as long as making the release's index.

        Raises KnownRefused if the release can't be read, if this attempt fails, if another attempt failed less than
        RETRY_SECONDS ago, or if the server stops. It is also raised while another thread makes an application, because waiting
        threads would starve other requests. The time limit of a request doesn't apply, because the next request would have to
        start all over.
        """
        if release not in self._apps:
            if monotonic() - self._failed.get(release, -math.inf) < RETRY_SECONDS:
                raise KnownRefused(_FAILED, {"text": release}, 503)
            if not self._making.acquire(blocking=False):
                raise KnownRefused(_BUSY, {"text": release}, 503)
            try:
                if release not in self._apps:
                    with time_limit(None):
                        self._apps[release] = self._make_application(release)
            finally:
                self._making.release()
        app = self._apps[release]
        if app is None:
            readable = ", ".join(other for other in self.releases if other != release)
            raise KnownRefused(_UNREADABLE, {"text": release, "releases": readable})
        return app

    def make_all(self, stop: threading.Event) -> None:
        """Make the applications of all releases, the newest first, until `stop` is set. Readers then needn't wait for them."""
        self._stop = stop  # If the server stops, a request that makes an application must stop, too.
        for release in reversed(self.releases):
            if stop.is_set():
                return
            try:
                self.application(release)
            except KnownRefused:
                continue  # Either the failure is already logged, or a request is making an application.

    def close(self) -> None:
        """Close everything that the applications have opened.

        If an application is being made, it is stopped at its next step. If that takes longer than _LAST_SECONDS, nothing is
        closed.
        """
        self._stop.set()
        if not self._making.acquire(timeout=_LAST_SECONDS):
            return
        try:
            for close in self._closing:
                close()
            self._closing.clear()
            self._apps.clear()
        finally:
            self._making.release()

    def _make_application(self, release: str) -> FastAPI | None:
        try:
            app, close = self._make(release, self._progress)
        except _Stopped:
            raise KnownRefused(_BUSY, {"text": release}, 503) from None
        except (OvertError, OSError, sqlite3.Error, duckdb.Error, pa.ArrowException) as error:
            _LOG.warning("release %s cannot be served for `known`: %s", release, str(error).partition("\n")[0])
            if not _may_pass(error):
                return None
            self._failed[release] = monotonic()
            raise KnownRefused(_FAILED, {"text": release}, 503) from error
        self._closing.append(close)
        return app

    def _progress(self, step: str, share: float | None = None) -> None:
        """Raise _Stopped if the server stops. This is called at each step of making an application."""
        if self._stop.is_set():
            raise _Stopped


def _may_pass(error: Exception) -> bool:
    """Return whether an error may be temporary, so that another attempt can succeed."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING_SQLITE  # The last byte is the primary error code.
    return isinstance(error, _PASSING)


class KnownReleaseMiddleware:
    """ASGI middleware that passes a request with `known` to the application of the release that it selects."""

    def __init__(self, app: ASGIApp, known: KnownReleases, refuse: Callable[[Request, KnownRefused], Response]) -> None:
        """`refuse`: returns the response to a request that is refused with the given error."""
        self._app = app
        self._known = known
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or not scope["query_string"] or (values := _values(scope["query_string"])) == []:
            await self._app(scope, receive, send)
            return
        try:
            release = self._choose(scope["path"], values)
            app = self._known.ready(release)
            if app is None:
                app = await run_in_threadpool(self._known.application, release)
        except KnownRefused as error:
            await self._refuse(Request(scope), error)(scope, receive, send)
            return
        await app({**scope, "query_string": _without_known(scope["query_string"])}, receive, _Redirects(send, release).send)

    def _choose(self, path: str, values: Sequence[str]) -> str:
        if not has_earlier_states(path):
            raise KnownRefused(_NO_STATE)
        if len(values) > 1:
            raise KnownRefused(_REPEATED)
        return self._known.choose(values[0])


class _Redirects:
    """Passes on a response, and adds the parameter `known` to a redirect within the site."""

    def __init__(self, send: Send, release: str) -> None:
        self._send = send
        self._release = release

    async def send(self, message: Message) -> None:
        """Pass one ASGI message on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            if headers.get("location", "").startswith("/"):
                headers["location"] = with_known(headers["location"], self._release)
                message = {**message, "headers": headers.raw}
        await self._send(message)


def _values(query: bytes) -> list[str]:
    return [value for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True) if name == KNOWN]


def _without_known(query: bytes) -> bytes:
    parts = query.split(b"&")
    return b"&".join(part for part in parts if unquote_plus(part.partition(b"=")[0].decode("latin-1")) != KNOWN)


def known_queries(releases: Sequence[str]) -> list[bytes]:
    """Return the query strings that contain only `known`, so that their pages can be cached like pages without parameters."""
    return [f"{KNOWN}={release}".encode() for release in releases]
