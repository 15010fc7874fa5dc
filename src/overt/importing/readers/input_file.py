"""The input of a reader."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InputFile:
    """A captured file: its role, its name at the source, its capture's SHA-256, and the path of its verified bytes."""

    role: str
    name: str
    capture: str
    path: Path
