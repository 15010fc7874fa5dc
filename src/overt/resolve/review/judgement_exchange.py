"""Judgements as JSON lines, for sharing between atlases."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from overt.ledger import Draft, Entry, Judgement, LedgerError, Origin, Verdict, judgement_draft, mark_as_act, parse_judgement
from overt.ledger.decisions_in_force import effective_judgements
from overt.ledger.entry import require_text
from overt.model.errors import OvertError, UsageError
from overt.model.json_duplicate_keys import duplicate_key
from overt.model.schema import Schema
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.contradictory_shared_judgements import JudgedLine, find_line_conflicts
from overt.resolve.review.member_lookup import Members, check_pair

MAX_LINE_BYTES = 100_000
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MAX_LISTED = 3
"""Maximum number of invalid lines to list in a message."""


class _Origin(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    atlas: str
    entry: int | None = None
    chain: str | None = None


class _Line(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    left: str
    right: str
    verdict: Verdict
    who: str | None = None
    """Name of an editor, which only lines of older versions contain."""
    why: str
    at: str
    origin: _Origin | None = None


class SharedJudgement(NamedTuple):
    """A judgement on a line of a shared file."""

    line: int
    draft: Draft


@dataclass
class ImportPlan:
    """What importing a file would do."""

    taken: list[Draft] = field(default_factory=list)
    known: int = 0
    """Number of lines that are already in the ledger, even if they were undone since, or that repeat an earlier line."""
    agreeing: int = 0
    """Number of lines whose verdict on the pair is already in force, or is imported from another line."""
    conflicts: list[str] = field(default_factory=list)
    """Lines that contradict judgements in force or other lines, with the reason. `take_conflicts` imports them anyway."""
    left_out: int = 0
    """Number of conflicting lines that are not imported."""


def export_lines(judgements: Iterable[Judgement], entries: Sequence[Entry], atlas: str) -> Iterator[bytes]:
    """Yield a JSON line for each judgement, with its origin: this atlas, or the atlas from which it was imported.

    No line contains an editor's name.
    """
    chains = {entry.sequence: entry.chain for entry in entries}
    for judgement in judgements:
        origin = judgement.origin or Origin(atlas, judgement.sequence, chains[judgement.sequence])
        origin_fields = {name: value for name, value in vars(origin).items() if value is not None}
        fields = {name: getattr(judgement, name) for name in ("left", "right", "verdict", "why", "at")}
        yield orjson.dumps({**fields, "origin": origin_fields}) + b"\n"


def read_lines(data: bytes, name: str, latest: str | None = None) -> list[SharedJudgement]:
    """Parse the judgements in a file, in order. Empty lines are skipped, but they count in line numbers.

    `name`: the atlas that lines without an origin come from. `latest`: judgements dated after this moment are invalid, because
    a release is dated by its last entry. If any line is invalid, raises OvertError with the first invalid lines, because a file
    is imported completely or not at all.
    """
    judgements: list[SharedJudgement] = []
    bad_lines: list[str] = []
    for number, text in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            judgements.append(SharedJudgement(number, _parse_line(text, name, latest)))
        except (ValueError, LedgerError) as error:
            bad_lines.append(f"line {number}: {_fault(error)}")
    if bad_lines:
        raise _bad_lines_error(name, bad_lines)
    return judgements


def check_lines(judgements: Iterable[SharedJudgement], name: str, members: Members, schema: Schema) -> int:
    """Return the number of lines with an unknown record. Raise OvertError if the two records of a line can never be the same.

    Lines with unknown records take effect once the record's source is imported.
    """
    bad_lines = []
    unknown = 0
    for number, draft in judgements:
        left, right = (members.get(draft.payload[side]) for side in ("left", "right"))
        if left is None or right is None:
            unknown += 1
            continue
        try:
            check_pair(schema, left, right)
        except UsageError as error:
            bad_lines.append(f"line {number}: {error}")
    if bad_lines:
        raise _bad_lines_error(name, bad_lines)
    return unknown


def plan_import(entries: Sequence[Entry], judgements: Iterable[SharedJudgement], *, take_conflicts: bool = False) -> ImportPlan:
    """Return what to add to a ledger with these entries, as one batch.

    Lines that were added before, and verdicts that are already in force, are not added again. A line conflicts if it
    contradicts judgements in force, on its own pair or along a path of pairs, if it settles a pair that editors here judged
    unsure, or if it contradicts other lines (`find_line_conflicts`). Conflicting lines are not imported, and the result does
    not depend on the order of lines. With `take_conflicts`, they are imported, too, and later lines override earlier lines.
    """
    plan = ImportPlan()
    known = {_digest(parse_judgement(entry)) for entry in entries if entry.kind == "judgement"}
    in_force = effective_judgements(entries)
    graph = JudgementGraph(in_force)
    read: set[str] = set()
    # Lines of older versions contain an editor's name. Lines that differ only in the name must give the same result in any order.
    new: list[tuple[SharedJudgement, JudgedLine]] = []
    conflicts: dict[int, str] = {}
    for judgement in judgements:
        left, right, verdict = (judgement.draft.payload[name] for name in ("left", "right", "verdict"))
        digest = _content_digest(judgement.draft.at, judgement.draft.why, left, right, verdict)
        current = graph.judgement(left, right)
        line_digest = _content_digest(digest, judgement.draft.who)
        if digest in known or line_digest in read:
            plan.known += 1
        elif current is not None and current.verdict == verdict:
            plan.agreeing += 1
        else:
            read.add(line_digest)
            new.append((judgement, JudgedLine(judgement.line, left, right, verdict)))
            if conflict := _describe_conflict(graph, current, left, right, verdict):
                conflicts[judgement.line] = conflict
    conflicts |= find_line_conflicts(in_force, [line for _, line in new if line.line not in conflicts])
    first = {line[1:]: judgement.draft for judgement, line in sorted(new, key=_when, reverse=True) if line.line not in conflicts}
    for (number, draft), line in new:
        if number in conflicts:
            plan.conflicts.append(f"line {number}: {conflicts[number]}")
            if not take_conflicts:
                plan.left_out += 1
                continue
        elif first[line[1:]] is not draft:  # several editors gave the pair the same verdict
            plan.agreeing += 1
            continue
        plan.taken.append(draft)
    plan.taken = mark_as_act(entries, plan.taken)
    return plan


def _when(new: tuple[SharedJudgement, JudgedLine]) -> tuple[str, str, str]:
    return new[0].draft.at, new[0].draft.who, new[0].draft.why


def _describe_conflict(graph: JudgementGraph, current: Judgement | None, left: str, right: str, verdict: Verdict) -> str | None:
    if current is not None:
        by = f"entry {current.sequence}, {current.who}: {current.why}"
        return f"{left} and {right} are {verdict}; {current.verdict} is in force here ({by})"
    conflict = graph.conflict(left, right, verdict)
    return str(conflict) if conflict is not None and conflict.kind != "stays" else None


def _digest(judgement: Judgement) -> str:
    fields = judgement.at, judgement.why, judgement.left, judgement.right, judgement.verdict
    return _content_digest(*fields)


def _content_digest(*fields: str) -> str:
    return hashlib.sha256(orjson.dumps(fields)).hexdigest()


def _parse_line(text: bytes, name: str, latest: str | None) -> Draft:
    if len(text) > MAX_LINE_BYTES:
        raise LedgerError(f"is {len(text):,} bytes long; at most {MAX_LINE_BYTES:,} are read")
    line = _Line.model_validate(orjson.loads(text))
    if (key := duplicate_key(text)) is not None:
        raise LedgerError(f"{key}: is there twice")
    origin = Origin(**line.origin.model_dump()) if line.origin is not None else Origin(name)
    texts = {**line.model_dump(include={"left", "right", "who", "why"}, exclude_none=True), "origin.atlas": origin.atlas}
    for field_name, value in texts.items():
        if _CONTROL_CHARACTERS.search(value):
            raise LedgerError(f"{field_name}: has control characters, which could steer a terminal or reverse the text")
    who = f"an editor of {origin.atlas}" if line.who is None else require_text("who", line.who)
    draft = judgement_draft(line.left, line.right, line.verdict, who, line.why, line.at, origin)
    if latest is not None and draft.at > latest:
        raise LedgerError(f"at: {draft.at} is in the future")
    return draft


def _fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else first["msg"]
    return f"is not JSON ({error})" if isinstance(error, orjson.JSONDecodeError) else str(error)


def _bad_lines_error(name: str, bad_lines: Sequence[str]) -> OvertError:
    more = f" (and {len(bad_lines) - _MAX_LISTED} more)" if len(bad_lines) > _MAX_LISTED else ""
    return OvertError(f"{name}: {'; '.join(bad_lines[:_MAX_LISTED])}{more}; nothing was taken in: fix or remove these lines")
