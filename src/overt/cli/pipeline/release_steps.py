"""Making a release and its index, with progress."""

import sqlite3

import duckdb
import pyarrow as pa

from overt.archive import Archive
from overt.cli.messages import messages, step_bar
from overt.index.prepare import prepare
from overt.index.prepared import ServeSettings
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.release.release_signature import sign_release, signing_key
from overt.release.release_step import run_release


def release_all(atlas: Workspace, archive: Archive, ledger: Ledger, note: str = "", threads: int | None = None) -> str:
    """Make the release, sign it if overt.toml names a key, make its index, and return its id.

    Raises UsageError, before any work, for a key that cannot be used.
    """
    signing_key(atlas)
    with step_bar("releasing") as progress:
        identity = run_release(atlas, archive, ledger, note=note, threads=threads, progress=progress)
    sign_release(atlas, atlas.releases / identity)
    make_index(atlas, identity)
    return identity


def make_index(atlas: Workspace, release: str) -> None:
    """Make the index that pages, search and commands read, unless it exists.

    The release is complete without it, so a failure is only a message, and whoever needs the index tries again.
    """
    with step_bar("indexing") as progress:
        try:
            prepare(ServeSettings(workspace=atlas, release=release), progress)
        except (OvertError, OSError, sqlite3.Error, duckdb.Error, pa.ArrowException) as error:
            reason = " ".join(str(error).split())
            messages.error(f"overt: {release}: the index could not be made: {reason}; `overt serve` makes it when it starts")
