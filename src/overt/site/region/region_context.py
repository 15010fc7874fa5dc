"""The content of a region's page."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from overt.language.label_order import by_label
from overt.maps.count_circle_sizes_and_positions import CountryNumber
from overt.maps.map_view import country_boxes, view_around
from overt.maps.svg_map import MapCountry, draw_map
from overt.model.geography.regions import AreaMembership
from overt.queries import countries, projects, regions
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.labels import Region, Term
from overt.queries.maps.map_marks import map_places
from overt.queries.regions import AssessedCountries, MemberValue
from overt.queries.rows.countries import Country
from overt.site.country import participants_by_layer
from overt.site.explorer.circle_map import country_links, with_circles
from overt.site.series_values_in_words import value_text
from overt.site.site import Site

_HEADLINE_SERIES = ("digital-repression", "freedom-on-the-net", "vdem-liberal-democracy", "vdem-electoral-democracy")
"""Series whose lowest and highest values the page of a region shows, in order."""
_LEADING = 3
_ORGANIZATIONS = 20
"""Maximum number of organisations in the table."""
_FINANCIERS = 10
_PIXELS = 1100
"""Width of the map on a page, in pixels."""


class MemberRow(NamedTuple):
    """A member of the region, as a row of the table of countries."""

    country: Country
    membership: AreaMembership


class SeriesRange(NamedTuple):
    """The lowest and highest value of a series among a region's members."""

    term: Term
    year: int
    countries: int
    lowest: tuple[str, str]
    """Code of the country with the lowest value, and the value in words."""
    highest: tuple[str, str]


class IndexEdition(NamedTuple):
    """An edition of an index that assesses members of a region."""

    year: int
    countries: int
    kinds: list[tuple[str, int]]
    """Kinds of technology, each with the number of members for which the edition reports it."""


def region_page(site: Site, reader: Reader, region: Region) -> dict[str, Any]:
    """Return the context for the template of a region."""
    selection = ProjectFilter(region=(region.id,))
    rows = regions.memberships(reader, region.id)
    members = _members(site, reader, rows)
    layer_counts, parts = regions.layers(reader, region.id), regions.parts(reader, region.id)
    layers = participants_by_layer.by_layer(site, layer_counts, parts)
    years = [year for year, _ in projects.by_year(reader, selection)]
    organizations = regions.organizations(reader, region.id, _ORGANIZATIONS)
    promised = regions.money(reader, region.id)
    return {
        "region": region,
        "totals": projects.totals(reader, selection),
        "members": members,
        "missing_counts": countries.missing_counts(countries.all_countries(reader)),
        "with_projects": sum(bool(row.country.projects) for row in members),
        "programmes": [row.area for row in rows if row.current and site.words.areas[row.area].kind == "region"],
        "past": [row for row in rows if row.left and not row.current and row.listed],
        "dated": any(row.joined for row in rows),
        "first_year": years[0] if years else None,
        "last_year": years[-1] if years else None,
        "leading": organizations[:_LEADING],
        "organizations": organizations,
        "layers": layers,
        "part_columns": participants_by_layer.part_columns(site, layers),
        "strip": _strip(site, region, {layer: row.projects for layer, row in layer_counts.items()}),
        "money": promised,
        "money_total": next((row for row in promised if row.unit and row.stated), None),
        "financiers": regions.financiers(reader, region.id, _FINANCIERS),
        "editions": _editions(regions.assessments(reader, region.id)),
        "series": _series(site, reader, region),
        "parents": [row for row in site.words.regions.values() if region.id in row.parts],
        "map": _map(site, reader, members, selection),
    }


def _members(site: Site, reader: Reader, rows: Sequence[AreaMembership]) -> list[MemberRow]:
    """Return the countries on a region's list that are members on the release's day, sorted by name."""
    recorded = {row.code: row for row in countries.all_countries(reader)}
    current = {row.area: row for row in rows if row.current and row.listed and site.words.areas[row.area].kind != "region"}
    by_name = by_label(countries.with_labels(recorded.get(code), site.words.areas[code]) for code in current)
    return [MemberRow(country, current[country.code]) for country in by_name]


def _strip(site: Site, region: Region, counts: dict[str, int]) -> list[tuple[Term, int, str]]:
    """Return each layer with its number of projects and the address of the list of these projects."""
    return [
        (layer, counts.get(layer.id, 0), site.address("/explorer", [("region", region.id), ("layer", layer.id)]))
        for layer in site.words.layers
    ]


def _editions(rows: Sequence[AssessedCountries]) -> list[IndexEdition]:
    years = dict.fromkeys(row.year for row in rows)
    return [
        IndexEdition(
            year,
            next(row.countries for row in rows if row.year == year and not row.kind),
            [(row.kind, row.countries) for row in rows if row.year == year and row.kind],
        )
        for year in years
    ]


def _series(site: Site, reader: Reader, region: Region) -> list[SeriesRange]:
    ranges = []
    for name in _HEADLINE_SERIES:
        term = site.words.terms["series"].get(name)
        values = regions.newest_values(reader, region.id, name) if term else ()
        if term and values:
            count = len({value.country for value in values})
            lowest, highest = (_worded(site, name, value) for value in (values[0], values[-1]))
            ranges.append(SeriesRange(term, values[0].year, count, lowest, highest))
    return ranges


def _worded(site: Site, series: str, value: MemberValue) -> tuple[str, str]:
    return value.country, value_text(site, series, value.text, None) or value.text


def _map(site: Site, reader: Reader, members: Sequence[MemberRow], selection: ProjectFilter) -> Any:
    """Draw a map with each member's number of projects, and with routes. Members without projects are hatched.

    Return None if no member has an outline.
    """
    rows = [row.country for row in members]
    box = view_around(country_boxes(site.shapes, [row.code for row in rows]))
    if box is None:
        return None
    shaded = {
        row.code: MapCountry(row.projects, row.label, site.url(f"/country/{row.code}"), 1 if row.projects else 0) for row in rows
    }
    drawing = draw_map(
        site.language,
        site.shapes,
        shaded,
        map_places(reader, selection, "route"),
        [],
        label=site.gettext("Map"),
        hatched=True,
        hatch_others=False,
        view=box,
        joined=True,
        layers=site.layer_names,
    )
    numbers = {row.code: CountryNumber(row.projects) for row in rows if row.projects}
    return with_circles(site, drawing, numbers, country_links(site, shaded), box, pixels=_PIXELS) if numbers else drawing
