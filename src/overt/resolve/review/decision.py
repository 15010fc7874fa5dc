"""Record an editor's decision as a judgement. Used by the command line, the terminal and the desk."""

from dataclasses import dataclass

from overt.ledger import Entry, Ledger, Verdict
from overt.model.workspace import Workspace
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.judged_pair import JudgedPair, read_judged_pair
from overt.resolve.review.member_lookup import check_pair, find_member

PUBLISH_HINT = "`overt resolve` and `overt release` make it count"
"""Commands to run before readers see a decision."""
BUILD_HINT = "`overt build` makes it count (it imports, resolves and releases)"
"""The command to run before a decision about files takes effect."""


@dataclass(frozen=True)
class Decision:
    """A new entry in the ledger, and notes for the editor who made it."""

    entry: Entry
    notes: tuple[str, ...]
    count: int = 1
    """Number of entries that were written together; `entry` is the first of them."""
    pair: JudgedPair | None = None
    """The two judged entities; None for a relation."""


def decide(workspace: Workspace, ledger: Ledger, left: str, right: str, verdict: Verdict, who: str, why: str) -> Decision:
    """Judge two records, by record ids or published ids. The caller must hold the workspace's lock.

    Raises UsageError for unknown records and for records that can never be the same, LedgerError for an invalid `who` or `why`
    and for a record paired with itself, and OvertError for a table that can't be used.
    """
    first, second = find_member(workspace.resolved, left), find_member(workspace.resolved, right)
    check_pair(workspace.content.schema, first, second)
    pair = read_judged_pair(workspace.resolved, workspace.content, (left, right), verdict)
    before = JudgementGraph(ledger.judgements())
    entry = ledger.judge(first.record, second.record, verdict, who, why)
    notes = judgement_notes(before, first.record, second.record, verdict)
    return Decision(entry, (*notes, *pair.warnings), pair=pair)


def judgement_notes(before: JudgementGraph, left: str, right: str, verdict: Verdict) -> tuple[str, ...]:
    """Return notes on the earlier judgements that a judgement overrides or conflicts with."""
    notes = []
    if (overridden := before.judgement(left, right)) is not None:
        by = f"{overridden.who} on {overridden.at[:10]}"
        notes.append(f"overrides entry {overridden.sequence}: {overridden.verdict}, {by}: {overridden.why}")
    if (conflict := before.conflict(left, right, verdict)) is not None:
        notes.append(str(conflict))
    return tuple(notes)
