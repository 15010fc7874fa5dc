"""Passphrases of keys: from a file, a descriptor or the terminal. They never come from the command line, which other users can
see.
"""

import os
import sys
from getpass import getpass
from pathlib import Path

from overt.model.errors import UsageError

FILE_VARIABLE = "OVERT_PASSPHRASE_FILE"
DESCRIPTOR_VARIABLE = "OVERT_PASSPHRASE_FD"
MIN_LENGTH = 12
"""Minimum number of characters of a new passphrase. The encryption of PKCS 8 keys slows down guessing only a little."""
_MAX_BYTES = 10_000


def read_passphrase(prompt: str) -> bytes:
    """Return a passphrase, from the file or descriptor that the environment names, otherwise from the terminal.

    Raises UsageError if it cannot be read, or if there is no terminal at which to ask.
    """
    if path := os.environ.get(FILE_VARIABLE):
        return passphrase_of_file(Path(path))
    if number := os.environ.get(DESCRIPTOR_VARIABLE):
        return passphrase_of_descriptor(number)
    if not sys.stdin.isatty():
        raise UsageError(
            f"{prompt}: no terminal to ask at; name a file in {FILE_VARIABLE} or a descriptor in {DESCRIPTOR_VARIABLE}"
        )
    return getpass(f"{prompt}: ").encode()


def new_passphrase() -> bytes | None:
    """Ask for a new passphrase twice at the terminal. Return None for an empty one.

    Raises UsageError if the two differ or are too short.
    """
    first = getpass("Passphrase of the new key (empty for none): ").encode()
    if first and getpass("The same again: ").encode() != first:
        raise UsageError("the two passphrases differ; nothing was made: run this again")
    return check_new(first) if first else None


def check_new(passphrase: bytes) -> bytes:
    """Return a new passphrase if it is long enough; otherwise raise UsageError."""
    if len(passphrase.decode(errors="replace")) < MIN_LENGTH:
        raise UsageError(f"the passphrase has fewer than {MIN_LENGTH} characters; take several words")
    return passphrase


def passphrase_of_file(path: Path) -> bytes:
    """Return the first line of a file, up to `_MAX_BYTES`. Raises UsageError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return _first_line(file.read(_MAX_BYTES))
    except OSError as error:
        raise UsageError(f"{path}: the passphrase cannot be read ({error.strerror})") from None


def passphrase_of_descriptor(number: str) -> bytes:
    """Return the first line from an open file descriptor, up to `_MAX_BYTES`. Raises UsageError if it cannot be read."""
    try:
        with os.fdopen(int(number), "rb", closefd=False) as file:
            return _first_line(file.read(_MAX_BYTES))
    except (OSError, ValueError) as error:
        raise UsageError(f"descriptor {number!r}: the passphrase cannot be read ({error})") from None


def _first_line(data: bytes) -> bytes:
    return data.partition(b"\n")[0].removesuffix(b"\r")
