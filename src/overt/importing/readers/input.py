"""A captured file as a reader gets it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InputFile:
    """A file to read: the name that its source gave it, its capture's SHA-256, and where its verified bytes lie."""

    role: str
    name: str
    capture: str
    path: Path
