"""The manifest of a static edition, with the size and hash of every file, and the verification of editions."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import TypeAdapter

from overt.edition.writer import File
from overt.index.prepared_release import PreparedRelease
from overt.model import format_versions
from overt.model.errors import quote_text
from overt.model.files.atomic_writes import sha256_file
from overt.model.files.untrusted_files import open_regular, read_at_most
from overt.model.format_versions import check_format
from overt.model.signature import sign, signature_path, signature_problem
from overt.model.workspace import Workspace
from overt.release.release_folders import read_manifest
from overt.release.release_signature import signing_key
from overt.version import __version__

MANIFEST = "manifest.json"
"""File with the hashes of the edition's other files. It is the only file of an edition with an entry in the update metadata."""
METADATA = "metadata"
"""Folder of an edition with its update metadata. They depend on the clock, so the manifest doesn't list them."""
_METADATA_FILE = re.compile(r"([1-9][0-9]*\.root|targets|snapshot|timestamp)\.json")
_FORM = re.compile(rb"overt-edition-([0-9]+)")
FORM = f"overt-edition-{format_versions.EDITION}"
_FIRST_FORM = "overt-edition-1"
_FILES = TypeAdapter(dict[str, tuple[int, str]])
MAX_BYTES = 1 << 30
"""Maximum size of a manifest. A forged one can be as large as a disk."""
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
    path.write_bytes(_encode(manifest | {"sha256": _digest(manifest)}))
    key = signing_key(workspace)
    if key is not None:
        sign(path, key)
    return key is not None


def is_edition(folder: Path) -> bool:
    """Return whether a directory contains a static edition, complete or not. Raises OvertError if its format is newer than the
    newest that this Overt knows.
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


def verify_edition(folder: Path, key: Ed25519PublicKey | None = None) -> Iterator[str]:
    """Yield a line for each problem of an edition: an unreadable manifest, a path in it that is a link or leads outside, a
    changed, missing or unexpected file, and with a `key`, a signature that is missing or not by this key.
    """
    path = folder / MANIFEST
    if key is not None and (problem := signature_problem(path, key)):
        yield problem
    files, root = _read_files(path), folder.resolve()
    if files is None:
        yield f"{path}: cannot be read as the manifest of an edition; get the edition again"
        return
    known = {path, signature_path(path)}
    for name, (size, digest) in files.items():
        file = folder / name
        known.add(file)
        if file.resolve() != root / name or not file.resolve().is_relative_to(root):
            yield f"{path}: names {quote_text(name)}, which is a link or outside the edition; get the edition again"
        elif not file.is_file():
            yield f"{file}: is missing; get the edition again"
        elif file.stat().st_size != size or sha256_file(file) != digest:
            yield f"{file}: its bytes are not those of the manifest; get the edition again"
    for stray in sorted(path for path in folder.rglob("*") if path not in known and (path.is_symlink() or not path.is_dir())):
        if _is_metadata_file(stray.relative_to(folder).as_posix()) and not stray.is_symlink():
            continue  # `verify --root` checks the metadata.
        yield f"{stray}: does not belong to the edition; remove it"


def _is_metadata_file(name: str) -> bool:
    """Return whether a path relative to an edition is a file of its update metadata."""
    folder, _, file = name.partition("/")
    return folder == METADATA and _METADATA_FILE.fullmatch(file) is not None


def _read_files(path: Path) -> dict[str, tuple[int, str]] | None:
    """Return the files in a manifest, with sizes and hashes; None if it is unreadable or not in the form that Overt writes.

    The digest reveals a manifest that was damaged, but only a signature reveals one that was forged.
    """
    try:
        data = read_at_most(path, MAX_BYTES)
        manifest = orjson.loads(data)
        digest = manifest.pop("sha256", None)
        # Format 1 had no digest of the manifest itself.
        expected = manifest | ({} if manifest["format"] == _FIRST_FORM and digest is None else {"sha256": _digest(manifest)})
        if data != _encode(expected):
            return None
        return _FILES.validate_json(orjson.dumps(manifest["files"]), strict=True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _digest(manifest: dict[str, Any]) -> str:
    """Return the SHA-256 of a manifest without this digest. It reveals damage even if nobody signed the manifest."""
    return hashlib.sha256(_encode(manifest)).hexdigest()


def _encode(manifest: dict[str, Any]) -> bytes:
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n"
