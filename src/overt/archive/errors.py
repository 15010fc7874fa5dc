"""Errors of the archive and of fetching."""

from overt.model.errors import OvertError


class ArchiveError(OvertError):
    """Bytes that can't be stored, found, fetched or trusted."""


class LockError(ArchiveError):
    """Another process is writing to the workspace."""
