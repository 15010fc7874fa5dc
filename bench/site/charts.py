"""Measure drawings: the common kinds of charts, other libraries, all drawings of an atlas, and the charts of a country page.

    python -m bench.site.charts [--workspace DIR] [--quick] [--json]

`kinds`: charts of the kinds in `sample`, at both widths, drawn by the drawing process: wall-clock milliseconds after the first,
and bytes on a page. `libraries`: `chart_libraries.py` for each installed library, in its own process. `country`: the atlas at
`--workspace`, or the shipped edition, is served until the server has drawn its charts in advance. The result has the number of
drawings, the seconds to prepare those of figures and countries again, without a cache, and as `added` the processor
milliseconds to read, build and look up the charts of a country. Target: a median of `added` under 10 ms. Pages are cached;
`page_sizes_and_server_time` measures how long readers wait for them.
"""

import gzip
import sqlite3
import sys
import threading
import time
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import orjson

from bench.harness import Target, argument_parser, machine, report, run_child, served
from bench.site.chart_libraries import PACKAGES
from overt import charts
from overt.charts.bar_chart import share_cells
from overt.charts.chart import Number
from overt.charts.chart_renderer import ChartRenderer
from overt.charts.drawing_client import DrawingProcess
from overt.charts.svg_cleaner import clean_svg
from overt.model.workspace import Workspace
from overt.queries import countries as country_rows
from overt.server.app import ServeSettings, prepare
from overt.server.sites_by_language import make_sites
from overt.site.country import country_print_and_charts_context as country
from overt.site.country import page as countries
from overt.site.figure import page as figures


def sample() -> dict[str, charts.Chart]:
    """Return one chart of each common kind, with a dozen rows, 25 years or 40 spans."""
    about = charts.ChartText("sample", "A chart", "A chart.", (), "Nothing.")
    measure = charts.Measure("Projects", lambda value: f"{float(value):g}", str)
    layers = [
        charts.Series(name, name.capitalize(), charts.layer_tone(name), "▲") for name in ("networks", "cables", "surveillance")
    ]
    other = charts.Series("other", "Others", charts.layer_tone("presence"), "…")
    years = range(2000, 2025)
    counted: dict[int | None, dict[str, Number]] = {
        year: {layer.id: (year * 37 + at * 11) % 7 for at, layer in enumerate(layers)} for year in years
    }
    spans = [
        charts.Span(layers[number % 3], "A project", str(2000 + number % 20), str(2003 + number % 20)) for number in range(40)
    ]
    names = [f"An organisation, number {number}" for number in range(12)]
    shares = [charts.Share(layers[at % 3], name, at + 1, 12) for at, name in enumerate(names)]
    return {
        "bars": charts.make_bar_chart(
            about, measure, [charts.Bar(name, at + 1) for at, name in enumerate(names)], name_header="Name",
        ),
        "by_year": charts.make_year_chart(
            about, measure, [charts.Year(year, year * 37 % 91 + 1) for year in years], year_header="Year", undated="",
        ),
        "stacked_bars": charts.make_stacked_year_chart(
            about, measure, layers, counted, other=other, year_header="Year", undated="",
        ),
        "lines": charts.make_line_chart(
            about, measure, charts.Line("Index", {year: (year * 5) % 13 for year in years}), year_header="Year",
        ),
        "shares": charts.make_share_chart(
            about, shares, charts.Table((), tuple(share_cells(share, str) for share in shares)),
            label=lambda part, total: f"{part} of {total}",
        ),
        "timeline": charts.make_timeline(
            about, spans, headers=("Layer", "Project", "From", "To"), event_series=layers[0], write_date=lambda date: date or "",
        ),
    }  # fmt: skip


def kinds(times: int) -> dict[str, Any]:
    """Measure the time and size of each drawing, once the drawing process has started."""
    engine = DrawingProcess()
    result: dict[str, Any] = {}
    begin = time.perf_counter()
    engine.draw(sample()["bars"].drawings["wide"].request())
    result["first_seconds"] = round(time.perf_counter() - begin, 2)
    for name, chart in sample().items():
        for size, drawing in chart.drawings.items():
            seconds = []
            for _ in range(times):
                begin = time.perf_counter()
                svg = engine.draw(drawing.request())
                seconds.append(time.perf_counter() - begin)
            inside = clean_svg(svg).encode()
            result[f"{name} {size}"] = {
                "milliseconds": round(1000 * median(seconds), 1),
                "bytes_as_made": len(svg.encode()),
                "bytes": len(inside),
                "bytes_compressed": len(gzip.compress(inside, 6)),
            }
    engine.close()
    return result


def libraries(times: int) -> dict[str, Any]:
    """Run `chart_libraries.py` for each of PACKAGES that is installed."""
    result: dict[str, Any] = {}
    for module, package in PACKAGES.items():
        if not find_spec(module):
            result[package] = "not installed"
            continue
        child = run_child([sys.executable, "-m", "bench.site.chart_libraries", module, str(times)])
        result[package] = {**_installed(package), **orjson.loads(child.output), "peak_gigabytes": round(child.peak_gigabytes, 2)}
    return result


def _installed(package: str) -> dict[str, Any]:
    try:
        return {"version": version(package)}
    except PackageNotFoundError:
        return {}


def measure_atlas(workspace: Path | None) -> dict[str, Any]:
    """Let a server draw the charts of an atlas, and measure them.

    Returns the number of drawings, the seconds to draw the charts of figures and countries again, and the time that charts add
    to a country page.
    """
    with served(workspace) as (address, atlas):
        httpx.get(address, timeout=60).raise_for_status()  # By now the server draws charts in the background.
        # The wait is long because drawings that another language already has don't increase the count.
        while drawings(atlas) < drawings(atlas, after=6.0):
            pass
        return {"drawings": drawings(atlas), "all_drawn_in_seconds": _seconds_for_all(atlas), "added": _added_milliseconds(atlas)}


def drawings(atlas: Path, after: float = 0) -> int:
    """Wait `after` seconds, then return the number of cached drawings of an atlas."""
    time.sleep(after)
    (path,) = (atlas / "cache").glob("*/charts.sqlite")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    count: int = connection.execute("SELECT count(*) FROM sealed_drawings").fetchone()[0]
    connection.close()
    return count


def _seconds_for_all(atlas: Path) -> float:
    """Return the seconds to draw the charts of all figures and countries of an atlas, in both languages."""
    settings = ServeSettings(Workspace.open(atlas))
    store = ChartRenderer(None)
    begin = time.monotonic()
    for site in make_sites(settings, prepare(settings)).values():
        for page in (figures, countries):
            store.prepare(page.charts(site), threading.Event())
        site.charts.close()
    return round(time.monotonic() - begin, 1)


def _added_milliseconds(atlas: Path) -> dict[str, Any]:
    """Return the median and the largest processor milliseconds for the charts of a country whose drawings are cached."""
    settings = ServeSettings(Workspace.open(atlas))
    site = make_sites(settings, prepare(settings))["en"]
    with site.database.lease() as reader:
        codes = [row.code for row in country_rows.all_countries(reader)]
        milliseconds: list[float] = []
        for code in codes:
            begin = time.process_time()
            for chart in country.country_charts(site, reader, site.words.areas[code]):
                for size in chart.drawings:
                    site.charts.svg(chart, size)
            milliseconds.append(1000 * (time.process_time() - begin))
    site.charts.close()
    site.database.close()
    return {"median_milliseconds": round(median(milliseconds), 2), "most_milliseconds": round(max(milliseconds), 2)}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    options = parser.parse_args(arguments)
    times = 3 if options.quick else 50
    result = {
        "benchmark": "charts",
        **machine(),
        "kinds": kinds(times),
        "libraries": libraries(times),
        "country": measure_atlas(options.workspace),
    }
    added = result["country"]["added"]["median_milliseconds"]
    return report(result, [Target("charts of a country page", added, 10, " ms")], options)


if __name__ == "__main__":
    sys.exit(main())
