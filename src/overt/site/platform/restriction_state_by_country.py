"""What the newest reports say about a platform in each country: blocked, throttled, ended, or restricted in another way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.queries.rows.records import Record
from overt.site.platform.ends_implied_by_later_blocks import Over, over_by
from overt.site.platform.lasting_block_rule import is_lasting, only_began
from overt.site.platform.restriction_reporters import RestrictionRow, Restrictions
from overt.site.restriction_facts import EVENTS, affects_whole, is_around_event, is_stated, known_end
from overt.site.site import Site

RECENT, EARLIER, BEGAN, EVENT, ENDED = "recent", "earlier", "began", "event", "ended"
THROTTLED, SLOWED_EARLIER = "throttled", "slowed-earlier"
WITHDRAWN, PARTLY, DEVICES = "withdrawn", "partly", "devices"
STATES = (RECENT, EARLIER, THROTTLED, SLOWED_EARLIER, BEGAN, EVENT, ENDED, WITHDRAWN, PARTLY, DEVICES)
"""States in the order of pages.

The first two are for blocks without a reported end, with and without a report from the last year. The next two are the same
for throttling. `BEGAN` is for blocks and throttling with only older reports, which merely show that they began (`only_began`);
they don't count as in force. `EVENT` is for blocks and throttling around an exam, an election or a protest, without a report
that they lasted (`is_around_event`).
"""
BLOCKED = (RECENT, EARLIER)
"""States in which a platform is blocked as a whole, without a reported end."""
OPEN = (*BLOCKED, THROTTLED, SLOWED_EARLIER)
"""States in which a platform is blocked or throttled as a whole, without a reported end. `BEGAN` and `EVENT` don't count."""


class CountryState(NamedTuple):
    """A country and what the newest reports say about a platform there."""

    code: str
    state: str
    """One of `STATES`."""
    row: RestrictionRow
    """The restriction that decides the state."""
    reported: str
    """Date (EDTF) of the newest document on restrictions in this state; empty without a date."""


def year_before(day: str) -> str:
    """Return the same day one year earlier, as an ISO date; for 29 February, return the 28th."""
    end = date.fromisoformat(day)
    return end.replace(year=end.year - 1, day=28 if (end.month, end.day) == (2, 29) else end.day).isoformat()


def country_states(site: Site, restrictions: Restrictions, since: str) -> list[CountryState]:
    """Return the state of each country with a restriction that a source states, in the order of `STATES`.

    Within a state, countries with the newest reports come first. `since`: the first day (ISO) of reports that count as recent.
    """
    rows: dict[str, list[RestrictionRow]] = {}
    for row in restrictions.rows:
        code = row.record.value("country")
        if code and is_stated(row.record):
            rows.setdefault(code, []).append(row)
    states = [state_of_country(code, of_country, since) for code, of_country in rows.items()]
    names = {state.code: sort_key(site.words.area(state.code)) for state in states}
    states.sort(key=lambda state: names[state.code])
    states.sort(key=lambda state: state.reported, reverse=True)
    return sorted(states, key=lambda state: STATES.index(state.state))


def by_state(states: Sequence[CountryState]) -> Mapping[str, list[CountryState]]:
    """Group countries by state. States without countries are left out."""
    grouped = {name: [state for state in states if state.state == name] for name in STATES}
    return {name: group for name, group in grouped.items() if group}


def other_rows(restrictions: Restrictions, states: Sequence[CountryState]) -> list[RestrictionRow]:
    """Return the restrictions that don't decide the state of a country, in unchanged order."""
    deciding = {state.row.record.id for state in states}
    return [row for row in restrictions.rows if row.record.id not in deciding]


def state_of_country(code: str, rows: Sequence[RestrictionRow], since: str = "") -> CountryState:
    """Return the state of a country, given its restrictions (at least one).

    If the platform as a whole was blocked, shut off or throttled, only such restrictions count. Of several blocks, one with a
    recent report decides and, among equals, one that lasted according to reports (`is_lasting`). `since`: as for
    `country_states`; if empty, every report is recent.
    """
    cuts = [row for row in rows if affects_whole(row.record)]
    open_cuts = [row for row in cuts if not known_end(row.record) and not over_on_platform(cuts, row)]
    around = [row for row in open_cuts if is_around_event(row.record, row.reported)]
    last_event = max((row.reported for row in around), default="")
    unended = [row for row in open_cuts if row not in around and not (_has_event(row.record) and row.reported < last_event)]
    if blocks := [row for row in unended if not _is_throttling(row.record)]:
        name, chosen = _by_newest_report(blocks, since, RECENT, EARLIER)
        newest = _newest([row for row in chosen if is_lasting(row)] or chosen)
        return CountryState(code, name, newest, newest.reported)
    if not cuts:
        withdrawals = [row for row in rows if _has_kind(row.record, "withdrawal")]
        parts = [row for row in rows if not _is_device_ban(row.record)]
        name, chosen = (WITHDRAWN, withdrawals) if withdrawals else (PARTLY, parts) if parts else (DEVICES, rows)
    elif unended:
        name, chosen = _by_newest_report(unended, since, THROTTLED, SLOWED_EARLIER)
    elif around:
        name, chosen = EVENT, around
    else:
        name, chosen = ENDED, [row for row in cuts if known_end(row.record)]
    newest = _newest(chosen)
    return CountryState(code, name, newest, newest.reported)


def _by_newest_report(
    rows: Sequence[RestrictionRow], since: str, recent_state: str, earlier_state: str
) -> tuple[str, Sequence[RestrictionRow]]:
    """Return the state of a country that has these restrictions without a reported end, and the restrictions that decide it.

    Restrictions without a dated report decide only if there are no others. `recent_state`: the state if any restriction has a
    report from `since` on. `earlier_state`: the state if older reports confirm one (`only_began`). Otherwise, it is `BEGAN`.
    """
    rows = [row for row in rows if row.reported] or rows
    if recent := [row for row in rows if row.reported >= since]:
        return recent_state, recent
    confirmed = [row for row in rows if not only_began(row)]
    return (earlier_state, confirmed) if confirmed else (BEGAN, rows)


def over_on_platform(rows: Sequence[RestrictionRow], row: RestrictionRow) -> Over | None:
    """Return the date by which a restriction without a reported end must have ended (`over_by`), or None.

    `rows`: the platform's restrictions.
    """
    return over_by(row, [other.record for other in rows])


def _newest(rows: Sequence[RestrictionRow]) -> RestrictionRow:
    """Return the restriction with the newest report. Among equals, return the one that began last."""
    return max(rows, key=lambda row: (row.reported, row.record.value("start") or ""))


def _is_throttling(record: Record) -> bool:
    return all(fact.value == "throttling" for fact in record.shown("kind"))


def _has_event(record: Record) -> bool:
    """Return whether an exam, an election or a protest caused a restriction.

    Such a restriction must have ended if there is a report on a newer one.
    """
    return any(fact.value in EVENTS for fact in record.shown("cause"))


def _has_kind(record: Record, kind: str) -> bool:
    return any(fact.value == kind for fact in record.shown("kind"))


def _is_device_ban(record: Record) -> bool:
    """Return whether a restriction is nothing but a ban on official devices, which blocks the platform for nobody else."""
    return {fact.value for fact in record.shown("kind")} == {"device-ban"}
