"""Removes caches for `overt clean`, and prints what was removed."""

from pathlib import Path

from overt.archive import WorkspaceLock
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.text_truncation_and_sizes import format_bytes
from overt.index.cache_locks_and_cleanup import folder_bytes, is_in_use, plan_cleaning, remove_unused
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases


def clean_cache(workspace: Path, *, dry_run: bool, json: bool) -> None:
    """Remove the caches that `plan_cleaning` chooses and no server uses, and print them with the size that this frees.

    With `dry_run`, remove nothing, and print what would be removed.
    """
    atlas = Workspace.open(workspace)
    with WorkspaceLock(atlas.root):
        limit = atlas.settings.cache.max_bytes
        planned = plan_cleaning(atlas.cache, [folder.name for folder in list_releases(atlas.releases)], limit)
        removed = [item for item in planned if (not is_in_use(item.path) if dry_run else remove_unused(item.path))]
        left = folder_bytes(atlas.cache) - (sum(item.bytes for item in removed) if dry_run else 0)
    freed = sum(item.bytes for item in removed)
    if json:
        rows = [{"path": str(item.path.relative_to(atlas.root)), "bytes": item.bytes, "why": item.why} for item in removed]
        in_use = [str(item.path.relative_to(atlas.root)) for item in planned if item not in removed]
        print_json({"dry_run": dry_run, "freed": freed, "left": left, "max_bytes": limit, "removed": rows, "in_use": in_use})
        return
    for item in removed:
        print(f"{format_bytes(item.bytes):>9}  {item.path.relative_to(atlas.root)}  ({item.why})")
    for item in planned:
        if item not in removed:
            messages.print(f"{item.path.relative_to(atlas.root)}: is in use by a server, and stays")
    would = "would free" if dry_run else "freed"
    print(f"{would} {format_bytes(freed)}; cache/ has {format_bytes(left)} left (at most {format_bytes(limit)} by overt.toml)")
