"""A figure for the pages of others: in a frame, and as a drawing that stands alone."""

from fastapi import APIRouter, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from overt.charts.palette import LIGHT
from overt.charts.text_layout import breadth, drawable_text, fit, wrapped
from overt.queries import figures
from overt.queries.database import Reader, Row
from overt.site.figure_texts import with_words
from overt.site.missing import figure_or_404
from overt.site.page import File, Page
from overt.site.site import Site
from overt.site.subset_texts import subset_named

_WIDTH, _MARGIN = 480, 16
_NOTHING = Markup()
FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Headers of what others may show in their pages: it has no script and no form, and what can be pressed leads here."""


def routes(site: Site) -> APIRouter:
    """`/figure/…/embed` and `/figure/…/embed.svg`."""
    router = APIRouter(include_in_schema=False)

    def found(name: str) -> Row:
        with site.database.lease() as reader:
            return with_words(site, figure_or_404(site, reader, name))

    @router.get("/figure/{name}/embed")
    def frame(request: Request, name: str) -> Response:
        figure = found(name)
        answer = site.page("embed/template.html", request=request, figure=figure, page=f"/figure/{figure['name']}")
        answer.headers.update(FRAMED)
        return answer

    @router.get("/figure/{name}/embed.svg")
    def drawing(name: str) -> Response:
        figure = found(name)
        file = f"overt-figure-{figure['name']}-{site.prepared.release}.svg"
        headers = {**FRAMED, "Content-Disposition": f'inline; filename="{file}"'}
        return Response(as_svg(site, figure), media_type="image/svg+xml", headers=headers)

    return router


def credit(site: Site, figure: Row) -> list[str]:
    """Who says so, and in which release."""
    titles = site.language.comma.join(site.title_of(one["source"]) for one in figure["sources"])
    release = site.gettext("Overt, release %(release)s", release=site.prepared.release)
    atlas = site.words.meta["manifest"]["title"]
    named = release if atlas in ("", None, "Overt") else f"{atlas}{site.language.comma}{release}"
    lines = [" ".join((site.gettext("Source:"), titles))] if titles else []
    lines.append(f"{named} · {figure['name']}")
    return [*lines, subset] if (subset := subset_named(site)) else lines


def as_svg(site: Site, figure: Row) -> str:
    """The figure as a drawing with its title, value, question, sources, release and the address of its page."""
    path = site.url(f"/figure/{figure['name']}")
    none = site.gettext("no value in this release")
    value, unit = (figure["shown"], figure["shown_unit"]) if figure["status"] == "ok" else (none, "")
    size = 44 if figure["status"] == "ok" else 20
    inner = _WIDTH - 2 * _MARGIN
    question = site.language.translated(figure["question"])
    address = f"{site.address_of_site}{path}"
    below = [line for text in (question, *credit(site, figure)) for line in wrapped(text, inner, 12, most=4)]
    rows: list[tuple[str, int, str, str]] = [(text, 16, "600", "ink") for text in wrapped(figure["title"], inner, 16, most=3)]
    down = _MARGIN
    texts = []
    for text, high, weight, tone in rows:
        down += 22
        texts.append(_text(_MARGIN, down, high, weight, tone, text))
    down += size + 12
    beside = breadth(drawable_text(value), size) * 1.3 + breadth(unit, 16) * 1.3 + 12 < inner  # other fonts are broader
    after = (
        Markup(' <tspan dx="6" font-size="16" font-weight="400">{}</tspan>').format(drawable_text(unit)) if beside else _NOTHING
    )
    texts.append(_text(_MARGIN, down, size, "600", "ink", fit(value, inner, size), after))
    if unit and not beside:
        down += 24
        texts.append(_text(_MARGIN, down, 16, "400", "ink", fit(unit, inner, 16)))
    down += 12
    for text in below:
        down += 17
        texts.append(_text(_MARGIN, down, 12, "400", "muted", text))
    down += 17
    texts.append(_text(_MARGIN, down, 12, "400", "muted", fit(address, inner, 12)))
    high = down + _MARGIN
    said = f"{figure['title']}: {value} {unit}".strip()
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {high}" '
        f'width="{_WIDTH}" height="{high}" role="img" font-family="Source Sans 3, system-ui, sans-serif">'
        f"<title>{escape(drawable_text(said))}</title><desc>{escape(drawable_text(question))}</desc>"
        f'<rect width="{_WIDTH}" height="{high}" fill="{LIGHT["paper"]}" stroke="{LIGHT["rule"]}"/>'
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{Markup().join(texts)}</a></svg>\n'
    )


def _text(x: int, y: int, size: int, weight: str, tone: str, text: str, after: Markup = _NOTHING) -> Markup:
    return Markup('<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}{}</text>').format(
        x, y, size, weight, LIGHT[tone], drawable_text(text), after
    )


def _addresses(site: Site, reader: Reader) -> list[str]:
    return [f"/figure/{row['name']}/embed" for row in figures.every(reader)]


def _files(site: Site, reader: Reader) -> list[File]:
    return [File(f"{address}.svg", every_language=True) for address in _addresses(site, reader)]


PAGE = Page(routes, variants=_addresses, files=_files)
