"""The regular expression for the dates that an edition accepts as `as_of`."""

import calendar
from datetime import date

from overt.index.accepted_filter_values import DATE_PATTERN, DATE_WITHIN_YEAR

_LEAP_YEARS_BEFORE_2000 = "1[0-9](0[48]|[2468][048]|[13579][26])|1[26]00"


def as_of_pattern(day: date) -> str:
    """Return a regular expression for the years, months and days that begin on or before the day of an edition.

    It has no lookahead, so that programs can generate examples from it. For a day before 2000 or after 2099, it is
    `DATE_PATTERN`.
    """
    if not 2000 <= day.year < 2100:
        return DATE_PATTERN
    decade, last = divmod(day.year % 100, 10)
    earlier = ["1[0-9]{3}"]
    earlier += [f"20[0-{decade - 1}][0-9]"] if decade else []
    earlier += [f"20{decade}[0-{last - 1}]"] if last else []
    leap_years = "|".join([_LEAP_YEARS_BEFORE_2000, *(str(year) for year in range(2000, day.year, 4))])
    months = [_month(month, calendar.monthrange(day.year, month)[1]) for month in range(1, day.month)]
    this_year = "|".join([*months, _month(day.month, day.day)])
    return f"^(({'|'.join(earlier)}){DATE_WITHIN_YEAR}|({leap_years})-02-29|{day.year}({this_year})?)$"


def _month(month: int, last: int) -> str:
    """Return a regular expression for a month and its days up to `last`, each with a hyphen before it."""
    tens, ones = divmod(last, 10)
    days = ["0[1-9]", "1[0-9]", "2[0-9]"][:tens]
    days += [f"{tens}[{0 if tens else 1}-{ones}]"] if tens or ones else []
    return f"-{month:02}(-({'|'.join(days)}))?"
