"""Making a judgement: the one way in, for the command line, the terminal and the desk."""

from dataclasses import dataclass

from overt.ledger import Entry, Ledger, Verdict
from overt.model.workspace import Workspace
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.judged_pair import Judged, judged
from overt.resolve.review.members import check_pair, find_member

PUBLISH = "`overt resolve` and `overt release` make it count"
"""What has to be run before readers see what was decided."""


@dataclass(frozen=True)
class Decision:
    """An entry that was made, and what whoever made it should know, a line each."""

    entry: Entry
    notes: tuple[str, ...]
    count: int = 1
    """How many entries the act wrote, this one first."""
    about: Judged | None = None
    """The two things that it is about."""


def decide(workspace: Workspace, ledger: Ledger, left: str, right: str, verdict: Verdict, who: str, why: str) -> Decision:
    """Judge two records, named by source record or published id. The caller holds the workspace's lock.

    Raises UsageError for records that there are not or that can never be one thing, LedgerError for words that cannot be kept.
    """
    one, other = find_member(workspace.resolved, left), find_member(workspace.resolved, right)
    check_pair(workspace.content.schema, one, other)
    about = judged(workspace.resolved, workspace.content, (left, right), verdict)
    before = Standing(ledger.judgements())
    entry = ledger.judge(one.record, other.record, verdict, who, why)
    return Decision(entry, (*notes(before, one.record, other.record, verdict), *about.warnings), about=about)


def notes(before: Standing, left: str, right: str, verdict: Verdict) -> tuple[str, ...]:
    """What a judgement overrides and contradicts among those that stood before it."""
    found = []
    if (held := before.of(left, right)) is not None:
        found.append(f"overrides entry {held.sequence}: {held.verdict}, {held.who} on {held.at[:10]}: {held.why}")
    if (conflict := before.conflict(left, right, verdict)) is not None:
        found.append(str(conflict))
    return tuple(found)
