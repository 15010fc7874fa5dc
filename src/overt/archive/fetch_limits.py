"""Limits of a download, and the type of the functions that receive its progress."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int | None], None]
"""Function that is called with the number of bytes so far, and the total if it is known."""


@dataclass(frozen=True)
class FetchLimits:
    """Limits of one download. A download that would exceed one of them is aborted."""

    max_bytes: int = 2 * 1024**3
    """Maximum size of a file in bytes, both encoded and decoded."""
    max_ratio: float = 200.0
    """Maximum number of decoded bytes per received byte, for responses that decode to more than `MIN_BOMB_BYTES`."""
    total_seconds: float = 3600.0
    """Maximum duration of a download including its redirects, in seconds."""
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    """Maximum time without data from the server, in seconds."""
    max_redirects: int = 5
