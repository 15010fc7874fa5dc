"""A web server on a free port of this machine."""

import asyncio
import faulthandler
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

STOP_SECONDS = 120
"""Maximum seconds for a server to stop. It waits several seconds each for connections, the warm-up and older releases."""


@contextmanager
def running(config: uvicorn.Config) -> Iterator[int]:
    """Run a server in a thread; yield its port. Raises AssertionError if it does not stop within `STOP_SECONDS`."""
    config.timeout_graceful_shutdown = 10
    server = uvicorn.Server(config)
    loops: list[asyncio.AbstractEventLoop] = []

    def serve(listener: socket.socket) -> None:
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            loops.append(runner.get_loop())
            runner.run(server.serve(sockets=[listener]))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(timeout=STOP_SECONDS)
            if thread.is_alive():
                _print_what_keeps_it_running(*loops)
                raise AssertionError("the server did not stop")


def _print_what_keeps_it_running(loop: asyncio.AbstractEventLoop) -> None:
    """Print where each thread of this process and each task of the server's event loop waits."""
    faulthandler.dump_traceback()
    for task in asyncio.all_tasks(loop):
        task.print_stack(file=sys.stderr)
