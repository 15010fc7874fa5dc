"""`overt key` and `overt sign`."""

import json as json_text
from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, release_folder, writing
from overt.cli.completion import complete_releases
from overt.cli.messages import messages
from overt.model.errors import UsageError
from overt.model.workspace import SETTINGS


def key(
    path: Annotated[Path, typer.Argument(help="A new file, best outside the atlas; the public key is written beside it.")],
    json: JsonOption = False,
) -> None:
    """Make a key to sign releases with.

    Keep it to yourself, and give the public key (PATH.pub) to your readers.
    """
    from overt.model.signature import fingerprint, load_public_key, make_key

    public = make_key(path)
    digest = fingerprint(load_public_key(public))
    setting = json_text.dumps(str(path.resolve()), ensure_ascii=False)  # A JSON string is a TOML string.
    messages.print(
        f"{path}: your key, which nobody else may have; to sign each release with it, set this in {SETTINGS}, in place of"
        " the key under the [signing] that is there (where there is no such line, write it first):"
    )
    messages.print(f"key = {setting}")
    if json:
        print_json({"key": str(path), "public": str(public), "fingerprint": digest})
    else:
        print(f"{public}: sha256 {digest}")


def sign(
    release: Annotated[
        str | None, typer.Argument(help="A release's id; without one, the newest.", autocompletion=complete_releases)
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Sign a release with the key that overt.toml names.

    It signs the release's manifest. New releases are signed when they are made.
    """
    from overt.release.release_signature import sign_release

    with writing(workspace) as (atlas, _, _):
        folder = release_folder(atlas, release)
        place = sign_release(atlas, folder)
        if place is None:
            raise UsageError(f"{atlas.root / SETTINGS}: names no key under [signing]; `overt key PATH` makes one")
    print_json({"release": folder.name, "signature": str(place)}) if json else print(place)
