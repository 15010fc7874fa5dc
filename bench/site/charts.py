"""Drawing charts: each kind, other libraries, all drawings of an atlas, and what charts add to the page of a country.

    python -m bench.site.charts [--workspace DIR] [--quick] [--json]

`kinds`: every kind of chart at both widths, by the process that draws: milliseconds on the clock after the first, bytes as a page
has them. `libraries`: `chart_libraries.py` for each that is installed, in a process of its own. `country`: the atlas at
`--workspace`, else the shipped edition, is served until the server has made its drawings ahead; how many there are, how long all
of them take when nothing else is done, and as `added` the processor milliseconds for reading what the charts of a country are
made of, building them and finding their drawings. Target: these under 10 ms; a page is made once and kept, and how long readers
wait for it is measured by `pages`.
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

from bench.harness import Target, machine, parser, report, run_child, served
from bench.site.chart_libraries import PACKAGES
from overt import charts
from overt.charts.chart import Number
from overt.charts.drawing_process import Engine
from overt.charts.rendering import Charts
from overt.charts.svg_cleaner import cleaned
from overt.model.workspace import Workspace
from overt.queries import countries as country_rows
from overt.server.app import ServeSettings, make_sites, prepare
from overt.site.countries import page as countries
from overt.site.country import contents as country
from overt.site.figure import page as figures


def sample() -> dict[str, charts.Chart]:
    """A chart of every kind over 25 years or a dozen rows."""
    about = charts.About("sample", "A chart", "A chart.", (), "Nothing.")
    measure = charts.Measure("Projects", lambda value: f"{float(value):g}", str)
    layers = [
        charts.Series(name, name.capitalize(), charts.layer_tone(name), "▲") for name in ("networks", "cables", "surveillance")
    ]
    other = charts.Series("other", "Others", charts.layer_tone("presence"), "…")
    years = range(2000, 2025)
    counted: dict[int | None, dict[str, Number]] = {
        year: {one.id: (year * 37 + at * 11) % 7 for at, one in enumerate(layers)} for year in years
    }
    spans = [
        charts.Span(layers[number % 3], "A project", str(2000 + number % 20), str(2003 + number % 20)) for number in range(40)
    ]
    names = [f"An organisation, number {number}" for number in range(12)]
    return {
        "bars": charts.bars(about, measure, [charts.Bar(name, at + 1) for at, name in enumerate(names)], first="Name"),
        "by_year": charts.by_year(
            about, measure, [charts.Year(year, year * 37 % 91 + 1) for year in years], first="Year", undated="",
        ),
        "stacked_bars": charts.stacked_bars(about, measure, layers, counted, other=other, first="Year", undated=""),
        "lines": charts.lines(
            about, measure, [charts.Line(name, {year: (year * at) % 13 for year in years}) for at, name in enumerate(names[:3])],
            first="Year",
        ),
        "shares": charts.shares(
            about, [charts.Share(layers[at % 3], name, at + 1, 12) for at, name in enumerate(names)],
            columns=("Layer", "Name", "Projects", "of", "%"), said=lambda part, whole: f"{part} of {whole}", exact=str,
        ),
        "timeline": charts.timeline(
            about, spans, columns=("Layer", "Project", "From", "To"), event_series=layers[0], write=lambda date: date or "",
        ),
        "intervals": charts.intervals(
            about, measure, [charts.Interval(name, at + 9, at + 5, at + 15) for at, name in enumerate(names)],
            columns=("Name", "Least", "Most"),
        ),
    }  # fmt: skip


def kinds(times: int) -> dict[str, Any]:
    """How long each drawing takes, the process that draws being there, and how large it is."""
    engine = Engine()
    found: dict[str, Any] = {}
    begin = time.perf_counter()
    engine.draw(sample()["bars"].drawings["wide"].order())
    found["first_seconds"] = round(time.perf_counter() - begin, 2)
    for name, chart in sample().items():
        for size, drawing in chart.drawings.items():
            seconds = []
            for _ in range(times):
                begin = time.perf_counter()
                svg = engine.draw(drawing.order())
                seconds.append(time.perf_counter() - begin)
            inside = cleaned(svg).encode()
            found[f"{name} {size}"] = {
                "milliseconds": round(1000 * median(seconds), 1),
                "bytes_as_made": len(svg.encode()),
                "bytes": len(inside),
                "bytes_compressed": len(gzip.compress(inside, 6)),
            }
    engine.close()
    return found


def libraries(times: int) -> dict[str, Any]:
    """What `chart_libraries.py` says of each."""
    found: dict[str, Any] = {}
    for module, package in PACKAGES.items():
        if not find_spec(module):
            found[package] = "not installed"
            continue
        child = run_child([sys.executable, "-m", "bench.site.chart_libraries", module, str(times)])
        found[package] = {**_installed(package), **orjson.loads(child.output), "peak_gigabytes": round(child.peak_gigabytes, 2)}
    return found


def _installed(package: str) -> dict[str, Any]:
    try:
        return {"version": version(package)}
    except PackageNotFoundError:
        return {}


def of_countries(workspace: Path | None) -> dict[str, Any]:
    """How many drawings an atlas has, how long all of them take, and what charts add to the page of a country."""
    with served(workspace) as (address, atlas):
        httpx.get(address, timeout=60).raise_for_status()  # the server is up, and makes drawings
        while drawings(atlas) < drawings(atlas, after=6.0):  # drawings that two languages share make pauses
            pass
        return {"drawings": drawings(atlas), "all_drawn_in_seconds": _all_drawn(atlas), "added": _added(atlas)}


def drawings(atlas: Path, after: float = 0) -> int:
    """How many drawings an atlas keeps, some seconds from now."""
    time.sleep(after)
    (path,) = (atlas / "cache").glob("*/charts.sqlite")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    count: int = connection.execute("SELECT count(*) FROM drawings").fetchone()[0]
    connection.close()
    return count


def _all_drawn(atlas: Path) -> float:
    """Seconds for all drawings of the atlas in both languages, when nothing else is done."""
    settings = ServeSettings(Workspace.open(atlas))
    store = Charts(None)
    begin = time.monotonic()
    for site in make_sites(settings, prepare(settings)).values():
        for page in (figures, countries):
            store.prepare(page.charts(site), threading.Event())
        site.charts.close()
    return round(time.monotonic() - begin, 1)


def _added(atlas: Path) -> dict[str, Any]:
    """Processor milliseconds for the charts of a country, all of them drawn before."""
    settings = ServeSettings(Workspace.open(atlas))
    site = make_sites(settings, prepare(settings))["en"]
    with site.database.lease() as reader:
        codes = [row["code"] for row in country_rows.every(reader)]
        used: list[float] = []
        for code in codes:
            begin = time.process_time()
            for chart in country.country_charts(site, reader, site.words.areas[code]):
                for size in chart.drawings:
                    site.charts.svg(chart, size)
            used.append(1000 * (time.process_time() - begin))
    site.charts.close()
    site.database.close()
    return {"median_milliseconds": round(median(used), 2), "most_milliseconds": round(max(used), 2)}


def main(arguments: list[str] | None = None) -> int:
    """Measure, and tell."""
    options = parser(__doc__)
    options.add_argument("--workspace", type=Path, help="an atlas with a release; else the shipped edition is built")
    given = options.parse_args(arguments)
    times = 3 if given.quick else 50
    result = {
        "benchmark": "charts",
        **machine(),
        "kinds": kinds(times),
        "libraries": libraries(times),
        "country": of_countries(given.workspace),
    }
    added = result["country"]["added"]["median_milliseconds"]
    return report(result, [Target("charts of a country page", added, 10, " ms")], given)


if __name__ == "__main__":
    sys.exit(main())
