"""Totals published by others, with their origin and the figures that are compared with them."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import figures, records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record
from overt.site.figure_texts import bounded, writer
from overt.site.page_declaration import Page
from overt.site.site import Site

_MAX_TOTALS = 1_000
"""Maximum number of totals on the page."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/totals`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/totals")
    def totals(request: Request) -> Response:
        with site.database.lease() as reader:
            rows = records.records(
                reader, [row["id"] for row in reader.rows("records.of_type", ["reported_figure", _MAX_TOTALS])]
            )
            cited = {claim.id: claim for claim in records.claims_by_id(reader, [_value_claim(row) for row in rows])}
            beside = _figures(reader)
        origins = [row.value("origin") for row in rows]
        return site.page(
            "reported_totals/template.html",
            request=request,
            section="/figures",
            measures=[
                {
                    "id": measure,
                    "label": term.label,
                    "totals": [_total(site, row, cited) for row in sorted(of_measure, key=_newest_first)],
                    "figures": beside.get(measure, []),
                }
                for measure, term in site.words.terms["measures"].items()
                if (of_measure := [row for row in rows if row.value("measure") == measure])
            ],
            total=len(rows),
            without=origins.count("no-origin"),
        )

    return router


def _value_claim(row: Record) -> str:
    fact = row.fact("value")
    return fact.claim_id if fact else ""


def _newest_first(row: Record) -> tuple[bool, tuple[int, ...], str]:
    day = row.value("as-of") or ""
    return not day, tuple(-ord(character) for character in day), row.id


def _total(site: Site, row: Record, cited: Mapping[str, Claim]) -> dict[str, Any]:
    """Return a total, its number as text, with a bound such as “more than” if it has one, and the claim that states it."""
    fact = row.fact("value")
    unit = (fact.unit if fact else None) or ""
    number = writer(site, unit)(row.value("value"))
    text = site.gettext("%(number)s%%", number=number) if unit == "percent" else number
    return {"record": row, "text": bounded(site, row.value("bound"), text), "claim": cited.get(row.id)}


def _figures(reader: Reader) -> dict[str, list[figures.Figure]]:
    """Return the figures that are compared with reported totals, by the measure of the totals."""
    beside: dict[str, list[figures.Figure]] = {}
    for figure in figures.all_figures(reader):
        for comparator in figure.definition.get("comparators") or ():
            beside.setdefault(comparator["measure"], []).append(figure)
    return beside


PAGE = Page(routes, addresses=lambda site, reader: ["/totals"])
