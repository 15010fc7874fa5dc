"""Citations and linked data of records, figures and the release, as files: `….bib`, `….csl.json` and `….jsonld`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.page_addresses import record_url
from overt.language.citations import Citation, bibtex_entry
from overt.queries import figures, records, sources
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.queries.sources import Source
from overt.site import linked_data
from overt.site.citations_and_linked_data.citation_box import KINDS, cite_figure, cite_record, cite_release
from overt.site.missing_merged_and_withdrawn_pages import NOTHING, figure_or_404, record_or_redirect
from overt.site.page_declaration import File, Page
from overt.site.series_addresses import shared_page
from overt.site.site import Site

_Write = Callable[[Site, Citation, Callable[[], Any]], bytes]
_WRITERS: dict[str, tuple[str, _Write]] = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda site, cited, _: bibtex_entry(site.csl(cited)).encode()),
    "csl.json": (
        "application/vnd.citationstyles.csl+json",
        lambda site, cited, _: orjson.dumps([site.csl(cited)], option=orjson.OPT_INDENT_2),
    ),
    "jsonld": ("application/ld+json", lambda site, cited, node: orjson.dumps(node(), option=orjson.OPT_INDENT_2)),
}
"""File ending → media type and writer. The writer's last argument is a function that returns the page's linked data."""
MAX_PARTS = 200
"""Maximum number of roles, of commitments and of places in the linked data of a project."""


def routes(site: Site) -> APIRouter:
    """Return the routes of the files. The files are in English, so each has only one address."""
    router = APIRouter(include_in_schema=False)

    def add(ending: str) -> None:
        media, write = _WRITERS[ending]

        def respond(cited: Citation, node: Callable[[], Any]) -> Response:
            name = f"overt-{cited.name}-{site.prepared.release}.{ending}"
            headers = {"Content-Disposition": f'{"inline" if ending == "jsonld" else "attachment"}; filename="{name}"'}
            return Response(write(site, cited, node), media_type=media, headers=headers)

        def add_route(kind: str) -> None:
            @router.get(f"/{kind}/{{identity}}.{ending}")
            def record(identity: str) -> Response:
                with site.database.lease() as reader:
                    entry = record_or_redirect(site, reader, identity, f".{ending}")
                    if isinstance(entry, Response):
                        return entry
                    slugs = _slugs(reader, entry)
                    cited = cite_record(site, entry, slugs)
                    return respond(cited, lambda: _node(site, reader, entry, cited, slugs))

        for kind in KINDS:
            add_route(kind)

        @router.get(f"/figure/{{name}}.{ending}")
        def figure(name: str) -> Response:
            with site.database.lease() as reader:
                stored = figure_or_404(site, reader, name)
                cited = cite_figure(site, stored)
                named = {source["source"] for source in stored.sources}
                return respond(cited, lambda: linked_data.describe_figure(site, cited, stored, _sources(reader, named)))

        @router.get(f"/release/{{identity}}.{ending}")
        def release(identity: str) -> Response:
            if identity != site.prepared.release:
                raise HTTPException(404, site.gettext(NOTHING))
            cited = cite_release(site)
            with site.database.lease() as reader:
                source_rows = sources.all_sources(reader)
            return respond(cited, lambda: linked_data.describe_release(site, cited, source_rows, site.tables))

    for ending in _WRITERS:
        add(ending)
    return router


def _slugs(reader: Reader, record: Record) -> list[str]:
    return list(dict.fromkeys(claim.source for claim in records.claims(reader, record.id)))


def _node(site: Site, reader: Reader, record: Record, cited: Citation, slugs: Iterable[str]) -> Any:
    if record.type != "project":
        return linked_data.describe_record(site, cited, record, _sources(reader, slugs), [], [])
    linked = {
        kind: records.linked(reader, record.id, kind, "project", limit=MAX_PARTS) for kind in ("role", "commitment", "place")
    }
    parts = [*linked["role"], *linked["commitment"]]
    return linked_data.describe_record(site, cited, record, _sources(reader, slugs), parts, linked["place"])


def _sources(reader: Reader, slugs: Iterable[str]) -> list[Source]:
    named = set(slugs)
    return [row for row in sources.all_sources(reader) if row.source in named]


def _files(site: Site, reader: Reader) -> Iterator[File]:
    pages = [
        record_url(row.type, row.id) for row in records.all_records(reader) if shared_page(site, row.series, row.country) is None
    ]
    pages += [f"/figure/{row.name}" for row in figures.all_figures(reader)]
    for page in (*pages, f"/release/{site.prepared.release}"):
        yield from (File(f"{page}.{ending}", "function") for ending in _WRITERS)


PAGE = Page(routes, files=_files)
