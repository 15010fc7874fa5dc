"""What the desk's pages ask for and do: the queue, both sides of a question, judging and undoing."""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from overt.archive import Archive, WorkspaceLock
from overt.ledger import Entry, Head, Ledger, Verdict, judgement
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.publish.desk.impact import Impacts, impacts
from overt.release.manifest import MANIFEST
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.decide import Decision, decide, notes
from overt.resolve.review.evidence import Evidence
from overt.resolve.review.history import Event, history
from overt.resolve.review.members import Members, check_pair
from overt.resolve.review.questions import open_questions
from overt.resolve.review.queue import UNSCORED, Question, Ranked, order

WAIT = 5.0
"""Seconds that a judgement waits for another process to end its writing."""


@dataclass
class _Resolved:
    """What was read of one state of `resolved/`; what hangs on pairs and the queue are filled in when they are asked for."""

    stamp: tuple[tuple[str, int, int], ...]
    members: Members
    impacts: Impacts
    queue: tuple[Head, list[Ranked]] | None = None


class Desk:
    """The editors' work on one workspace; several threads may ask at once."""

    def __init__(self, workspace: Workspace, release: Path, token: str) -> None:
        """`release`: the directory of the release that is served; `token`: what an address must hold to come here."""
        self._workspace = workspace
        self._archive = Archive(workspace.archive)
        self._ledger = Ledger(workspace.ledger)
        self._release = release
        self._token = token.encode()
        self._guard = threading.Lock()
        self._held: _Resolved | None = None

    def admits(self, token: str) -> bool:
        """Whether this is the token; how long the answer takes tells nothing of it."""
        return secrets.compare_digest(token.encode("utf-8", "replace"), self._token)

    # Looking

    def queue(self) -> list[Ranked]:
        """The open questions, those first on which most hangs. Raises OvertError when nothing is resolved."""
        held, head = self._resolved(), self._ledger.head()
        if held.queue is None or held.queue[0] != head:
            judged = self._ledger.judgements(until=head.sequence)
            held.queue = head, self._rank(open_questions(self._workspace.resolved, held.members, judged))
        return held.queue[1]

    def pair(self, left: str, right: str) -> Ranked:
        """A pair of records, whether it is in the queue or not. Raises UsageError when it can never be one thing."""
        members = self._resolved().members
        one, other = sorted((members.find(left), members.find(right)))
        check_pair(self._workspace.content.schema, one, other)
        if one == other:
            raise UsageError(f"{one.record}: a record is always the same as itself; name two records")
        asked = open_questions(self._workspace.resolved, members, [], left_open=True)
        found = [held for held in asked if (held.left, held.right) == (one, other)]
        return self._rank(found or [Question(one, other, UNSCORED, {})])[0]

    def evidence(self) -> Evidence:
        """Reads what the sources say of a pair. Raises OvertError when the claims are not those of the archive."""
        return Evidence(self._workspace, self._archive, self._ledger, self._resolved().members)

    def standing(self) -> Standing:
        """The judgements that stand."""
        return Standing(self._ledger.judgements())

    def history(self) -> list[Event]:
        """Every judgement, the last one first."""
        return history(self._ledger.entries())[::-1]

    def entry(self, sequence: int) -> tuple[Entry, tuple[str, ...]] | None:
        """An entry of the ledger; of a judgement also what it overrode and contradicted when it was made."""
        found = next((held for held in self._ledger.entries(until=sequence) if held.sequence == sequence), None)
        if found is None or found.kind != "judgement":
            return (found, ()) if found else None
        made = judgement(found)
        before = Standing(self._ledger.judgements(until=sequence - 1))
        return found, notes(before, made.left, made.right, made.verdict)

    def unpublished(self) -> int:
        """How many entries of the ledger the release that is served does not know yet."""
        head = orjson.loads((self._release / MANIFEST).read_bytes())["ledger"]
        entries = self._ledger.entries()
        known = next((held.sequence for held in entries if held.chain == head), 0)
        return len(entries) - known

    # Deciding

    def judge(self, left: str, right: str, verdict: Verdict, who: str, why: str) -> Decision:
        """Judge a pair, as `overt judge` does. Raises OvertError, LockError when another process keeps writing."""
        with WorkspaceLock(self._workspace.root, WAIT):
            return decide(self._workspace, self._ledger, left, right, verdict, who, why)

    def undo(self, sequence: int, who: str, why: str) -> Entry:
        """Take an entry back, as `overt judge undo` does. Raises OvertError as `judge` does."""
        with WorkspaceLock(self._workspace.root, WAIT):
            return self._ledger.undo(sequence, who, why)

    def _rank(self, questions: Sequence[Question]) -> list[Ranked]:
        """In their order. What hangs on a pair is looked up once, as long as nothing is resolved anew."""
        held = self._resolved().impacts
        with self._guard:
            missing = [one for one in questions if (one.left.record, one.right.record) not in held]
            held |= impacts(self._release, missing, memory=self._workspace.settings.engine.memory)
        return order(questions, held)

    def _resolved(self) -> _Resolved:
        folder = self._workspace.resolved
        with self._guard:
            paths = sorted(folder.glob("*.parquet")) if folder.is_dir() else []
            stamp = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
            if self._held is None or self._held.stamp != stamp:
                self._held = _Resolved(stamp, Members(folder), {})
            return self._held
