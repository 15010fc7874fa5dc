"""The manifest of a static edition, with the size and hash of every file."""

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from overt.edition.site_files_writer import File
from overt.index.prepared_release import PreparedRelease
from overt.model import format_versions
from overt.model.detached_file_signatures import sign
from overt.model.files.regular_file_reading import open_regular
from overt.model.format_versions import check_format
from overt.model.workspace import Workspace
from overt.release.release_folders import read_manifest
from overt.release.release_signature import signing_key
from overt.version import __version__

MANIFEST = "manifest.json"
"""File with the hashes of the edition's other files. It is the only file of an edition with an entry in the update metadata."""
METADATA = "metadata"
"""Folder of an edition with its update metadata. They depend on the clock, so the manifest doesn't list them."""
_FORM = re.compile(rb"overt-edition-([0-9]+)")
FORM = f"overt-edition-{format_versions.EDITION}"
FIRST_FORM = "overt-edition-1"
MAX_BYTES = 1 << 30
"""Maximum size of a manifest in bytes. A forged manifest could be as large as a disk."""
_ENDS = 64 * 1024
"""Number of bytes at either end of a manifest in which to look for its format."""
_NOT_HERE = (
    "comparisons of countries and companies, other orders and filters of the list of companies: a server makes them on request",
    "pages of individual claims: each is on the page of its record, under its own anchor",
    "the map's tiles, rows and pictures for filters: the script of the explorer works out rows by itself",
)
"""Features that need a server and that editions therefore lack."""


def build_manifest(workspace: Workspace, prepared: PreparedRelease, files: Iterable[File]) -> dict[str, Any]:
    """Return the manifest of an edition, its format first. It does not depend on the clock or the machine."""
    release = read_manifest(workspace.releases / prepared.base_release)
    return {
        "format": FORM,
        "title": release["title"],
        "release": prepared.release,
        "date": release["date"],
        "note": release["note"],
        "overt": __version__,
        "address": workspace.settings.site.address.rstrip("/"),
        "republish": list(workspace.settings.republish),
        "left_out": [dict(source) for source in prepared.left_out],
        "subset": prepared.subset and {name: prepared.subset[name] for name in ("filters", "projects", "of")},
        "not_here": list(_NOT_HERE),
        "files": {file.path: [file.bytes, file.sha256] for file in sorted(files)},
    }


def write_manifest(workspace: Workspace, folder: Path, manifest: dict[str, Any]) -> bool:
    """Write the manifest and sign it if overt.toml names a key. Return whether it was signed.

    Raises UsageError for a key that can't be used.
    """
    path = folder / MANIFEST
    path.write_bytes(encode_manifest(manifest | {"sha256": manifest_digest(manifest)}))
    key = signing_key(workspace)
    if key is not None:
        sign(path, key)
    return key is not None


def is_edition(folder: Path) -> bool:
    """Return whether a directory contains a static edition, complete or not.

    Raises OvertError if the edition's format is newer than this version of Overt can read.
    """
    number = _edition_format(folder)
    if number:
        check_format(folder, "this edition", number, format_versions.EDITION)
    return number > 0


def _edition_format(folder: Path) -> int:
    try:
        with open_regular(folder / MANIFEST) as file:
            first = file.read(_ENDS)
            file.seek(max(0, file.seek(0, os.SEEK_END) - _ENDS))  # In a manifest with sorted keys, `format` comes after `files`.
            form = _FORM.search(first) or _FORM.search(file.read())
            return int(form[1]) if form else 0
    except OSError:
        return 0


def manifest_digest(manifest: dict[str, Any]) -> str:
    """Return the SHA-256 of a manifest that has no `sha256` yet. It reveals damage even if nobody signed the manifest."""
    return hashlib.sha256(encode_manifest(manifest)).hexdigest()


def encode_manifest(manifest: dict[str, Any]) -> bytes:
    """Return a manifest as the bytes of its file."""
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n"
