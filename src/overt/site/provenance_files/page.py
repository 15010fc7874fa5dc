"""The provenance of a record in PROV-O: `….prov.jsonld` beside its page."""

from collections.abc import Iterator
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from overt.export.record_provenance_as_prov_o import provenance_graph
from overt.http.page_addresses import record_url
from overt.queries import records, sources
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.citations_and_linked_data.citation_box import KINDS
from overt.site.missing_merged_and_withdrawn_pages import record_or_redirect
from overt.site.page_declaration import File, Page
from overt.site.series_addresses import shared_page
from overt.site.site import Site

_ENDING = "prov.jsonld"


def routes(site: Site) -> APIRouter:
    """Return the routes of `/project/{identity}.prov.jsonld`, and of the same file for records of other types."""
    router = APIRouter(include_in_schema=False)

    def add(kind: str) -> None:
        @router.get(f"/{kind}/{{identity}}.{_ENDING}")
        def record(identity: str) -> Response:
            with site.database.lease() as reader:
                entry = record_or_redirect(site, reader, identity, f".{_ENDING}")
                if isinstance(entry, Response):
                    return entry
                graph = _graph(site, reader, entry)
            name = f"overt-{entry.id}-{site.prepared.release}.{_ENDING}"
            headers = {"Content-Disposition": f'inline; filename="{name}"'}
            return Response(orjson.dumps(graph, option=orjson.OPT_INDENT_2), media_type="application/ld+json", headers=headers)

    for kind in KINDS:
        add(kind)
    return router


def _graph(site: Site, reader: Reader, entry: Record) -> dict[str, Any]:
    claims = [
        {**claim._asdict(), "evidence": [place._asdict() for place in claim.places]} for claim in records.claims(reader, entry.id)
    ]
    about = {"id": entry.id, "type": entry.type, "label": entry.label}
    total = records.counts(reader, entry.id).claims
    page = record_url(entry.type, entry.id)
    source_rows = [source._asdict() for source in sources.all_sources(reader)]
    return provenance_graph(site.prepared.release, site.address_of_site, about, page, claims, source_rows, total)


def _files(site: Site, reader: Reader) -> Iterator[File]:
    for row in records.all_records(reader):
        if shared_page(site, row.series, row.country) is None:
            yield File(f"{record_url(row.type, row.id)}.{_ENDING}", "function")


PAGE = Page(routes, files=_files)
