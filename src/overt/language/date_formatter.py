"""Formats dates of the Extended Date/Time Format (EDTF) in words, without adding precision."""

import re
from datetime import date as Day
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from overt.language.language import N_, Language

_SEASONS = {
    21: N_("spring %(year)s"), 22: N_("summer %(year)s"), 23: N_("autumn %(year)s"), 24: N_("winter %(year)s"),
    25: N_("northern spring %(year)s"), 26: N_("northern summer %(year)s"), 27: N_("northern autumn %(year)s"),
    28: N_("northern winter %(year)s"), 29: N_("southern spring %(year)s"), 30: N_("southern summer %(year)s"),
    31: N_("southern autumn %(year)s"), 32: N_("southern winter %(year)s"), 33: N_("Q1 %(year)s"), 34: N_("Q2 %(year)s"),
    35: N_("Q3 %(year)s"), 36: N_("Q4 %(year)s"), 37: N_("the first four months of %(year)s"),
    38: N_("the second four months of %(year)s"), 39: N_("the third four months of %(year)s"),
    40: N_("the first half of %(year)s"), 41: N_("the second half of %(year)s"),
}  # fmt: skip
"""Part of the year for each number that EDTF uses in place of a month."""
_DATE = re.compile(r"(\d[\dX]{3})(?:S\d+)?(?:-([\dX]{2}))?(?:-([\dX]{2}))?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(Z?)\S*")
_CACHE_SIZE = 8_192
"""Maximum number of formatted dates that are cached. Pages repeat the same dates."""
_MONTH_OR_YEAR = re.compile(r"(\d{4}(?:-(?:0[1-9]|1[0-2]))?)(~?)")
"""Matches an EDTF date that is a month or a year, perhaps an approximate one."""


def _vaguer_end(start: str, end: str) -> str:
    """Return the message for a period that ended in the month or year of its more precise start; empty for any other."""
    match = _MONTH_OR_YEAR.fullmatch(end)
    if match is None or not start.rstrip("~").startswith(f"{match[1]}-") or not _DATE.fullmatch(start.rstrip("~")):
        return ""
    if len(match[1]) == 4:
        return N_("%(date)s, ended in or about the same year") if match[2] else N_("%(date)s, ended the same year")
    return N_("%(date)s, ended about the same month") if match[2] else N_("%(date)s, ended the same month")


class DateFormatter:
    """Writes EDTF dates and periods as words of a language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.gettext = language.gettext
        self.date = lru_cache(_CACHE_SIZE)(self._format)
        """Write an EDTF date in words: `May 2012`, `Q4 2023`, `2017 to 2021`, `by 2021`, `2010s`, `2019 (uncertain)`.

        Any other text is left unchanged; None becomes an empty string.
        """

    def period(self, start: str | None, end: str | None) -> str:
        """Write the period between two EDTF dates: `since 2019`, `until March 2020`, `2012 to 2014`; empty without dates.

        An end that is only known as the month or year of the start is written as such: `18 February 2016, ended the same month`.
        If the beginning or the end is an interval, it happened at some time within it: `from 2007 or 2008 to November 2010`.
        """
        if start and end:
            if start == end:
                return self.date(start)
            if words := _vaguer_end(start, end):
                return self.gettext(words, date=self.date(start))
            if "/" in start or "/" in end:
                return self.gettext("from %(start)s to %(end)s", start=self.boundary(start), end=self.boundary(end))
            return self._between(self.date(start), self.date(end))
        if start:
            return self.gettext("since %(date)s", date=self.boundary(start))
        return self.gettext("until %(date)s", date=self.boundary(end)) if end else ""

    def boundary(self, text: str) -> str:
        """Write the EDTF date of the beginning or end of a period: `2019`, `2007 or 2008`, `2008 or earlier`.

        If the date is an interval, the boundary is at some time within it: `a day between May 2007 and July 2008`.
        """
        start, slash, end = text.partition("/")
        if not slash or start == end:
            return self.date(start)
        if start in ("", ".."):
            return self.gettext("%(date)s or earlier", date=self.date(end))
        if end in ("", ".."):
            return self.gettext("%(date)s or later", date=self.date(start))
        if start.isdigit() and end.isdigit() and int(end) - int(start) == 1:
            return self._language.join([self.date(start), self.date(end)], "or")
        return self.gettext("a day between %(start)s and %(end)s", start=self.date(start), end=self.date(end))

    def moment(self, text: str | None) -> str:
        """Write the EDTF date of an event. If the date is an interval, the event happened at some time within it.

        Such an interval is written as `between … and …`, unless a side is open.
        """
        start, slash, end = (text or "").partition("/")
        if not slash or {start, end} & {"", ".."} or start == end:
            return self.date(text)
        return self.gettext("between %(start)s and %(end)s", start=self.date(start), end=self.date(end))

    def _format(self, text: str | None) -> str:
        if not text:
            return ""
        if text[0] in "[{" and text[-1] in "]}":
            return self._format_set(text)
        if "/" in text:
            start, _, end = text.partition("/")
            if start in ("", ".."):
                return self.gettext("by %(date)s", date=self.date(end))
            if end in ("", ".."):
                return self.gettext("from %(date)s", date=self.date(start))
            return self._between(self.date(start), self.date(end))
        if moment := _MOMENT.fullmatch(text):
            time = f"{moment[2]}{' UTC' if moment[3] else ''}"
            return self.gettext("%(date)s, %(time)s", date=self.date(moment[1]), time=time)
        match = _DATE.fullmatch(re.sub("[?~%]", "", text))
        words = self._words(*match.groups()) if match else None
        return text if words is None else self._with_qualifiers(words, text)

    def _between(self, start: str, end: str) -> str:
        return self.gettext("%(start)s to %(end)s", start=start, end=end)

    def _format_set(self, text: str) -> str:
        """Write `[…]`, which means one of these dates, or `{…}`, which means all of them."""
        dates, has_range = [], False
        for part in text[1:-1].split(","):
            start, dots, end = part.strip().partition("..")
            has_range = has_range or bool(dots)
            dates.append(self.date(f"{start}/{end}") if dots else self.date(start))
        is_choice = text[0] == "["
        words = self._language.join(dates, "or" if is_choice else "standard")
        if not has_range:
            return words
        return self.gettext("one of %(dates)s", dates=words) if is_choice else self.gettext("all of %(dates)s", dates=words)

    def _words(self, year: str, month: str | None, day: str | None) -> str | None:
        year_words = self._year(year)
        if month is None:
            return year_words
        if month == "XX":
            return self._without_month(year_words, year, day)
        if "X" in month or (day and "X" in day and day != "XX"):
            return None
        if int(month) in _SEASONS and day is None:
            return self.gettext(_SEASONS[int(month)], year=self._year_in_phrase(year))
        if not 1 <= int(month) <= 12:
            return None
        if not year.isdigit():
            name = self._language.locale.months["stand-alone"]["wide"][int(month)]
            return self.gettext("%(month)s of %(year)s", month=name, year=self._year_in_phrase(year))
        first = Day(int(year) or 1, int(month), 1)
        if day in (None, "XX"):
            words = format_skeleton("yMMMM", first, locale=self._language.locale)
            return words if day is None else self.gettext("%(month)s (day unknown)", month=words)
        try:
            return format_date(first.replace(day=int(day or 1)), "long", locale=self._language.locale)
        except ValueError:
            return None

    def _without_month(self, year_words: str, year: str, day: str | None) -> str:
        if day is None:
            return self.gettext("%(year)s (month unknown)", year=year_words)
        if day == "XX":
            return self.gettext("%(year)s (month and day unknown)", year=year_words)
        return self.gettext("day %(day)s of a month of %(year)s", day=int(day), year=self._year_in_phrase(year))

    def _year_in_phrase(self, year: str) -> str:
        """Write a year, or a decade with its article, for use within a longer phrase."""
        is_decade = year[:3].isdigit() and not year.isdigit()
        return self.gettext("the %(year)s", year=self._year(year)) if is_decade else self._year(year)

    def _year(self, year: str) -> str:
        if year.isdigit():
            return format_skeleton("y", Day(int(year) or 1, 1, 1), locale=self._language.locale)
        if year[:3].isdigit():
            decade = f"{year[:3]}0"
            return self.gettext("%(decade)ss", decade=decade)
        if year[2:] == "XX":
            first, last = f"{year[:2].replace('X', '0')}00", f"{year[:2].replace('X', '9')}99"
            return self._between(self._year(first), self._year(last))
        return self.gettext("%(year)s (X is an unknown digit)", year=year)

    def _with_qualifiers(self, words: str, text: str) -> str:
        qualifiers = [self.gettext("about")] if "~" in text or "%" in text else []
        qualifiers += [self.gettext("uncertain")] if "?" in text or "%" in text else []
        qualifiers += [self.gettext("estimated")] if "S" in text else []
        if not qualifiers:
            return words
        if qualifiers == [self.gettext("about")] and "X" not in text:
            return self.gettext("about %(date)s", date=words)
        return self.gettext("%(date)s (%(doubts)s)", date=words, doubts=self._language.comma.join(qualifiers))
