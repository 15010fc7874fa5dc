"""Judgements as JSON lines, so that atlases can share them."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from overt.ledger import Draft, Entry, Judgement, LedgerError, Origin, Verdict, judgement_draft, mark_as_act, parse_judgement
from overt.ledger.decisions import effective_judgements
from overt.model.errors import OvertError, UsageError
from overt.model.schema import Schema
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.line_conflicts import Statement, contradicting
from overt.resolve.review.members import Members, check_pair

LONGEST_LINE = 100_000
"""Bytes; a line of more is no judgement."""
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NAMED = 3
"""Bad lines that a message names one by one."""


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
    who: str
    why: str
    at: str
    origin: _Origin | None = None


class Line(NamedTuple):
    """A judgement as a line of a file has it."""

    number: int
    draft: Draft


@dataclass
class Plan:
    """What becomes of the lines of a file when a ledger takes them in."""

    taken: list[Draft] = field(default_factory=list)
    known: int = 0
    """Lines that the ledger has already, word for word; one that was undone here stays undone."""
    agreeing: int = 0
    """Lines that say of their pair what stands here already."""
    conflicts: list[str] = field(default_factory=list)
    """Lines that contradict what stands, and how; with `take_conflicts` they are among those taken."""
    left_out: int = 0
    """Of those in conflict, the ones that were not taken."""


def export_lines(held: Iterable[Judgement], entries: Sequence[Entry], atlas: str) -> Iterator[bytes]:
    """A line of JSON for each judgement, with where it was made: in this atlas, or where it was imported from."""
    chains = {entry.sequence: entry.chain for entry in entries}
    for one in held:
        origin = one.origin or Origin(atlas, one.sequence, chains[one.sequence])
        said = {name: value for name, value in vars(origin).items() if value is not None}
        fields = {name: getattr(one, name) for name in ("left", "right", "verdict", "who", "why", "at")}
        yield orjson.dumps({**fields, "origin": said}) + b"\n"


def read_lines(data: bytes, name: str, latest: str | None = None) -> list[Line]:
    """The judgements in a file, in its order; empty lines are counted and passed over. Where a line names no atlas, `name` is it.
    `latest`: a moment after which nobody can have judged yet, as entries write it; a release bears the day of its last entry.

    Raises OvertError that names every line that is none by its number: a file is taken in whole or not at all.
    """
    lines: list[Line] = []
    wrong: list[str] = []
    for number, text in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            lines.append(Line(number, _draft(text, name, latest)))
        except (ValueError, LedgerError) as error:
            wrong.append(f"line {number}: {_fault(error)}")
    if wrong:
        raise _bad_lines(name, wrong)
    return lines


def check_lines(lines: Iterable[Line], name: str, members: Members, schema: Schema) -> int:
    """Raise OvertError naming the lines whose two records can never be one thing; returns how many name a record that is unknown.

    Those count as soon as its source is imported.
    """
    wrong = []
    unknown = 0
    for number, draft in lines:
        one, other = (members.get(draft.payload[side]) for side in ("left", "right"))
        if one is None or other is None:
            unknown += 1
            continue
        try:
            check_pair(schema, one, other)
        except UsageError as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        raise _bad_lines(name, wrong)
    return unknown


def plan(entries: Sequence[Entry], lines: Iterable[Line], *, take_conflicts: bool = False) -> Plan:
    """What to add to a ledger of these entries, as one act.

    A line is never added twice. One that contradicts what stands here, on its own pair or over a path of pairs, or that decides
    what people here left open, is not taken; nor is any of several lines that contradict one another (`agree`). What becomes of
    a line does not depend on where in the file it stands. With `take_conflicts` all are taken; then the later ones override.
    """
    found = Plan()
    made = [parse_judgement(entry) for entry in entries if entry.kind == "judgement"]
    known = {_content(one.at, one.who, one.why, one.left, one.right, one.verdict) for one in made}
    held = effective_judgements(entries)
    standing = Standing(held)
    new: list[tuple[Line, Statement]] = []
    conflicts: dict[int, str] = {}
    for line in lines:
        left, right, verdict = (line.draft.payload[name] for name in ("left", "right", "verdict"))
        content = _content(line.draft.at, line.draft.who, line.draft.why, left, right, verdict)
        before = standing.of(left, right)
        if content in known:
            found.known += 1
        elif before is not None and before.verdict == verdict:
            found.agreeing += 1
        else:
            known.add(content)
            new.append((line, Statement(line.number, left, right, verdict)))
            if clash := _clash(standing, before, left, right, verdict):
                conflicts[line.number] = clash
    conflicts |= contradicting(held, [said for _, said in new if said.line not in conflicts])
    first = {said[1:]: line.draft for line, said in sorted(new, key=_when, reverse=True) if said.line not in conflicts}
    for (number, draft), said in new:
        if number in conflicts:
            found.conflicts.append(f"line {number}: {conflicts[number]}")
            if not take_conflicts:
                found.left_out += 1
                continue
        elif first[said[1:]] is not draft:  # several people judged one pair alike
            found.agreeing += 1
            continue
        found.taken.append(draft)
    found.taken = mark_as_act(entries, found.taken)
    return found


def _when(new: tuple[Line, Statement]) -> tuple[str, str, str]:
    return new[0].draft.at, new[0].draft.who, new[0].draft.why


def _clash(standing: Standing, held: Judgement | None, left: str, right: str, verdict: Verdict) -> str | None:
    if held is not None:
        return f"{left} and {right} are {verdict}; {held.verdict} stands here (entry {held.sequence}, {held.who}: {held.why})"
    conflict = standing.conflict(left, right, verdict)
    return str(conflict) if conflict is not None and conflict.kind != "stays" else None


def _content(*fields: str) -> str:
    return hashlib.sha256(orjson.dumps(fields)).hexdigest()


def _draft(text: bytes, name: str, latest: str | None) -> Draft:
    if len(text) > LONGEST_LINE:
        raise LedgerError(f"is {len(text):,} bytes long; at most {LONGEST_LINE:,} are read")
    line = _Line.model_validate(orjson.loads(text))
    origin = Origin(**line.origin.model_dump()) if line.origin is not None else Origin(name)
    for place, said in {**line.model_dump(include={"left", "right", "who", "why"}), "origin.atlas": origin.atlas}.items():
        if _STEERING.search(said):
            raise LedgerError(f"{place}: holds signs that steer a terminal or turn the direction of writing")
    draft = judgement_draft(line.left, line.right, line.verdict, line.who, line.why, line.at, origin)
    if latest is not None and draft.at > latest:
        raise LedgerError(f"at: {draft.at} is yet to come")
    return draft


def _fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else first["msg"]
    return f"is not JSON ({error})" if isinstance(error, orjson.JSONDecodeError) else str(error)


def _bad_lines(name: str, wrong: Sequence[str]) -> OvertError:
    """The failure of a file with lines that are no judgements, each given as `line 3: why`."""
    more = f" (and {len(wrong) - _NAMED} more)" if len(wrong) > _NAMED else ""
    return OvertError(f"{name}: {'; '.join(wrong[:_NAMED])}{more}; nothing was taken in: mend or remove these lines")
