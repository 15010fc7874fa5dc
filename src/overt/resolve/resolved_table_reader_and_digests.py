"""Describe and read the tables of `resolved/`, which can be deleted and rebuilt at any time.

`resolution.json` has the fingerprint of the inputs, and the digest of each table. A table that differs from its digest is never
read.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.model.errors import OvertError
from overt.model.files.file_digests import Digests, cached_sha256, changed_file, folder_digests

RESOLUTION = "resolution.json"


def write_description(folder: Path, fingerprint: str) -> None:
    """Write `resolution.json` for the tables in `folder`."""
    (folder / RESOLUTION).unlink(missing_ok=True)
    description = {"fingerprint": fingerprint, "files": folder_digests(folder)}
    (folder / RESOLUTION).write_bytes(_encode(description))


def resolved_fingerprint(folder: Path) -> str | None:
    """Return the fingerprint of the inputs of `resolved/`, or None if `resolution.json` is missing or damaged."""
    fingerprint = _description(folder).get("fingerprint")
    return str(fingerprint) if fingerprint else None


def has_digests(folder: Path) -> bool:
    """Return whether `resolved/` has digests of its tables.

    False if resolution.json is missing or damaged, or was written by an early version of Overt.
    """
    return bool(_digests(folder))


def changed_table(folder: Path) -> str | None:
    """Return the first file of `resolved/` that is missing or differs from its digest; None if all are intact.

    If there are no digests, return RESOLUTION.
    """
    digests = _digests(folder)
    return changed_file(folder, {**digests, RESOLUTION: cached_sha256(folder / RESOLUTION)}) if digests else RESOLUTION


def read_rows(path: Path, columns: Sequence[str], filters: pc.Expression | None = None) -> list[dict[str, Any]]:
    """Return the rows of a table; empty if nothing is resolved. Raises OvertError for a table that can't be used."""
    if not check_table(path):
        return []
    try:
        table = pq.read_table(path, columns=list(columns), filters=filters)
    except (pa.ArrowException, OSError) as error:
        raise unusable_table(path, str(error)) from None
    if missing := sorted(set(columns) - set(table.column_names)):
        raise unusable_table(path, f"column {missing[0]}")
    return table.to_pylist()


def check_table(path: Path) -> bool:
    """Return whether a table exists. Raises OvertError if it differs from its digest, or has none."""
    if not path.is_file():
        return False
    if _digests(path.parent).get(path.name) != cached_sha256(path):
        raise unusable_table(path, "it has changed since it was made")
    return True


def unusable_table(path: Path, reason: str) -> OvertError:
    """Return the error to raise for a table that can't be used."""
    return OvertError(f"{path}: cannot be used ({reason}); run `overt resolve`, which makes it again")


def _digests(folder: Path) -> Digests:
    files = _description(folder).get("files")
    return {str(name): str(digest) for name, digest in files.items()} if isinstance(files, dict) else {}


def _description(folder: Path) -> dict[str, Any]:
    """Read `resolution.json`; empty if it is missing or damaged."""
    try:
        data = (folder / RESOLUTION).read_bytes()
        description = orjson.loads(data)
    except (OSError, orjson.JSONDecodeError):
        return {}
    if not isinstance(description, dict) or (description.keys() > {"fingerprint"} and data != _encode(description)):
        return {}
    return description


def _encode(description: dict[str, Any]) -> bytes:
    """Encode a description with its own digest, so that damage to it is detected, too."""
    content = {name: description.get(name) for name in ("fingerprint", "files")}
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return orjson.dumps({**content, "digest": digest}, option=orjson.OPT_INDENT_2)
