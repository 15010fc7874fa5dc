"""A small atlas of invented blocklists, all of which may be republished."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from overt.archive import Archive, fetch_local, match_files
from overt.importing.snapshot_and_source_selection import EDITION_PREFIX
from overt.model.workspace import Workspace
from tests.importing.blocklist_files import write_daily, write_mechanisms
from tests.support.command_built_atlas import Atlas

OPEN_ONLY, EVERYTHING = 'republish = ["open"]', 'republish = ["open", "private"]'
Days = Mapping[str, Mapping[str, Sequence[str]]]
"""Place → day → domain names. The place and the day are parts of a list's file name."""


def measured_atlas(folder: Path, days: Days, retrieved: str = "2026-11-24", **protocols: Sequence[str]) -> Atlas:
    """Make an atlas with these daily lists and optional lists by protocol. `build()` releases it."""
    atlas = Atlas(folder)
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(OPEN_ONLY, EVERYTHING), encoding="utf-8")
    atlas.workspace = Workspace.open(atlas.root)
    add_daily(atlas, folder / "in-daily", days, retrieved)
    if protocols:
        drop = write_mechanisms(folder / "in-mechanisms", **protocols)
        roles = {name: [f"{name}-blocklist.txt.xz"] for name in ("dns", "http", "https", "quic")}
        _fetch(atlas, "gfw_report_mechanisms", drop, roles, retrieved)
    return atlas


def add_daily(atlas: Atlas, folder: Path, days: Days, retrieved: str) -> None:
    """Archive daily lists that replace the earlier ones."""
    _fetch(atlas, "gfw_report_daily", write_daily(folder, days), {"daily": ["*.tar.xz"]}, retrieved)


def _fetch(atlas: Atlas, source: str, folder: Path, roles: Mapping[str, Sequence[str]], retrieved: str) -> None:
    files = match_files(folder, {role: list(patterns) for role, patterns in roles.items()})
    fetch_local(
        Archive(atlas.workspace.archive), source, files, address=f"{EDITION_PREFIX}{source}", licence="", retrieved=retrieved
    )
