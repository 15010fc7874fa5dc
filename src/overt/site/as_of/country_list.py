"""The list of countries as of a date: the number of records that were in place in each."""

from typing import NamedTuple

from fastapi import Request
from starlette.responses import Response

from overt.language.label_order import sort_key
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.as_of.spans_and_records_in_period import InPlaceCount
from overt.queries.database import Reader
from overt.site.site import Site

_TYPES = {"project": "possible", "programme": "programmes", "restriction": "restrictions", "agreement": "agreements"}
_LAYERS = ("surveillance", "censorship")
COLUMNS = ("possible", "certain", *_LAYERS, "programmes", "restrictions", "agreements")
"""Columns by which the list can be sorted, besides the name."""


class DatedCountry(NamedTuple):
    """A country with the numbers of its records that were certainly or possibly in place."""

    code: str
    label: str
    possible: int = 0
    """Number of projects that were certainly or possibly in place."""
    certain: int = 0
    """Number of projects that certainly were in place."""
    surveillance: int = 0
    censorship: int = 0
    programmes: int = 0
    restrictions: int = 0
    agreements: int = 0
    planned: int = 0
    """Number of projects that are only planned, according to sources. The other numbers don't include them."""


def countries_as_of(site: Site, request: Request, as_of: str) -> Response:
    """Return the page with the list of countries as of a date."""
    query = site.query(request)
    sort = query.choice("sort", ["name", *COLUMNS], "possible")
    descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
    with site.database.lease() as reader:
        rows = dated_countries(site, reader, as_of)
    if sort == "name":
        rows.sort(key=lambda row: sort_key(row.label), reverse=descending)
    else:
        rows.sort(key=lambda row: -getattr(row, sort) if descending else getattr(row, sort))
    is_folded = sort == "possible" and descending  # Any other order mixes countries with and without projects.
    without_projects = [row for row in rows if not row.possible] if is_folded else []
    return site.page(
        "as_of/countries.html", request=request, section="/countries", countries=rows[: len(rows) - len(without_projects)],
        without_projects=without_projects, columns=COLUMNS, sort=sort, descending=descending, as_of=as_of,
    )  # fmt: skip


def dated_countries(site: Site, reader: Reader, as_of: str) -> list[DatedCountry]:
    """Return the countries with records certainly or possibly in place on a date, those with the most projects first."""
    rows: dict[str, DatedCountry] = {}
    for count in spans_and_records_in_period.countries(reader, as_of):
        if count.country in site.words.areas:
            row = rows.get(count.country) or DatedCountry(count.country, site.words.area(count.country))
            rows[count.country] = DatedCountry(**{**row._asdict(), **_numbers(count)})
    listed = [row for row in rows.values() if any(getattr(row, name) for name in COLUMNS)]
    return sorted(listed, key=lambda row: (-row.possible, -row.certain, row.label))


def _numbers(count: InPlaceCount) -> dict[str, int]:
    if count.layer:
        return {count.layer: count.possible} if count.layer in _LAYERS else {}
    numbers = {_TYPES[count.type]: count.possible}
    return {**numbers, "certain": count.certain, "planned": count.planned} if count.type == "project" else numbers
