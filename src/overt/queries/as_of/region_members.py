"""Which areas belonged to a region on a date."""

from collections.abc import Collection
from datetime import date

from overt.model.geography.regions import AreaMembership
from overt.model.values.span import date_limits
from overt.queries import regions
from overt.queries.database import Reader


def members_in(reader: Reader, region: str, as_of: str) -> list[str]:
    """Return the codes of the areas that may have been in a region on some day of a date (EDTF), including parts of countries.

    Raises ValueProblem for an invalid date.
    """
    first, last = date_limits(as_of)
    rows = regions.memberships(reader, region)
    return sorted({row.area for row in rows if _overlaps(row, first or date.min, last or date.max)})


def listed_members_in(reader: Reader, region: str, as_of: str) -> list[str]:
    """Return the areas of `members_in` that the region itself lists. Parts of countries that have codes of their own are left
    out.

    Raises ValueProblem for an invalid date.
    """
    named = {row.area for row in regions.memberships(reader, region) if row.listed}
    return [code for code in members_in(reader, region, as_of) if code in named]


def dated_regions(reader: Reader) -> Collection[str]:
    """Return the ids of the regions that countries join and leave. All other regions always have the same members."""
    return [str(row["region"]) for row in reader.rows("regions.dated")]


def _overlaps(row: AreaMembership, first: date, last: date) -> bool:
    """Return whether a membership may have included a day of a period. An area no longer belongs to a region on the day on
    which it left.
    """
    joined = date_limits(row.joined)[0] if row.joined else None
    left = date_limits(row.left)[1] if row.left else None
    return (joined is None or joined <= last) and (left is None or left > first)
