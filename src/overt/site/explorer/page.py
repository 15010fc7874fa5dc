"""The explorer: a map, facets and a table of the same projects. At first, these are only the documented systems."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.http.explorer_project_limit import loads_all_projects
from overt.http.static_edition_flag import stands_alone
from overt.maps.map_view import bounds_in_degrees, country_boxes, view_around
from overt.maps.marks import UNKNOWN
from overt.queries import countries, findings, organizations, projects, records, regions
from overt.queries import facets as facet_counts
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of.region_members import members_in
from overt.queries.database import Reader, Row
from overt.queries.maps import shading_values
from overt.queries.maps.documented_systems import LEADING_SUPPLIER
from overt.queries.project_filter_masks import matching_projects
from overt.queries.repression_and_infrastructure_project_counts import project_groups
from overt.site.as_of.region_as_of import members_text
from overt.site.explorer import explorer_downloads
from overt.site.explorer.cable_legend import cable_legend
from overt.site.explorer.circle_map import ScriptCircles, script_circles
from overt.site.explorer.explorer_state import SYSTEMS_ONLY, View, read_view
from overt.site.explorer.facet_panel import chosen_without_menu, facets, hidden_pairs
from overt.site.explorer.map_drawing import Drawing, draw_view
from overt.site.explorer.map_shading import Shading, shade_countries
from overt.site.finding.finding_chart_context import BarLabel, label_bars
from overt.site.layer_count_tiles import LAYER_ORDER
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import File, Page
from overt.site.project.dated_status import dated_statuses
from overt.site.site import Site

_MOST = 3
"""The first sentence names at most this many countries, and as many suppliers, with the most systems."""
_LISTED = 60
"""Maximum number of countries in the list beside the map."""


def routes(site: Site) -> APIRouter:
    """Return the routes of the explorer, its rows as files, and its map as a picture."""
    router = APIRouter(include_in_schema=False)
    router.routes.extend(explorer_downloads.routes(site).routes)
    drawn: dict[str, Drawing | None] = {}
    """Cache of the map without filters, which most readers see."""

    @cache
    def circles() -> ScriptCircles | None:
        """Return the circles of systems, which are the same for all filters; None if there is no map of systems."""
        return script_circles(site, site.systems) if site.systems else None

    @router.get("/explorer")
    def explorer(request: Request) -> Response:
        view = read_view(site, request)
        for name in ("country", "region", "supplier_country"):  # scripts read codes and ids, so names are replaced
            if not set(request.query_params.getlist(name)) <= {"", *getattr(view.selection, name)}:
                return moved(site.address("/explorer", view.paging))
        if site.systems and view.selection == SYSTEMS_ONLY and not view.shading:
            return moved(site.address("/explorer", [pair for pair in view.paging if pair not in SYSTEMS_ONLY.items()]))
        with site.database.lease() as reader:
            shades = shade_countries(site, reader, view)
            if not view.pairs:
                drawn["map"] = drawn.get("map") or draw_view(site, reader, view, shades)
            boxes = country_boxes(site.shapes, _region_members(reader, view.selection))
            plain = drawn["map"] if not view.pairs else draw_view(site, reader, view, shades, box=view_around(boxes))
            parts = _parts(site, reader, view, shades, standalone=stands_alone(request))
            members_then = members_text(site, reader, view.selection.region, view.selection.as_of)
        parts["bounds"] = bounds_in_degrees(boxes)
        return site.page(
            "explorer/template.html",
            request=request,
            section="/explorer",
            view=view,
            map=plain and plain.svg,
            cable_legend=cable_legend(site, plain.cable_groups if plain else ()),
            circles=circles(),
            has_circles=plain is not None and plain.has_circles,
            dashed=plain is not None and plain.dashed,
            shaded=shades,
            as_of=view.selection.as_of,
            **members_then,
            **parts,
        )

    return router


def _region_members(reader: Reader, selection: ProjectFilter) -> set[str]:
    """Return the codes of the countries in the filtered regions, to which the map is zoomed at first."""
    if selection.as_of:
        return {code for region in selection.region for code in members_in(reader, region, selection.as_of)}
    return {code for region in selection.region for code in regions.members(reader, region)}


def _parts(site: Site, reader: Reader, view: View, shades: Shading | None, *, standalone: bool) -> dict[str, Any]:
    systems = site.systems if shades and shades.shows_systems else None
    selection, listed = view.selection, view.selection or (SYSTEMS_ONLY if systems else view.selection)
    totals = projects.totals(reader, listed) if listed else site.all_totals
    counted = facet_counts.counts(reader, listed) if listed else site.offers
    rows = projects.page(
        reader, selection, sort=view.sort, descending=view.descending, size=view.size, number=view.number,
        only=systems.ids if systems else None,
    )  # fmt: skip
    return {
        "systems": systems,
        "of_systems": bool(listed.system),
        "most": _most(systems.by_country) if systems else (),
        "leading": _leading_suppliers(site, reader) if systems else (),
        "listed": systems.systems if systems else totals.projects,
        "selection": selection,
        "pairs": view.pairs,
        "listed_pairs": [*listed.items(), *(pair for pair in view.pairs if pair not in listed.items())],
        "totals": totals,
        "groups": project_groups(reader, matching_projects(reader, selection)),
        "whole": site.all_totals,
        "placeless": projects.totals(reader, selection.without("box")).unlocated if selection.box else 0,
        "columns": loads_all_projects(site, standalone=standalone),
        "rows": rows,
        "parties": projects.parties(reader, [row.id for row in rows]),
        "dated_statuses": dated_statuses(site, reader, rows),
        "facets": facets(site, reader, selection, counted),
        "chosen_without_menu": chosen_without_menu(site, reader, selection),
        "hidden_pairs": hidden_pairs(selection),
        "layers": _layers(site, reader, selection, (counted if selection else site.offers)["layer"]),
        "precisions": [name for name in site.words.terms["precision"] if counted["precision"].get(name)],
        "unlocated": projects.unlocated(reader, listed)[:_LISTED],
        "assessments": _assessments(site, reader, view),
        "named": [] if totals.projects else _named(reader, selection),
        "assessed": _assessed(site, view, shades),
        **_years(projects.by_year(reader, listed.without("year_from").without("year_to"))),
    }


def _layers(site: Site, reader: Reader, selection: ProjectFilter, counted: Mapping[str, int]) -> list[str]:
    """Return the layers of the matching projects, repression first. The layer for unknown kinds, if any, comes last."""
    none = bool((matching_projects(reader, selection) & (reader.vectors["layer.ranks"] < 0)).any())
    order = [*LAYER_ORDER, *(layer for layer in site.layer_names if layer not in LAYER_ORDER)]
    return [layer for layer in order if counted.get(layer) or (none and layer == UNKNOWN)]


def _most(by_country: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the countries with the most systems, at most `_MOST`. If the last ones tie with the next, they are left out."""
    ranked = sorted(by_country.items(), key=lambda pair: (-pair[1], pair[0]))
    following = ranked[_MOST][1] if len(ranked) > _MOST else 0
    return [pair for pair in ranked[:_MOST] if pair[1] > following]


def _leading_suppliers(site: Site, reader: Reader) -> list[BarLabel]:
    """Return the suppliers named for the most systems, at most `_MOST`, each with its page and its number of systems."""
    finding = findings.find(reader, LEADING_SUPPLIER)
    return label_bars(site, finding.chart["rows"][:_MOST]) if finding and finding.holds and finding.chart else []


def _named(reader: Reader, selection: ProjectFilter) -> list[tuple[str, list[str]]]:
    """Return the filter's countries for which an index names one of the filter's companies, each with the years of the index."""
    companies = {*selection.company, *selection.supplier}
    years_of: dict[str, list[str]] = {}
    for code in selection.country if companies else ():
        for assessment in records.linked(reader, code, "assessment", "country"):
            if companies & {fact.value for fact in assessment.shown("supplier")} and (year := assessment.value("year")):
                years_of.setdefault(code, []).append(year)
    return [(code, sorted(years)) for code, years in years_of.items()]


def _assessments(site: Site, reader: Reader, view: View) -> dict[str, Any] | None:
    """Return the facet for kinds that an index's assessments name; None if the release has no assessments."""
    rows = shading_values.assessment_counts(reader)
    if not rows:
        return None
    year = shading_values.edition(reader, view.selection)
    counted = {row.kind: row.countries for row in rows if row.year == year}
    kinds = [kind for kind in site.words.terms["project-kinds"] if kind in {row.kind for row in rows}]
    return {"year": year or "–", "kinds": [(kind, counted.get(kind, 0)) for kind in kinds], "chosen": view.assessed}


def _assessed(site: Site, view: View, shades: Shading | None) -> list[Row]:
    """Return the rows of the list beside the map if assessments shade it: countries by name; empty for any other shading.

    These countries have a list of their own because assessments are not projects.
    """
    if shades is None or view.shading != "assessed":
        return []
    named = [{"code": code, "label": site.words.area(code), "text": text} for code, (_, text) in shades.countries.items()]
    return sorted(named, key=lambda row: row["label"])


def _years(counted: list[tuple[int, int]]) -> dict[str, Any]:
    """Return a bar for each year from the first with a project to the last, including years without any; at most 60 years."""
    if not counted:
        return {"years": [], "highest": 0}
    drawn = {year: projects for year, projects in counted if counted[-1][0] - year < 60}
    highest = max(drawn.values())
    years = range(min(drawn), max(drawn) + 1)
    return {
        "years": [{"year": year, "projects": drawn.get(year, 0), "height": drawn.get(year, 0) / highest} for year in years],
        "highest": highest,
    }


def _files(site: Site, reader: Reader) -> Iterator[File]:
    if site.shapes:
        yield File("/map.svg", every_language=True)
    yield from (File(f"/projects.{ending}") for ending in ("csv", "geojson", "parquet"))
    for row in countries.all_countries(reader):
        if row.projects:
            yield File(f"/projects.csv?country={row.code}")
    for organization in organizations.all_organizations(reader):
        if organization.projects:
            yield File(f"/projects.csv?company={organization.id}")


PAGE = Page(
    routes,
    addresses=lambda site, reader: ["/explorer"],
    files=_files,
    ahead=lambda site, reader: ["/explorer"],
)
