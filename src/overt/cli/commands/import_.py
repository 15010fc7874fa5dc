"""`overt import`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import HERE, JsonOption, WorkspaceOption, print_json, writing
from overt.cli.completion import complete_sources
from overt.cli.pipeline.build_options import AllowProblems, TrustOption


def import_(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Sources to import; without any, all.", metavar="[SOURCE …]", autocompletion=complete_sources),
    ] = None,
    allow_problems: AllowProblems = False,
    trust: TrustOption = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Turn archived files into claims.

    Prints an account of each source: rows read = imported + out of scope + problems. Without --allow-problems, the exit code is
    1 when a file was refused or rows have unexpected problems.
    """
    from overt.cli.pipeline.import_report import account, import_all, print_account, refuse

    with writing(workspace) as (atlas, archive, ledger):
        results = import_all(atlas, archive, ledger.source_choices(), sources or [], allow_problems=allow_problems, trust=trust)
    if json:
        print_json(account(results))
    else:
        print_account(results)
    refuse(results, atlas.content)
