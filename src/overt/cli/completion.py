"""Shell completion of sources, figures, record types and releases. Each function returns the names that begin with `incomplete`.

The functions load neither content nor releases, so they are fast.
"""

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

import typer

from overt.model.content_files import ContentFiles
from overt.model.workspace import SETTINGS
from overt.release.release_folders import list_releases


def complete_sources(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the slugs of sources."""
    return _starting(_folders(ctx, "sources", "source.yml"), incomplete)


def complete_figures(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the names of figures; after `NAME@`, that name with the id of each release: `NAME@RELEASE`."""
    name, at, _ = incomplete.partition("@")
    if at:
        return _starting([f"{name}@{folder.name}" for folder in list_releases(_root(ctx) / "releases")], incomplete)
    return _starting(_folders(ctx, "figures", "figure.yml"), incomplete)


def complete_record_types(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the names of record types."""
    names = ContentFiles().entries("schema")
    return _starting([name.removesuffix(".yml") for name in names if name.endswith(".yml")], incomplete)


def complete_releases(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of the atlas's releases, the newest first."""
    return _starting([folder.name for folder in reversed(list_releases(_root(ctx) / "releases"))], incomplete)


def _root(ctx: typer.Context) -> Path:
    return Path(ctx.params.get("workspace") or "")


def _folders(ctx: typer.Context, folder: str, file: str) -> list[str]:
    root = _root(ctx)
    entries: dict[str, Traversable] = ContentFiles(root if (root / SETTINGS).is_file() else None).entries(folder)
    return [name for name, entry in entries.items() if (entry / file).is_file()]


def _starting(values: Iterable[str], incomplete: str) -> list[str]:
    return [value for value in values if value.startswith(incomplete)]
