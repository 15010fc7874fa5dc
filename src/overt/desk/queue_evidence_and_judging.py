"""The editors' work on one workspace: the queue, the evidence for both sides, judgements, relations and undoing."""

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from overt.archive import Archive, WorkspaceLock
from overt.desk.impact import Impacts, impacts
from overt.importing.machine_clock_check import require_clock
from overt.ledger import Entry, Head, Judgement, SourceDocument, Verdict, open_ledger, parse_judgement
from overt.ledger.decisions_in_force import effective_judgements, effective_source_choices
from overt.model.errors import OvertError, UsageError, quote_text
from overt.model.workspace import Workspace
from overt.release.history.lost_input_check import require_recorded_position
from overt.release.release_folders import MANIFEST
from overt.resolve.relations.stated_and_proposed_relations import RelationProposal
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import Decision, decide, judgement_notes
from overt.resolve.review.evidence import EvidenceReader
from overt.resolve.review.judged_pair import read_judged_pair
from overt.resolve.review.judgement_history import JudgementEvent, judgement_history
from overt.resolve.review.member_lookup import Members, check_pair
from overt.resolve.review.open_questions import open_proposals, open_questions, question_about
from overt.resolve.review.question import Question
from overt.resolve.review.question_ranking import RankedQuestion, rank_questions
from overt.resolve.review.relation_judgement import RELATION_KINDS, Relation, relate, relation_of_entry
from overt.resolve.review.undoing_ledger_entries import UndoneEntries, undo_entries, undo_range

WAIT = 5.0
"""Maximum number of seconds that a judgement, relation or undo waits for another process to finish writing."""


Stamp = tuple[tuple[str, int, int], ...]
"""Path, modification time and size of each file. For a chosen snapshot: source, number of the ledger entry, and 0.

If two stamps are equal, nothing was written in between.
"""


@dataclass
class _ResolvedCache:
    """Data derived from one state of `resolved/`. Impacts and the queue are computed on first use."""

    stamp: Stamp
    members: Members
    impacts: Impacts
    queue: tuple[Head, list[RankedQuestion]] | None = None


@dataclass(frozen=True)
class _LedgerCache:
    """Cache of one state of the ledger."""

    head: Head
    entries: list[Entry]
    judgements: list[Judgement]
    judgements_in_force: JudgementGraph


@dataclass(frozen=True)
class _EvidenceCache:
    """Cache of the evidence reader, for one state of the claims, the ledger and `resolved/`."""

    stamp: Stamp
    head: Head
    members: Members
    evidence: EvidenceReader


class Desk:
    """The editors' work on one workspace. Thread-safe.

    Methods that need the resolved records raise OvertError if nothing is resolved.
    """

    def __init__(self, workspace: Workspace, release: Path, token: str) -> None:
        """Open the desk of a workspace.

        `release`: the directory of the served release; `token`: the secret in the desk's address. If the ledger has keys,
        everything that the desk writes is signed with the key of the person who started it. Raises OvertError if that key is not
        available.
        """
        self._workspace = workspace
        self._archive = Archive(workspace.archive)
        self._ledger = open_ledger(workspace)
        self._ledger.unlock()
        self._release = release
        self._token = token.encode()
        self._guard = threading.Lock()
        self._resolved_cache: _ResolvedCache | None = None
        self._ledger_cache: _LedgerCache | None = None
        self._evidence_cache: _EvidenceCache | None = None

    def admits(self, token: str) -> bool:
        """Return whether a token is the desk's token, in constant time."""
        return secrets.compare_digest(token.encode("utf-8", "replace"), self._token)

    def is_signed(self) -> bool:
        """Return whether the ledger has keys. Its entries then don't contain the names of editors."""
        return self._ledger.keys().is_signed

    # The following methods only read.

    def queue(self) -> list[RankedQuestion]:
        """Return the open questions, those expected to change the most rows of figures first."""
        resolved, decided = self._resolved(), self._decided()
        if resolved.queue is None or resolved.queue[0] != decided.head:
            questions = open_questions(self._workspace.resolved, resolved.members, decided.judgements)
            resolved.queue = decided.head, self._rank(questions)
        return resolved.queue[1]

    def proposals(self) -> list[RelationProposal]:
        """Return the proposed relations that nobody has judged, the likeliest first."""
        return open_proposals(self._workspace.resolved, self._resolved().members, self._decided().judgements)

    def kinds(self) -> list[str]:
        """Return the ids of all kinds of relations."""
        return [term.id for term in self._workspace.content.vocabularies[RELATION_KINDS].terms]

    def published_id(self, record: str) -> str:
        """Return the published id of a record. Raises UsageError for an unknown record."""
        return self._resolved().members.find(record).id

    def pair(self, left: str, right: str) -> RankedQuestion:
        """Return the question about two records, whether or not it is in the queue.

        Raises UsageError for an unknown record, if both are one record, or if the two can never be the same entity.
        """
        members = self._resolved().members
        first, second = sorted((members.find(left), members.find(right)))
        check_pair(self._workspace.content.schema, first, second)
        if first == second:
            raise UsageError(f"{first.record}: a record is always the same as itself; name two records")
        return self._rank([question_about(self._workspace.resolved, members, first, second)])[0]

    def evidence(self) -> EvidenceReader:
        """Return a reader of the evidence about pairs of records. Raises OvertError if the claims don't match the archive."""
        members, decided, stamp = self._resolved().members, self._decided(), self._claims_stamp()
        with self._guard:
            cache = self._evidence_cache
            if cache is None or cache.stamp != stamp:
                evidence = EvidenceReader(self._workspace, self._archive, self._ledger, members)
            elif cache.head != decided.head or cache.members is not members:
                evidence = cache.evidence.updated(self._ledger, members)
            else:
                return cache.evidence
            self._evidence_cache = _EvidenceCache(stamp, decided.head, members, evidence)
            return evidence

    def judgements_in_force(self) -> JudgementGraph:
        """Return the judgements in force. Callers must not change them."""
        return self._decided().judgements_in_force

    def history(self) -> list[JudgementEvent]:
        """Return every judgement, newest first."""
        return judgement_history(self._decided().entries)[::-1]

    def reach(self, sequence: int) -> tuple[int, int] | None:
        """Return the numbers of the first and last entry that are undone together with an entry; None if it doesn't exist."""
        entries = self._decided().entries
        return undo_range(entries, sequence) if 1 <= sequence <= len(entries) else None

    def relation(self, sequence: int) -> Relation | None:
        """Return the relation that was written together with an entry; None if there is none."""
        return relation_of_entry(self._decided().entries, sequence)

    def entry(self, sequence: int) -> tuple[Entry, tuple[str, ...]] | None:
        """Return an entry of the ledger with notes; None if there is no such entry.

        The notes on a judgement say what it overrode and contradicted when it was made, and which stated relations contradict it.
        Other entries have no notes.
        """
        entries = self._decided().entries
        if not 1 <= sequence <= len(entries):
            return None
        entry = entries[sequence - 1]
        if entry.kind != "judgement":
            return entry, ()
        judgement = parse_judgement(entry)
        before = JudgementGraph(effective_judgements(entries[: sequence - 1]))
        about = read_judged_pair(
            self._workspace.resolved, self._workspace.content, (judgement.left, judgement.right), judgement.verdict
        )
        return entry, (*judgement_notes(before, judgement.left, judgement.right, judgement.verdict), *about.warnings)

    def unpublished(self) -> int:
        """Return the number of ledger entries that are newer than the served release."""
        head = orjson.loads((self._release / MANIFEST).read_bytes())["ledger"]
        entries = self._decided().entries
        known = next((entry.sequence for entry in reversed(entries) if entry.chain == head), 0)
        return len(entries) - known

    # The following methods write to the ledger.

    def judge(self, left: str, right: str, verdict: Verdict, who: str, why: str, seen: int | None = None) -> Decision:
        """Judge a pair, as `overt judge` does.

        `seen`: number of the entry with the judgement about the pair that the editor saw; 0 if there was none, None if unknown.

        Raises OvertError if the judgement is refused, or if the pair was judged again, or the judgement undone, after the
        editor saw it. Raises LockError if another process keeps writing for `WAIT` seconds.
        """
        with self._writing():
            self._require_seen(left, right, seen)
            return decide(self._workspace, self._ledger, left, right, verdict, who, why)

    def relate(
        self,
        ends: tuple[str, str],
        kind: str,
        who: str,
        why: str,
        document: SourceDocument | None = None,
        seen: int | None = None,
    ) -> Decision:
        """Record a relation of two organisations, as `overt judge relate` does. Raises the errors of `judge`.

        `ends`: the organisations at the start and at the end of the relation, as record ids or published ids. `document`: the
        document that states the relation; None if there is none. `seen`: as for `judge`.
        """
        with self._writing():
            self._require_seen(*ends, seen)
            return relate(self._workspace, self._ledger, ends, kind, who, why, document)

    def undo(self, sequence: int, who: str, why: str, *, last: int | None = None) -> UndoneEntries:
        """Undo an entry or, with `last`, all entries up to that one, as `overt judge undo` does.

        Raises OvertError if an entry can't be undone, and LockError if another process keeps writing for `WAIT` seconds.
        """
        with self._writing():
            return undo_entries(self._ledger, sequence, who, why, last=last)

    def _require_seen(self, left: str, right: str, seen: int | None) -> None:
        """Raise OvertError if the judgement about two records isn't the one that an editor saw. `seen`: as for `judge`."""
        if seen is None:
            return
        judged = self.judgements_in_force().judgement(left, right)
        if (judged.sequence if judged else 0) == seen:
            return
        if judged is None:
            raise OvertError(
                f"entry {seen} about this pair was taken back after you opened the page; look again, and answer again"
            )
        raise OvertError(
            f"this pair was judged after you opened the page: {judged.verdict}, because {quote_text(judged.why)} (entry"
            f" {judged.sequence}); answer again if you disagree"
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the workspace's lock. Raises the same errors as `cli.atlas_access.writing`."""
        with WorkspaceLock(self._workspace.root, WAIT):
            require_clock(self._workspace, self._archive, self._ledger)
            require_recorded_position(self._workspace, self._archive, self._ledger)
            yield

    def _rank(self, questions: Sequence[Question]) -> list[RankedQuestion]:
        """Rank the questions. The impact of each pair is computed only once, until `resolved/` changes."""
        known_impacts = self._resolved().impacts
        with self._guard:
            missing = [question for question in questions if (question.left.record, question.right.record) not in known_impacts]
            known_impacts |= impacts(self._release, missing, memory=self._workspace.settings.engine.memory)
        return rank_questions(questions, known_impacts)

    def _resolved(self) -> _ResolvedCache:
        folder = self._workspace.resolved
        with self._guard:
            stamp = _stamp(sorted(folder.glob("*.parquet")) if folder.is_dir() else [])
            if self._resolved_cache is None or self._resolved_cache.stamp != stamp:
                self._resolved_cache = _ResolvedCache(stamp, Members(folder), {})
            return self._resolved_cache

    def _decided(self) -> _LedgerCache:
        head = self._ledger.head()
        with self._guard:
            if self._ledger_cache is None or self._ledger_cache.head != head:
                entries = self._ledger.entries(until=head.sequence)
                judgements = effective_judgements(entries)
                self._ledger_cache = _LedgerCache(head, entries, judgements, JudgementGraph(judgements))
            return self._ledger_cache

    def _claims_stamp(self) -> Stamp:
        """Return a stamp that changes when a snapshot is archived or chosen, or its claims are rewritten."""
        reports = sorted(self._workspace.claims.glob("*/*/report.json"))
        chosen = effective_source_choices(self._decided().entries).values()
        files = _stamp([path for path in (self._archive.index, *reports) if path.is_file()])
        return (*files, *((choice.source, choice.sequence, 0) for choice in chosen))


def _stamp(paths: Sequence[Path]) -> Stamp:
    stats = [(path, path.stat()) for path in paths]
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)
