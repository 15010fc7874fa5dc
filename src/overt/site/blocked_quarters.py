"""Measured blocking by quarter, as a strip of boxes for a table cell and as a table."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from overt.queries.blocking import blocklists as observed
from overt.queries.blocking.blocklists import PlatformQuarter
from overt.queries.database import Reader
from overt.site.blocklist_series_order_and_texts import Key, key
from overt.site.site import Site

_STEP, _WIDTH, _HEIGHT = 12, 10, 16
"""Distance from the left edge of one box to that of the next, and the width and height of a box, in pixels."""
_MIN_PIXELS = 3
"""Minimum difference in pixels between a partly filled box and an empty or full one."""


class Strip(NamedTuple):
    """The boxes of a domain on the lists of a series, one for each quarter."""

    path: str
    """The fill of the boxes, as SVG path data."""
    text: str
    """The content of the boxes in words."""


class Frame(NamedTuple):
    """The empty boxes of a series. All strips of the series are drawn on the same frame."""

    width: int
    boxes: str
    """The outlines of the boxes of quarters with lists, as SVG path data."""
    gaps: str
    """A line for each quarter without lists, as SVG path data."""


class Quarters:
    """The quarters of several series, from the first to the last with a list. All series share the same quarters."""

    def __init__(self, site: Site, reader: Reader, *, country: str = "", platform: str = "", domain: str = "") -> None:
        """Read a country's series, and the number of days on which they listed each domain of a platform.

        An empty `country` or `platform` stands for all. If `domain` is set, only that domain is read, `platform` is ignored,
        and `rows` stays empty.
        """
        self._site = site
        here = {key(row) for row in observed.series(reader) if country in ("", row.country)}
        self._measured = {
            series: days_of_quarters for series, days_of_quarters in observed.days_measured(reader).items() if series in here
        }
        self.names = list(_run(quarter for days_of_quarters in self._measured.values() for quarter in days_of_quarters))
        """Names of all quarters in order, such as `2024-Q1`."""
        self.rows: dict[tuple[str, Key], dict[str, PlatformQuarter]] = {}
        """Domain of a platform and series → quarter → row with the number of days listed."""
        self.days_listed: dict[tuple[str, Key], dict[str, int]] = {}
        """Domain and series → quarter → number of days listed."""
        if domain:
            for quarter_row in observed.domain_quarters(reader, domain):
                if quarter_row.days_listed:
                    self.days_listed.setdefault((domain, key(quarter_row)), {})[quarter_row.quarter] = quarter_row.days_listed
            return
        for row in observed.platform_quarters(reader, country=country, platform=platform):
            self.rows.setdefault((row.domain, key(row)), {})[row.quarter] = row
            self.days_listed.setdefault((row.domain, key(row)), {})[row.quarter] = row.days_listed

    def span(self) -> str:
        """Return the period from the first to the last quarter in words; empty if no list has a date."""
        return self._site.formats.period(edtf(self.names[0]), edtf(self.names[-1])) if self.names else ""

    def quarter_text(self, quarter: str) -> str:
        """Return a quarter in words."""
        return self._site.formats.date(edtf(quarter))

    def days(self, series: Key) -> list[int]:
        """Return, for each quarter, the number of days on which the series has a list."""
        days = self._measured.get(series, {})
        return [days.get(name, 0) for name in self.names]

    def listed(self, domain: str, series: Key) -> list[int]:
        """Return, for each quarter, the number of days on which a list of the series contains the domain."""
        quarters = self.days_listed.get((domain, series), {})
        return [quarters.get(name, 0) for name in self.names]

    def frame(self, series: Key) -> Frame:
        """Draw the empty boxes of a series."""
        places = list(enumerate(self.days(series)))
        boxes = "".join(f"M{_STEP * at + 1}.5 1.5h{_WIDTH - 1}v{_HEIGHT - 1}h-{_WIDTH - 1}z" for at, days in places if days)
        gaps = "".join(f"M{_STEP * at + 2} 9.5h{_WIDTH - 2}" for at, days in places if not days)
        return Frame(_STEP * len(self.names) + 1, boxes, gaps)

    def strip(self, domain: str, series: Key) -> Strip:
        """Draw, for each quarter, the number of days on which a list of the series contained the domain."""
        path, words = "", []
        for at, (name, days, listed) in enumerate(zip(self.names, self.days(series), self.listed(domain, series), strict=True)):
            if height := _filled(listed, days):
                path += f"M{_STEP * at + 1} {_HEIGHT + 1}v-{height}h{_WIDTH}v{height}z"
            of = {"quarter": self.quarter_text(name), "listed": listed, "days": days}
            words.append(
                self._site.gettext("%(quarter)s: %(listed)s of %(days)s days", **of)
                if days
                else self._site.gettext("%(quarter)s: no list", quarter=of["quarter"])
            )
        return Strip(path, self._site.gettext("; ").join(words))

    def table(self, series: Key, domains: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """Return a series as a table: `quarters` and `rows`.

        `domains`: pairs of a platform and a domain. `quarters`: each quarter with its number of days with a list. `rows`: the
        `domains` that are on a list of the series, each with the number of days listed in each quarter.
        """
        quarters = [
            {"text": self.quarter_text(name), "days": days} for name, days in zip(self.names, self.days(series), strict=True)
        ]
        listed = [(platform, domain) for platform, domain in domains if (domain, series) in self.rows]
        rows = [{"platform": name, "domain": domain, "listed": self.listed(domain, series)} for name, domain in listed]
        return {"quarters": quarters, "rows": rows}


def _filled(listed: int, days: int) -> int:
    """Return the height in pixels to which a box is filled: all of it only if every day is listed, none only if no day is."""
    if not listed or listed >= days:
        return _HEIGHT if listed else 0
    return min(max(round(_HEIGHT * listed / days), _MIN_PIXELS), _HEIGHT - _MIN_PIXELS)


def _run(quarters: Iterable[str]) -> Iterator[str]:
    """Yield every quarter from the first to the last of the given quarters."""
    places = sorted(4 * int(name[:4]) + int(name[-1]) - 1 for name in quarters)
    for place in range(places[0], places[-1] + 1) if places else ():
        yield f"{place // 4:04}-Q{place % 4 + 1}"


def edtf(quarter: str) -> str:
    """Convert a quarter to EDTF, which encodes quarters as months 33 to 36."""
    return f"{quarter[:4]}-{32 + int(quarter[-1])}"
