"""`overt import`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.atlas_access import writing
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_sources
from overt.cli.json_output import print_json
from overt.cli.pipeline.import_and_release_options import AllowProblems, TrustOption
from overt.model.errors import UsageError


def import_(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Sources to import; without any, all.", metavar="[SOURCE …]", autocompletion=complete_sources),
    ] = None,
    allow_problems: AllowProblems = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Store nothing: print all problems with hints, and the first records.")
    ] = False,
    place: Annotated[
        Path | None,
        typer.Option("--from", help="With --dry-run: a file or folder that is not archived yet.", metavar="PATH"),
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--csv", help="With --dry-run: write all problems to this table.", metavar="FILE")
    ] = None,
    trust: TrustOption = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Turn archived files into claims.

    Prints an account of each source: rows read = imported + out of scope + problems. The exit code is 1 when a file was refused
    or, without --allow-problems, when rows have unexpected problems.

    With --dry-run, nothing is stored. It prints all problems by cause, each with what to add to source.yml, and the first
    records as they would be imported. The exit code is 1 when `overt import` would refuse the files.
    """
    if dry_run:
        from overt.cli.pipeline.import_dry_run import import_dry

        import_dry(workspace, sources or [], place, table, trust=trust, json=json)
        return
    if place or table:
        raise UsageError("--from and --csv belong to --dry-run; to archive files, use `overt fetch --from PATH`")
    from overt.cli.pipeline.import_account import account, print_account
    from overt.cli.pipeline.import_step import import_all, refuse

    with writing(workspace) as (atlas, archive, ledger):
        results = import_all(atlas, archive, ledger.source_choices(), sources or [], allow_problems=allow_problems, trust=trust)
    if json:
        print_json(account(results))
    else:
        print_account(results)
    refuse(results, atlas.content, allow_problems=allow_problems)
