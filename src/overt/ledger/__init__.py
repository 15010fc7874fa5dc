"""What people decided: judgements, editorial claims, retractions; append-only, and any of it can be undone."""

from overt.ledger.entry import Entry, Head
from overt.ledger.errors import LedgerError
from overt.ledger.ledger import Ledger
from overt.ledger.views import EditorialClaim, Judgement, Retraction, SourceDocument, Verdict

__all__ = ["EditorialClaim", "Entry", "Head", "Judgement", "Ledger", "LedgerError", "Retraction", "SourceDocument", "Verdict"]
