"""Compare uvicorn under Overt's connection limits to plain uvicorn, hypercorn and granian.

    python -m bench.server.web_server_comparison [--peers DIR] [--quick] [--json]

Each server serves the same cached page with one process on one core, and the clients run on another. `half_requests`: seconds
until the server closes a connection that sent half of its headers; `dribbled`: seconds until it closes one that then sends
another byte every second; `idle`: seconds until it closes a connection that sent nothing (each of the three is null if it takes
more than 40); `beside`: median milliseconds that a new reader waits while 300 connections have sent half of a request and the
server has 256 file handles, null if a response is missing; `a_second`: responses per second to eight clients; `megabytes`:
resident memory with 1,000 idle connections. hypercorn and granian are installed into `--peers`, or a temporary folder. There is
no target.
"""

import argparse
import asyncio
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

from bench.harness import argument_parser, machine, report
from bench.server.attack_clients import ask, request

_APP = "bench.server.finished_page_app:app"
_LIMITED = """
import sys
import uvicorn
from bench.server.finished_page_app import app
from overt.cli.web_server import server_config
from overt.model.settings import SiteSettings
config = server_config(app, SiteSettings())
config.host, config.port = "127.0.0.1", int(sys.argv[1])
uvicorn.Server(config).run()
"""
COMMANDS = {
    "uvicorn with limits": [sys.executable, "-c", _LIMITED, "{port}"],
    "uvicorn": [sys.executable, "-m", "uvicorn", _APP, "--port", "{port}", "--log-level", "error", "--no-access-log"],
    "hypercorn": [sys.executable, "-m", "hypercorn", _APP, "--bind", "127.0.0.1:{port}", "--log-level", "error"],
    "granian": [sys.executable, "-m", "granian", _APP, "--interface", "asgi", "--port", "{port}", "--log-level", "error"],
}
_FILES = 256
_MAX_SECONDS = 40.0


@contextmanager
def running(command: list[str], peers: Path, files: int = 4096) -> Iterator[tuple[int, int]]:
    """Run a server on one core with at most `files` file handles; yield its port and process id.

    Waits about 30 seconds at most until the server accepts a connection. Raises RuntimeError if it doesn't, or if it ends.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(peers)])}
    cores = os.sched_getaffinity(0)

    def limit() -> None:
        os.sched_setaffinity(0, {min(cores)})
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    arguments = [part.format(port=port) if "{port}" in part else part for part in command]
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit)
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None:
                raise RuntimeError(f"{arguments[2]} ended")
            time.sleep(0.1)
        else:
            raise RuntimeError(f"{arguments[2]} accepted no connection")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def seconds_until_closed(port: int, first: bytes, max_seconds: float, *, dribble: bool = False) -> float | None:
    """Return how long a server keeps a connection open that sends only `first`; None if longer than `max_seconds`.

    `dribble`: whether the connection sends another byte every second.
    """
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(first)
        begin = time.monotonic()
        connection.settimeout(1)
        with suppress(ConnectionError):
            while time.monotonic() - begin < max_seconds:
                try:
                    if not connection.recv(1000):
                        break
                except TimeoutError:
                    connection.sendall(b"a" if dribble else b"")
            else:
                return None
        return round(time.monotonic() - begin, 1)


def wait_beside(port: int, connections: int) -> float | None:
    """Return the median milliseconds that a reader waits while other clients have sent half a request.

    None if a response is missing. `connections`: the number of the other clients.
    """
    with ExitStack() as stack:
        for _ in range(connections):
            with suppress(OSError):
                stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=2)).sendall(request("/page")[:30])
        waits = []
        for _ in range(9):
            begin = time.perf_counter()
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as reader:
                    reader.sendall(request("/page"))
                    if not reader.recv(1000):
                        return None
            except OSError:
                return None
            waits.append(1000 * (time.perf_counter() - begin))
        return round(median(waits), 1)


def megabytes(pid: int) -> float:
    """Return the resident memory of a process and its children, in megabytes."""
    pids = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        pids += [int(child) for child in (task / "children").read_text().split()]
    lines = (line for number in pids for line in Path(f"/proc/{number}/status").read_text().splitlines())
    return round(sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / 1e6)


def measure(command: list[str], peers: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the measurements for one server."""
    max_seconds, seconds, idle = (1.0, 0.5, 20) if options.quick else (_MAX_SECONDS, 5.0, 1000)
    with running(command, peers) as (port, pid):
        outcome = asyncio.run(ask(port, lambda _: "/page", 8, seconds=seconds))
        closed = seconds_until_closed(port, request("/page")[:30], max_seconds)
        dribbled = seconds_until_closed(port, request("/page")[:30], max_seconds, dribble=True)
        silent = seconds_until_closed(port, b"", max_seconds)
        with ExitStack() as stack:
            for _ in range(idle):
                stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            time.sleep(1)
            memory = megabytes(pid)
    with running(command, peers, _FILES) as (port, _):
        beside = wait_beside(port, 20 if options.quick else 300)
    return {
        "half_requests": closed, "dribbled": dribbled, "idle": silent, "beside": beside,
        "a_second": round(outcome.statuses["200"] / seconds), "megabytes": memory,
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--peers", type=Path, help="a folder with hypercorn and granian, or where to install them")
    options = parser.parse_args(arguments)
    before, results = machine(), {}
    cores = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        peers = options.peers or Path(temporary)
        if not options.quick and not (peers / "granian").is_dir():
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(peers), "hypercorn", "granian"]
            subprocess.run(command, check=True)
        os.sched_setaffinity(0, {max(cores)})
        for name, command in COMMANDS.items():
            if not options.quick or name.startswith("uvicorn"):
                results[name] = measure(command, peers, options)
        os.sched_setaffinity(0, cores)
    return report({"benchmark": "servers", **before, "servers": results}, [], options)


if __name__ == "__main__":
    sys.exit(main())
