"""Countries: the list of them, and a page for each."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.publish.read import countries, projects, records
from overt.publish.read.database import Reader, Row
from overt.publish.read.filters import ProjectFilter
from overt.publish.read.records import Record
from overt.publish.site.charts import Chart, Sparkline
from overt.publish.site.content_words import by_label
from overt.publish.site.language import N_, NN_
from overt.publish.site.pages.chart_files import chart_file
from overt.publish.site.pages.country_charts import by_layer, indices, money, small_lines
from overt.publish.site.pages.gone import moved
from overt.publish.site.site import Site
from overt.publish.site.svg.map import Country, around, boxes_of, boxes_of_countries, cell_of, draw

_LISTED = 30
"""Projects that the page lists; the rest are one click away."""
_LEADING = 3
_POINTS = 1_000
"""Points that the extent of the map is taken from, beside the country's outline."""
_SUPPLIERS = 12
"""Rows of the table of suppliers that are open from the start."""
Indicators = list[tuple[Row, list[dict[str, Any]]]]
"""Series of the vocabulary, each with its values by year."""

_UNKNOWN = N_("There is no country or area with this code; ISO 3166-1 alpha-2 codes are used, as in KE.")
_GAPS: tuple[tuple[str, str, str, list[tuple[str, str]]], ...] = (
    (
        "unlocated",
        *NN_("%(n)s project has no known place in the country", "%(n)s projects have no known place in the country"),
        [],
    ),
    ("undated", *NN_("%(n)s project has no date", "%(n)s projects have no date"), []),
    (
        "unnamed",
        *NN_(
            "%(n)s project names no supplier, implementer, owner or operator",
            "%(n)s projects name no supplier, implementer, owner or operator",
        ),
        [],
    ),
    ("single", *NN_("%(n)s project rests on one source alone", "%(n)s projects rest on one source alone"), []),
    (
        "status_unknown",
        *NN_("%(n)s project has no known status", "%(n)s projects have no known status"),
        [("status", "unknown")],
    ),
)
"""Column of what is not known, its words, and the filter that lists what lacks it."""


def routes(site: Site) -> APIRouter:
    """`/countries` and `/country/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/countries")
    def index(request: Request) -> Response:
        query = site.query(request)
        columns = ("projects", "located", "assessments", "agreements", "restrictions", "indicators")
        sort = query.choice("sort", ["name", *columns], "name")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
        with site.database.lease() as reader:
            found = by_label({**row, **site.words.areas[row["code"]]} for row in countries.every(reader))
        if sort != "name":
            found.sort(key=lambda row: -row[sort] if descending else row[sort])
        elif descending:
            found.reverse()
        return site.page(
            "countries.html", request=request, section="/countries", countries=found, sort=sort, descending=descending
        )

    @router.get("/country/{code}")
    def country(request: Request, code: str) -> Response:
        if code != code.upper() and code.upper() in site.words.areas:
            return moved(site.url(f"/country/{code.upper()}"))
        area = site.words.areas.get(code)
        if area is None:
            raise HTTPException(404, site.gettext(_UNKNOWN))
        with site.database.lease() as reader:
            nothing = dict.fromkeys(("projects", "located", "assessments", "indicators", "agreements", "restrictions"), 0)
            counts = {**(countries.one(reader, code) or nothing), **area}
            return site.page(
                "country.html", request=request, section="/countries", country=counts, **_country(site, reader, code, counts)
            )

    @router.get("/country/{code}/charts/{file}")
    def chart(code: str, file: str) -> Response:
        area = site.words.areas.get(code)
        if area is None:
            raise HTTPException(404, site.gettext(_UNKNOWN))
        with site.database.lease() as reader:
            found = country_charts(site, reader, area)
        return chart_file(site, found, file, f"country/{code}")

    return router


def charts(site: Site) -> Iterator[Chart | Sparkline]:
    """All charts of countries, to be drawn before anybody asks."""
    with site.database.lease() as reader:
        codes = [row["code"] for row in countries.every(reader)]
    for code in codes:
        with site.database.lease() as reader:
            held = country_indicators(site, reader, code)
            found = country_charts(site, reader, site.words.areas[code], held)
        yield from found
        yield from small_lines(held).values()


def country_charts(site: Site, reader: Reader, area: Row, indicators: Indicators | None = None) -> list[Chart]:
    """The charts of a country, in the order of its page."""
    held = country_indicators(site, reader, area["code"]) if indicators is None else indicators
    return [
        by_layer(site, reader, area),
        *money(site, reader, area, _money(countries.money(reader, area["code"]))),
        *indices(site, area, held),
    ]


def _country(site: Site, reader: Reader, code: str, counts: Row) -> dict[str, Any]:
    wanted = ProjectFilter(country=(code,))
    layers = countries.layers(reader, code)
    suppliers = [
        {**row, "roles": row["roles"].split(","), "share": row["projects"] / layers[row["layer"]]}
        for row in countries.suppliers(reader, code)
    ]
    years = [year for year, _ in projects.by_year(reader, wanted)]
    promised = _money(countries.money(reader, code))
    total = next(({"unit": unit, "amount": held["amount"]} for unit, held in promised if unit and held["stated"]), None)
    indicators = country_indicators(site, reader, code)
    agreements = records.linked(reader, code, "agreement", "party-country")
    restrictions = records.linked(reader, code, "restriction", "country")
    named: dict[str, Row] = {}
    for row in suppliers:
        named.setdefault(row["id"], row)
    return {
        "suppliers": suppliers,
        "most_suppliers": _SUPPLIERS,
        "leading": list(named.values())[:_LEADING],
        "first_year": years[0] if years else None,
        "last_year": years[-1] if years else None,
        "layer_years": by_layer(site, reader, counts),
        "money": money(site, reader, counts, promised),
        "shared": sum(held["shared"] for _, held in promised),
        "money_total": total,
        "strip": _strip(site, code, layers, counts, total),
        "map": _map(site, reader, code, wanted),
        "projects": projects.page(reader, wanted, size=_LISTED),
        "assessments": sorted(
            records.linked(reader, code, "assessment", "country"), key=lambda held: held.value("year") or "", reverse=True
        ),
        "agreements": agreements,
        "restrictions": restrictions,
        "indicators": indicators,
        "indices": indices(site, counts, indicators),
        "small_lines": small_lines(indicators),
        "gaps": _gaps(site, countries.unknown(reader, code)),
    }


def _year(held: Record) -> str:
    return held.value("year") or ""


def _strip(site: Site, code: str, layers: dict[str, int], counts: Row, total: Row | None) -> dict[str, dict[str, str]]:
    """What each layer's field says and leads to. Finance says money; agreements and restrictions count beside projects."""
    strip = {}
    beside = {"agreements": ("agreements", counts["agreements"]), "censorship": ("restrictions", counts["restrictions"])}
    for layer in (row["id"] for row in site.words.layers):
        anchor, more = beside.get(layer, ("", 0))
        count = layers.get(layer, 0) + more
        text = site.formats.number(count) if count else ""
        target = f"#{anchor}" if more else site.address("/", [("country", code), ("layer", layer)])
        if layer == "finance" and total:
            text, target = site.formats.money_short(total["amount"], total["unit"]), "#money"
        strip[layer] = {"text": text, "address": target}
    return strip


def _money(rows: list[Row]) -> list[tuple[str, dict[str, Any]]]:
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_unit[row["unit"] or ""].append(row)
    found = []
    for unit, held in by_unit.items():
        sums = {name: sum(row[name] or 0 for row in held) for name in ("commitments", "stated", "amount", "cancelled", "shared")}
        found.append((unit, {**sums, "rows": held, "most": max(row["amount"] for row in held)}))
    return sorted(found, key=lambda pair: (not pair[0], -pair[1]["amount"]))


def _map(site: Site, reader: Reader, code: str, wanted: ProjectFilter) -> Any:
    """The country with what is in it, and the routes of its projects; nothing where neither has a place."""
    here: projects.Test = ("s.country = ?", [code])
    outline = boxes_of_countries(site.shapes, [code])
    routes = projects.map_places(reader, wanted, projects.ROUTES)
    box = around([*outline, *boxes_of(projects.map_places(reader, wanted, projects.POINTS, here)[:_POINTS])])
    marks = projects.map_marks(reader, wanted, cell_of(box), here)
    if box is None or not outline or not (marks or routes):
        return None
    shaded = {code: Country(1, site.words.area(code), None)}
    more = site.address("/", wanted.items())
    return draw(site.language, site.shapes, shaded, routes, marks, label=site.gettext("Map"), more=more, box=box)


def country_indicators(site: Site, reader: Reader, code: str) -> Indicators:
    """Every series of a country with its values, in the order of the vocabulary."""
    return _series(site, records.linked(reader, code, "indicator", "country", limit=3_000))


def _series(site: Site, found: list[Record]) -> Indicators:
    by_series: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for held in found:
        fact = held.fact("value") or held.fact("code")
        if fact and held.value("year"):
            text = site.formats.rounded(fact.value) if fact.property == "value" else fact.value
            by_series[held.value("series") or ""].append({"year": held.value("year"), "text": text, "fact": fact, "id": held.id})
    terms = site.words.terms["series"]
    return [(term, sorted(by_series[name], key=lambda one: one["year"])) for name, term in terms.items() if name in by_series]


def _gaps(site: Site, unknown: Row) -> list[tuple[str, list[tuple[str, str]]]]:
    """What how many lack, and the filter that lists them where there is one."""
    found = []
    for column, one, many, pairs in _GAPS:
        if unknown[column]:
            found.append((site.ngettext(one, many, unknown[column]), pairs))
    return found
