"""Participation in standards bodies, forums and mailing lists."""

from typing import NamedTuple

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Record


class ForumCount(NamedTuple):
    """The number of a country's organisations that have one role in a forum, and the total of one kind of count."""

    forum: str
    """Empty if the sources name no forum."""
    role: str
    counted: str | None
    """What `total` counts; None if the sources don't say."""
    organizations: int
    total: float | None
    """Sum over the organisations; None for mailing lists, which organisations share, and if `counted` is None."""
    first: str | None
    last: str | None


class OrganizationTotal(NamedTuple):
    """An organisation and the sum of one of its counts."""

    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    counted: str
    total: float


def country_forums(reader: Reader, code: str) -> list[ForumCount]:
    """Count the organisations of a country by forum, role and what the sources count."""
    return reader.query(ForumCount, "standards_participation.country_forums", [code])


def country_organizations(reader: Reader, code: str, limit: int) -> list[OrganizationTotal]:
    """Return up to `limit` sums of a country's organisations, the largest first.

    An organisation has a sum for each kind of count, so there can be fewer organisations than sums. Mailing lists, which
    organisations share, are left out.
    """
    return reader.query(OrganizationTotal, "standards_participation.country_organizations", [code, limit])


def country_sources(reader: Reader, code: str) -> list[str]:
    """Return the sources of the participations of a country and its organisations."""
    return [row["source"] for row in reader.rows("standards_participation.country_sources", [code])]


def own_participations(reader: Reader, code: str, limit: int = 100) -> list[Record]:
    """Return up to `limit` participations of a country itself, not of its organisations."""
    return records.records(reader, [row["id"] for row in reader.rows("standards_participation.of_country_itself", [code, limit])])
