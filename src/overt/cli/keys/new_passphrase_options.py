"""The passphrase of a new key."""

import sys
from pathlib import Path
from typing import NamedTuple

from overt.ledger.passphrase_input import check_new, new_passphrase, passphrase_of_descriptor, passphrase_of_file
from overt.model.errors import UsageError


class NewPassphrase(NamedTuple):
    """The options that say where a new passphrase comes from. Without any, the user is asked at the terminal."""

    file: Path | None
    descriptor: int | None
    none: bool

    def read(self) -> bytes | None:
        """Return the passphrase; None for a key without one.

        Raises UsageError if several options are set, if the passphrase can't be read or is too short, if the user repeats
        it differently, or if there is no terminal to ask at.
        """
        if (self.file is not None) + (self.descriptor is not None) + self.none > 1:
            raise UsageError("key: leave out all but one of --passphrase-file, --passphrase-fd and --no-passphrase")
        if self.none:
            return None
        if self.file is not None:
            return check_new(passphrase_of_file(self.file))
        if self.descriptor is not None:
            return check_new(passphrase_of_descriptor(str(self.descriptor)))
        if not sys.stdin.isatty():
            raise UsageError(
                "key: there is no terminal to ask for a passphrase; use --passphrase-file, --passphrase-fd or --no-passphrase"
            )
        return new_passphrase()
