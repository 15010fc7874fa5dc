"""The folders of an atlas's releases and their manifests, read without DuckDB."""

from pathlib import Path
from typing import Any

import orjson

from overt.model import format_versions
from overt.model.errors import OvertError
from overt.model.format_versions import check_format

MANIFEST = "manifest.json"
LATEST = "latest"
"""File in `releases/` with the id of the latest release. The ids don't show which release is latest, because they contain the day
of the inputs.
"""

RELEASE_ID = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}$"
"""Pattern of a release's id."""


def read_latest(folder: Path) -> str:
    """Return the text of the file `latest` in `releases/`; "" if it can't be read.

    Bytes that are not UTF-8 are replaced, so that a damaged file matches no release.
    """
    try:
        return (folder / LATEST).read_bytes().decode(errors="replace")
    except OSError:
        return ""


def list_releases(folder: Path) -> list[Path]:
    """Return the directories of all releases in `releases/`, the latest one last.

    The others are sorted by the position of their last capture in the archive's index: a release made from more captures is
    newer. The day in a release's name, which can be wrong, only breaks ties.
    """
    if not folder.is_dir():
        return []
    latest = read_latest(folder).strip()
    releases = [child for child in folder.iterdir() if child.name[0] != "." and child.is_dir()]
    index = folder.parent / "archive" / "index.jsonl"
    archived = index.read_bytes() if len(releases) > 2 and index.is_file() else b""

    def key(child: Path) -> tuple[bool, int, str, int, str]:
        return child.name == latest, _archive_position(child, archived), child.name[:10], child.stat().st_mtime_ns, child.name

    return sorted(releases, key=key)


def _archive_position(release: Path, index: bytes) -> int:
    """Return the byte position of a release's last capture in the archive's index; -1 if it is unknown."""
    if not index:
        return -1
    try:
        chain = str(orjson.loads((release / MANIFEST).read_bytes())["archive"]["chain"])
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return -1
    return index.find(f'"chain":"{chain}"'.encode()) if chain else -1


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a release's manifest. Raises OvertError if it can't be read, or if its format is newer than this code."""
    try:
        manifest: dict[str, Any] = orjson.loads((folder / MANIFEST).read_bytes())
        if not isinstance(manifest, dict):
            raise ValueError("it is not a JSON object")
    except (OSError, ValueError) as error:
        raise OvertError(f"{folder}: is not a release: {MANIFEST} cannot be read ({error}); run `overt verify`") from None
    check_format(folder, "this release", manifest.get("format", 1), format_versions.MANIFEST)
    return manifest
