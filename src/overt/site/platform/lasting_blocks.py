"""Whether reports show that a block lasted, and whether they all date from before it began."""

from functools import cache
from typing import Self

from overt.model.errors import ContentError
from overt.model.values.date_comparison import first_day, last_day
from overt.model.yaml import Content, packaged_model
from overt.site.platform.restriction_reporters import RestrictionRow

_PATH = "measure/lasting_blocks.yml"


class LastingRule(Content):
    """The threshold of `measure/lasting_blocks.yml`."""

    days: int
    """Minimum number of days from the beginning of a block, or from the first report on it, to the newest report."""

    @classmethod
    def load(cls) -> Self:
        """Load the rule. Raises ContentError if it has no positive number of days."""
        rule = packaged_model(cls, _PATH)
        if rule.days < 1:
            raise ContentError(f"{_PATH}: days must be 1 or more")
        return rule


@cache
def lasting_days() -> int:
    """Return the number of days after which a report shows that a block lasted."""
    return LastingRule.load().days


def is_lasting(row: RestrictionRow) -> bool:
    """Return whether the newest report on a restriction is at least `lasting_days` days younger than its beginning.

    If it was reported earlier than it began, or its beginning is unknown, the days count from the first report.
    """
    dates = [row.record.value("start"), *(document.value("published") for document in row.documents)]
    earliest = min((last_day(value) for value in dates if value), default=None)
    return bool(earliest and row.reported and (first_day(row.reported) - earliest).days >= lasting_days())


def precedes_beginning(row: RestrictionRow) -> bool:
    """Return whether the newest report on a restriction is older than its beginning, so that it only announces it."""
    start = row.record.value("start")
    return bool(start and row.reported and last_day(row.reported) < first_day(start))
