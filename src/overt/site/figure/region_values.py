"""What a figure counts in each region, in words."""

from typing import NamedTuple

from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.queries.labels import Region
from overt.site.figure.group_charts import compares_countries
from overt.site.figure_texts import writer
from overt.site.site import Site

_MIN_REGIONS = 2
"""Minimum number of regions: with only one, there is nothing to compare."""


class RegionLine(NamedTuple):
    """A region, and what the figure counts in it."""

    region: Region
    text: str


def region_lines(site: Site, reader: Reader, figure: Figure) -> list[RegionLine]:
    """Return what a figure counts in each region, the largest number first.

    Empty unless the figure compares countries and counts countries, projects or commitments in `_MIN_REGIONS` regions or more.
    """
    if not compares_countries(figure):
        return []
    write = writer(site, figure.unit)
    values = figures.by_region(reader, figure) if figure.value is not None else []
    lines = [RegionLine(site.words.regions[row.region], write(row.value)) for row in values if row.region in site.words.regions]
    return lines if len(lines) >= _MIN_REGIONS else []
