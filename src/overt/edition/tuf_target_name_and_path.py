"""What update metadata can name: the manifest of a static edition, and the description of a copy for servers."""

from pathlib import Path

from overt.edition.manifest import MANIFEST, METADATA

COPY = "replica.json"
"""Target of a copy for servers. The copy's description is stored under its hash, like all files of a copy."""
FILES = "files"
"""Folder of a copy's files, which are named by their SHA-256."""


def is_copy(folder: Path) -> bool:
    """Return whether a folder contains a copy for servers, complete or not."""
    return (folder / FILES).is_dir() and (folder / METADATA).is_dir() and not (folder / MANIFEST).exists()


def target_name(folder: Path) -> str:
    """Return the name of the target in update metadata for a folder: `COPY` for a copy for servers, otherwise `MANIFEST`."""
    return COPY if is_copy(folder) else MANIFEST


def target_path(folder: Path, name: str, sha256: str) -> Path:
    """Return the path of a target's file in a folder. The description of a copy is named after its hash."""
    return folder / FILES / sha256 if name == COPY else folder / name
