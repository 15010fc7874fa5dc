"""Build an atlas with one version of Overt, serve it, and store its responses."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
_RETRIEVED = "2026-11-24"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+")
_UUID = re.compile(rb"(<id>urn:uuid:)[0-9a-f-]+")
_STATIC = re.compile(rb"(/static/[^\"?' ]*\?v=)[0-9a-f]+")


@dataclass(frozen=True)
class Capture:
    """The output of one version: the id of its release, the sha256 of each table, and its responses on disk."""

    folder: Path
    release: str
    tables: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> "Capture":
        """Read a capture that `capture` wrote."""
        release = json.loads((folder / "release.json").read_text())
        return cls(folder, release["id"], release["tables"])

    def responses(self, kind: str) -> dict[str, bytes]:
        """Return the responses by address, each with its status as the first line."""
        return {address: (self.folder / kind / _file_name(address)).read_bytes() for address in addresses(kind)}


def addresses(kind: str) -> list[str]:
    """Return the addresses in `pages.txt` or `files.txt`."""
    return (HERE / f"{kind}.txt").read_text(encoding="utf-8").split()


@contextmanager
def checkout(revision: str) -> Iterator[Path]:
    """Yield a temporary folder with a revision's files and its built front end; for `.`, the working tree itself."""
    if revision == ".":
        yield ROOT
        return
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        _run(["git", "worktree", "add", "--detach", str(tree), revision], ROOT)
        try:
            if (ROOT / "web" / "node_modules").is_dir():
                shutil.copytree(ROOT / "web" / "node_modules", tree / "web" / "node_modules", symlinks=True)
            _run([sys.executable, "web/build.py"], tree)
            yield tree
        finally:
            _run(["git", "worktree", "remove", "--force", str(tree)], ROOT)


def capture(tree: Path, place: Path, data: Path | None) -> None:
    """Build and serve an atlas with the code in `tree`, and write a capture to `place`, replacing what is there.

    `data`: a folder to import; if it is None, the atlas has the data that Overt ships.
    """
    shutil.rmtree(place, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        atlas = Path(folder) / "atlas"
        environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
        overt = [sys.executable, "-m", "overt"]
        _run([*overt, "init", str(atlas)], tree, environment)
        source = ["--from", str(data.resolve()), "--allow-problems"] if data else []
        _run([*overt, "build", "-w", str(atlas), "--retrieved", _RETRIEVED, *source], tree, environment)
        [release] = [path for path in (atlas / "releases").iterdir() if (path / "manifest.json").is_file()]
        manifest = json.loads((release / "manifest.json").read_bytes())
        of_code = [
            release.name,
            release.name.rpartition("-")[2],
            hashlib.sha256((release / "manifest.json").read_bytes()).hexdigest(),
        ]
        masked = [*of_code, *(manifest[name] for name in ("code", "content", "measure") if manifest.get(name))]
        for kind in ("pages", "files"):
            (place / kind).mkdir(parents=True)
        with _served(overt, atlas, tree, environment) as root:
            for kind in ("pages", "files"):
                for address in addresses(kind):
                    (place / kind / _file_name(address)).write_bytes(_ask(root, address, release.name, masked))
        summary = {"id": release.name, "tables": {name: table["sha256"] for name, table in manifest["tables"].items()}}
        (place / "release.json").write_text(json.dumps(summary, indent=1) + "\n")


@contextmanager
def _served(overt: list[str], atlas: Path, tree: Path, environment: dict[str, str]) -> Iterator[str]:
    command = [*overt, "serve", "-w", str(atlas), "--port", "0"]
    server = subprocess.Popen(command, cwd=tree, env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert server.stderr is not None, "a pipe was asked for"
        for line in server.stderr:
            if match := _ADDRESS.search(line):
                yield match[0]
                return
        raise SystemExit("the server did not start")
    finally:
        server.terminate()
        server.wait(30)


def _ask(root: str, address: str, release: str, masked: list[str]) -> bytes:
    """Return the status and body for an address, with the server's address and all that depends on the code's hash masked."""
    url = root + address.replace("{release}", release)
    for attempt in range(3):
        try:
            with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310
                status, body = answer.status, answer.read()
            break
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
            if status != 429:
                break
            time.sleep(5 * (attempt + 1))
    for text in masked:
        body = body.replace(text.encode(), b"{masked}")
    body = _UUID.sub(rb"\1{masked}", body)  # the id of a release's entry in the feed
    body = _STATIC.sub(rb"\1{masked}", body).replace(root.encode(), b"{root}")
    return str(status).encode() + b"\n" + body


def _file_name(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:24]


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
