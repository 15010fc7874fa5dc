"""The description of an edition in the cache, and the check that the edition's files are unchanged."""

import logging
from pathlib import Path
from typing import Any

import orjson

from overt.model.files.file_digests import cached_sha256, matches_digest, sha256_file, write_digest
from overt.model.files.hard_links_and_file_removal import remove

_LOG = logging.getLogger(__name__)
DESCRIPTION = "edition.json"
"""File that describes an edition. It has the digest of each table; the file's own digest is in a file beside it."""


def read_edition(folder: Path) -> dict[str, Any] | None:
    """Return the description of an edition in the cache; None if there is none.

    If a file of the edition has been changed or is missing, remove the edition's folder and return None.
    """
    if not (folder / DESCRIPTION).is_file():
        return None
    if (description := _intact_description(folder)) is None:
        _LOG.warning("%s: was changed since it was made; making it again", folder)
        remove(folder)
    return description


def is_intact(folder: Path) -> bool:
    """Return whether a folder of the cache has an edition that has not changed since it was made."""
    return _intact_description(folder) is not None


def write_edition_digest(folder: Path) -> None:
    """Write the digest of the description. Call this after all files of the edition have been written."""
    write_digest(folder / DESCRIPTION, sha256_file(folder / DESCRIPTION))


def _intact_description(folder: Path) -> dict[str, Any] | None:
    if not matches_digest(folder / DESCRIPTION):
        return None
    try:
        description: dict[str, Any] = orjson.loads((folder / DESCRIPTION).read_bytes())
        for table in description["manifest"]["tables"].values():
            path = folder / table["file"]
            if not path.is_file() or cached_sha256(path) != table["sha256"]:
                return None
    except (ValueError, KeyError, TypeError, AttributeError):  # The digest matches, so someone replaced both files.
        return None
    return description
