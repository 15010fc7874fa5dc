"""Charts as files: the drawing as SVG with its title, note and sources, and its table as CSV."""

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.charts import Chart
from overt.charts.rendering import csv_of
from overt.language.language import N_
from overt.site.site import Site

_UNKNOWN = N_("There is no chart of this name.")


def chart_file(site: Site, found: Iterable[Chart], file: str, page: str) -> Response:
    """The answer for `<name>.svg` or `<name>.csv` of the charts of a page; `page`: its address without the first slash."""
    name, _, kind = file.rpartition(".")
    chart = next((one for one in found if one.about.name == name), None)
    if chart is None or kind not in ("svg", "csv"):
        raise HTTPException(404, site.gettext(_UNKNOWN))
    said = f"overt-{page.replace('/', '-')}-{name}-{site.prepared.release}.{kind}"
    headers = {"Content-Disposition": f'inline; filename="{said}"'}
    if kind == "csv":
        return StreamingResponse(csv_of(chart, site.prepared.release), media_type="text/csv; charset=utf-8", headers=headers)
    titles = site.language.comma.join(title for title, _ in chart.about.sources)
    lines = [
        " ".join((site.gettext("Source:"), titles)) if titles else "",
        site.gettext("Overt, release %(release)s, %(page)s", release=site.prepared.release, page=f"/{page}#chart-{name}"),
    ]
    drawn = site.charts.file(chart, lines)
    if drawn is None:
        raise HTTPException(404, site.gettext(_UNKNOWN))
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # others may show it in their pages
    return Response(drawn, media_type="image/svg+xml", headers=headers)
