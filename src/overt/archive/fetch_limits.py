"""Limits of a download."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int | None], None]
"""Callback with the bytes so far and the total, if known."""


@dataclass(frozen=True)
class FetchLimits:
    """Limits of one download. A download that would exceed one of them is aborted."""

    max_bytes: int = 2 * 1024**3
    """Largest file, in bytes, both encoded and decoded."""
    max_ratio: float = 200.0
    """Maximum number of decoded bytes per byte sent, for compressed responses of more than a mebibyte."""
    total_seconds: float = 3600.0
    """Longest time of a download with its redirects, in seconds."""
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    """Longest silence of the server, in seconds."""
    max_redirects: int = 5
