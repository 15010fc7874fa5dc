"""`overt clean`."""

from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption


def clean(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would be removed.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Delete caches that can be made again, to free disk space.

    Removes files of deleted releases and of stopped runs, and then the indexes of the oldest releases until cache/ is no larger
    than `max_bytes` under [cache] in overt.toml. The newest release's index and indexes in use stay. Nothing else is touched.
    """
    from overt.cli.pipeline.cache_removal import clean_cache

    clean_cache(workspace, dry_run=dry_run, json=json)
