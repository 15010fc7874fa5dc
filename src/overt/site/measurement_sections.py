"""Sections on individual measurements: results for a platform, domain or country, combined by quarter."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain
from overt.queries.blocking import measurements as measured
from overt.queries.blocking.measurements import Verdict
from overt.queries.database import Reader
from overt.site.blocked_quarters import edtf
from overt.site.site import Site

MAX_ROWS, MAX_ROWS_WITHOUT_PLATFORM = 200, 50
"""Maximum numbers of rows: for a platform or domain, and for a country's names that belong to no platform.

The CSV file has all rows.
"""
_STATES = ("blocked", "mixed", "open", "too-little")
"""States of a measured name in a quarter, in the order in which lists show them."""
_ADDRESS = re.compile(r"[a-z0-9_:-][a-z0-9_.:-]{0,252}")
"""Matches names that can have a page: hosts, IP addresses and tests.

Anyone can publish measurements under any other name, so such names get no page.
"""


def measurements_of_names(site: Site, reader: Reader, names: Collection[str]) -> dict[str, Any]:
    """Return the measurements of hosts and service tests.

    `loaded`: whether the release has any measurements. `rows`: sorted by country, at most MAX_ROWS. `more`: the number left out.
    """
    named = MeasuredNames(site, reader)
    rows = measured.name_quarters(reader, names) if named.loaded else []
    rows.sort(key=lambda row: (site.words.area(row.country), row.domain != row.test_name, row.domain))
    return {
        "loaded": named.loaded,
        "rows": [named.describe(row) for row in rows[:MAX_ROWS]],
        "more": max(0, len(rows) - MAX_ROWS),
    }


def country_measurements(site: Site, reader: Reader, code: str) -> dict[str, Any]:
    """Return the results for each name that was tested in a country, in the last quarter in which it was tested.

    `loaded`: whether the release has any measurements. `rows`: platforms in the vocabulary's order, then at most
    MAX_ROWS_WITHOUT_PLATFORM other names, blocked ones first.
    `more`: the number of other names left out, by state.
    """
    named = MeasuredNames(site, reader)
    platforms, other_rows = _split_rows(named, measured.last_quarters(reader, code) if named.loaded else [])
    rest = Counter(row.state for row in other_rows[MAX_ROWS_WITHOUT_PLATFORM:])
    return {
        "loaded": named.loaded,
        "rows": [named.describe(row) for row in (*platforms, *other_rows[:MAX_ROWS_WITHOUT_PLATFORM])],
        "more": [(state, rest[state]) for state in _STATES if rest[state]],
    }


def _split_rows(named: "MeasuredNames", unsorted: Iterable[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """Split rows into those of platforms, in the vocabulary's order, and those of other names, blocked names first."""
    rows = sorted(unsorted, key=lambda row: (_STATES.index(row.state), -row.blocked, row.domain, row.test_name))
    platforms = [row for row in rows if named.platform(row)]
    platforms.sort(key=lambda row: (named.order[named.platform(row) or ""], row.domain != row.test_name, row.domain))
    return platforms, [row for row in rows if not named.platform(row)]


def pages_of_rows(site: Site, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield the country and name of each page of individual measurements that other pages can link to."""
    named = MeasuredNames(site, reader)
    if not named.loaded:
        return
    names = set(named.platforms)
    for country in measured.countries(reader):
        names |= {
            row.domain for row in _split_rows(named, measured.last_quarters(reader, country))[1][:MAX_ROWS_WITHOUT_PLATFORM]
        }
    seen = {(row.country, row.domain) for row in measured.name_quarters(reader, names)}
    yield from sorted((country, name) for country, name in seen if has_page(name))


def has_page(name: str) -> bool:
    """Return whether the measurements of a name have a page."""
    return _ADDRESS.fullmatch(name) is not None and ".." not in name


class MeasuredNames:
    """The platforms that measured names belong to."""

    def __init__(self, site: Site, reader: Reader) -> None:
        self.site = site
        self.loaded = bool(measured.countries(reader))
        known = site.words.terms["platforms"]
        self.platforms = {name: of for name, of in measured.platforms(reader).items() if of in known}
        self.order = {name: at for at, name in enumerate(known)}

    def platform(self, row: Verdict) -> str | None:
        """Return the platform to which a row's domain belongs; None if it belongs to none."""
        return self.platforms.get(row.domain)

    def describe(self, row: Verdict) -> dict[str, Any]:
        """Return a row with its texts.

        `platform`, `label`: id and label of the platform, or None. `quarter`: the quarter in words; None for other periods.
        `service`: whether the row is about a test of one service. `domain_page`: whether the host has a page. `rows`: address
        of the page of measurements, or None. `known`: whether the country is in the vocabulary.
        """
        platform, name = self.platform(row), row.domain
        service = name == row.test_name
        return {
            **row._asdict(),
            "platform": platform,
            "label": self.site.words.term("platforms", platform) if platform else None,
            "quarter": self.site.formats.date(edtf(row.period)) if "-Q" in row.period else None,
            "service": service,
            "domain_page": not service and is_domain(name),
            "rows": f"/measured/{row.country}/{name}" if has_page(name) else None,
            "known": row.country in self.site.words.areas,
        }


def is_domain(name: str) -> bool:
    """Return whether a name is a domain, and so has a page. IP addresses and single labels aren't domains.

    The names of service tests are single labels.
    """
    try:
        return "." in name and canonical_domain(name) == name
    except ValueProblem:
        return False


COLUMNS = (
    "country", "domain", "test_name", "quarter", "source", "state", "vantage_points", "blocked", "share", "low", "high",
    "mechanisms", "networks", "first_day", "last_day", "days", "measurements", "down", "insufficient", "rules", "fingerprints",
)  # fmt: skip
"""Columns of the CSV of results by quarter."""


def group_lines(rows: Sequence[Verdict]) -> Iterator[Sequence[Any]]:
    """Yield results by quarter as rows of CSV, beginning with the header."""
    yield COLUMNS
    for row in rows:
        cells = {**row._asdict(), "quarter": row.period}
        yield [" ".join(value) if isinstance(value := cells[name], list) else value for name in COLUMNS]
