"""Detached signatures: Ed25519 (RFC 8032) over a file's bytes, stored beside it as 64 raw bytes; keys in PEM (RFC 8410).

To check a signature without Overt: `openssl pkeyutl -verify -pubin -inkey KEY -rawin -in FILE -sigfile FILE.sig`.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from overt.model.errors import OvertError, UsageError
from overt.model.files.atomic_writes import atomic_write
from overt.model.files.content_file_reading import other_than_file
from overt.model.files.regular_file_reading import read_at_most

SIGNATURE_SUFFIX = ".sig"
"""Ending that is appended to a signed file's name for its signature."""
PUBLIC_KEY_SUFFIX = ".pub"
_SHORT_FINGERPRINT = 16
"""Number of characters of a fingerprint that messages show."""
_MODE = stat.S_IRUSR | stat.S_IWUSR
_MAX_SIGNATURE, _MAX_SIGNED = 64, 1 << 30
"""Maximum size in bytes of a signature and of a signed file. A forged file could be of any size."""
_MAX_KEY_BYTES = 10_000
"""Maximum number of bytes that are read from a key file. A key file has at most a few hundred."""


def make_key(path: Path, passphrase: bytes | None = None) -> Path:
    """Write a new private key to `path`, readable only by its owner, and the public key beside it. Return the public key's path.

    With a `passphrase`, the private key is encrypted (PKCS 8, AES-256). Raises UsageError if either file exists, because an
    overwritten key can't be restored. Also raises UsageError if the directory does not exist, because a key in a mistyped
    directory is easily lost. Raises OvertError if a file can't be written.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: there is no such directory; make it first, or name another path for the key")
    public = path.with_name(f"{path.name}{PUBLIC_KEY_SUFFIX}")
    for file_path in (path, public):
        if file_path.exists():
            raise UsageError(f"{file_path}: exists already; name another file, or remove it if nothing was signed with it")
    key = Ed25519PrivateKey.generate()
    encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        atomic_write(public, _pem(key.public_key()))
    except OSError as error:
        raise OvertError(f"{path}: cannot be written ({error.strerror})") from None
    return public


def load_private_key(path: Path, passphrase: Callable[[], bytes] | None = None) -> Ed25519PrivateKey:
    """Load an Ed25519 private key from a PEM file.

    `passphrase`: called for an encrypted key; if it is None, encrypted keys are refused. Raises UsageError if the file can't be
    read or is not an Ed25519 private key, if the passphrase is wrong, and, except on Windows, if other users have any access to
    the file.
    """
    data = _read(path)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(
            f"{path}: other users can read the key; run `chmod 600` on it, and make a new key if they may have read it"
        )
    is_encrypted = b"BEGIN ENCRYPTED PRIVATE KEY" in data
    if is_encrypted and passphrase is None:
        raise UsageError(f"{path}: the key has a password; use a key without one, as `overt key release` makes")
    try:
        key = load_pem_private_key(data, password=passphrase() if is_encrypted and passphrase is not None else None)
    except TypeError:
        raise UsageError(f"{path}: the key has a password in a form that Overt does not read; make a new key") from None
    except (ValueError, UnsupportedAlgorithm):
        if is_encrypted:
            raise UsageError(f"{path}: that is not the passphrase of this key; try again") from None
        raise UsageError(f"{path}: is not a private key in PEM format; make one with `overt key release PATH`") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"{path}: is not an Ed25519 key; make one with `overt key release PATH`")
    return key


def load_public_key(path: Path) -> Ed25519PublicKey:
    """Load an Ed25519 public key from a PEM file. Raises UsageError if the file can't be read or is not such a key."""
    data = _read(path)
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        is_private = b"PRIVATE KEY" in data
        hint = f"use the public key, {path.name}{PUBLIC_KEY_SUFFIX}" if is_private else "`overt key` writes one beside each key"
        raise UsageError(f"{path}: is not a public key in PEM format; {hint}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"{path}: is not an Ed25519 key")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the SHA-256, in hex, of a key in DER format, as printed by `openssl pkey -pubin -outform DER | sha256sum`."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def short_key(key: str | None) -> str:
    """Return the beginning of a key's fingerprint and “…”, for messages. Return only “…” for None."""
    return f"{(key or '')[:_SHORT_FINGERPRINT]}…"


def sign(file: Path, key: Ed25519PrivateKey) -> bool:
    """Sign `file`, and write the signature beside it. Return whether a signature was written.

    Ed25519 signatures are deterministic: if the same signature is there already, nothing is written.
    """
    path, signature = signature_path(file), key.sign(file.read_bytes())
    if path.is_file() and path.read_bytes() == signature:
        return False
    atomic_write(path, signature)
    return True


def signature_path(file: Path) -> Path:
    """Return the path of a file's signature: the path of the file with `.sig` appended."""
    return file.with_name(f"{file.name}{SIGNATURE_SUFFIX}")


def signature_problem(file: Path, key: Ed25519PublicKey) -> str | None:
    """Check a file's signature. Return what is wrong, in one line, or None if the key's owner signed exactly these bytes."""
    path = signature_path(file)
    try:
        signature, data = read_at_most(path, _MAX_SIGNATURE), read_at_most(file, _MAX_SIGNED)
    except FileNotFoundError as error:
        return f"{error.filename}: is missing: nobody signed the file, or its signature was not copied with it"
    except OSError as error:
        return f"{error.filename}: cannot be read ({error.strerror})"
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return (
            f"{path}: is not a signature of {file.name} by this key ({short_key(fingerprint(key))}): other bytes, or another key"
        )
    return None


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _read(path: Path) -> bytes:
    # A pipe that a shell makes (`<(…)`) is in /dev. Reading any other pipe can block, because it may have no writer.
    if (other := other_than_file(path)) and not path.is_dir() and not path.is_relative_to("/dev"):
        raise UsageError(f"{path}: {other}; name the file of a key")
    try:
        with path.open("rb") as file:
            return file.read(_MAX_KEY_BYTES)
    except OSError as error:
        raise UsageError(f"{path}: the key cannot be read ({error.strerror})") from None
