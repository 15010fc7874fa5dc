"""The page of a region as of a date: its members on that date, and what was in place in them."""

from collections.abc import Sequence

from fastapi import Request
from starlette.responses import Response

from overt.language.label_order import sort_key
from overt.queries import projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of.region_members import dated_regions, listed_members_in
from overt.queries.database import Reader
from overt.queries.labels import Region
from overt.site.as_of.country_list import COLUMNS, DatedCountry, dated_countries
from overt.site.site import Site


def region_as_of(site: Site, request: Request, region: Region, as_of: str) -> Response:
    """Return the page of a region as of a date."""
    with site.database.lease() as reader:
        codes = listed_members_in(reader, region.id, as_of)
        rows = {row.code: row for row in dated_countries(site, reader, as_of)}
        totals = projects.totals(reader, ProjectFilter(region=(region.id,), as_of=as_of))
        dated = region.id in dated_regions(reader)
    members = [rows.get(code) or DatedCountry(code, site.words.area(code)) for code in codes]
    members.sort(key=lambda row: (-row.possible, sort_key(row.label)))
    return site.page(
        "as_of/region_as_of.html", request=request, section="/countries", region=region, members=members, columns=COLUMNS,
        totals=totals, dated=dated, as_of=as_of,
    )  # fmt: skip


def members_text(site: Site, reader: Reader, regions: Sequence[str], as_of: str) -> dict[str, str]:
    """Return the template variable `as_of_text`, a note on the number of members that each region had on a date.

    Empty if `as_of` or `regions` is empty.
    """
    if not as_of or not regions:
        return {}
    sentences = [
        site.ngettext(
            "%(region)s is counted with its %(n)s member of that date.",
            "%(region)s is counted with its %(n)s members of that date.",
            len(listed_members_in(reader, region, as_of)), region=site.words.region(region),
        )
        for region in regions
    ]  # fmt: skip
    return {"as_of_text": site.language.gap.join(sentences)}
