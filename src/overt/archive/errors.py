"""Errors of the archive and of fetching."""

from overt.model.errors import OvertError


class ArchiveError(OvertError):
    """Raised for bytes that can't be stored, found, fetched or trusted."""


class LockError(ArchiveError):
    """Raised if another process is writing to the workspace."""
