"""Charts as files: the drawing as SVG with its frame, and the table as CSV."""

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.charts import Chart
from overt.language.language import N_
from overt.site.site import Site

_UNKNOWN = N_("There is no chart of this name.")


def chart_file(site: Site, charts: Iterable[Chart], file: str, page: str) -> Response:
    """Return the response for `<name>.svg` or `<name>.csv`, a file of the charts of a page.

    `page`: the page's address without the leading slash. Raises HTTPException (404) for any other file, and for a chart without a
    drawing.
    """
    name, _, kind = file.rpartition(".")
    chart = next((chart for chart in charts if chart.text.name == name), None)
    frame = site.chart_frame(chart, f"/{page}/charts") if chart else None
    if frame is None or kind not in frame.formats:
        raise HTTPException(404, site.gettext(_UNKNOWN))
    headers = {"Content-Disposition": f'inline; filename="{frame.file_name(kind)}"'}
    if kind == "csv":
        return StreamingResponse(frame.csv_lines(), media_type="text/csv; charset=utf-8", headers=headers)
    svg = site.charts.svg_file(frame)
    if svg is None:
        raise HTTPException(404, site.gettext(_UNKNOWN))
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # Other sites may show this file in their pages.
    return Response(svg, media_type="image/svg+xml", headers=headers)
