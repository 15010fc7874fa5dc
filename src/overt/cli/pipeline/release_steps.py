"""Making a release and its index, with progress."""

import sqlite3

import duckdb
import pyarrow as pa

from overt.archive import Archive
from overt.cli.messages import messages, progress_bar
from overt.index.prepare import prepare
from overt.index.prepared import ServeSettings
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.release.history.history_file import sign_history
from overt.release.release_signature import sign_release, signing_key
from overt.release.release_step import run_release


def release_all(atlas: Workspace, archive: Archive, ledger: Ledger, note: str = "", threads: int | None = None) -> str:
    """Make the release, sign it if overt.toml names a key, make its index, and return its id.

    Raises UsageError, before any work, for a key that cannot be used.
    """
    signing_key(atlas)
    with progress_bar() as bar:
        task = bar.add_task("releasing", total=None)
        identity = run_release(
            atlas,
            archive,
            ledger,
            note=note,
            threads=threads,
            progress=lambda step: bar.update(task, description=f"releasing: {step}"),
        )
    sign_release(atlas, atlas.releases / identity)
    sign_history(atlas)
    make_index(atlas, identity)
    return identity


def make_index(atlas: Workspace, release: str) -> None:
    """Make the index that pages, search and commands read, unless it is there.

    The release is complete without it, so a failure is only a message; whoever needs the index tries again.
    """
    with progress_bar() as bar:
        task = bar.add_task("indexing", total=None)
        try:
            prepare(
                ServeSettings(workspace=atlas, release=release),
                lambda step: bar.update(task, description=f"indexing: {step}"),
            )
        except (OvertError, OSError, sqlite3.Error, duckdb.Error, pa.ArrowException) as error:
            reason = " ".join(str(error).split())
            messages.error(f"overt: {release}: the index could not be made: {reason}; `overt serve` makes it when it starts")
