"""Signs releases and verifies signatures. A signature covers the manifest, which contains the hash of every table."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from overt.model.detached_file_signatures import load_private_key, sign, signature_path, signature_problem
from overt.model.workspace import Workspace
from overt.release.release_folders import MANIFEST


def signing_key(workspace: Workspace) -> Ed25519PrivateKey | None:
    """Return the key that overt.toml names, or None. Raises UsageError for a key that can't be used."""
    path = workspace.signing_key
    return load_private_key(path) if path else None


def sign_release(workspace: Workspace, folder: Path) -> Path | None:
    """Sign a release's manifest. Return the path of the signature, or None if overt.toml names no key.

    The release's id and bytes stay the same, because the signature is a file beside the manifest. Raises UsageError for a key
    that can't be used.
    """
    key = signing_key(workspace)
    if key is None:
        return None
    sign(folder / MANIFEST, key)
    return signature_path(folder / MANIFEST)


def verify_signature(folder: Path, key: Ed25519PublicKey) -> Iterator[str]:
    """Yield the problem with the signature of a release's manifest, if the owner of `key` didn't sign the manifest.

    This doesn't check the files listed in the manifest; `verify_release` does.
    """
    if problem := signature_problem(folder / MANIFEST, key):
        unsigned = not signature_path(folder / MANIFEST).exists()
        yield f"{problem}; if the release is older than the key, `overt sign {folder.name}` signs it" if unsigned else problem
