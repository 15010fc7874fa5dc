"""Blocks without a reported end that must have ended, because the same service was blocked again (decision 151)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from overt.model.values.date_comparison import first_day, has_open_start, last_day
from overt.queries.blocking.blocked_services import CUTS
from overt.queries.rows.records import Record
from overt.site.platform.restriction_reporters import RestrictionRow
from overt.site.restriction_facts import KINDS_IN_FORCE, WIDE_SCOPES, is_stated, known_end


class Over(NamedTuple):
    """The date by which a restriction without a reported end must have ended, judging by a later one."""

    date: str
    """The date (EDTF), without signs for uncertainty."""
    is_anew: bool
    """True if a restriction of the same kind began on the date; False if one of another kind ended then."""
    is_last: bool = False
    """Whether the affected services have different dates. If so, `date` is the latest of them."""


class Service(NamedTuple):
    """A platform or another service that a restriction names."""

    property: str
    """`platform` or `service`."""
    value: str


def over_by(row: RestrictionRow, restrictions: Iterable[Record]) -> Over | None:
    """Return the date by which a restriction must have ended, judging by `restrictions` of the same service, or None.

    A service can't be blocked again while it is blocked. So a block is over when a later one of its kind begins in the country,
    or when a later one of another kind ends, if both affect the whole service (`CUTS`). The earliest of these dates counts. The
    later block must have begun after this block and after the newest report on it. A block of limited area or scope is over
    only if the later block has the same area and scope. Return None if no later block shows that it is over, if it has a known
    end or no stated kind, or if its kind doesn't continue from day to day (`KINDS_IN_FORCE`).
    """
    record = row.record
    kinds, start = _kinds(record), record.value("start")
    if known_end(record) or not is_stated(record) or not kinds <= KINDS_IN_FORCE:
        return None
    days = [last_day(day) for day in (start, row.reported) if day and not day.endswith("/..")]
    if not days:
        return None
    later = [
        over
        for other in restrictions
        if other.id != record.id and is_stated(other) and _is_same_place(record, other)
        if (begin := _begin(other)) and first_day(begin) > max(days)
        if (over := _shown_by(kinds, other, begin))
    ]
    return min(later, key=lambda over: (last_day(over.date), not over.is_anew), default=None)


def over_services(rows: Sequence[RestrictionRow], restrictions: Iterable[Record]) -> Mapping[str, Mapping[Service, Over]]:
    """Return, by the restriction's id, the date by which it must have ended for each service (`over_by`).

    `restrictions`: all restrictions in the same countries. Services without such a date are left out, and so are restrictions
    without any.
    """
    of_service: dict[Service, list[Record]] = {}
    for record in restrictions:
        for service in restricted_services(record):
            of_service.setdefault(service, []).append(record)
    over = {
        row.record.id: {
            service: by for service in restricted_services(row.record) if (by := over_by(row, of_service.get(service, ())))
        }
        for row in rows
    }
    return {identity: services for identity, services in over.items() if services}


def over_restrictions(rows: Sequence[RestrictionRow], restrictions: Sequence[Record]) -> Mapping[str, Over]:
    """Return the dates by which restrictions must have ended, by id. Restrictions without such a date are left out.

    `restrictions`: all restrictions in the same countries. A restriction of several platforms has ended once it has ended for
    each of them, so the latest date counts (`Over.is_last`). Other services, such as QQ or “social media”, count only if the
    restriction names no platform.
    """
    over, by_id = dict[str, Over](), over_services(rows, restrictions)
    for row in rows:
        name = "platform" if row.record.shown("platform") else "service"
        dates = by_id.get(row.record.id, {})
        dated = [dates[service] for service in restricted_services(row.record) if service.property == name and service in dates]
        if dated and len(dated) == len(_values(row.record, name)):
            last = max(dated, key=lambda each: last_day(each.date))
            over[row.record.id] = last._replace(is_last=any(each.date != last.date for each in dated))
    return over


def restricted_services(record: Record) -> list[Service]:
    """Return the platforms that a restriction names, then its other services."""
    return [Service(name, value) for name in ("platform", "service") for value in _values(record, name)]


def _shown_by(kinds: frozenset[str], other: Record, begin: str) -> Over | None:
    if _kinds(other) == kinds:
        return Over(_last(begin), is_anew=True)
    end = known_end(other)
    return Over(_last(end), is_anew=False) if end and kinds <= CUTS and _kinds(other) <= CUTS else None


def _begin(record: Record) -> str:
    """Return the beginning of a restriction (EDTF); empty if unknown, or if only its earliest or latest day is known."""
    start = record.value("start") or ""
    return "" if has_open_start(start) or start.endswith("/..") else start


def _last(date: str) -> str:
    """Return the last part of an interval, or the date itself, without signs for uncertainty."""
    return date.rpartition("/")[2].rstrip("~?%")


def _is_same_place(record: Record, other: Record) -> bool:
    if record.value("country") != other.value("country"):
        return False
    is_part = record.value("area") or record.value("scope") not in (None, *WIDE_SCOPES)
    return not is_part or (record.value("area"), record.value("scope")) == (other.value("area"), other.value("scope"))


def _kinds(record: Record) -> frozenset[str]:
    return frozenset(_values(record, "kind"))


def _values(record: Record, name: str) -> list[str]:
    return [fact.value for fact in record.shown(name)]
