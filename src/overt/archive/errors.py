"""Errors of the archive and of fetching."""

from overt.model.errors import OvertError


class ArchiveError(OvertError):
    """Raised for bytes that can't be stored, fetched or trusted, or that are not in the archive."""


class LockError(ArchiveError):
    """Raised if the workspace can't be locked, as when another process is writing to it."""
