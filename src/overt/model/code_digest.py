"""SHA-256 digests of Overt's own code, and of strings that together identify a result, such as the inputs of a file."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


def digest_of(parts: Iterable[str]) -> str:
    """Return the SHA-256, in hex, of a sequence of strings. None of them may contain a NUL."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def code_digest(*packages: str) -> str:
    """Return the SHA-256, in hex, over names and bytes of the Python, SQL and translation files in these packages of Overt.

    The files are read once per process, so a running process doesn't see later changes.
    """
    digest = hashlib.sha256()

    def walk(name: str, entry: Traversable) -> None:
        if entry.is_dir():
            for child in sorted(entry.iterdir(), key=lambda child: child.name):
                if child.name != "__pycache__":
                    walk(f"{name}/{child.name}", child)
        elif entry.name.endswith((".py", ".sql", ".po")):
            digest.update(f"{name}\0".encode() + entry.read_bytes())

    for package in packages:
        walk(package, files("overt") / package)
    return digest.hexdigest()
