"""What a format is."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from overt.export.public_release import Holdings
from overt.export.result import Written

Write = Callable[[Holdings, Path], Written]
"""Writes an edition to a path at which nothing is yet; what it returns says what it wrote, and what it left behind."""


class Format(NamedTuple):
    """A format that an edition can be written in."""

    name: str
    what: str
    """What it is and for whom, in a line."""
    ending: str
    """How its file's name ends; empty: it makes a folder, or a zip archive where the path ends in `.zip`."""
    write: Write

    @property
    def is_folder(self) -> bool:
        """Whether it is several files."""
        return not self.ending
