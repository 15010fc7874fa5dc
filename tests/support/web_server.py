"""A web server on a free port of this machine."""

import faulthandler
import socket
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
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(timeout=STOP_SECONDS)
            if thread.is_alive():
                faulthandler.dump_traceback()  # Show what each thread of the server waits for.
                raise AssertionError("the server did not stop")
