"""Participation in standards bodies and forums: one row per role in a forum, and a country's organisations by forum."""

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from overt.queries import standards_participation
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.queries.standards_participation import ForumCount
from overt.site.site import Site

LISTED = 12
"""Maximum number of organisations in the table of a country."""


class ParticipationRow(NamedTuple):
    """Participations that differ only in what they count."""

    first: Record
    counts: list[Record]
    """The participations that have a number, one for each kind of count."""


class ForumRow(NamedTuple):
    """The organisations of a country that have one role in a forum, with the sums of counts that can be added up."""

    forum: str
    role: str
    organizations: int
    totals: list[ForumCount]
    first: str | None
    """The earliest beginning on record (EDTF); None if there is none."""
    last: str | None
    """The latest end on record (EDTF); None if there is none. A participation without an end counts with its beginning."""


def participation_rows(site: Site, rows: Sequence[Record]) -> list[ParticipationRow]:
    """Group participations that differ only in what they count, in the order of the vocabularies."""
    grouped: dict[Hashable, list[Record]] = {}
    for record in sorted(rows, key=lambda record: (*_places(site, record), record.id)):
        grouped.setdefault(_same(record), []).append(record)
    return [ParticipationRow(group[0], _counts(site, group)) for group in grouped.values()]


def _counts(site: Site, group: Sequence[Record]) -> list[Record]:
    counts = [record for record in group if record.value("count")]
    return sorted(counts, key=lambda record: _order(site, "participation-counts", record.value("counted") or ""))


def country_participation(site: Site, reader: Reader, code: str) -> dict[str, Any]:
    """Return how a country and its organisations take part in standards bodies and forums, for the country's page."""
    return {
        "forums": _forum_rows(site, standards_participation.country_forums(reader, code)),
        "participants": standards_participation.country_organizations(reader, code, LISTED),
        "own_participations": participation_rows(site, standards_participation.own_participations(reader, code)),
    }


def _forum_rows(site: Site, counts: Sequence[ForumCount]) -> list[ForumRow]:
    grouped: dict[tuple[str, str], list[ForumCount]] = {}
    for row in counts:
        grouped.setdefault((row.forum, row.role), []).append(row)
    rows = [
        ForumRow(
            forum, role, max(row.organizations for row in group), [row for row in group if row.total is not None],
            min((row.first for row in group if row.first), default=None),
            max((row.last for row in group if row.last), default=None),
        )
        for (forum, role), group in grouped.items()
    ]  # fmt: skip
    for forum_row in rows:
        forum_row.totals.sort(key=lambda total: _order(site, "participation-counts", total.counted or ""))
    return sorted(rows, key=lambda row: (_order(site, "forums", row.forum), _order(site, "participation-roles", row.role)))


def _same(record: Record) -> Hashable:
    names = ("organization", "country", "body", "forum", "standard", "list", "role", "domain", "start", "end")
    return tuple(tuple(fact.value for fact in record.shown(name)) for name in names)


def _places(site: Site, record: Record) -> tuple[int, int, str]:
    """Return the sort key of a participation: forum, role and domain."""
    forum, role = record.value("forum") or "", record.value("role") or ""
    return _order(site, "forums", forum), _order(site, "participation-roles", role), record.value("domain") or ""


def _order(site: Site, vocabulary: str, identity: str) -> int:
    order = list(site.words.terms[vocabulary])
    return order.index(identity) if identity in order else len(order)
