"""Computes the span of a record from its dated claims, by the rules of its type."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from overt.model.values.dates import EARLIEST, LATEST
from overt.model.values.span import Span, date_limits, make_span
from overt.release.spans.span_rules import TypeRules

_ONE_DAY = timedelta(days=1)


class Statement(NamedTuple):
    """A claim, and the days that its source may describe."""

    property: str
    value: str
    claim_id: str
    record: str
    """The source record. A published record can have several."""
    first_spoken: date | None
    """The earliest day that the source may describe; None if nothing says how old the source is."""
    last_spoken: date
    """The latest day that the source may describe: the day of retrieval if nothing says how old the source is."""
    spoken: str
    """The date that the source describes (EDTF), as given by the claim, its document or the source; empty if unknown."""
    speaker: str
    """Where `spoken` comes from: `document` (also if the claim has a date of its own), `source`, or empty if unknown."""


class NotBegun(StrEnum):
    """Why a record is not counted as in place."""

    PLANNED = "planned"
    GIVEN_UP = "given-up"


class Bound(NamedTuple):
    """The earliest or latest day of a beginning or end, its rule (`bounds` of the rules), and the supporting claims."""

    day: date
    rule: str
    claims: tuple[str, ...]


class Plan(NamedTuple):
    """A planned date, and the date as of which its source states it (both EDTF; `as_of` is empty if unknown)."""

    date: str
    as_of: str


class RecordSpan(NamedTuple):
    """The span in which a record was in place, and the evidence for it."""

    begin_earliest: Bound | None = None
    begin_latest: Bound | None = None
    end_earliest: Bound | None = None
    end_latest: Bound | None = None
    not_begun: NotBegun | None = None
    begin_plan: Plan | None = None
    end_plan: Plan | None = None
    status: str | None = None
    status_as_of: str | None = None
    last_spoken: date | None = None
    """For a record that has not begun, the latest day that any of its dated sources may describe."""
    planned_by: date | None = None
    """For a record that is only planned, the day by which a source had first described it."""

    @property
    def span(self) -> Span:
        """The days of the bounds, without their rules and claims."""
        days = (bound.day if bound else None for bound in self[:4])
        return make_span(days, begun=self.not_begun is None)

    @property
    def confirmed(self) -> date | None:
        """The last day on which sources leave no doubt that the record was in place, or None."""
        return self.end_earliest.day - _ONE_DAY if self.end_earliest and not self.not_begun else None


class _Dates(NamedTuple):
    """The range of days that the dates of some properties allow (without plans), and the ids of the claims with these dates."""

    first: date | None
    last: date | None
    claims: tuple[str, ...]


def record_span(statements: Sequence[Statement], rules: TypeRules, later_edition: date | None = None) -> RecordSpan:
    """Return the span of a record.

    `later_edition`: day of the first edition of its list that lacks the record, after the last edition that has it.
    """
    if rules.year:
        return _year_span(statements, rules.year)
    terms: dict[str, list[str]] = {}
    for statement in statements:
        terms.setdefault(statement.property, []).append(statement.value)
    rules = rules.for_terms(terms)
    unfinished = {s.record for s in statements if s.property == "status" and s.value in rules.planned}
    plans = [s for s in statements if _is_plan(s, rules, unfinished)]
    settled = [s for s in statements if s not in plans]
    statuses = {word: _with_status(settled, getattr(rules, word)) for word in ("in_place", "done", "planned", "over", "given_up")}
    begun = next((dates for name in rules.begins if (dates := _dates(settled, [name], rules))), None)
    ended = _dates(settled, rules.ends, rules)
    begin_plan = _newest_plan(plans, rules.begins)
    is_over, is_planned = bool(ended) or later_edition is not None, begin_plan is not None and begun is None
    present = _present(statements, settled, rules, ended=is_over, planned=is_planned)
    of_status = [s for s in statements if s.property == "status"]
    newest = max(of_status, key=lambda s: (bool(s.spoken), s.last_spoken, s.claim_id), default=None)
    row = RecordSpan(
        begin_plan=begin_plan,
        end_plan=_newest_plan(plans, rules.ends),
        status=newest.value if newest else None,
        status_as_of=newest.spoken or None if newest else None,
    )
    shows_begin = bool(begun or ended or present or statuses["done"] or statuses["over"])
    if not shows_begin and (reason := _not_begun(statements, settled, rules, begin_plan, statuses)):
        last = max((s.last_spoken for s in statements if s.spoken), default=None)
        known = min(s.last_spoken for s in statements) if reason is NotBegun.PLANNED else None
        return row._replace(not_begun=reason, last_spoken=last, planned_by=known)
    end_low, end_high = _end(begun, ended, present, statuses["over"], later_edition)
    begin_low, begin_high = _begin(settled, rules, begun, present, statuses["done"], end_high)
    if any(s.property == "status" and s.value in rules.doubtful for s in statements):
        begin_high = end_low = None
    if begin_low and end_high and end_high.day <= begin_low.day:  # Whatever began was in place on its first day.
        end_high = end_high._replace(day=begin_low.day + _ONE_DAY)
    if end_low and end_high and end_low.day > end_high.day:
        end_low = end_low._replace(day=end_high.day)
    return row._replace(begin_earliest=begin_low, begin_latest=begin_high, end_earliest=end_low, end_latest=end_high)


def _year_span(statements: Sequence[Statement], name: str) -> RecordSpan:
    """Return the span of an assessment: its year, but certain only until the source's own date."""
    of_year = [s for s in statements if s.property == name]
    if not of_year:
        return RecordSpan()
    year, claims = int(of_year[0].value), (of_year[0].claim_id,)
    begin = Bound(date(year, 1, 1), "year", claims)
    end = Bound(date(year + 1, 1, 1), "year", claims)
    known_until = min(end.day, max(of_year[0].last_spoken + _ONE_DAY, begin.day + _ONE_DAY))
    return RecordSpan(begin, begin, end._replace(day=known_until), end)


def _is_plan(statement: Statement, rules: TypeRules, unfinished: set[str]) -> bool:
    """Return whether a date is a plan: later than its source's own date.

    If the source record has a planned status, a beginning is a plan as soon as it may be later than that date. Dates of `fixed`
    properties are never plans.
    """
    if statement.property not in (*rules.begins, *rules.not_before, *rules.ends) or statement.property in rules.fixed:
        return False
    low, high = date_limits(statement.value)
    if (low or EARLIEST) > statement.last_spoken:
        return True
    return (high or LATEST) > statement.last_spoken and statement.property in rules.begins and statement.record in unfinished


def _dates(settled: Iterable[Statement], names: Sequence[str], rules: TypeRules) -> _Dates | None:
    """Return the range of days that all dates of these properties allow, or None if there are no such dates.

    If the dates contradict each other, the range covers them all. Something that a source reports as past happened by the
    source's own date at the latest, unless its property is `fixed`.
    """
    spans = []
    for statement in settled:
        if statement.property in names:
            low, high = date_limits(statement.value)
            last = high or LATEST if statement.property in rules.fixed else min(high or LATEST, statement.last_spoken)
            spans.append((low or EARLIEST, last, statement.claim_id))
    if not spans:
        return None
    low, high = max(low for low, _, _ in spans), min(high for _, high, _ in spans)
    if low > high:
        low, high = min(low for low, _, _ in spans), max(high for _, high, _ in spans)
    claims = tuple(sorted({claim for *_, claim in spans}))  # A claim that cites several documents makes several statements.
    return _Dates(None if low == EARLIEST else low, None if high == LATEST else high, claims)


def _with_status(settled: Iterable[Statement], terms: Sequence[str]) -> list[Statement]:
    return [s for s in settled if s.property == "status" and s.value in terms]


class _Presence(NamedTuple):
    """The record was in place on some day from `first` to `last`. `first` is None if nothing says how old the source is."""

    first: date | None
    last: date
    rule: str
    claim: str


def _present(
    statements: Sequence[Statement], settled: Sequence[Statement], rules: TypeRules, *, ended: bool, planned: bool
) -> list[_Presence]:
    """Return the ranges of days in which, according to a source, the record was in place on at least one day."""
    present = [_Presence(s.first_spoken, s.last_spoken, "in-place", s.claim_id) for s in _with_status(settled, rules.in_place)]
    speakers = {"none": (), "any": ("document", "source")}.get(rules.speaks, (rules.speaks,))
    if not ended and not planned:
        present += [
            _Presence(s.first_spoken, s.last_spoken, "speaks", s.claim_id)
            for s in statements
            if s.speaker in speakers and s.property not in (rules.again, rules.editions)
        ]
    begin = min((low for s in settled if s.property in rules.begins if (low := date_limits(s.value)[0])), default=None)
    for s in settled:
        low = date_limits(s.value)[0] if s.property in (rules.again, rules.editions) else None
        if low and s.property == rules.editions:
            present.append(_Presence(low, low, "edition", s.claim_id))
        elif low and begin and low > begin:  # The record is counted again, so it continued into this year.
            present.append(_Presence(low, low, "counted-again", s.claim_id))
    return present


def _not_begun(
    statements: Sequence[Statement],
    settled: Sequence[Statement],
    rules: TypeRules,
    plan: Plan | None,
    statuses: Mapping[str, Sequence[Statement]],
) -> NotBegun | None:
    """Return why a record is not counted if nothing shows that it has begun, or None if it may have begun."""
    silent = {*rules.planned, *rules.given_up, "unknown"}
    if any(s.property == "status" and s.value not in silent for s in statements):
        return None
    if statuses["given_up"]:
        return None if any(s.property == "started" for s in settled) else NotBegun.GIVEN_UP
    return NotBegun.PLANNED if statuses["planned"] or plan else None


def _newest_plan(plans: Sequence[Statement], names: Sequence[str]) -> Plan | None:
    newest = max((s for s in plans if s.property in names), key=lambda s: (s.last_spoken, s.value, s.claim_id), default=None)
    return Plan(newest.value, newest.spoken) if newest else None


def _end(
    begun: _Dates | None,
    ended: _Dates | None,
    present: Sequence[_Presence],
    over: Sequence[Statement],
    later_edition: date | None,
) -> tuple[Bound | None, Bound | None]:
    last = max((p for p in present if p.first), key=lambda p: (p.first, p.claim), default=None)
    low = Bound(last.first + _ONE_DAY, last.rule, (last.claim,)) if last and last.first else None
    if begun and begun.first and (low is None or low.day <= begun.first):
        low = Bound(begun.first + _ONE_DAY, "date", begun.claims)
    high = None
    if over_first := min(over, key=lambda s: (s.last_spoken, s.claim_id), default=None):
        high = Bound(over_first.last_spoken, "over", (over_first.claim_id,))
    if later_edition:
        high = Bound(later_edition, "edition-without", low.claims if low else ())
    if ended:
        if high is None or (ended.last and ended.last <= high.day):
            high = Bound(ended.last, "date", ended.claims) if ended.last else high
        if ended.first and (low is None or low.day < ended.first):
            low = Bound(ended.first, "date", ended.claims)
    # If a source reports the record as in place after the end that another gives, it went on, or the sources disagree.
    if high and last and last.first and last.first >= high.day:
        low = Bound(ended.first, "date", ended.claims) if ended and ended.first else None
        high = None
    return low, high


def _begin(
    settled: Sequence[Statement],
    rules: TypeRules,
    begun: _Dates | None,
    present: Sequence[_Presence],
    done: Sequence[Statement],
    end: Bound | None,
) -> tuple[Bound | None, Bound | None]:
    steps = (_dates(settled, [name], rules) for name in rules.not_before)
    earlier = [Bound(step.first, "earlier-step", step.claims) for step in steps if step and step.first]
    low = max(earlier, key=lambda bound: (bound.day, bound.claims), default=None)
    high = Bound(begun.last, "date", begun.claims) if begun and begun.last else None
    # A step after the beginning belongs to something later, such as an extension.
    if begun and (low is None or (begun.first and low.day <= begun.first) or (begun.last and low.day > begun.last)):
        low = Bound(begun.first, "date", begun.claims) if begun.first else None
    signs = [Bound(p.last, p.rule, (p.claim,)) for p in present]
    signs += [Bound(s.last_spoken, "done", (s.claim_id,)) for s in done]
    if end:
        signs.append(Bound(end.day - _ONE_DAY, "before-end", end.claims))
    first = min(signs, key=lambda bound: (bound.day, bound.rule, bound.claims), default=None)
    if first and (high is None or first.day < high.day):
        if low is None or low.day <= first.day:
            high = first
        elif not begun:  # The step belongs to something later, too.
            low, high = None, first
    return low, high
