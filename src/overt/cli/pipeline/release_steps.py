"""Making and signing a release, making its index and cleaning the cache, with progress and messages."""

import sqlite3
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from overt.archive import Archive
from overt.cli.messages_and_progress import messages, step_bar
from overt.cli.text_truncation_and_sizes import format_bytes
from overt.index.cache_locks_and_cleanup import plan_cleaning, remove_unused
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.ledger import Ledger
from overt.model.errors import OvertError, format_count
from overt.model.workspace import Workspace
from overt.release.history.history_file import history_path, read_history, sign_history
from overt.release.history.release_history_line import HistoryLine
from overt.release.history.seen_signed_histories import newly_vouched, require_signable
from overt.release.release_folders import list_releases
from overt.release.release_signature import sign_release, signing_key
from overt.release.workspace_release import run_release


def release_all(atlas: Workspace, archive: Archive, ledger: Ledger, note: str = "", threads: int | None = None) -> str:
    """Make the release, sign it if overt.toml names a key, make its index, keep the cache within its limit, and return its id.

    Before any work, raises UsageError if the key can't be used, and OvertError if it must not sign the history
    (`require_signable`). Also raises the errors of `run_release`.
    """
    before = read_history(history_path(atlas))
    if signing_key(atlas) is not None:
        require_signable(atlas, before)
    with step_bar("releasing") as progress:
        identity = run_release(atlas, archive, ledger, note=note, threads=threads, progress=progress)
    sign_release(atlas, atlas.releases / identity)
    sign_history(atlas)
    print_vouched(before, read_history(history_path(atlas)))
    make_index(atlas, identity)
    bound_cache(atlas)
    return identity


def print_vouched(before: Sequence[HistoryLine], after: Sequence[HistoryLine]) -> int:
    """Print how many earlier releases the first signature of a history covers, if any, and return their number."""
    vouched = newly_vouched(before, after) or 0
    if vouched:
        releases = format_count(vouched, "earlier release")
        messages.print(f"the first signature of the history vouches for {releases}, too: check them with `overt verify --all`")
    return vouched


def bound_cache(atlas: Workspace) -> None:
    """Clean the cache as `overt clean` does, and print how much was removed if anything was."""
    releases = [folder.name for folder in list_releases(atlas.releases)]
    removed = [item for item in plan_cleaning(atlas.cache, releases, atlas.settings.cache.max_bytes) if remove_unused(item.path)]
    if freed := sum(item.bytes for item in removed):
        messages.print(f"cache: removed {format_bytes(freed)} that nothing needs (`max_bytes` under [cache] in overt.toml)")


def make_index(atlas: Workspace, release: str) -> None:
    """Make the index that pages, search and commands read, unless it exists.

    The release is complete without it, so a failure only prints a message. The next command that needs the index tries again.
    """
    with step_bar("indexing") as progress:
        try:
            prepare(ServeSettings(workspace=atlas, release=release), progress)
        except (OvertError, OSError, sqlite3.Error, duckdb.Error, pa.ArrowException) as error:
            reason = " ".join(str(error).split())
            messages.error(f"overt: {release}: the index could not be made: {reason}; `overt serve` makes it when it starts")
