"""The folders of an atlas's releases, and their manifests; read without DuckDB."""

from pathlib import Path
from typing import Any

import orjson

from overt.model.errors import OvertError

MANIFEST = "manifest.json"
LATEST = "latest"
"""File in `releases/` that names the release made last: an id's day is its inputs', so an older one can be the newest."""


def releases(folder: Path) -> list[Path]:
    """The directories of all releases below `releases/`, the one made last at the end."""
    if not folder.is_dir():
        return []
    latest = (folder / LATEST).read_text(encoding="utf-8").strip() if (folder / LATEST).is_file() else ""
    held = [child for child in folder.iterdir() if child.name[0] != "." and child.is_dir()]
    return sorted(held, key=lambda child: (child.name == latest, child.name[:10], child.stat().st_mtime_ns, child.name))


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a release says of itself. Raises OvertError when it cannot be read."""
    try:
        manifest: dict[str, Any] = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise OvertError(f"{folder}: is not a release: {MANIFEST} cannot be read ({error}); run `overt verify`") from None
    return manifest
