"""Hard links to files that never change, and removal of files and folders."""

import os
import shutil
from pathlib import Path


def link_or_copy(source: Path | str, target: Path | str) -> None:
    """Make a hard link to a file that never changes, or copy the file if the file systems don't allow links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def remove(path: Path) -> None:
    """Remove a file, or a directory with its contents. Do nothing if the path does not exist."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):  # This is also false if a parent of the path is a file.
        path.unlink(missing_ok=True)
