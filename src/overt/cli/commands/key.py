"""`overt key`."""

import json as json_text
from pathlib import Path
from typing import Annotated, Any

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.global_options import CommandGroup
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.model.workspace import KEYS, SETTINGS


class KeyGroup(CommandGroup):
    """The group `overt key`, in which `overt key PATH` is short for `overt key release PATH`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Resolve a path as the argument of `release`."""
        is_path = args and not args[0].startswith("-") and args[0] not in self.commands
        return super().resolve_command(ctx, ["release", *args] if is_path else args)


app = typer.Typer(
    cls=KeyGroup,
    help="Make keys for releases and editors; admit and revoke them.\n\n"
    "A key signs releases; each editor's own key signs entries of the ledger.\n\n"
    "`overt key PATH` is short for `overt key release PATH`.",
    no_args_is_help=True,
)
NameOption = Annotated[str, typer.Option("--name", help="Whose key it is; noted only on this machine, in keys/editors.toml.")]
PassphraseFileOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="A file whose first line is the passphrase of the new key."),
]
PassphraseFdOption = Annotated[
    int | None, typer.Option("--passphrase-fd", help="An open descriptor that gives the passphrase of the new key.")
]
NoPassphraseOption = Annotated[bool, typer.Option("--no-passphrase", help="Don't encrypt the new key.")]


@app.command()
def release(
    path: Annotated[Path, typer.Argument(help="A new file, best outside the atlas; the public key is written beside it.")],
    json: JsonOption = False,
) -> None:
    """Make a key to sign releases or roots of trust with.

    Keep it to yourself, and give the public key (PATH.pub) to your readers.
    """
    from overt.ledger.editor_key_and_name_files import make_private_folder
    from overt.model.detached_file_signatures import fingerprint, load_public_key, make_key

    if path.parent.name == KEYS and (path.parent.parent / SETTINGS).is_file():
        make_private_folder(path.parent)  # This is an atlas's folder for private keys, which may not exist yet.
    public = make_key(path)
    digest = fingerprint(load_public_key(public))
    setting = json_text.dumps(str(path.resolve()), ensure_ascii=False)  # A JSON string is also valid in TOML.
    messages.print(
        f"{path}: your key; keep it to yourself. To sign each release with it, set this under [signing] in {SETTINGS}, in place"
        " of any key that is there (if there is no line [signing], add it first):"
    )
    messages.print(f"key = {setting}")
    messages.print(
        f"If it is to sign roots of trust, don't set it there: keep it offline, and give {public} to whoever runs"
        " `overt key root`."
    )
    if json:
        print_json({"key": str(path), "public": str(public), "fingerprint": digest})
    else:
        print(f"{public}: sha256 {digest}")


@app.command()
def editor(
    path: Annotated[
        Path | None, typer.Argument(help="A new file.", show_default="keys/editor.key, or as overt.toml or OVERT_EDITOR_KEY say")
    ] = None,
    name: NameOption = "",
    passphrase_file: PassphraseFileOption = None,
    passphrase_fd: PassphraseFdOption = None,
    no_passphrase: NoPassphraseOption = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Make your key as an editor.

    It signs your entries of the ledger. The first key of an atlas signs the entry that admits it; from then on every
    entry must be signed. Each further key is admitted by an editor whose key is in force: `overt key admit`.
    """
    from overt.cli.keys.editor_key_commands import make_editor_key
    from overt.cli.keys.new_passphrase_options import NewPassphrase

    make_editor_key(workspace, path, name, NewPassphrase(passphrase_file, passphrase_fd, no_passphrase), json=json)


@app.command()
def admit(
    file: Annotated[Path, typer.Argument(help="The other editor's public key, a file that ends with .pub.")],
    name: NameOption = "",
    why: Annotated[str, typer.Option("--why", help="The reason, for later readers of the ledger.")] = "another editor",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Admit another editor's key. Your own key signs the entry."""
    from overt.cli.keys.editor_key_commands import admit_key

    admit_key(workspace, file, name, why, json=json)


@app.command()
def rotate(
    passphrase_file: PassphraseFileOption = None,
    passphrase_fd: PassphraseFdOption = None,
    no_passphrase: NoPassphraseOption = False,
    why: Annotated[str, typer.Option("--why", help="The reason, for later readers of the ledger.")] = "a new key",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Replace your key with a new one.

    The old key signs the entry that replaces it, and what it signed before stays valid.
    """
    from overt.cli.keys.editor_key_commands import rotate_key
    from overt.cli.keys.new_passphrase_options import NewPassphrase

    rotate_key(workspace, NewPassphrase(passphrase_file, passphrase_fd, no_passphrase), why, json=json)


@app.command()
def revoke(
    key: Annotated[str, typer.Argument(help="The beginning of its fingerprint, the name behind it, or its file.")],
    why: Annotated[str, typer.Option("--why", help="The reason, for later readers of the ledger.")],
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Revoke an editor's key that is lost, stolen or no longer needed.

    Entries that it signed before stay valid; from now on it can't sign any.
    """
    from overt.cli.keys.editor_key_commands import revoke_key

    revoke_key(workspace, key, why, json=json)


@app.command("list")
def list_(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """List the keys of editors: in force and revoked."""
    from overt.cli.keys.editor_key_commands import list_keys

    list_keys(workspace, json=json)


@app.command()
def root(
    key: Annotated[
        list[Path] | None,
        typer.Option(
            "--key", help="A public key whose owner signs roots; may be repeated.", show_default="the keys of the previous root"
        ),
    ] = None,
    threshold: Annotated[
        int | None,
        typer.Option(
            "--threshold", help="How many of these keys must sign.", min=1, show_default="as before; all for a first root"
        ),
    ] = None,
    days: Annotated[int, typer.Option("--days", help="Days until the root expires.", min=1, max=3650)] = 365,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Draft the next root of trust of editions, trust/draft.root.json.

    It lists the keys that sign roots, how many of them must sign, and the keys that sign editions: those for releases and
    timestamps in overt.toml. Sign it with `overt key approve`, here or on the machines of those who have the keys.
    """
    from overt.cli.keys import trust_root_commands

    trust_root_commands.draft(workspace, key or [], threshold, days, json=json)


@app.command()
def approve(
    key: Annotated[
        Path, typer.Argument(help="A private key whose public key the draft or the previous root lists.", show_default=False)
    ],
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Sign the draft of a root of trust.

    With the last signature that it needs, it becomes the root in force: trust/N.root.json.
    """
    from overt.cli.keys import trust_root_commands

    trust_root_commands.sign(workspace, key, json=json)
