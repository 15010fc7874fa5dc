"""Runs the processes that draw (`drawing_worker.py`): starts them on first use, and again if they have ended."""

import atexit
import base64
import json
import subprocess
import sys
import threading
from functools import cache

_WORKER = "overt.charts.drawing_worker"
TIMEOUT = 30.0
"""Time limit in seconds for an attempt to draw, including the start of the process. When it is exceeded, the process is killed.

There are two attempts, in case the process ended since the last request.
"""
MAX_WAITING = 2
"""Maximum number of requests for a picture that may wait. Each blocks one of the threads that all pages share."""


class DrawingFailed(Exception):
    """Raised if a drawing or picture could not be made. A page without its drawing shows only the table."""


class TooBusy(DrawingFailed):
    """Raised if too many requests for a picture are already waiting."""


class DrawingProcess:
    """A process that makes one drawing at a time. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(1 + MAX_WAITING)
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, request: bytes) -> str:
        """Return the SVG of a request (`Drawing.request`), as the library writes it. Raises DrawingFailed if that fails."""
        return self._answer_to(request, "svg")

    def rasterize(self, svg: str, scale: float = 2) -> bytes:
        """Convert one of our SVGs to PNG, at `scale` pixels per SVG pixel.

        Raises DrawingFailed if that fails, and TooBusy at once if MAX_WAITING requests are already waiting.
        """
        if not self._slots.acquire(blocking=False):
            raise TooBusy(f"{MAX_WAITING} pictures are waiting to be drawn already; try again in a few seconds")
        try:
            return base64.b64decode(self._answer_to(json.dumps({"svg": svg, "scale": scale}).encode(), "png"))
        finally:
            self._slots.release()

    def _answer_to(self, request: bytes, field: str) -> str:
        with self._lock:
            for _ in range(2):  # The process may have ended since the last request.
                try:
                    answer = self._send(self._running(), request)
                except OSError:
                    self._end()
                    continue
                if field in answer:
                    return answer[field]
                raise DrawingFailed(answer["error"])
        raise DrawingFailed("the drawing process does not answer")

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # -P prevents imports from the current directory; -B prevents writing compiled modules when a reader needs the first
            # drawing.
            command = [sys.executable, "-P", "-B", "-m", _WORKER]
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _send(self, process: subprocess.Popen[bytes], request: bytes) -> dict[str, str]:
        assert process.stdin is not None and process.stdout is not None
        timer = threading.Timer(TIMEOUT, process.kill)
        timer.start()
        try:
            process.stdin.write(request + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            raise OSError("the drawing process ended")
        answer: dict[str, str] = json.loads(line)
        return answer

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@cache
def chart_process() -> DrawingProcess:
    """Return the process that draws charts. It ends with the program that uses it."""
    process = DrawingProcess()
    atexit.register(process.close)
    return process


@cache
def picture_process() -> DrawingProcess:
    """Return a second process, for pictures. They take seconds, and pages must not wait for them."""
    process = DrawingProcess()
    atexit.register(process.close)
    return process
