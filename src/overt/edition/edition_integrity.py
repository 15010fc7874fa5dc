"""Verifies a static edition against its manifest, file by file."""

import re
from collections.abc import Iterator
from pathlib import Path

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import TypeAdapter

from overt.edition.manifest import FIRST_FORM, MANIFEST, MAX_BYTES, METADATA, encode_manifest, manifest_digest
from overt.model.detached_file_signatures import signature_path, signature_problem
from overt.model.errors import quote_text
from overt.model.files.file_digests import sha256_file
from overt.model.files.regular_file_reading import read_at_most

_METADATA_FILE = re.compile(r"([1-9][0-9]*\.root|targets|snapshot|timestamp)\.json")
_FILES = TypeAdapter(dict[str, tuple[int, str]])


def verify_edition(folder: Path, key: Ed25519PublicKey | None = None) -> Iterator[str]:
    """Yield a line for each problem with an edition.

    Problems are an unreadable manifest, a path in it that is a link or leads outside, and a changed, missing or unexpected
    file. With a `key`, a signature that is missing or not by this key is also a problem. Update metadata are not checked here.
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
    """Return the files in a manifest, with sizes and hashes; None if it is unreadable or not exactly as Overt writes it.

    The digest reveals a manifest that was damaged, but only a signature reveals one that was forged.
    """
    try:
        data = read_at_most(path, MAX_BYTES)
        manifest = orjson.loads(data)
        digest = manifest.pop("sha256", None)
        # Format 1 had no digest of the manifest itself.
        expected = manifest | (
            {} if manifest["format"] == FIRST_FORM and digest is None else {"sha256": manifest_digest(manifest)}
        )
        if data != encode_manifest(expected):
            return None
        return _FILES.validate_json(orjson.dumps(manifest["files"]), strict=True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
