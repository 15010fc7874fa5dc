"""What the desk's pages ask for and do: the queue, both sides of a question, judging and undoing."""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from overt.archive import Archive, WorkspaceLock
from overt.desk.impact import Impacts, impacts
from overt.ledger import Entry, Head, Judgement, Ledger, SourceDocument, Verdict, parse_judgement
from overt.ledger.decisions import effective_judgements
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release_folders import MANIFEST
from overt.resolve.relation_table import RelationProposal
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import Decision, decide, judgement_notes
from overt.resolve.review.evidence import EvidenceReader
from overt.resolve.review.judged_pair import read_judged_pair
from overt.resolve.review.judgement_history import JudgementEvent, judgement_history
from overt.resolve.review.members import Members, check_pair
from overt.resolve.review.open_questions import open_proposals, open_questions, question_about
from overt.resolve.review.question import Question
from overt.resolve.review.relation_judgement import RELATION_KINDS, Relation, relate, relation_of_entry
from overt.resolve.review.review_queue import RankedQuestion, rank_questions
from overt.resolve.review.undo import UndoneEntries, undo_entries, undo_range

WAIT = 5.0
"""Seconds that a judgement waits for another process to end its writing."""


Stamp = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of files: as long as they are equal, nothing was written."""


@dataclass
class _Resolved:
    """What was read of one state of `resolved/`; what hangs on pairs and the queue are filled in when they are asked for."""

    stamp: Stamp
    members: Members
    impacts: Impacts
    queue: tuple[Head, list[RankedQuestion]] | None = None


@dataclass(frozen=True)
class _Decided:
    """What was read of one state of the ledger."""

    head: Head
    entries: list[Entry]
    judgements: list[Judgement]
    standing: JudgementGraph


@dataclass(frozen=True)
class _Said:
    """What was read of the claims, and what of the ledger and of who is who goes with it."""

    stamp: Stamp
    head: Head
    members: Members
    evidence: EvidenceReader


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
        self._known: _Decided | None = None
        self._said: _Said | None = None

    def admits(self, token: str) -> bool:
        """Whether this is the token; how long the answer takes tells nothing of it."""
        return secrets.compare_digest(token.encode("utf-8", "replace"), self._token)

    # Looking

    def queue(self) -> list[RankedQuestion]:
        """The open questions, those first on which most hangs. Raises OvertError when nothing is resolved."""
        held, decided = self._resolved(), self._decided()
        if held.queue is None or held.queue[0] != decided.head:
            asked = open_questions(self._workspace.resolved, held.members, decided.judgements)
            held.queue = decided.head, self._rank(asked)
        return held.queue[1]

    def proposals(self) -> list[RelationProposal]:
        """The relations that the machine proposes and nobody has judged, the likeliest first."""
        return open_proposals(self._workspace.resolved, self._resolved().members, self._decided().judgements)

    def kinds(self) -> list[str]:
        """The kinds of relations that there are."""
        return [term.id for term in self._workspace.content.vocabularies[RELATION_KINDS].terms]

    def thing(self, record: str) -> str:
        """The published id of a record."""
        return self._resolved().members.find(record).id

    def pair(self, left: str, right: str) -> RankedQuestion:
        """A pair of records, whether it is in the queue or not. Raises UsageError when it can never be one thing."""
        members = self._resolved().members
        one, other = sorted((members.find(left), members.find(right)))
        check_pair(self._workspace.content.schema, one, other)
        if one == other:
            raise UsageError(f"{one.record}: a record is always the same as itself; name two records")
        return self._rank([question_about(self._workspace.resolved, members, one, other)])[0]

    def evidence(self) -> EvidenceReader:
        """Looks up what the sources say of a pair. Raises OvertError when the claims are not those of the archive."""
        members, decided, stamp = self._resolved().members, self._decided(), self._claims_stamp()
        with self._guard:
            held = self._said
            if held is None or held.stamp != stamp:
                evidence = EvidenceReader(self._workspace, self._archive, self._ledger, members)
            elif held.head != decided.head or held.members is not members:
                evidence = held.evidence.updated(self._ledger, members)
            else:
                return held.evidence
            self._said = _Said(stamp, decided.head, members, evidence)
            return evidence

    def standing(self) -> JudgementGraph:
        """The judgements that stand; not to be changed."""
        return self._decided().standing

    def history(self) -> list[JudgementEvent]:
        """Every judgement, the last one first."""
        return judgement_history(self._decided().entries)[::-1]

    def reach(self, sequence: int) -> tuple[int, int] | None:
        """The first and last of the entries that go back with one; nothing where there is no such entry."""
        entries = self._decided().entries
        return undo_range(entries, sequence) if 1 <= sequence <= len(entries) else None

    def relation(self, sequence: int) -> Relation | None:
        """The relation that was written in one act with an entry."""
        return relation_of_entry(self._decided().entries, sequence)

    def entry(self, sequence: int) -> tuple[Entry, tuple[str, ...]] | None:
        """An entry of the ledger; of a judgement also what it overrode and contradicted when it was made."""
        entries = self._decided().entries
        if not 1 <= sequence <= len(entries):
            return None
        found = entries[sequence - 1]
        if found.kind != "judgement":
            return found, ()
        made = parse_judgement(found)
        before = JudgementGraph(effective_judgements(entries[: sequence - 1]))
        about = read_judged_pair(self._workspace.resolved, self._workspace.content, (made.left, made.right), made.verdict)
        return found, (*judgement_notes(before, made.left, made.right, made.verdict), *about.warnings)

    def unpublished(self) -> int:
        """How many entries of the ledger the release that is served does not know yet."""
        head = orjson.loads((self._release / MANIFEST).read_bytes())["ledger"]
        entries = self._decided().entries
        known = next((held.sequence for held in reversed(entries) if held.chain == head), 0)
        return len(entries) - known

    # Deciding

    def judge(self, left: str, right: str, verdict: Verdict, who: str, why: str) -> Decision:
        """Judge a pair, as `overt judge` does. Raises OvertError, LockError when another process keeps writing."""
        with WorkspaceLock(self._workspace.root, WAIT):
            return decide(self._workspace, self._ledger, left, right, verdict, who, why)

    def relate(self, ends: tuple[str, str], kind: str, who: str, why: str, document: SourceDocument | None = None) -> Decision:
        """Say how two organisations stand to each other, as `overt judge relate` does. Raises OvertError as `judge` does."""
        with WorkspaceLock(self._workspace.root, WAIT):
            return relate(self._workspace, self._ledger, ends, kind, who, why, document)

    def undo(self, sequence: int, who: str, why: str, *, last: int | None = None) -> UndoneEntries:
        """Take an entry back, as `overt judge undo` does. Raises OvertError as `judge` does."""
        with WorkspaceLock(self._workspace.root, WAIT):
            return undo_entries(self._ledger, sequence, who, why, last=last)

    def _rank(self, questions: Sequence[Question]) -> list[RankedQuestion]:
        """In their order. What hangs on a pair is looked up once, as long as nothing is resolved anew."""
        held = self._resolved().impacts
        with self._guard:
            missing = [one for one in questions if (one.left.record, one.right.record) not in held]
            held |= impacts(self._release, missing, memory=self._workspace.settings.engine.memory)
        return rank_questions(questions, held)

    def _resolved(self) -> _Resolved:
        folder = self._workspace.resolved
        with self._guard:
            stamp = _stamp(sorted(folder.glob("*.parquet")) if folder.is_dir() else [])
            if self._held is None or self._held.stamp != stamp:
                self._held = _Resolved(stamp, Members(folder), {})
            return self._held

    def _decided(self) -> _Decided:
        head = self._ledger.head()
        with self._guard:
            if self._known is None or self._known.head != head:
                entries = self._ledger.entries(until=head.sequence)
                read_judged_pair = effective_judgements(entries)
                self._known = _Decided(head, entries, read_judged_pair, JudgementGraph(read_judged_pair))
            return self._known

    def _claims_stamp(self) -> Stamp:
        """Changes when a snapshot is archived or its claims are written anew."""
        found = sorted(self._workspace.claims.glob("*/*/report.json"))
        return _stamp([path for path in (self._archive.index, *found) if path.is_file()])


def _stamp(paths: Sequence[Path]) -> Stamp:
    stats = [(path, path.stat()) for path in paths]
    return tuple((str(path), held.st_mtime_ns, held.st_size) for path, held in stats)
