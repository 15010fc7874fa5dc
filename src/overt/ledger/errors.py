"""Errors of the ledger."""

from overt.model.errors import OvertError


class LedgerError(OvertError):
    """Raised for an invalid entry, or a ledger that can't be read or written."""
