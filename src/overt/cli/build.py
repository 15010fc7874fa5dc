"""`overt build`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from overt.cli.common import HERE, WorkspaceOption, messages, progress_bar, writing
from overt.cli.fetch import FromOption, RetrievedOption, fetch_all
from overt.cli.importing import AllowProblems, import_all, print_account, refuse
from overt.cli.release import NoteOption, ThreadsOption, release_all
from overt.publish.serve.caches import remove_lost
from overt.resolve.step import run_resolve


def build(
    directory: FromOption = None,
    retrieved: RetrievedOption = None,
    note: NoteOption = "",
    threads: ThreadsOption = None,
    allow_problems: AllowProblems = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Fetch, import, resolve and release, with progress. Prints each source's account, then the release's id."""
    with writing(workspace) as (atlas, archive, ledger):
        if directory:
            with timed("fetch"), progress_bar() as bar:
                fetch_all(atlas, archive, [], directory, retrieved, bar)
        with timed("import"):
            results = import_all(atlas, archive, [], allow_problems=allow_problems)
        print_account(results)
        if not allow_problems:
            refuse(results)
        with timed("resolve"):
            counts = run_resolve(atlas, archive, ledger)
        messages.print(f"{counts['records']:,} records are {counts['clusters']:,} things")
        with timed("release"):
            identity = release_all(atlas, archive, ledger, note, threads)
        remove_lost(atlas.cache, atlas.releases)
        print(identity)


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Say how long a step took."""
    begin = time.monotonic()
    yield
    messages.print(f"{step}: {time.monotonic() - begin:.1f} s", style="dim")
