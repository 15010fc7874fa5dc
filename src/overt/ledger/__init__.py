"""What people decided: judgements, editorial claims, retractions; append-only, and any of it can be undone."""

from overt.ledger.decisions import EditorialClaim, Judgement, Origin, Retraction, SourceDocument, Verdict, act_of, judgement
from overt.ledger.entry import Draft, Entry, Head
from overt.ledger.errors import LedgerError
from overt.ledger.ledger import Ledger, as_one_act, claim_draft, judgement_draft

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
    "act_of",
    "as_one_act",
    "claim_draft",
    "judgement",
    "judgement_draft",
]
