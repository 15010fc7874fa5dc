"""Failures of the ledger."""

from overt.model.errors import OvertError


class LedgerError(OvertError):
    """An entry that cannot stand, or a ledger that cannot be read or written."""
