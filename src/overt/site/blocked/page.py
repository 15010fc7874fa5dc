"""What was measured to be blocked: a page for each platform, and one for any domain that a reader asks for."""

import re

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from overt.language.safe_csv import csv_lines
from overt.model.errors import ValueProblem
from overt.model.values.domain_names import MAX_DOMAIN_LENGTH, canonical_domain
from overt.queries import blocklists as observed
from overt.queries import measurements as measured
from overt.queries.database import Row
from overt.site import measurements as single
from overt.site.blocked_quarters import Quarters, dated_first, key, since
from overt.site.country.blocked import called
from overt.site.missing import moved
from overt.site.site import Site

_COLUMNS = ("domain", "source", "series", "country", "protocol", "quarter", "days_measured", "days_listed", "vantage_points")

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
"""As in `web/src/edition/domain-lookup.ts`."""


def host_typed(text: str) -> str:
    """The host of what readers paste out of a browser: `example.org` of `https://example.org/page`; else the text as it is."""
    found = _ADDRESS.fullmatch(text.strip())
    return found[1] if found else text


def routes(site: Site) -> APIRouter:
    """`/platform/…`, `/domain/…`, and `/domain/….csv`: by series and quarter days measured and listed, and vantage points."""
    router = APIRouter(include_in_schema=False)

    def about(platform: str | None) -> Row | None:
        terms = site.words.terms.get("platforms", {})
        return {"id": platform, "label": site.words.term("platforms", platform)} if platform and platform in terms else None

    def known(name: str) -> str:
        try:
            return canonical_domain(name)
        except ValueProblem:
            raise HTTPException(404, site.gettext("This is no domain name.")) from None

    @router.get("/platform/{platform}")
    def of_platform(request: Request, platform: str) -> Response:
        with site.database.lease() as reader:
            domains = observed.domains(reader, platform).get(platform)
            found, series = observed.platforms(reader, platform=platform), dated_first(called(site, observed.series(reader)))
            quarters = Quarters(site, reader, platform=platform)
            singles = single.of_names(site, reader, measured.names_of(reader, platform))
        term = about(platform)
        if term is None or domains is None:
            raise HTTPException(404, site.gettext("There is no platform of this name."))
        held = {key(row): row for row in series}
        return site.page(
            "platform.html",
            request=request,
            section="/countries",
            platform=term,
            found=[
                {
                    **row,
                    "held": held[key(row)],
                    "since": since(row, held[key(row)]),
                    "at": list(held).index(key(row)),
                    "strip": quarters.strip(row["domain"], key(row)) if row["days"] else None,
                }
                for row in sorted(found, key=lambda row: (row["position"], list(held).index(key(row))))
            ],
            frames=[quarters.frame(key(one)) if one["days"] else None for one in series],
            span=quarters.span() if any(row["days"] for row in found) else "",
            quarters=[(one, quarters.table(key(one), [(platform, name) for name in domains])) for one in series if one["days"]],
            single=singles,
            without=[name for name in domains if name not in {row["domain"] for row in found}],
            series=series,
        )

    @router.get("/domain")
    def look_up(request: Request) -> Response:
        asked = site.query(request).last("name") or ""
        if asked:
            try:
                return RedirectResponse(site.url(f"/domain/{canonical_domain(host_typed(asked))}"), 303)
            except ValueProblem:
                pass
        with site.database.lease() as reader:
            series = dated_first(called(site, observed.series(reader)))
        return site.page(
            "domain_lookup.html", request=request, section="/countries", asked=asked[:MAX_DOMAIN_LENGTH], series=series
        )

    @router.get("/domain/{name}.csv")
    def by_quarter(name: str) -> Response:
        asked = known(name)
        with site.database.lease() as reader:
            found, held = observed.quarters(reader, asked), {key(row): row for row in observed.series(reader)}
        about = [{**held[key(row)], **row, "domain": asked} for row in found]
        lines = [_COLUMNS, *([row[column] for column in _COLUMNS] for row in about)]
        return StreamingResponse(csv_lines(lines), media_type="text/csv; charset=utf-8")

    @router.get("/domain/{name}")
    def of_domain(request: Request, name: str) -> Response:
        asked = known(name)
        if asked != name:
            return moved(site.url(f"/domain/{asked}"))
        with site.database.lease() as reader:
            episodes, series = observed.domain(reader, asked), called(site, observed.series(reader))
            platforms = {one: platform for platform, held in observed.domains(reader).items() for one in held}
            singles = single.of_names(site, reader, [asked])
        held = {key(row): row for row in series}
        return site.page(
            "domain.html",
            request=request,
            section="/countries",
            domain=asked,
            platform=about(platforms.get(asked)),
            single=singles,
            episodes=[{**row, "held": held[key(row)]} for row in episodes],
            series=series,
        )

    return router
