"""How much a fetch may take."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int | None], None]
"""Called with the bytes done so far and the bytes in all, where they are known."""


@dataclass(frozen=True)
class FetchLimits:
    """Limits of one download; a fetch that would pass one is given up with a clear message."""

    max_bytes: int = 2 * 1024**3
    """Largest file, in bytes, both as sent and as decoded."""
    max_ratio: float = 200.0
    """Most decoded bytes per byte sent, for a compressed answer of more than a mebibyte."""
    total_seconds: float = 3600.0
    """Longest time of one download with all its redirects, in seconds."""
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    """Longest silence of the server, in seconds."""
    max_redirects: int = 5
