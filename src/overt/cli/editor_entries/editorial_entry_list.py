"""Listing editorial claims, retractions, corrections and withholdings."""

from pathlib import Path

from overt.cli.atlas_access import reading
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.reports.ledger_entry_text import entry_data, entry_line
from overt.cli.text_truncation_and_sizes import plain
from overt.ledger.decisions_in_force import undoing_entries

_KINDS = ("claim", "claim-source-document", "retraction", "correction", "withholding")


def print_claims(workspace: Path, *, every: bool, json: bool) -> None:
    """Print the claims, retractions, corrections and withholdings in force, in the order of the ledger.

    With `every`, also print those that were taken back.
    """
    _, _, ledger = reading(workspace)
    entries = ledger.entries()
    undone_by = undoing_entries(entries)
    listed = [entry for entry in entries if entry.kind in _KINDS and (every or entry.sequence not in undone_by)]
    if json:
        print_json([entry_data(entry, undone_by) for entry in listed])
        return
    for entry in listed:
        print(plain(entry_line(entry, undone_by), 2_000))
    if not listed:
        messages.print("no claim was added by hand, and none was retracted, corrected or withheld")
