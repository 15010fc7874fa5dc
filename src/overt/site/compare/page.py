"""The comparison of several countries or companies."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from overt.language.label_order import by_label
from overt.language.language import N_
from overt.queries import comparison, countries, organizations, records
from overt.queries.address_parameters import BadQuery
from overt.queries.comparison import Side
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Record
from overt.site.compare.answer import SystemCounts, answer
from overt.site.country.index_standings import INDEXES, scale_shares
from overt.site.country.project_totals_by_kind_and_purpose import project_totals
from overt.site.layer_count_tiles import LAYER_ORDER
from overt.site.page_declaration import Page
from overt.site.sentences.linked_record_and_company_names import company_name
from overt.site.series.scales import scale_of
from overt.site.series_values_in_words import Indicator, indicator
from overt.site.site import Site

MAX_SUBJECTS = 4
OFFERED = 150
"""Maximum number of organisations that the form offers in addition to those in the address."""
_PROJECTS_OF_LAYER = {
    "agreements": N_("Training and standards projects"),
    "finance": N_("Donations and other finance projects"),
}
"""Labels for layers whose own labels could be confused with other rows of the table.

These layers have a row only if a side has projects in them.
"""


def routes(site: Site) -> APIRouter:
    """Return the routes of `/compare?country=…&country=…` and `/compare?company=…&company=…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/compare")
    def compare(request: Request) -> Response:
        selection = site.query(request).filter()
        if selection.country and selection.company:
            raise BadQuery(
                site.gettext("Countries are compared with countries, and companies with companies; choose one of the two.")
            )
        if len(selection.country) > MAX_SUBJECTS or len(selection.company) > MAX_SUBJECTS:
            raise BadQuery(site.gettext("Up to %(n)s can be compared at once.", n=MAX_SUBJECTS))
        with site.database.lease() as reader:
            parts = (
                _companies(site, reader, selection.company) if selection.company else _countries(site, reader, selection.country)
            )
            by = "company" if selection.company else "country"
            common = comparison.in_common(reader, by, [side.id for side in parts["sides"]])
            offered = comparison.choices(reader, OFFERED)
            known = {row.id for row in offered}
            places = {row.code for row in countries.all_countries(reader)} | set(selection.country)
            offered += [vars(record) for record in parts["records"].values() if record.id not in known]
            names = {side.id: _name(site, parts["records"].get(side.id), side.id) for side in parts["sides"]}
            layers = _layers(site, parts["sides"])
            return site.page(
                "compare/template.html", request=request, by=by, projects=common[0], shared=common[1], offered=offered,
                most=MAX_SUBJECTS, places=[row.code for row in by_label(site.words.areas[code] for code in places)],
                layers=layers, names=site.formats.join(list(names.values())),
                most_in_layer=max((side.layers.get(layer, 0) for side in parts["sides"] for layer, _ in layers), default=0),
                answer=answer(site, names, parts["systems"], parts["latest"]) if len(names) > 1 else [], indexes=INDEXES,
                shares=scale_shares(parts["latest"]), unbounded=[name for name in INDEXES if scale_of(name).bounds is None],
                roles=[role for role in site.words.terms["roles"] if any(side.roles.get(role) for side in parts["sides"])],
                short_name=partial(_short_name, site), unnamed=countries.unnamed(reader, selection.country), **parts,
            )  # fmt: skip

    return router


def _layers(site: Site, sides: Sequence[Side]) -> list[tuple[str, str]]:
    """Return the layers of the release that have a row in the table, each with its label."""
    return [
        (layer, site.gettext(_PROJECTS_OF_LAYER[layer]) if layer in _PROJECTS_OF_LAYER else site.words.term("layers", layer))
        for layer in LAYER_ORDER
        if site.offers["layer"].get(layer) and (layer not in _PROJECTS_OF_LAYER or any(side.layers.get(layer) for side in sides))
    ]


def _short_name(site: Site, row: Mapping[str, Any]) -> Markup:
    """Return an organisation's name without its legal form, from its row."""
    return company_name(site, RecordLabel(row["id"], row["label"], row["label_lang"], row["label_zh"]))


def _name(site: Site, record: Record | None, code: str) -> str:
    """Return the name of a side in the site's language.

    This is the name of `record` or, if it is None, of the country with this code.
    """
    return (site.language.localized(record, "label") or record.id) if record else site.words.area(code)


def _countries(site: Site, reader: Reader, codes: tuple[str, ...]) -> dict[str, Any]:
    sides = [comparison.country(reader, code) for code in codes]
    latest = {code: _latest(site, comparison.latest_values(reader, code)) for code in codes}
    series = sorted({name for values in latest.values() for name in values})
    assessments = {code: sorted(records.linked(reader, code, "assessment", "country"), key=_year) for code in codes}
    systems = {code: project_totals(site, reader, code).get("surveillance", 0) for code in codes}
    return {
        "sides": sides, "records": {}, "latest": latest, "series": series, "assessments": assessments,
        "systems": SystemCounts("country", systems, {side.id: side.projects for side in sides}),
    }  # fmt: skip


def _latest(site: Site, latest: Mapping[str, Record]) -> dict[str, Indicator]:
    return {name: value for name, record in latest.items() if (value := indicator(site, record))}


def _year(record: Record) -> str:
    return record.value("year") or ""


def _companies(site: Site, reader: Reader, ids: tuple[str, ...]) -> dict[str, Any]:
    """Return the template variables of a comparison of organisations.

    If a record has been merged, its id is replaced by the id of the record that it joined. Raises BadQuery for an unknown
    organisation.
    """
    chosen: dict[str, Record] = {}
    for identity in ids:
        record = records.find(reader, identity) or records.find_missing(reader, identity).record
        if record is None or record.type != "organization":
            raise BadQuery(site.gettext("No organisation of this edition has this id."))
        chosen[record.id] = record
    sides: list[Side] = [comparison.organization(reader, identity) for identity in chosen]
    systems = {side.id: organizations.supplied_systems(reader, side.id) for side in sides}
    return {
        "sides": sides, "records": chosen, "latest": {}, "series": [], "assessments": {},
        "systems": SystemCounts("company", systems, {side.id: side.projects for side in sides}),
    }  # fmt: skip


PAGE = Page(routes)
