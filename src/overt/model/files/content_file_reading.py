"""Reads the regular files that people put in an atlas. Reading a named pipe or a device could block or never end."""

import stat
from importlib.resources.abc import Traversable
from pathlib import Path

from overt.model.errors import ContentError

_ADVICE = "; put a file there, or remove it"
_KINDS = {stat.S_IFDIR: "folder", stat.S_IFIFO: "named pipe", stat.S_IFSOCK: "socket"}


def other_than_file(path: Traversable) -> str | None:
    """Return words for an error message, such as `is a folder, not a file`, if a path isn't a regular file.

    Return None for a regular file, a missing path, and a path in a zip file.
    """
    if not isinstance(path, Path):
        return None  # The path is in a zip file.
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(mode):
        return None
    return f"is a {_KINDS.get(stat.S_IFMT(mode), 'device')}, not a file"


def has_file(folder: Traversable, name: str) -> bool:
    """Return whether a folder has a file of this name. Raises ContentError if something else, such as a folder, has the name."""
    if other := other_than_file(folder / name):
        raise ContentError(f"{folder / name}: {other}{_ADVICE}")
    return (folder / name).is_file()


def read_content(path: Traversable) -> bytes:
    """Return the bytes of a content file. Raises ContentError if it cannot be read, or is not a regular file."""
    if other := other_than_file(path):
        raise ContentError(f"{path}: {other}{_ADVICE}")
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise ContentError(f"{path}: cannot be read: {error}") from None


def read_content_text(path: Traversable) -> str:
    """Return the text of a content file, with line feeds as line ends.

    Raises ContentError as `read_content` does, and if the file is not in UTF-8.
    """
    try:
        text = read_content(path).decode()
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: is not in UTF-8 ({error}); save it in UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
