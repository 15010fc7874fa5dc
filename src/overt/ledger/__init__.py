"""What people decided: judgements, editorial claims, retractions; append-only, and any of it can be undone."""

from overt.ledger.entry import Draft, Entry, Head
from overt.ledger.errors import LedgerError
from overt.ledger.ledger import Ledger, judgement_draft
from overt.ledger.views import EditorialClaim, Judgement, Origin, Retraction, SourceDocument, Verdict, judgement

__all__ = [
    "Draft",
    "EditorialClaim",
    "Entry",
    "Head",
    "Judgement",
    "Ledger",
    "LedgerError",
    "Origin",
    "Retraction",
    "SourceDocument",
    "Verdict",
    "judgement",
    "judgement_draft",
]
