"""Where a record comes from, for programs: `….prov.jsonld` beside its page, in PROV-O."""

from collections.abc import Iterator
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from overt.export.provenance import provenance_graph
from overt.http.addresses import record_url
from overt.queries import records, sources
from overt.queries.database import Reader
from overt.queries.records import Record
from overt.site.citing import KINDS
from overt.site.missing import record_or_elsewhere
from overt.site.page import File, Page
from overt.site.series_texts import shared_page
from overt.site.site import Site

_ENDING = "prov.jsonld"


def routes(site: Site) -> APIRouter:
    """Return the routes of `/project/{identity}.prov.jsonld` and of the same for other records."""
    router = APIRouter(include_in_schema=False)

    def add(kind: str) -> None:
        @router.get(f"/{kind}/{{identity}}.{_ENDING}")
        def record(identity: str) -> Response:
            with site.database.lease() as reader:
                found = record_or_elsewhere(site, reader, identity, _ENDING)
                if isinstance(found, Response):
                    return found
                said = _said(site, reader, found)
            name = f"overt-{found.id}-{site.prepared.release}.{_ENDING}"
            headers = {"Content-Disposition": f'inline; filename="{name}"'}
            return Response(orjson.dumps(said, option=orjson.OPT_INDENT_2), media_type="application/ld+json", headers=headers)

    for kind in KINDS:
        add(kind)
    return router


def _said(site: Site, reader: Reader, found: Record) -> dict[str, Any]:
    claims = [{**claim, "evidence": claim["places"]} for claim in records.claims(reader, found.id)]
    held = {"id": found.id, "type": found.type, "label": found.label}
    total = records.counts(reader, found.id)["claims"]
    page = record_url(found.type, found.id)
    return provenance_graph(site.prepared.release, site.address_of_site, held, page, claims, sources.every(reader), total)


def _files(site: Site, reader: Reader) -> Iterator[File]:
    for row in reader.rows("edition.records"):
        if shared_page(site, row) is None:
            yield File(f"{record_url(row['type'], row['id'])}.{_ENDING}", "function")


PAGE = Page(routes, files=_files)
