"""`overt sign`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import release_folder, writing
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_releases
from overt.cli.json_output import print_json
from overt.model.errors import UsageError
from overt.model.workspace import SETTINGS


def sign(
    release: Annotated[
        str | None, typer.Argument(help="A release's id; without one, the newest.", autocompletion=complete_releases)
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Sign a release with the key that overt.toml names.

    It signs the release's manifest, and the history of releases. New releases are signed when they are made. It refuses a
    history whose signatures were stripped.
    """
    from overt.cli.pipeline.release_steps import print_vouched
    from overt.release.history.history_file import history_path, read_history, sign_history
    from overt.release.history.seen_signed_histories import require_recorded_manifest, require_signable
    from overt.release.release_signature import sign_release

    with writing(workspace) as (atlas, _, _):
        folder = release_folder(atlas, release)
        before = read_history(history_path(atlas))
        require_signable(atlas, before)
        require_recorded_manifest(folder, before)
        place = sign_release(atlas, folder)
        if place is None:
            raise UsageError(f"{atlas.root / SETTINGS}: names no key under [signing]; `overt key release PATH` makes one")
        sign_history(atlas)
        vouched = print_vouched(before, read_history(history_path(atlas)))
    print_json({"release": folder.name, "signature": str(place), "vouches_for": vouched}) if json else print(place)
