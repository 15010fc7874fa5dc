"""The files of content, packaged or an editor's own, as folders and unparsed bytes."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from overt.model.files.content_file_reading import read_content


@cache
def packaged_content() -> Traversable:
    """Return the folder `content` of the installed package: in a checkout, a wheel or a zip file."""
    return files("overt") / "content"


class ContentFiles:
    """Content folders of one atlas.

    `workspace` may have its own `sources/`, `figures/`, `findings/`, `vocab/` and so on. A folder or file in one of these
    replaces the packaged one of the same name. Without a workspace, there is only the packaged content.
    """

    def __init__(self, workspace: Path | None = None) -> None:
        self._roots: list[Traversable] = [packaged_content()]
        if workspace is not None:
            self._roots.append(workspace)

    def entries(self, folder: str) -> dict[str, Traversable]:
        """Return a content folder's entries by name. Names that begin with `.` or `_` are left out."""
        entries: dict[str, Traversable] = {}
        for root in self._roots:
            directory = root / folder
            if directory.is_dir():
                entries |= {entry.name: entry for entry in directory.iterdir() if entry.name[0] not in "._"}
        return dict(sorted(entries.items()))

    def is_own(self, folder: str, name: str) -> bool:
        """Return whether an entry of a content folder belongs to the workspace, so that its editors can change it."""
        return any((root / folder / name).is_dir() or (root / folder / name).is_file() for root in self._roots[1:])

    def digest(self, *folders: str) -> str:
        """Return the SHA-256, in hex, over names and bytes of all files in content folders (`vocab`) or entries (`sources/NAME`).

        Hidden files, `__pycache__`, and what `entries` leaves out don't count. Packaged files are read once per process, like
        code, so a running process doesn't see later changes. Raises ContentError for a file that cannot be read.
        """
        digest = hashlib.sha256()
        for folder in folders:
            top, _, rest = folder.partition("/")
            own = {entry.name for root in self._roots[1:] if (root / top).is_dir() for entry in (root / top).iterdir()}
            for name, entry in self.entries(top).items():
                if rest in ("", name):
                    part = _digest(entry) if name in own else _packaged_digest(top, name)
                    digest.update(f"{top}/{name}\0{part}\0".encode())
        return digest.hexdigest()


@cache
def _packaged_digest(folder: str, name: str) -> str:
    return _digest(packaged_content() / folder / name)


def _digest(entry: Traversable) -> str:
    """Return the SHA-256, in hex, of a file, or of a folder's files except hidden ones and `__pycache__`.

    Raises ContentError for a file that cannot be read.
    """
    digest = hashlib.sha256()
    if entry.is_dir():
        for child in sorted(entry.iterdir(), key=lambda child: child.name):
            if child.name != "__pycache__" and not child.name.startswith("."):
                digest.update(f"{child.name}\0{_digest(child)}\0".encode())
    else:
        digest.update(read_content(entry))
    return digest.hexdigest()
