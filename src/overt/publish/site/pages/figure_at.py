"""A figure of a certain release, made again of the tables of that release: the address under which a number is cited."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from fastapi import Request
from starlette.responses import Response

from overt.model.engine import connect
from overt.publish.site.figure_words import writer
from overt.publish.site.pages.gone import NOTHING, unknown
from overt.publish.site.pages.releases import another
from overt.publish.site.site import Site
from overt.release.figure_again import differences
from overt.release.read import Release

_MEMORY = "512MB"


def figure_at(site: Site, request: Request, name: str, release: str) -> Response:
    """The page of `name@release`, for the release that is served and those before it that are kept; of others, where they are."""
    held = _tables(site, release)
    if held is None:
        return another(site, release)
    identity, tables, manifest = held
    with connect(memory=_MEMORY) as engine, Release.of_tables(identity, tables, manifest, engine) as opened:
        found = opened.rows("SELECT * FROM figures WHERE name = ?", [name])
        if not found:
            return unknown(site, site.gettext(NOTHING))
        differing = differences(opened, name)
    figure = found[0]
    write = writer(site, figure["unit"])
    return site.page(
        "figure_at.html",
        request=request,
        section="/figures",
        figure={**figure, "definition": orjson.loads(figure["definition"])},
        title=figure["title_zh"] if site.language.code == "zh" and figure["title_zh"] else figure["title"],
        shown=None if figure["value"] is None else write(figure["value"]),
        unit=site.formats.unit_words(figure["unit"]),
        at=identity,
        date=manifest["date"],
        differing=differing,
        served=identity == site.prepared.release,
    )


def _tables(site: Site, release: str) -> tuple[str, Path, Mapping[str, Any]] | None:
    if release in (site.prepared.release, site.prepared.whole):
        return site.prepared.release, site.prepared.tables, site.words.meta["manifest"]
    stage = next((one for one in site.prepared.older if release in (one.release, one.release.partition("+")[0])), None)
    return (stage.release, stage.tables, stage.manifest) if stage else None
