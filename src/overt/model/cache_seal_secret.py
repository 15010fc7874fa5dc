"""A secret of this machine's user, stored outside all atlases. Overt uses it to seal the caches in an atlas.

Whoever provides an atlas, or can write to it, can put anything into its cache, but can't seal it.
"""

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from overt.model.files.user_state_folder import state_folder

_BYTES = 32


def user_secret() -> bytes:
    """Return a secret that is the same in all of the user's processes. If it can't be stored, it only lasts for this process."""
    return _secret(state_folder() / "seal")


@cache
def _secret(path: Path) -> bytes:
    fresh = secrets.token_bytes(_BYTES)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(fresh)
        try:
            with suppress(FileExistsError):
                os.link(temporary, path)  # The first of several processes wins, and none sees an incomplete secret.
        finally:
            temporary.unlink()
    with suppress(OSError):
        stored = path.read_bytes()
        if len(stored) == _BYTES:
            return stored
    return fresh
