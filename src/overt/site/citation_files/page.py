"""Citations and linked data of records, figures and the release: `….bib`, `….csl.json` and `….jsonld` beside each page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import APIRouter
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.addresses import record_url
from overt.language.citations import Citation, apa_reference, bibtex_entry
from overt.queries import records, sources
from overt.queries.database import Reader, Row
from overt.queries.records import Record
from overt.site import linked_data
from overt.site.figure_texts import sentence
from overt.site.missing import NOTHING, figure_or_404, record_or_elsewhere
from overt.site.site import Site

KINDS = ("project", "organization", "agreement", "record")
_BIB, _CSL, _LD = "application/x-bibtex", "application/vnd.citationstyles.csl+json", "application/ld+json"
MOST_PARTS = 200


@dataclass(frozen=True)
class Cite:
    """What a page shows of how to cite it."""

    line: Markup
    bibtex_entry: str
    path: str
    """To which `.bib`, `.csl.json` and `.jsonld` are added."""
    is_record: bool
    """Whether there is `.prov.jsonld`, too."""
    files: bool = True
    """Whether there are such files."""


def shown(site: Site, cited: Citation) -> Cite:
    """The suggested citation of a page."""
    item = site.csl(cited)
    return Cite(apa_reference(item), bibtex_entry(item), cited.path, cited.name.startswith("ovt-"), cited.files)


def of_record(site: Site, record: Record, slugs: Iterable[str]) -> Citation:
    """How a record is cited; `slugs`: the sources that tell of it."""
    what = site.schema.types[record.type].name.replace("_", " ").capitalize()
    titles = tuple(site.title_of(slug) for slug in slugs)
    title = record.label or what
    return Citation(record.id, title, f"{what} {record.id}", record_url(record.type, record.id), titles)


def of_figure(site: Site, figure: Row) -> Citation:
    """How a figure is cited. `figure`: as the release stores it, in English."""
    titles = tuple(one["title"] for one in figure["sources"])
    known = figure["value"] is not None
    value = sentence(site, figure) if known else "no value in this release"
    said = f"{figure['question']} {value}."
    name = figure["name"]
    return Citation(name, figure["title"], f"Figure {name}", f"/figure/{name}", titles, said)


def of_release(site: Site) -> Citation:
    """How the release is cited as a whole."""
    manifest = site.words.meta["manifest"]
    titles = tuple(site.title_of(slug) for slug in sorted(manifest["sources"]))
    title = manifest["title"] or "Overt"
    return Citation("release", title, "", f"/release/{site.prepared.release}", titles, manifest["note"] or "")


def routes(site: Site) -> APIRouter:
    """The files beside the pages; they are in English and have one address."""
    router = APIRouter(include_in_schema=False)
    writers: dict[str, tuple[str, Callable[[Citation, Callable[[], Any]], bytes]]] = {
        "bib": (f"{_BIB}; charset=utf-8", lambda cited, _: bibtex_entry(site.csl(cited)).encode()),
        "csl.json": (_CSL, lambda cited, _: orjson.dumps([site.csl(cited)], option=orjson.OPT_INDENT_2)),
        "jsonld": (_LD, lambda _, node: orjson.dumps(node(), option=orjson.OPT_INDENT_2)),
    }

    def add(ending: str) -> None:
        media, write = writers[ending]

        def answer(cited: Citation, node: Callable[[], Any]) -> Response:
            name = f"overt-{cited.name}-{site.prepared.release}.{ending}"
            headers = {"Content-Disposition": f'{"inline" if ending == "jsonld" else "attachment"}; filename="{name}"'}
            return Response(write(cited, node), media_type=media, headers=headers)

        def of_kind(kind: str) -> None:
            @router.get(f"/{kind}/{{identity}}.{ending}")
            def record(identity: str) -> Response:
                with site.database.lease() as reader:
                    found = record_or_elsewhere(site, reader, identity, ending)
                    if isinstance(found, Response):
                        return found
                    slugs = _slugs(reader, found)
                    cited = of_record(site, found, slugs)
                    return answer(cited, lambda: _node(site, reader, found, cited, slugs))

        for kind in KINDS:
            of_kind(kind)

        @router.get(f"/figure/{{name}}.{ending}")
        def figure(name: str) -> Response:
            with site.database.lease() as reader:
                found = figure_or_404(site, reader, name)
                cited = of_figure(site, found)
                named = {one["source"] for one in found["sources"]}
                return answer(cited, lambda: linked_data.of_figure(site, cited, found, _sources(reader, named)))

        @router.get(f"/release/{{identity}}.{ending}")
        def release(identity: str) -> Response:
            if identity != site.prepared.release:
                raise HTTPException(404, site.gettext(NOTHING))
            cited = of_release(site)
            with site.database.lease() as reader:
                held = sources.every(reader)
            return answer(cited, lambda: linked_data.of_release(site, cited, held, site.tables))

    for ending in writers:
        add(ending)
    return router


def _slugs(reader: Reader, record: Record) -> list[str]:
    return list(dict.fromkeys(claim["source"] for claim in records.claims(reader, record.id)))


def _node(site: Site, reader: Reader, record: Record, cited: Citation, slugs: Iterable[str]) -> Any:
    if record.type != "project":
        return linked_data.of_record(site, cited, record, _sources(reader, slugs), [], [])
    found = {
        kind: records.linked(reader, record.id, kind, "project", limit=MOST_PARTS) for kind in ("role", "commitment", "place")
    }
    parts = [*found["role"], *found["commitment"]]
    return linked_data.of_record(site, cited, record, _sources(reader, slugs), parts, found["place"])


def _sources(reader: Reader, slugs: Iterable[str]) -> list[Row]:
    wanted = set(slugs)
    return [row for row in sources.every(reader) if row["source"] in wanted]
