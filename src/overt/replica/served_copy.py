"""A copy that is being served: this server's own copies of its files, and its application."""

import asyncio
import gc
import sqlite3
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import duckdb
from fastapi import FastAPI

from overt.index.hard_links_to_served_files import serving_folder
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.replica.copied_workspace import copied_settings
from overt.replica.copy_check import CopySource, copy_files
from overt.replica.copy_description import CopyDescription
from overt.server.app import create_app

_RETIRE_SECONDS = 120.0
"""Maximum number of seconds that responses get to finish after a newer release replaces this one."""
_GRACE_SECONDS = 1.0
"""Seconds to wait before closing, because a request that has just picked this copy may not be counted in `requests` yet."""
_PAUSE_SECONDS = 0.05


class ServedCopy:
    """The application of a checked copy. Its background work runs in a thread, because ending it can take seconds."""

    def __init__(
        self, source: CopySource, digest: str, description: CopyDescription, machine: Workspace, own: Mapping[str, Path]
    ) -> None:
        """Copy the files of a description into the cache, check them, and make the application.

        `digest`: hash of the description. `own`: paths, by hash, of the files of the copy that is being served; these are
        linked instead of copied. Raises OvertError if a file is missing or differs, can't be copied, or can't be read by the
        application.
        """
        self.digest = digest
        self.requests = 0
        """Number of requests in progress. Only the event loop changes it."""
        self._stop = threading.Event()
        with ExitStack() as unfinished:
            try:
                folder = unfinished.enter_context(serving_folder(machine.cache))
            except OSError as error:
                raise OvertError(f"{machine.cache}: cannot be written ({error.strerror}), and a copy needs it") from None
            self.own = copy_files(source, description, folder, own)
            """Paths of this copy's files, by hash."""
            try:
                settings, self.prepared = copied_settings(machine, description, folder)
                self.app: FastAPI = create_app(settings, self.prepared)
            except OSError as error:
                raise OvertError(f"{error.filename or folder}: cannot be written ({error.strerror})") from None
            except (sqlite3.Error, duckdb.Error) as error:
                raise OvertError(
                    f"{source.folder}: cannot be read ({error}), although it is what the publisher signed; publish the copy again"
                ) from None
            self._folder = unfinished.pop_all()
        self._background = threading.Thread(target=self._run_background, name="copy", daemon=True)

    def start(self) -> None:
        """Start the background work, which renders pages in advance."""
        self._background.start()

    def close(self, wait_seconds: float = 0) -> None:
        """Wait up to `wait_seconds` for responses that have begun, then end the background work and remove the files."""
        end = time.monotonic() + wait_seconds
        while self.requests and time.monotonic() < end:
            time.sleep(_PAUSE_SECONDS)
        self._stop.set()
        if self._background.is_alive():
            self._background.join()
        self._folder.close()

    def retire(self) -> None:
        """Close the copy because a newer one is served, and free its memory.

        This waits up to `_RETIRE_SECONDS` for responses that have begun.
        """
        time.sleep(_GRACE_SECONDS)
        self.close(_RETIRE_SECONDS)
        del self.app
        # `overt serve` froze the objects of the first application, so the garbage collector would skip them.
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _run_background(self) -> None:
        async def run() -> None:
            async with self.app.router.lifespan_context(self.app):
                await asyncio.to_thread(self._stop.wait)

        asyncio.run(run())
