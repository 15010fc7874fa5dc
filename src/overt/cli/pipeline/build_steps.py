"""Builds an atlas: the steps from fetching files to a release, each with its duration."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from overt.archive import Archive
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages, progress_bar
from overt.cli.pipeline.fetch_options import RetrievalDays
from overt.cli.pipeline.fetch_results import FetchResult
from overt.cli.pipeline.import_account import account, print_account
from overt.cli.pipeline.import_step import import_all, refuse
from overt.cli.pipeline.release_steps import release_all
from overt.cli.pipeline.shipped_source_fetch import fetch_edition
from overt.cli.pipeline.source_fetch import fetch_all
from overt.cli.text_truncation_and_sizes import records_are
from overt.importing.snapshot_and_source_selection import EDITION_PREFIX
from overt.importing.snapshot_import import SnapshotImport
from overt.index.cache_locks_and_cleanup import remove_lost
from overt.ledger import Ledger
from overt.model.errors import OvertError, UsageError
from overt.model.workspace import Workspace
from overt.release.release_reader import Release
from overt.resolve.workspace_resolution import refusal_messages, run_resolve


class BuildOptions(NamedTuple):
    """The options of `overt build`."""

    directory: Path | None
    shipped: bool
    retrieved: list[str] | None
    note: str
    threads: int | None
    allow_problems: bool
    trust: bool
    json: bool


class BuildResult(NamedTuple):
    """The numbers that `run_resolve` returns, and the release's id."""

    resolved: dict[str, int]
    release: str


def build_atlas(atlas: Workspace, archive: Archive, ledger: Ledger, options: BuildOptions) -> None:
    """Fetch, import, resolve and release, and print what `overt build` prints.

    Files are fetched only if the options name some or the atlas is new. Unless `allow_problems` is set, raises the error of
    `refuse` before anything is resolved. With `allow_problems`, prints which files were refused, and goes on without them.
    """
    fetched: list[FetchResult] = []
    days = RetrievalDays(options.retrieved, atlas.content)
    shipped = options.shipped
    if not options.directory and not shipped and _is_new(archive, ledger):
        messages.print("the archive is empty: taking what Overt ships; --from DIR takes files of your own")
        shipped = True
    if options.directory or shipped:
        with timed("fetch"), progress_bar() as bar:
            fetched = fetch_all(atlas, archive, [], options.directory, days, ledger.source_choices(), bar, shipped=shipped)
    with timed("import"):
        imported = import_all(
            atlas, archive, ledger.source_choices(), [], allow_problems=options.allow_problems, trust=options.trust
        )
    if not options.json:
        print_account(imported)
    try:
        if not options.allow_problems:
            refuse(imported, atlas.content)
    except OvertError:
        if options.json:
            print_json(_data(fetched, imported, None))
        raise
    if options.allow_problems:
        for reason in refusal_messages(atlas, archive, ledger.source_choices()):
            messages.print(reason)
    result = finish(atlas, archive, ledger, options.note, options.threads)
    remove_lost(atlas.cache, atlas.releases)
    if names := _figures_with_problems(atlas, result.release):
        messages.print(f"these figures lack rows that were left out as problems, and say so: {', '.join(names)}")
    print_json(_data(fetched, imported, result)) if options.json else print(result.release)


def build_edition(atlas: Workspace, archive: Archive, ledger: Ledger) -> str:
    """Build the edition that Overt ships and return the release's id.

    Raises UsageError for an atlas with other files, because its release would not be the edition. Also raises the error of
    `refuse`.
    """
    # Older files are archived first: if sources disagree, the archive's order decides whose value is newer.
    shipped = sorted((spec.edition.retrieved, spec.slug) for spec in atlas.content.sources.values() if spec.edition)
    own = {spec.slug for spec in atlas.content.sources.values() if spec.own}
    for capture in archive.captures():
        if capture.source not in own and not capture.address.startswith(EDITION_PREFIX):
            raise UsageError(f"{atlas.root}: has files of {capture.source} that Overt does not ship; name another --directory")
    with timed("fetch"):
        for _, slug in shipped:
            fetch_edition(atlas, archive, atlas.content.sources[slug])
    with timed("import"):
        imported = import_all(atlas, archive, ledger.source_choices(), [])
    print_account(imported)
    refuse(imported, atlas.content)
    return finish(atlas, archive, ledger).release


def finish(atlas: Workspace, archive: Archive, ledger: Ledger, note: str = "", threads: int | None = None) -> BuildResult:
    """Resolve and release the imported claims, and print how long each step takes."""
    with timed("resolve"):
        counts = run_resolve(atlas, archive, ledger)
    messages.print(records_are(counts["records"], counts["clusters"]))
    with timed("release"):
        return BuildResult(counts, release_all(atlas, archive, ledger, note, threads))


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Print how long the block takes, unless it raises an exception."""
    begin = time.monotonic()
    yield
    messages.print(f"{step}: {time.monotonic() - begin:.1f} s")


def _is_new(archive: Archive, ledger: Ledger) -> bool:
    """Return whether nothing is archived and the ledger is empty."""
    return not archive.captures() and not ledger.head().sequence


def _figures_with_problems(atlas: Workspace, release_id: str) -> list[str]:
    """Return the sorted names of figures that lack rows of a source because these rows have problems."""
    with Release(atlas.releases / release_id) as release:
        rows = release.rows("SELECT name, gaps FROM figures ORDER BY name")
    return [row["name"] for row in rows if any(gap["what"] == "problems" for gap in orjson.loads(row["gaps"]))]


def _data(fetched: list[FetchResult], imported: list[SnapshotImport], result: BuildResult | None) -> dict[str, Any]:
    return {
        "release": result.release if result else None,
        "resolved": result.resolved if result else None,
        "fetched": [entry._asdict() for entry in fetched],
        "sources": account(imported),
    }
