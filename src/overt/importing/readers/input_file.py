"""A file that a reader reads, with its role in source.yml and its digest."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InputFile:
    """A file to read: its role, its name at the source, the SHA-256 of its bytes (empty if no evidence is made), and its path."""

    role: str
    name: str
    capture: str
    path: Path
