"""Real replicas on ports of this machine, a real proxy in front of them, and readers of their pages."""

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^```(\w+) servers\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
"""The examples of docs/operating.md for several servers, by language."""
_EXAMPLE_SERVERS = ("10.0.0.1:8765", "10.0.0.2:8765", "10.0.0.3:8765")
_RELEASE = re.compile(r'W/"([^"]+)-[0-9a-f]{12}"')


def free_port() -> int:
    """Return a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class ReplicaServer:
    """`overt serve --replica` as a process that can be killed and started again on the same port."""

    def __init__(self, folder: Path, root: Path) -> None:
        """`folder`: for all files of this server; its subfolder `copy` must be filled first. `root`: the root of trust."""
        self.folder, self.copy, self.port = folder, folder / "copy", free_port()
        self.errors = folder / "stderr.txt"
        (folder / "machine").mkdir(parents=True)
        (folder / "machine" / "overt.toml").write_text('[site]\nproxies = ["127.0.0.1"]\n', encoding="utf-8")
        words = ("--replica", self.copy, "--root", root, "--state", folder / "seen", "--port", self.port)
        self._command = [sys.executable, "-m", "overt", "-w", str(folder / "machine"), "serve", *map(str, words)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, and wait until it answers. Raises RuntimeError if it ends (with its messages) or takes too long."""
        with self.errors.open("ab") as errors:
            self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=errors)
        for _ in range(1200):
            if self._process.poll() is not None:
                raise RuntimeError(self.messages())
            if self.status():
                return
            time.sleep(0.1)
        raise RuntimeError("the server did not answer within two minutes")

    def status(self) -> str:
        """Return the state of the server: `ok`, `behind` or `expired`; empty if it doesn't answer."""
        return str(self._ready().get("status", ""))

    def release(self) -> str:
        """Return the release that the server serves; empty if it doesn't answer."""
        return str(self._ready().get("release", ""))

    def messages(self) -> str:
        """Return what the server has printed on standard error since its first start."""
        return self.errors.read_text(encoding="utf-8")

    def stop(self) -> int:
        """Ask the server to end, and return its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(60)

    def kill(self) -> None:
        """Kill the server as a power failure would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _ready(self) -> dict[str, object]:
        try:
            answer: dict[str, object] = httpx.get(f"http://127.0.0.1:{self.port}/healthz/ready", timeout=20).json()
        except (httpx.HTTPError, json.JSONDecodeError):
            return {}
        return answer


def nginx(folder: Path, upstreams: Sequence[int], port: int) -> list[str]:
    """Write the nginx configuration of docs/operating.md with these ports into a folder. Return the command that runs it."""
    block = _with_ports(EXAMPLES["nginx"], upstreams).replace("listen 80;", f"listen 127.0.0.1:{port};")
    paths = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nworker_processes 1;\n"
        f"events {{ }}\nhttp {{\n{paths}{block}\n}}\n",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, upstreams: Sequence[int], port: int) -> list[str]:
    """Write the Caddy configuration of docs/operating.md with these ports into a folder. Return the command that runs it."""
    block = _with_ports(EXAMPLES["caddyfile"], upstreams).replace("atlas.example", f"http://127.0.0.1:{port}")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + block, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def _with_ports(text: str, upstreams: Sequence[int]) -> str:
    for address, upstream in zip(_EXAMPLE_SERVERS, upstreams, strict=True):
        text = text.replace(address, f"127.0.0.1:{upstream}")
    return text


@contextmanager
def proxy_at(command: list[str], port: int) -> Iterator[str]:
    """Run a proxy; yield its address. Raises RuntimeError if it ends (with its messages) or doesn't answer."""
    with TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        try:
            _wait_for(process, port, errors)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(process: "subprocess.Popen[bytes]", port: int, errors: IO[str]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            errors.seek(0)
            raise RuntimeError(errors.read())
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the proxy did not answer within half a minute")


@dataclass
class Readings:
    """What readers of a site saw."""

    requests: int = 0
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Pages that differ from those of the publisher's own server."""
    back: list[str] = field(default_factory=list)
    """Responses from an older release than their reader had seen before, one message each."""
    releases: Counter[str] = field(default_factory=Counter)
    """Number of pages by release."""
    milliseconds: list[float] = field(default_factory=list)
    """Time of each request."""


class Readers:
    """Readers with different addresses who request page after page, with a short pause, until they are stopped."""

    def __init__(
        self,
        address: str,
        paths: Sequence[str],
        releases: Sequence[str],
        pages: Mapping[tuple[str, str], bytes],
        number: int,
        pause: float = 0.02,
    ) -> None:
        """`releases`: the releases that can be served, oldest first. `pages`: the expected bodies, by release and path."""
        self._address, self._paths, self._releases, self._pages, self._pause = address, paths, releases, pages, pause
        self.seen = Readings()
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._read, args=(f"127.0.1.{n + 1}",), daemon=True) for n in range(number)]

    @contextmanager
    def reading(self) -> Iterator["Readers"]:
        """Let the readers read until the block ends."""
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join()

    def read_on(self, seconds: float) -> None:
        """Let the readers read for some time."""
        time.sleep(seconds)

    def take(self) -> Readings:
        """Return what the readers have seen since the last call."""
        with self._lock:
            seen, self.seen = self.seen, Readings()
        return seen

    def until(self, condition: Callable[[], bool], seconds: float = 120) -> None:
        """Let the readers read until a condition is met, and a second longer.

        Raises AssertionError if it isn't met within `seconds`.
        """
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"it did not happen within {seconds} seconds")
            time.sleep(0.2)
        time.sleep(1)

    def _read(self, local_address: str) -> None:
        newest, number = 0, 0
        transport = httpx.HTTPTransport(local_address=local_address)
        with httpx.Client(base_url=self._address, transport=transport, timeout=30) as client:
            while not self._stop.is_set():
                path = self._paths[number % len(self._paths)]
                number += 1
                begin = time.perf_counter()
                try:
                    response = client.get(path)
                except httpx.HTTPError as error:
                    with self._lock:
                        self.seen.requests += 1
                        self.seen.errors.append(f"{local_address} {path}: {type(error).__name__}: {error}")
                    continue
                newest = self._note(local_address, path, response, 1000 * (time.perf_counter() - begin), newest)
                self._stop.wait(self._pause)

    def _note(self, reader: str, path: str, response: httpx.Response, milliseconds: float, newest: int) -> int:
        """Record a response, and return the number of the newest release that this reader has seen."""
        match = _RELEASE.fullmatch(response.headers.get("etag", ""))
        with self._lock:
            self.seen.requests += 1
            self.seen.milliseconds.append(milliseconds)
            if response.status_code != 200 or match is None or match[1] not in self._releases:
                self.seen.errors.append(f"{reader} {path}: {response.status_code} {response.text[:200]!r}")
                return newest
            release = self._releases.index(match[1])
            self.seen.releases[match[1]] += 1
            if self._pages[match[1], path] != response.content:
                self.seen.wrong.append(f"{path} of {match[1]}")
            if release < newest:
                self.seen.back.append(f"{reader} {path}: {match[1]} after {self._releases[newest]}")
            return max(newest, release)
