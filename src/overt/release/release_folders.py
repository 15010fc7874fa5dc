"""The folders of an atlas's releases, and their manifests; read without DuckDB."""

from pathlib import Path
from typing import Any

import orjson

from overt.model import format_numbers
from overt.model.errors import OvertError
from overt.model.format_numbers import check_format

MANIFEST = "manifest.json"
LATEST = "latest"
"""File in `releases/` with the id of the release made last. The day in an id is that of its inputs, so it does not tell."""


def list_releases(folder: Path) -> list[Path]:
    """Return the directories of all releases below `releases/`; the one made last comes last."""
    if not folder.is_dir():
        return []
    latest = (folder / LATEST).read_text(encoding="utf-8").strip() if (folder / LATEST).is_file() else ""
    releases = [child for child in folder.iterdir() if child.name[0] != "." and child.is_dir()]
    return sorted(releases, key=lambda child: (child.name == latest, child.name[:10], child.stat().st_mtime_ns, child.name))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a release's manifest. Raises OvertError if it cannot be read, or has a newer format than this code knows."""
    try:
        manifest: dict[str, Any] = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise OvertError(f"{folder}: is not a release: {MANIFEST} cannot be read ({error}); run `overt verify`") from None
    check_format(
        folder, "this release", manifest.get("format", 1) if isinstance(manifest, dict) else None, format_numbers.MANIFEST
    )
    return manifest
