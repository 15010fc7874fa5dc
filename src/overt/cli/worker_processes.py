"""Several processes that serve one release on one socket. A process that ends is started again."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

from overt.index.prepared_release import PreparedRelease, ServeSettings
from overt.model.workspace import Workspace

Serve = Callable[[socket.socket, ServeSettings, PreparedRelease], None]
"""Serves a release on a socket until interrupted. A function of a module, because other processes import it."""
PAUSE_SECONDS = 1.0
"""Time between two starts, so that a process that can't run does not use the machine up."""


def run_workers(
    number: int, serve: Serve, listener: socket.socket, root: Path, prepared: PreparedRelease, *, public: bool
) -> None:
    """Serve a release by a number of processes, each of which calls `serve`, until interrupted.

    Each opens the index that is prepared, and takes connections from the same socket. What it counts, such as requests of a
    client, it counts for itself.
    """
    context = get_context("spawn")  # A copy of this process would have half of its threads and locks.
    stopped = threading.Event()

    def stop(*_: int | FrameType | None) -> None:
        stopped.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    processes: list[BaseProcess] = []
    try:
        while not stopped.is_set():
            running = [process for process in processes if process.is_alive()]
            processes = running
            for _ in range(number - len(running)):
                process = context.Process(target=_work, args=(serve, listener, root, prepared, public))
                process.start()
                processes.append(process)
            stopped.wait(PAUSE_SECONDS)
    finally:
        for worker in processes:
            worker.terminate()
        for worker in processes:
            worker.join()


def _work(serve: Serve, listener: socket.socket, root: Path, prepared: PreparedRelease, public: bool) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(listener, ServeSettings(Workspace.open(root), prepared.base_release, public=public), prepared)


def _end_with_parent() -> None:
    """End this process if the one that started it was killed; otherwise it would keep the socket."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)
        os._exit(1)
