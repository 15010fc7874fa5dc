"""The editors of an atlas: the key on this machine, and the names behind keys, which are not in the ledger or in releases."""

import json
import os
import stat
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from overt.ledger.editor_keys_in_force import SHORT
from overt.ledger.ledger import Ledger
from overt.model.errors import UsageError, quote_text
from overt.model.files.atomic_writes import atomic_path
from overt.model.files.content_file_reading import other_than_file
from overt.model.workspace import SETTINGS, Workspace

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from overt.ledger.entry_store import Signer

KEY_VARIABLE = "OVERT_EDITOR_KEY"
"""Environment variable with the path of the editor's key."""
NAMES = "editors.toml"
_KEY = "editor.key"
_PRIVATE = stat.S_IRUSR | stat.S_IWUSR
_HEADER = """\
# Whose keys this atlas has: fingerprint = "name". No ledger and no release has this.
# Delete a line, or the file, and nothing breaks: commands then print the fingerprint.
"""


def open_ledger(workspace: Workspace) -> Ledger:
    """Open the ledger of an atlas.

    If the ledger is signed, the editor's key on this machine signs new entries. Entries show the names behind keys, as far as
    they are stored on this machine.
    """
    return Ledger(workspace.ledger, editor_signer(workspace), Namer(workspace))


def editor_key_path(workspace: Workspace) -> Path:
    """Return the path of the editor's key: from the environment, otherwise from overt.toml, otherwise in the atlas's `keys/`.

    A relative path starts at the atlas's folder. The file may not exist.
    """
    if path := os.environ.get(KEY_VARIABLE) or workspace.settings.signing.editor:
        return workspace.root / Path(path).expanduser()
    return workspace.keys / _KEY


def editor_signer(workspace: Workspace) -> "Signer":
    """Return a function that loads the editor's key. It asks once per process for the passphrase of an encrypted key.

    It raises UsageError if there is no key, or if the key or its passphrase is refused.
    """

    def load() -> "Ed25519PrivateKey":
        path = editor_key_path(workspace)
        if not path.is_file():
            raise UsageError(
                f"{path}: is not there, and this ledger takes signed entries only; name your key in {KEY_VARIABLE} or under"
                f" [signing] of {SETTINGS}, or make one with `overt key editor`"
            )
        return _load_key(path, path.stat().st_ino, path.stat().st_mtime_ns)

    return load


@cache
def _load_key(path: Path, _inode: int, _modified: int) -> "Ed25519PrivateKey":
    from overt.ledger.passphrase_input import read_passphrase
    from overt.model.detached_file_signatures import load_private_key

    return load_private_key(path, lambda: read_passphrase(f"Passphrase of {path}"))


class Namer:
    """Callable that returns the name behind a key, or the key's short fingerprint. The file of names is read on first use."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._names: Mapping[str, str] | None = None

    def __call__(self, key: str) -> str:
        """Return the name behind the key with this fingerprint, or the fingerprint's first `SHORT` digits if no name is known.

        Raises UsageError as `read_names` does.
        """
        if self._names is None:
            self._names = read_names(self._workspace)
        return self._names.get(key) or key[:SHORT]


def read_names(workspace: Workspace) -> dict[str, str]:
    """Return the names behind keys, by fingerprint; empty if there is no file of names.

    Blank names, and values that are not text, are skipped. Raises UsageError for a file that can't be read as TOML.
    """
    path = workspace.keys / NAMES
    try:
        if other := other_than_file(path):
            raise UsageError(f"{path}: {other}; put a file there, or remove it")
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f'{path}: cannot be read ({error}); write lines as in: "fingerprint" = "name", or delete it') from None
    except RecursionError:
        raise UsageError(
            f'{path}: brackets are nested too deeply; write lines as in: "fingerprint" = "name", or delete it'
        ) from None
    return {key: name for key, name in data.items() if isinstance(name, str) and name.strip()}


def add_name(workspace: Workspace, key: str, name: str) -> None:
    """Store the name of a key's owner on this machine.

    Raises UsageError for an empty or unprintable name, and if the file of names is invalid.
    """
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise UsageError(f"{quote_text(name)} cannot be a name: use letters, and no control characters")
    names = read_names(workspace) | {key: name}
    make_private_folder(workspace.keys)
    lines = [f"{json.dumps(key)} = {json.dumps(text, ensure_ascii=False)}" for key, text in sorted(names.items())]
    with atomic_path(workspace.keys / NAMES) as temporary:
        temporary.touch(_PRIVATE)
        temporary.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def make_private_folder(folder: Path) -> None:
    """Create the folder for keys unless it exists, readable only by its owner, and make git ignore it."""
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=stat.S_IRWXU)
    if not (folder / ".gitignore").is_file():
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
