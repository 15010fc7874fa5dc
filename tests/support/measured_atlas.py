"""A small atlas of lists of what is blocked, with invented days, that may be shown to others."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from overt.archive import Archive, fetch_local, match_files
from overt.importing.step import EDITION
from overt.model.workspace import Workspace
from tests.flow.atlas import Atlas
from tests.importing.lists import write_daily, write_mechanisms

OPEN, ALL = 'republish = ["open"]', 'republish = ["open", "private"]'
Days = Mapping[str, Mapping[str, Sequence[str]]]
"""By the place in a list's name and the day, the names on it."""


def measured_atlas(folder: Path, days: Days, retrieved: str = "2026-11-24", **protocols: Sequence[str]) -> Atlas:
    """An atlas with these daily lists, and these by protocol if there are any; `release` it with `build()`."""
    atlas = Atlas(folder)
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(OPEN, ALL), encoding="utf-8")
    atlas.workspace = Workspace.open(atlas.root)
    add_daily(atlas, folder / "in-daily", days, retrieved)
    if protocols:
        held = write_mechanisms(folder / "in-mechanisms", **protocols)
        roles = {name: [f"{name}-blocklist.txt.xz"] for name in ("dns", "http", "https", "quic")}
        _fetch(atlas, "gfw_report_mechanisms", held, roles, retrieved)
    return atlas


def add_daily(atlas: Atlas, folder: Path, days: Days, retrieved: str) -> None:
    """Archive daily lists, in place of those before."""
    _fetch(atlas, "gfw_report_daily", write_daily(folder, days), {"daily": ["*.tar.xz"]}, retrieved)


def _fetch(atlas: Atlas, source: str, folder: Path, roles: Mapping[str, Sequence[str]], retrieved: str) -> None:
    found = match_files(folder, {role: list(patterns) for role, patterns in roles.items()})
    fetch_local(Archive(atlas.workspace.archive), source, found, address=f"{EDITION}{source}", licence="", retrieved=retrieved)
