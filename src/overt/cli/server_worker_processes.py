"""Several processes that serve one release on one socket. A process that ends is started again."""

import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

PAUSE_SECONDS = 1.0
"""Seconds until ended processes are started again, so that processes that can't run don't take up all computing time."""


GRACE_SECONDS = 20.0
"""Seconds that processes have to finish responses that have begun; after that they are killed."""


def run_workers(number: int, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Call a function, with the same arguments, in a number of processes until interrupted. Replace processes that end.

    The processes share the socket that is among the arguments. Each process counts for itself, for example how many requests a
    client has sent. Call this in the main thread, because it sets the handlers of SIGINT and SIGTERM.
    """
    context = get_context("spawn")  # A fork would copy only the current thread, but also the locks that other threads hold.
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
                process = context.Process(target=work, args=arguments)
                process.start()
                processes.append(process)
            stopped.wait(PAUSE_SECONDS)
    finally:
        for worker in processes:
            worker.terminate()
        end = time.monotonic() + GRACE_SECONDS
        for worker in processes:
            worker.join(max(0.0, end - time.monotonic()))
        for worker in processes:
            if worker.is_alive():
                worker.kill()
            worker.join()


def end_with_parent() -> None:
    """Wait for the parent process to exit, then end this one, so that it doesn't keep the socket."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)
        os._exit(1)
