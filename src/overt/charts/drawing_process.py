"""The process that draws (`worker.py`), as the server sees it: started when something is to be drawn, and again when it died."""

import atexit
import base64
import json
import subprocess
import sys
import threading
from functools import cache

_WORKER = "overt.charts.worker"
LONGEST = 30.0
"""Seconds for one drawing, the start of the process included; then it is ended."""

MOST_WAITING = 2
"""Who may wait for a picture: each holds one of the threads that all pages share."""


class DrawingFailed(Exception):
    """Nothing was drawn: the page shows the table alone."""


class TooBusy(DrawingFailed):
    """Others wait already."""


class Engine:
    """One process, one order at a time."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._room = threading.BoundedSemaphore(1 + MOST_WAITING)
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, order: bytes) -> str:
        """The SVG of an order (`Drawing.order`), as the library writes it. Raises DrawingFailed."""
        return self._made(order, "svg")

    def raster(self, svg: str, scale: float = 2) -> bytes:
        """An SVG of ours as PNG, so many pixels for each of its own. Raises DrawingFailed; TooBusy at once where two wait."""
        if not self._room.acquire(blocking=False):
            raise TooBusy("others wait already")
        try:
            return base64.b64decode(self._made(json.dumps({"svg": svg, "scale": scale}).encode(), "png"))
        finally:
            self._room.release()

    def _made(self, order: bytes, what: str) -> str:
        with self._guard:
            for _ in range(2):  # it may have ended since the last order
                try:
                    answer = self._ask(self._running(), order)
                except OSError:
                    self._end()
                    continue
                if what in answer:
                    return answer[what]
                raise DrawingFailed(answer["error"])
        raise DrawingFailed("the process that draws does not answer")

    def close(self) -> None:
        """End the process."""
        with self._guard:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-P", "-m", _WORKER]  # -P: nothing is imported from the directory that we run in
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], order: bytes) -> dict[str, str]:
        assert process.stdin is not None and process.stdout is not None
        clock = threading.Timer(LONGEST, process.kill)
        clock.start()
        try:
            process.stdin.write(order + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        finally:
            clock.cancel()
        if not answer.endswith(b"\n"):
            raise OSError("it ended")
        held: dict[str, str] = json.loads(answer)
        return held

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@cache
def engine() -> Engine:
    """The one of this process; it ends with it."""
    held = Engine()
    atexit.register(held.close)
    return held


@cache
def rasterizer() -> Engine:
    """Another one for pictures, which take seconds: no page waits for them."""
    held = Engine()
    atexit.register(held.close)
    return held
