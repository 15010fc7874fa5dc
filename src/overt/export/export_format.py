"""The interface of an export format."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from overt.export.export_result_and_losses import ExportResult
from overt.export.public_release_reader import PublicRelease

Writer = Callable[[PublicRelease, Path], ExportResult]
"""Function that writes a release to a path that does not exist yet, and raises OvertError if the format can't represent it."""


class ExportFormat(NamedTuple):
    """A format in which a release can be exported."""

    name: str
    description: str
    """What the format is and whom it is for, in one line."""
    ending: str
    """Ending of the file's name. It is empty for a folder, which becomes a zip archive if the path ends in `.zip`."""
    write: Writer

    @property
    def is_folder(self) -> bool:
        """Whether the format consists of several files."""
        return not self.ending
