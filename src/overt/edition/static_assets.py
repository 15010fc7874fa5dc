"""Copies of the package's static files that pages link to: styles, scripts, fonts and shapes."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import orjson

from overt.edition.javascript_data import script
from overt.edition.site_files_writer import File
from overt.http.static_files import static_folder

_EXCLUDED = ("desk.css", "desk.js", ".stamp", "still-style.css")
"""Files that only the desk or the build needs and that editions therefore lack."""
_COMPRESSED = ".br"
"""File ending of precompressed copies, which only the server uses."""
_WORLD = "static/built/world-steps.json"


def copy_assets(folder: Path) -> Iterator[File]:
    """Copy the static files that an edition needs into `folder`, add the shapes of the world as a script, and yield each file."""
    source = static_folder()
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.name in _EXCLUDED or path.suffix == _COMPRESSED or _is_module(path):
            continue
        file = f"static/{path.relative_to(source).as_posix()}"
        body = path.read_bytes()
        yield _write(folder, file, body)
        if file == _WORLD:
            name = file.removesuffix(".json")
            yield _write(folder, f"{name}.js", script(name, orjson.loads(body)))


def _is_module(path: Path) -> bool:
    """Return whether a file is a module script, which browsers don't load for a page opened from disk."""
    return path.parent.name == "built" and path.suffix == ".js" and not path.name.startswith("still-")


def _write(folder: Path, file: str, body: bytes) -> File:
    target = folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    return File(file, len(body), hashlib.sha256(body).hexdigest())
