"""Charts as files: the drawing with its frame as SVG and PNG, and its data as CSV."""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from overt.charts import Chart
from overt.charts.chinese_font_check import has_chinese_font
from overt.charts.drawing_client import DrawingFailed, TooBusy, picture_process
from overt.language.language import N_
from overt.site.site import Site

_BUSY = N_("Too many pictures are being made; try again in a few seconds.")
_NO_PICTURE = N_("The picture could not be made; the drawing as SVG is complete.")
_UNKNOWN = N_("There is no chart of this name.")


def chart_file(site: Site, charts: Iterable[Chart], file: str, page: str) -> Response:
    """Return the response for `<name>.svg`, `.png` or `.csv`, one of the chart files of a page.

    `page`: the page's address without the leading slash. For a PNG, the response may be the redirect of `english_picture`.
    Raises HTTPException (404) for any other file, and for a picture of a chart without a drawing. Raises HTTPException (503) if
    the picture can't be made.
    """
    name, _, kind = file.rpartition(".")
    chart = next((chart for chart in charts if chart.text.name == name), None)
    frame = site.chart_frame(chart, f"/{page}/charts") if chart else None
    if frame is None or kind not in (*frame.formats, "png"):
        raise HTTPException(404, site.gettext(_UNKNOWN))
    headers = {"Content-Disposition": f'inline; filename="{frame.file_name(kind)}"'}
    if kind == "csv":
        return StreamingResponse(frame.csv_parts(), media_type="text/csv; charset=utf-8", headers=headers)
    svg = site.charts.svg_file(frame)
    if svg is None:
        raise HTTPException(404, site.gettext(_UNKNOWN))
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # Other sites may show this file in their pages.
    if kind == "png" and (english := english_picture(site, f"/{page}/charts/{quote(file)}")):
        return english
    if kind == "svg":
        return Response(svg, media_type="image/svg+xml", headers=headers)
    return picture_file(site, lambda: picture_process().rasterize(svg), headers, failed=_NO_PICTURE)


def english_picture(site: Site, path: str) -> Response | None:
    """Return a redirect to `path`, an English picture, if this machine has no font for the site's language; otherwise None.

    Raises HTTPException (503) if the font can't be checked now.
    """
    if site.language.code != "zh":
        return None
    try:
        return None if has_chinese_font() else RedirectResponse(site.with_known(path), 307)
    except DrawingFailed:
        raise HTTPException(503, site.gettext(_BUSY), {"Retry-After": "5"}) from None


def picture_file(site: Site, draw: Callable[[], bytes], headers: Mapping[str, str], *, failed: str) -> Response:
    """Return the response for a PNG.

    Raises HTTPException (503) if the picture can't be made or the server is busy. If it is busy, the response has the header
    Retry-After. `failed`: the untranslated message for a picture that can't be made.
    """
    try:
        return Response(draw(), media_type="image/png", headers=dict(headers))
    except DrawingFailed as error:
        words, again = (_BUSY, {"Retry-After": "5"}) if isinstance(error, TooBusy) else (failed, None)
        raise HTTPException(503, site.gettext(words), again) from None
