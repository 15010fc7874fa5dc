"""`overt verify`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_releases
from overt.cli.pipeline.import_and_release_options import TrustOption
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
        Path | None,
        typer.Option("--witness", help="A file with what `overt witness` printed earlier: find what was rolled back since."),
    ] = None,
    root: Annotated[
        Path | None,
        typer.Option(
            "--root",
            help="For a static edition or a copy for servers: the publisher's root.json, which you got through another channel.",
        ),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option("--state", help="With --root: a folder that records which editions you have seen, to detect older ones."),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="With --root: the copy came without a network; expired metadata is only a warning.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Compute all releases again, not only the newest.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Check files, places in them and observations, but compute no release again.")
    ] = False,
    trust: TrustOption = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Check that nothing was changed, and make the release again.

    Hashes all files, checks the chains and signatures of the ledger and of the history, and reads the places in the archive
    that claims point to. Then it imports, resolves and releases again from the archive and the ledger, in a temporary directory
    (TMPDIR), and compares claims, resolution, release and index byte by byte. For a static edition, it only hashes the files;
    with --root and --state it also checks that nobody put an older edition in place of a newer one.

    It asks before importers that came with the atlas run for the first time; with --quick none run.

    The exit code is 1 when there is a problem. It is 3 when nothing is wrong but a release cannot be computed again here,
    because it was made with another version of the code, the content, a library or Python.
    """
    if every and (quick or release):
        raise UsageError(f"--all can't be combined with {'--quick' if quick else 'a release'}; leave out one of them")
    if root is None and (state or offline):
        raise UsageError("--state and --offline go with --root, the publisher's root.json")
    if root and not (release and Path(release).is_dir()):
        raise UsageError("--root checks a static edition; name its directory")
    if not (release and Path(release).is_dir()):
        if release and Path(release).name != release:
            raise UsageError(
                f"{release}: is not a directory; name the directory of a static edition, or the id of a release of the atlas"
            )
        Workspace.open(workspace)
    from overt.cli.reports.atlas_verification import verify_atlas
    from overt.cli.reports.edition_verification import TrustOptions, verify_static_edition
    from overt.cli.reports.verification_run import VerifyOptions
    from overt.model.detached_file_signatures import load_public_key

    signer = load_public_key(key) if key else None
    if release and Path(release).is_dir():
        verify_static_edition(Path(release), signer, TrustOptions(root, state, offline) if root else None, json=json)
    else:
        verify_atlas(workspace, VerifyOptions(release, signer, witness, every, quick, trust, json))
