"""The Python source files in a folder."""

from importlib.resources.abc import Traversable
from pathlib import Path

from overt.model.files.content_file_reading import read_content

_SUFFIX = ".py"


def read_python_files(folder: Traversable) -> dict[str, bytes]:
    """Return the bytes of every Python source file in a folder, by its path below the folder, sorted.

    Linked folders, `__pycache__`, and names that begin with a dot are left out. Raises ContentError if a file cannot be read.
    """
    return dict(sorted(_files(folder, "").items()))


def _files(folder: Traversable, prefix: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not (isinstance(entry, Path) and entry.is_symlink()):
                files |= _files(entry, f"{name}/")
        elif entry.name.endswith(_SUFFIX):
            files[name] = read_content(entry)
    return files
