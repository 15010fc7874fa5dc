"""Suppliers' countries on the front page: beside the names of suppliers, and as bars of their own on the same scale."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from overt.queries import organizations
from overt.queries.database import Reader
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.site.finding_texts import ChartRow, FindingText
from overt.site.site import Site

_BARS = 6
"""Maximum number of countries with a bar."""


class SeatBars(NamedTuple):
    """Numbers of systems by the countries of their suppliers."""

    rows: list[ChartRow]
    further: int
    """Number of further countries."""
    most_of_further: int
    """Highest number of systems of a further country; 0 if there is none."""
    unknown: int
    """Number of systems none of whose suppliers has a seat on record."""

    @property
    def numbers(self) -> list[tuple[str]]:
        """Return the numbers of each row, as written."""
        return [(row.value,) for row in self.rows]


def seat_bars(site: Site, systems: DocumentedSystems) -> SeatBars | None:
    """Return bars for the countries with the most systems, which link to their companies; None if no seat is on record."""
    seats = list(systems.by_seat.items())
    if not seats:
        return None
    longest = seats[0][1]
    rows = [
        ChartRow(site.words.area(code), site.url(f"/companies?country={code}"), number / longest, site.formats.number(number))
        for code, number in seats[:_BARS]
    ]
    further = [number for _, number in seats[_BARS:]]
    return SeatBars(rows, len(further), max(further, default=0), systems.without_seat)


def systems_and_countries(site: Site, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return each row's number of systems and number of countries, formatted; the second is empty if the row has none."""
    write = site.formats.number
    return [(write(row["value"]), write(row["countries"]) if row.get("countries") else "") for row in rows]


def with_seats(site: Site, reader: Reader, text: FindingText, rows: list[Mapping[str, Any]], longest: int = 0) -> FindingText:
    """Return a finding with the country of each organisation's seat beside its bar, or that none is on record.

    `rows`: the rows of the finding's chart, in the order of its bars. `longest`: a number of another chart on the same scale; if
    it is larger than all numbers of `rows`, the bars are shorter accordingly.
    """
    scale = max((row["value"] for row in rows), default=0) / longest if longest else 1
    noted = [
        bar._replace(note=_seat(site, reader, row["record"]) if row.get("record") else bar.note, share=bar.share * min(scale, 1))
        for bar, row in zip(text.chart.rows, rows, strict=True)
    ]
    return text._replace(chart=text.chart._replace(rows=noted))


def _seat(site: Site, reader: Reader, identity: str) -> str:
    organization = organizations.find(reader, identity)
    if organization is None:
        return ""
    return site.words.area(organization.country) if organization.country else site.gettext("no country on record")
