"""The page of the served release: what changed and why, and the release's files."""

from collections.abc import Iterator
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from overt.export.format_registry import FORMATS
from overt.language.language import N_
from overt.model.detached_file_signatures import signature_path
from overt.queries import changes_between_releases, corrections, figures, findings
from overt.queries.changes_between_releases import Stage
from overt.queries.database import Reader
from overt.site import history_texts
from overt.site.citations_and_linked_data.citation_box import citation_box, cite_release
from overt.site.corrections_with_names import correction_rows
from overt.site.figure_texts import writer
from overt.site.missing_merged_and_withdrawn_pages import other_release
from overt.site.page_declaration import File, Page
from overt.site.site import Site

_CHANGES = 200
_NO_TABLE = N_("This edition has no table of this name to download.")
_NO_SIGNATURE = N_("This edition is not signed here.")


def routes(site: Site) -> APIRouter:
    """Return the routes of `/release/…`, with its manifest, signature and tables."""
    router = APIRouter(include_in_schema=False)

    @router.get("/release/{identity}")
    def release(request: Request, identity: str) -> Response:
        if identity != site.prepared.release:
            return other_release(site, identity)
        with site.database.lease() as reader:
            counted = reader.first("changes_between_releases.change_count")
            return site.page(
                "release/template.html",
                request=request,
                changes=reader.rows("changes_between_releases.changes", [_CHANGES]),
                change_count=counted["changes"] if counted else 0,
                cite=citation_box(site, cite_release(site)),
                forms=[(form, site.gettext(form.description)) for form in FORMATS.values()],
                signed=bool(site.prepared.manifest and signature_path(site.prepared.manifest).is_file()),
                corrections=correction_rows(site, reader, corrections.new_corrections(reader, _CHANGES)),
                **_changed(site, reader),
            )

    @router.get("/release/{identity}/manifest.json")
    def manifest(identity: str) -> Response:
        if identity != site.prepared.release:
            raise HTTPException(404, site.gettext(_NO_TABLE))
        content = site.prepared.manifest.read_bytes() if site.prepared.manifest else _written(site.words.meta["manifest"])
        headers = {"Content-Disposition": f'inline; filename="{identity}-manifest.json"'}
        return Response(content, media_type="application/json", headers=headers)

    @router.get("/release/{identity}/manifest.json.sig")
    def signature(identity: str) -> Response:
        path = signature_path(site.prepared.manifest) if site.prepared.manifest else None
        if identity != site.prepared.release or path is None or not path.is_file():
            raise HTTPException(404, site.gettext(_NO_SIGNATURE))
        return FileResponse(path, media_type="application/octet-stream", filename=f"{identity}-manifest.json.sig")

    @router.get("/release/{identity}/tables/{name}.parquet")
    def table(identity: str, name: str) -> Response:
        path = site.prepared.tables / f"{name}.parquet"
        if identity != site.prepared.release or name not in dict(site.tables) or not path.is_file():
            raise HTTPException(404, site.gettext(_NO_TABLE))
        return FileResponse(path, media_type="application/vnd.apache.parquet", filename=f"{identity}-{name}.parquet")

    return router


def _written(manifest: Any) -> bytes:
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def _changed(site: Site, reader: Reader) -> dict[str, Any]:
    """Return what has changed since the previous release, and why."""
    stages = changes_between_releases.stages(reader)
    counted, rows = changes_between_releases.release_changes(reader, stages[-1].position)
    return {
        "stages": stages,
        "before": stages[-2] if len(stages) > 1 else None,
        "changed_inputs": history_texts.changed_inputs(site, stages[-1]),
        "withheld": "withheld" in stages[-1].changed_inputs["editors"],
        "only_rules": history_texts.reason_text(site, "rules", None),
        "counted": history_texts.with_texts(site, counted),
        "rows": history_texts.with_texts(site, rows),
        "row_count": sum(row.changes for row in counted),
        "finding_changes": findings.changes(reader, stages[-2].position, stages[-1].position) if len(stages) > 1 else [],
        "moved_figures": _moved_figures(site, reader, stages) if len(stages) > 1 else [],
    }


def _moved_figures(site: Site, reader: Reader, stages: list[Stage]) -> list[dict[str, Any]]:
    moved = []
    values = changes_between_releases.figure_values(reader)
    for figure in figures.all_figures(reader):
        stored_values = values.get(figure.name, [])
        line = history_texts.figure_values(site, stages[-2:], figure, stored_values, writer(site, figure.unit))
        now, was = line[0], line[1]
        if now["why"]:
            title = site.language.translated(figure.title)
            moved.append({"name": figure.name, "title": title, "was": was, "now": now})
    return moved


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    yield f"/release/{site.prepared.release}"


def _files(site: Site, reader: Reader) -> Iterator[File]:
    release = f"/release/{site.prepared.release}"
    yield File(f"{release}/manifest.json")
    if site.prepared.manifest and signature_path(site.prepared.manifest).is_file():
        yield File(f"{release}/manifest.json.sig")
    yield from (File(f"{release}/tables/{name}.parquet", "table") for name, _ in site.tables)


PAGE = Page(routes, addresses=_addresses, files=_files)
