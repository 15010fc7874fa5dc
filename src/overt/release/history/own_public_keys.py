"""The public keys of signed releases: those that overt.toml names, as stored on this machine."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from overt.model.detached_file_signatures import PUBLIC_KEY_SUFFIX, fingerprint, load_private_key, load_public_key
from overt.model.errors import OvertError
from overt.model.workspace import Workspace


class OwnKeys(NamedTuple):
    """The fingerprints of the keys that overt.toml names, and what is wrong with these keys."""

    fingerprints: set[str]
    problems: list[str]
    current: str | None
    """The fingerprint of the key that signs releases now; None if there is none, or if it can't be read."""


def own_keys(workspace: Workspace) -> OwnKeys:
    """Read the public keys that overt.toml names: the current one and those used before.

    A key that can't be read is a problem, because otherwise anyone who removes it could sign with a different key. So is a public
    key that doesn't belong to the private key beside it.
    """
    fingerprints, problems = set[str](), list[str]()
    for path in [workspace.root / Path(name).expanduser() for name in workspace.settings.signing.former]:
        _read(path, fingerprints, problems)
    own = None
    if (key := workspace.signing_key) is not None:
        public = key.with_name(f"{key.name}{PUBLIC_KEY_SUFFIX}")
        own = _read(public, fingerprints, problems)
        with suppress(OvertError):  # A reader has no private key.
            if own is not None and own != fingerprint(load_private_key(key).public_key()):
                problems.append(f"{public}: is not the public key of {key}, so it was replaced; restore it from a copy")
    return OwnKeys(fingerprints, problems, own)


def _read(path: Path, fingerprints: set[str], problems: list[str]) -> str | None:
    try:
        own = fingerprint(load_public_key(path))
    except OvertError as error:
        problems.append(
            f"{error}; overt.toml names this key, and without it nobody can see who signed the releases: copy it there, or name"
            " a public key with --key"
        )
        return None
    fingerprints.add(own)
    return own
