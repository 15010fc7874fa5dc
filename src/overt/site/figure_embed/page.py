"""A figure for other sites, as a frame and as an image."""

from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from overt.charts.chart_frame import source_line
from overt.charts.svg_document import MARGIN, svg_document, svg_text
from overt.charts.text_layout import drawable_text, text_width, truncate, wrap_text
from overt.queries import figures
from overt.queries.database import Reader
from overt.site.figure_texts import with_words
from overt.site.missing_merged_and_withdrawn_pages import figure_or_404
from overt.site.page_declaration import File, Page
from overt.site.site import Site
from overt.site.subset_notices import describe_subset

_WIDTH = 480
FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Headers that let other sites show the page in a frame. It has no script or form, and its links lead to this site."""


def routes(site: Site) -> APIRouter:
    """Return the routes of `/figure/…/embed` and `/figure/…/embed.svg`."""
    router = APIRouter(include_in_schema=False)

    def figure_texts(name: str) -> dict[str, Any]:
        with site.database.lease() as reader:
            return with_words(site, figure_or_404(site, reader, name))

    @router.get("/figure/{name}/embed")
    def frame(request: Request, name: str) -> Response:
        figure = figure_texts(name)
        answer = site.page("figure_embed/template.html", request=request, figure=figure, page=f"/figure/{figure['name']}")
        answer.headers.update(FRAMED)
        return answer

    @router.get("/figure/{name}/embed.svg")
    def drawing(name: str) -> Response:
        figure = figure_texts(name)
        file = f"overt-figure-{figure['name']}-{site.prepared.release}.svg"
        headers = {**FRAMED, "Content-Disposition": f'inline; filename="{file}"'}
        return Response(as_svg(site, figure), media_type="image/svg+xml", headers=headers)

    return router


def credit(site: Site, figure: dict[str, Any]) -> list[str]:
    """Return lines with the sources, the atlas's own title, the release, the figure's name and, for a subset, its filters.

    Sources are left out if the figure has none, the title if it is “Overt” or missing.
    """
    sources = source_line(site.language, (site.title_of(row["source"]) for row in figure["sources"]))
    release = site.gettext("Overt, edition %(release)s", release=site.prepared.release)
    atlas = site.words.meta["manifest"]["title"]
    named = release if atlas in ("", None, "Overt") else f"{atlas}{site.language.comma}{release}"
    lines = [sources] if sources else []
    lines.append(f"{named} · {figure['name']}")
    return [*lines, subset] if (subset := describe_subset(site)) else lines


def as_svg(site: Site, figure: dict[str, Any]) -> str:
    """Return the figure as an SVG drawing with its title, value, question, sources, release and page address.

    `figure`: from `with_words`.
    """
    has_value = figure["status"] == "ok"
    value, unit = (figure["shown"], figure["shown_unit"]) if has_value else (site.gettext("no value in this edition"), "")
    size = 44 if has_value else 20
    inner = _WIDTH - 2 * MARGIN
    question = site.language.translated(figure["question"])
    address = site.address_of_site + site.url(f"/figure/{figure['name']}")
    below = [line for text in (question, *credit(site, figure)) for line in wrap_text(text, inner, 12, max_lines=4)]
    y = MARGIN
    texts = []

    def add(step: int, text: str, size: int, weight: str, tone: str, after: Markup | str = "") -> None:
        nonlocal y
        y += step
        texts.append(svg_text(MARGIN, y, text, size, weight, tone, after))

    for line in wrap_text(figure["title"], inner, 16, max_lines=3):
        add(22, line, 16, "600", "ink")
    # The factor 1.3 leaves room for fonts that are wider than the estimate.
    fits_beside = text_width(drawable_text(value), size) * 1.3 + text_width(unit, 16) * 1.3 + 12 < inner
    after = (
        Markup(' <tspan dx="6" font-size="16" font-weight="400">{}</tspan>').format(drawable_text(unit)) if fits_beside else ""
    )
    add(size + 12, truncate(value, inner, size), size, "600", "ink", after)
    if unit and not fits_beside:
        add(24, truncate(unit, inner, 16), 16, "400", "ink")
    y += 12
    for line in (*below, truncate(address, inner, 12)):
        add(17, line, 12, "400", "muted")
    link = Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(address, Markup().join(texts))
    title = f"{figure['title']}: {value} {unit}".strip()
    return svg_document(_WIDTH, y + MARGIN, title, question, link, border=True)


def _addresses(site: Site, reader: Reader) -> list[str]:
    return [f"/figure/{row.name}/embed" for row in figures.all_figures(reader)]


def _files(site: Site, reader: Reader) -> list[File]:
    return [File(f"{address}.svg", every_language=True) for address in _addresses(site, reader)]


PAGE = Page(routes, variants=_addresses, files=_files)
