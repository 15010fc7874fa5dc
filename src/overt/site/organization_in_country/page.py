"""The page about an organisation in a country, and the records behind it as a file."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.http.page_addresses import answer_address, record_url
from overt.language.safe_csv import csv_parts
from overt.queries import pair_answers, records
from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.queries.rows.records import Record
from overt.site.missing_merged_and_withdrawn_pages import country_or_404, moved
from overt.site.organization_in_country.answer_context import answer_page, csv_rows
from overt.site.page_declaration import File, Page
from overt.site.site import Site

_MAX_NAME_LENGTH = 100


def routes(site: Site) -> APIRouter:
    """Return the routes of `/organization/…/in/…` and its CSV file."""
    router = APIRouter(include_in_schema=False)

    @router.get("/organization/{identity}/in/{code}.csv")
    def as_csv(identity: str, code: str) -> Response:
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            lines = csv_rows(site, reader, _organization(site, records.find(reader, identity)), area)
        return StreamingResponse(csv_parts(lines), media_type="text/csv; charset=utf-8")

    @router.get("/organization/{identity}/in/{code}")
    def respond(request: Request, identity: str, code: str) -> Response:
        area = _area(site, code)
        with site.database.lease() as reader:
            record = records.find(reader, identity)
            merged_into = records.find_missing(reader, identity).record if record is None else None
            if merged_into is not None:
                return moved(site.url(f"{record_url(merged_into.type, merged_into.id)}/in/{area.code}"))
            if area.code != code:
                return moved(site.url(answer_address(identity, area.code)))
            parts = answer_page(site, reader, _organization(site, record), area, pair_answers.find(reader, identity, code))
        return site.page("organization_in_country/template.html", request=request, section="/companies", **parts)

    return router


def _area(site: Site, code: str) -> Area:
    """Return the area with a code (upper or lower case) or an unambiguous name. Raises HTTPException (404) if there is none."""
    if code.upper() in site.words.areas:
        return site.words.areas[code.upper()]
    names = site.words.country_names
    candidates = names.candidates(code[:_MAX_NAME_LENGTH]) if names else []
    return site.words.areas[candidates[0]] if len(candidates) == 1 else country_or_404(site, code)


def _organization(site: Site, record: Record | None) -> Record:
    """Return the record if it is an organisation. Raises HTTPException (404) if it is None or of another type."""
    if record is None or record.type != "organization":
        raise HTTPException(404, site.gettext("No organisation of this edition has this id."))
    return record


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    return (answer_address(*pair) for pair in pair_answers.pairs(reader))


def _files(site: Site, reader: Reader) -> Iterator[File]:
    return (File(f"{answer_address(*pair)}.csv") for pair in pair_answers.pairs(reader))


PAGE = Page(routes, addresses=_addresses, files=_files)
