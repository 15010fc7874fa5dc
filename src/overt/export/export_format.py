"""The interface of an export format."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from overt.export.export_result import ExportResult
from overt.export.public_release import PublicRelease

Writer = Callable[[PublicRelease, Path], ExportResult]
"""Writes a release to a path that does not exist yet."""


class ExportFormat(NamedTuple):
    """A format in which a release can be exported."""

    name: str
    description: str
    """What it is and for whom, in one line."""
    ending: str
    """Ending of its file's name; empty for a folder, or a zip archive if the path ends in `.zip`."""
    write: Writer

    @property
    def is_folder(self) -> bool:
        """Whether it consists of several files."""
        return not self.ending
