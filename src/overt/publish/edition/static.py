"""Style, script, fonts and shapes of an edition: the files of the package that pages name."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from overt.publish.edition.making import File
from overt.publish.http.static import static_folder

_LEFT = ("desk.css", "desk.js", ".stamp")
"""For editors, and for the build."""
_COMPRESSED = ".br"
"""Beside a file what a server sends in its place; a plain host would not know."""


def copy_static(folder: Path) -> Iterator[File]:
    """Copy them below `folder`."""
    source = static_folder()
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.name in _LEFT or path.suffix == _COMPRESSED:
            continue
        file = f"static/{path.relative_to(source).as_posix()}"
        body = path.read_bytes()
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        yield File(file, len(body), hashlib.sha256(body).hexdigest())
