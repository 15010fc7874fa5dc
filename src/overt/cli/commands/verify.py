"""`overt verify`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_releases
from overt.model.errors import UsageError
from overt.model.workspace import Workspace


def verify(
    release: Annotated[
        str | None,
        typer.Argument(
            help="A release's id, or the directory of a static edition; without one, all releases.",
            autocompletion=complete_releases,
        ),
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help="A public key: each release must have a signature by its owner.")
    ] = None,
    witness: Annotated[
        Path | None, typer.Option("--witness", help="What `overt witness` printed earlier: find what was rolled back since.")
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Check that nothing in the archive or a release was changed.

    Hashes archive and releases again, and reads the places in the archive that claims point to again. Checks chain and signatures
    of the ledger and of the history. Of a static edition, it hashes the files again. The exit code is 1 when there is a problem.
    """
    if not (release and Path(release).is_dir()):
        if release and Path(release).name != release:
            raise UsageError(f"{release}: is no directory; name that of a static edition, or a release of the atlas by its id")
        Workspace.open(workspace)
    from overt.cli.reports.verification import verify_atlas, verify_static_edition
    from overt.model.signature import load_public_key

    signer = load_public_key(key) if key else None
    if release and Path(release).is_dir():
        verify_static_edition(Path(release), signer, json=json)
    else:
        verify_atlas(workspace, release, signer, witness, json=json)
