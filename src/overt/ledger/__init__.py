"""The ledger of editors' decisions, such as judgements, claims and retractions. It is append-only; decisions can be undone."""

from overt.ledger.decisions_in_force import (
    Correction,
    EditorialClaim,
    Judgement,
    Origin,
    Retraction,
    SourceChoice,
    SourceDocument,
    Verdict,
    Withholding,
    act_range,
    parse_judgement,
)
from overt.ledger.editor_key_and_name_files import open_ledger
from overt.ledger.entry import Draft, Entry, Head
from overt.ledger.entry_drafts import claim_draft, correction_draft, document_draft, judgement_draft, mark_as_act
from overt.ledger.errors import LedgerError
from overt.ledger.ledger import Ledger

__all__ = [
    "Correction",
    "Draft",
    "EditorialClaim",
    "Entry",
    "Head",
    "Judgement",
    "Ledger",
    "LedgerError",
    "Origin",
    "Retraction",
    "SourceChoice",
    "SourceDocument",
    "Verdict",
    "Withholding",
    "act_range",
    "claim_draft",
    "correction_draft",
    "document_draft",
    "judgement_draft",
    "mark_as_act",
    "open_ledger",
    "parse_judgement",
]
