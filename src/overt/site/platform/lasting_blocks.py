"""Whether reports show that a block lasted, and whether they all date from before it began."""

import re
from datetime import date
from functools import cache
from typing import Self

from overt.model.errors import ContentError
from overt.model.yaml import Content, packaged_model
from overt.site.platform.restriction_rows import RestrictionRow

_PATH = "measure/lasting_blocks.yml"
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
"""Matches the beginning of a date: the year alone for a quarter or a season, which EDTF writes as a month above 12."""


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
    """Return whether the newest report on a restriction is dated `lasting_days` or more after it began or was first reported."""
    reports = [day for document in row.documents if (day := _last_day(document.value("published")))]
    begin = _last_day((row.record.value("start") or "").rpartition("/")[2])
    newest = _first_day(row.reported)
    firsts = [day for day in (begin, min(reports, default=None)) if day]
    return bool(firsts and newest and (newest - min(firsts)).days >= lasting_days())


def precedes_beginning(row: RestrictionRow) -> bool:
    """Return whether the newest report on a restriction is older than its beginning, so that it only announces it."""
    begin, newest = _first_day(row.record.value("start")), _last_day(row.reported)
    return bool(begin and newest and newest < begin)


def _first_day(value: str | None) -> date | None:
    """Return the first day that a date (EDTF) may mean; None without a year, as for an open interval."""
    return _day(value, month=1, day=1)


def _last_day(value: str | None) -> date | None:
    """Return the last day that a date (EDTF) may mean, for a month its 28th; None without a year."""
    return _day(value, month=12, day=28)


def _day(value: str | None, *, month: int, day: int) -> date | None:
    match = _DATE.match(value or "")
    return date(int(match[1]), int(match[2] or month), int(match[3] or day)) if match else None
