"""Errors of the ledger."""

from overt.model.errors import OvertError, UsageError


class LedgerError(OvertError):
    """Raised for an invalid entry, or a ledger that can't be read or written."""


class EmptyField(LedgerError, UsageError):
    """Raised for an entry without an editor, a reason or another text that every entry needs: wrong use of a command."""
