"""`overt build`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import orjson

from overt.archive import Archive
from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, progress_bar, writing
from overt.cli.fetch import FromOption, Retrieved, RetrievedOption, ShippedOption, fetch_all
from overt.cli.importing import AllowProblems, account, import_all, print_account, refuse
from overt.cli.release import NoteOption, ThreadsOption, release_all
from overt.cli.shipped import Fetched
from overt.cli.words import records_are
from overt.importing.snapshot_import import SnapshotImport
from overt.index.cache_files import remove_lost
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.release.release import Release
from overt.resolve.step import run_resolve


def build(
    directory: FromOption = None,
    shipped: ShippedOption = False,
    retrieved: RetrievedOption = None,
    note: NoteOption = "",
    threads: ThreadsOption = None,
    allow_problems: AllowProblems = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Fetch, import, resolve and release, with progress. Prints each source's account, then the release's id.

    In a new atlas, without --from, it takes what Overt ships.
    """
    with writing(workspace) as (atlas, archive, ledger):
        fetched: list[Fetched] = []
        days = Retrieved(retrieved, atlas.content)
        if not directory and not shipped and _is_new(archive, ledger):
            messages.print("the archive is empty: taking what Overt ships; --from DIR takes files of your own")
            shipped = True
        if directory or shipped:
            with timed("fetch"), progress_bar() as bar:
                fetched = fetch_all(atlas, archive, [], directory, days, bar, shipped=shipped)
        with timed("import"):
            results = import_all(atlas, archive, [], allow_problems=allow_problems)
        if not json:
            print_account(results)
        try:
            if not allow_problems:
                refuse(results, atlas.content)
        except OvertError:
            if json:
                print_json(_told(fetched, results, None))
            raise
        made = finish(atlas, archive, ledger, note, threads)
        remove_lost(atlas.cache, atlas.releases)
        if lacking := _lacking_rows(atlas, made.release):
            messages.print(f"figures that lack rows left out as problems, and say so: {', '.join(lacking)}")
    print_json(_told(fetched, results, made)) if json else print(made.release)


class Made(NamedTuple):
    """What came of an atlas's claims."""

    resolved: dict[str, int]
    release: str


def finish(atlas: Workspace, archive: Archive, ledger: Ledger, note: str = "", threads: int | None = None) -> Made:
    """Resolve and release what is imported."""
    with timed("resolve"):
        counts = run_resolve(atlas, archive, ledger)
    messages.print(records_are(counts["records"], counts["clusters"]))
    with timed("release"):
        return Made(counts, release_all(atlas, archive, ledger, note, threads))


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Say how long a step took."""
    begin = time.monotonic()
    yield
    messages.print(f"{step}: {time.monotonic() - begin:.1f} s", style="dim")


def _is_new(archive: Archive, ledger: Ledger) -> bool:
    """Whether there is nothing yet that a release could be made of."""
    return not archive.captures() and not ledger.head().sequence


def _lacking_rows(atlas: Workspace, release: str) -> list[str]:
    """The figures whose sources have rows that were left out as problems."""
    with Release(atlas.releases / release) as held:
        gaps = {row["name"]: orjson.loads(row["gaps"]) for row in held.rows("SELECT name, gaps FROM figures ORDER BY name")}
    return [name for name, found in gaps.items() if any(gap["what"] == "problems" for gap in found)]


def _told(fetched: list[Fetched], results: list[SnapshotImport], made: Made | None) -> dict[str, Any]:
    return {
        "release": made.release if made else None,
        "resolved": made.resolved if made else None,
        "fetched": [one._asdict() for one in fetched],
        "sources": account(results),
    }
