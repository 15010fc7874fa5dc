"""Errors of the archive and of fetching."""

from overt.model.errors import OvertError


class ArchiveError(OvertError):
    """Raised if something can't be fetched, stored in the archive, or read from it."""


class LockError(ArchiveError):
    """Raised if the workspace can't be locked, for example because another process is writing to it."""
