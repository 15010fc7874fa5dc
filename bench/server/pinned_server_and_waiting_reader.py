"""A public server that runs on its own core and whose memory is measured, and a reader that measures how long it waits."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.harness import OVERT

SERVER_CORE, LOAD_CORE = 0, 1
PAGES = ("/", "/countries", "/figures", "/country/KE", "/zh/", "/zh/countries", "/findings")
"""Pages that the server renders in advance and caches."""
_PAUSE = 0.02


class Server:
    """A running server."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.port = port
        self._pid = process.pid

    def processes(self) -> list[int]:
        """Return the ids of the server's process and of all its descendants."""
        pids, waiting = [], [self._pid]
        while waiting:
            pid = waiting.pop()
            pids.append(pid)
            for task in _entries(Path(f"/proc/{pid}/task")):
                waiting += [int(child) for child in _read(task / "children").split()]
        return pids

    def megabytes(self) -> float:
        """Return the resident memory of the server's processes, in megabytes."""
        lines = (line for pid in self.processes() for line in _read(Path(f"/proc/{pid}/status")).splitlines())
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / 1e6

    def cpu_seconds(self) -> float:
        """Return the processor time that the server's processes have used."""
        stats = [_read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split() for pid in self.processes()]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats if stat) / os.sysconf("SC_CLK_TCK")

    def wait_until_idle(self, max_seconds: float = 300) -> None:
        """Wait until the server is idle because it has rendered its pages in advance, but at most `max_seconds`.

        The server is idle if it uses less than 0.1 processor seconds in two seconds.
        """
        end = time.monotonic() + max_seconds
        while time.monotonic() < end:
            before = self.cpu_seconds()
            time.sleep(2)
            if self.cpu_seconds() - before < 0.1:
                return

    @contextmanager
    def memory_peak(self) -> Iterator[list[float]]:
        """Measure the memory four times a second until the block ends. The yielded list receives the values, in megabytes."""
        values, stop = [self.megabytes()], threading.Event()

        def measure() -> None:
            while not stop.wait(0.25):
                values.append(self.megabytes())

        thread = threading.Thread(target=measure)
        thread.start()
        try:
            yield values
        finally:
            stop.set()
            thread.join()


@contextmanager
def pinned_server(atlas: Path, *arguments: str) -> Iterator[Server]:
    """Run `overt serve --public` on its own core, and this process on another.

    Raises RuntimeError if the server ends without an address.
    """
    cores = os.sched_getaffinity(0)
    server_core, load_core = (SERVER_CORE, LOAD_CORE) if {SERVER_CORE, LOAD_CORE} <= cores else (min(cores), max(cores))
    command = [*OVERT, "serve", "--public", "--workspace", str(atlas), "--port", "0", *arguments]
    os.sched_setaffinity(0, {server_core})  # the server inherits it
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    os.sched_setaffinity(0, {load_core})
    try:
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if line.startswith("Overt is at "):
                port = int(line.split()[3].rstrip("/").rpartition(":")[2])
                threading.Thread(target=process.stderr.read, daemon=True).start()
                yield Server(process, port)
                return
        raise RuntimeError(f"`overt serve` gave no address: {''.join(lines)[-500:]}")
    finally:
        process.terminate()
        process.wait()
        os.sched_setaffinity(0, cores)


@contextmanager
def reader_beside(port: int) -> Iterator[dict[str, Any]]:
    """Run a reader in a separate process while the block runs.

    The yielded dictionary is empty at first. When the block ends, it gets the median, the 95th percentile and the longest of the
    reader's waits in milliseconds, for `/healthz` and for pages, and the numbers of requests and failures.
    """
    context = get_context("spawn")  # a fork would keep copies of this process's connections open
    ours, theirs = context.Pipe()
    process = context.Process(target=_read_pages, args=(port, theirs), daemon=True)
    process.start()
    ours.recv()
    waits: dict[str, Any] = {}
    try:
        yield waits
    finally:
        ours.send("stop")
        waits.update(ours.recv())
        process.join()


def _read_pages(port: int, pipe: Connection) -> None:
    """Request the health check and a page in turn, each on a new connection, until something is sent through the pipe."""
    waits: dict[str, list[float]] = {"healthz": [], "pages": []}
    failed, number = 0, 0
    pipe.send("ready")
    while not pipe.poll():
        number += 1
        for kind, path in (("healthz", "/healthz"), ("pages", PAGES[number % len(PAGES)])):
            begin = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                failed += answer.status != 200
            except (OSError, HTTPException):
                failed += 1
            finally:
                connection.close()
            waits[kind].append(1000 * (time.perf_counter() - begin))
        time.sleep(_PAUSE)
    result: dict[str, Any] = {"failed": failed, "asked": 2 * number}
    for kind, values in waits.items():
        if len(values) > 1:
            result[f"{kind}_median_ms"] = round(median(values), 1)
            result[f"{kind}_p95_ms"] = round(quantiles(values, n=20)[-1], 1)
            result[f"{kind}_most_ms"] = round(max(values), 1)
    pipe.send(result)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _entries(path: Path) -> list[Path]:
    try:
        return list(path.iterdir())
    except OSError:
        return []
