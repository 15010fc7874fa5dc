"""Whose release it is: a signature over the manifest, which has the hash of everything else in it."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from overt.model.signature import load_private_key, sign, signature_path, signature_problem
from overt.model.workspace import Workspace
from overt.release.release_folders import MANIFEST


def signing(workspace: Workspace) -> Ed25519PrivateKey | None:
    """The key that overt.toml names; None where it names none. Raises UsageError for one that cannot be used."""
    path = workspace.signing_key
    return load_private_key(path) if path else None


def sign_release(workspace: Workspace, folder: Path) -> Path | None:
    """Sign a release's manifest and return the signature's path; None where overt.toml names no key.

    The release's id and bytes stay what they were: the signature lies beside the manifest.
    """
    key = signing(workspace)
    if key is None:
        return None
    sign(folder / MANIFEST, key)
    return signature_path(folder / MANIFEST)


def verify_signature(folder: Path, key: Ed25519PublicKey) -> Iterator[str]:
    """One line when the owner of `key` did not sign just this manifest. Files that it names are the work of `verify_release`."""
    if problem := signature_problem(folder / MANIFEST, key):
        yield problem
