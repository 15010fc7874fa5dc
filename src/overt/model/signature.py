"""Detached signatures: Ed25519 (RFC 8032) over a file's bytes, 64 raw bytes beside it, keys as PEM (RFC 8410).

Anybody can check one without Overt: `openssl pkeyutl -verify -pubin -inkey KEY -rawin -in FILE -sigfile FILE.sig`.
"""

import hashlib
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from overt.model.atomic_files import atomic_write
from overt.model.errors import OvertError, UsageError

SIGNATURE_SUFFIX = ".sig"
"""What the name of a signature's file adds to that of the file it signs."""
PUBLIC_KEY_SUFFIX = ".pub"
_MODE = stat.S_IRUSR | stat.S_IWUSR
_LONGEST = 10_000
"""Bytes of a key's file that are read; a key has about a hundred."""


def make_key(path: Path) -> Path:
    """Write a new private key to `path`, for its owner alone, and the public one beside it, whose path is returned.

    Raises UsageError when either is there already, as a lost key cannot be made again, or the directory is not: a key that lies
    where nobody looks is as good as lost.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: there is no such directory; make it first, or name another place for the key")
    public = path.with_name(f"{path.name}{PUBLIC_KEY_SUFFIX}")
    for one in (path, public):
        if one.exists():
            raise UsageError(f"{one}: is there already; name another file, or remove it if nothing was signed with it")
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        atomic_write(public, _pem(key.public_key()))
    except OSError as error:
        raise OvertError(f"{path}: cannot be written ({error.strerror})") from None
    return public


def load_private_key(path: Path) -> Ed25519PrivateKey:
    """The key in a file. Raises UsageError when it is none, has a password, or others can read it."""
    data = _read(path)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"{path}: others on this machine can read the key; `chmod 600` it, and make a new one if they may have")
    try:
        key = load_pem_private_key(data, password=None)
    except TypeError:
        raise UsageError(f"{path}: the key has a password; Overt signs with keys that have none, as `overt key` makes") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UsageError(f"{path}: is no private key in PEM form; make one with `overt key PATH`") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"{path}: is no Ed25519 key; make one with `overt key PATH`")
    return key


def load_public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a file. Raises UsageError when it is none."""
    data = _read(path)
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        private = b"PRIVATE KEY" in data
        hint = f"give the public one, {path.name}{PUBLIC_KEY_SUFFIX}" if private else "`overt key` writes one beside each key"
        raise UsageError(f"{path}: is no public key in PEM form; {hint}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"{path}: is no Ed25519 key")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256, in hex, of the key's DER form: what `openssl pkey -pubin -outform DER | sha256sum` prints of the public file."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def sign(file: Path, key: Ed25519PrivateKey) -> bool:
    """Put the signature beside `file`; False when this one is there already: a key signs the same bytes but one way."""
    place, signature = signature_path(file), key.sign(file.read_bytes())
    if place.is_file() and place.read_bytes() == signature:
        return False
    atomic_write(place, signature)
    return True


def signature_path(file: Path) -> Path:
    """Where the signature of a file lies."""
    return file.with_name(f"{file.name}{SIGNATURE_SUFFIX}")


def signature_problem(file: Path, key: Ed25519PublicKey) -> str | None:
    """What is wrong with a file's signature, in a line; None when the key's owner signed just these bytes."""
    place = signature_path(file)
    try:
        signature, data = place.read_bytes(), file.read_bytes()
    except FileNotFoundError as error:
        return f"{error.filename}: is missing: nobody signed it, or the signature was not brought along"
    except OSError as error:
        return f"{error.filename}: cannot be read ({error.strerror})"
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return f"{place}: is no signature of {file.name} by this key ({fingerprint(key)[:16]}…): other bytes, or another key"
    return None


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST)
    except OSError as error:
        raise UsageError(f"{path}: the key cannot be read ({error.strerror})") from None
