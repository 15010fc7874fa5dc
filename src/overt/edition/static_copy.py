"""Style, script, fonts and shapes of an edition: the files of the package that pages name."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import orjson

from overt.edition.search_files import script
from overt.edition.writer import File
from overt.http.static_files import static_folder

_LEFT = ("desk.css", "desk.js", ".stamp", "still-style.css")
"""For editors, and for the build."""
_COMPRESSED = ".br"
"""Beside a file what a server sends in its place; a plain host would not know."""
_WORLD = "static/built/world-steps.json"


def copy_static(folder: Path) -> Iterator[File]:
    """Copy them below `folder`."""
    source = static_folder()
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.name in _LEFT or path.suffix == _COMPRESSED or _is_module(path):
            continue
        file = f"static/{path.relative_to(source).as_posix()}"
        body = path.read_bytes()
        yield _written(folder, file, body)
        if file == _WORLD:
            name = file.removesuffix(".json")
            yield _written(folder, f"{name}.js", script(name, orjson.loads(body)))


def _is_module(path: Path) -> bool:
    """Whether it is a script of a server's pages, which pages on a disk may not load."""
    return path.parent.name == "built" and path.suffix == ".js" and not path.name.startswith("still-")


def _written(folder: Path, file: str, body: bytes) -> File:
    target = folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    return File(file, len(body), hashlib.sha256(body).hexdigest())
