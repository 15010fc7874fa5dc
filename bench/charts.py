"""Drawing charts: each kind, other libraries, and what charts add to a country page that eight readers ask for.

    python -m bench.charts [--workspace DIR] [--quick] [--json]

`kinds`: every kind of chart at both widths, by the process that draws: milliseconds on the clock after the first, bytes as a page
has them. `libraries`: `chart_libraries.py` for each that is installed, in a process of its own. `country`: the atlas at
`--workspace`, else the shipped edition, is served by `overt serve` or `overt demo`; eight clients ask for every country once
while drawings are still being made, then for countries at random until the time is over. `added`: processor milliseconds for
reading what the charts of a country are made of, building them and finding their drawings. Target: these under 10 ms; a page
is made once and kept (`pages`).
"""

import gzip
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import orjson

from bench.chart_libraries import PACKAGES
from bench.common import OVERT, Target, machine, parser, report, run_child
from overt.model.workspace import Workspace
from overt.publish.app import ServeSettings, make_sites, prepare
from overt.publish.read import countries as country_rows
from overt.publish.site import charts
from overt.publish.site.charts.clean import cleaned
from overt.publish.site.charts.drawn import Charts
from overt.publish.site.charts.engine import Engine
from overt.publish.site.pages import countries, country, figures

CLIENTS = 8
Ask = Callable[[str], float]


def sample() -> dict[str, charts.Chart]:
    """A chart of every kind over 25 years or a dozen rows."""
    about = charts.About("sample", "A chart", "A chart.", (), "Nothing.")
    measure = charts.Measure("Projects", lambda value: f"{float(value):g}", str)
    layers = [
        charts.Series(name, name.capitalize(), charts.layer_tone(name), "▲") for name in ("networks", "cables", "surveillance")
    ]
    other = charts.Series("other", "Others", charts.layer_tone("presence"), "…")
    years = range(2000, 2025)
    counted: dict[int | None, dict[str, charts.parts.Number]] = {
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
        child = run_child([sys.executable, "-m", "bench.chart_libraries", module, str(times)])
        found[package] = {**_installed(package), **orjson.loads(child.output), "peak_gigabytes": round(child.peak_gigabytes, 2)}
    return found


def _installed(package: str) -> dict[str, Any]:
    try:
        return {"version": version(package)}
    except PackageNotFoundError:
        return {}


@contextmanager
def served(workspace: Path | None) -> Iterator[tuple[str, Path]]:
    """A server of the atlas; its address, and the atlas's directory."""
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        atlas = workspace or Path(temporary) / "atlas"
        command = ["serve", "--workspace", str(atlas)] if workspace else ["demo", "--directory", str(atlas)]
        server = subprocess.Popen([*OVERT, *command, "--port", "0"], stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr is not None
            said = next(line for line in server.stderr if line.startswith("Overt is at "))
            yield said.split()[3].rstrip("/"), atlas
        finally:
            server.terminate()
            server.wait()


def country_pages(workspace: Path | None, seconds: float) -> dict[str, Any]:
    """How long readers wait for country pages, and what charts have to do with it."""
    with served(workspace) as (address, atlas):
        codes = sorted(set(re.findall(r'href="/country/([A-Z-]+)"', httpx.get(f"{address}/countries", timeout=60).text)))
        first = ask(address, [codes[number::CLIENTS] for number in range(CLIENTS)], None)
        while drawings(atlas) < drawings(atlas, after=6.0):  # drawings that two languages share make pauses
            pass
        ready = ask(address, [codes] * CLIENTS, seconds)
        return {
            "countries": len(codes),
            "drawings": drawings(atlas),
            "all_drawn_in_seconds": _all_drawn(atlas),
            "while_drawing": first,
            "when_drawn": ready,
            "added": _added(atlas),
        }


def ask(address: str, codes: list[list[str]], seconds: float | None) -> dict[str, Any]:
    """Clients ask for the pages of their countries: each once, or at random for some seconds."""
    end = time.monotonic() + (seconds or 0)

    def read(number: int) -> list[float]:
        chosen, taken = random.Random(number), []
        with closing(HTTPConnection(address.removeprefix("http://"), timeout=60)) as client:  # httpx takes longer than the server
            for code in codes[number] if seconds is None else iter(lambda: chosen.choice(codes[number]), None):
                if seconds is not None and time.monotonic() >= end:
                    break
                begin = time.perf_counter()
                client.request("GET", f"/country/{code}", headers={"Accept-Encoding": "gzip"})
                answer = client.getresponse()
                answer.read()
                assert answer.status == 200, code
                taken.append(time.perf_counter() - begin)
        return taken

    begin = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = sorted(held for part in pool.map(read, range(CLIENTS)) for held in part)
    return {
        "requests": len(taken),
        "median_milliseconds": round(1000 * median(taken), 1),
        "p99_milliseconds": round(1000 * taken[int(0.99 * len(taken))], 1),
        "a_second": round(len(taken) / (time.monotonic() - begin)),
    }


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
        "country": country_pages(given.workspace, 1 if given.quick else 15),
    }
    added = result["country"]["added"]["median_milliseconds"]
    return report(result, [Target("charts of a country page", added, 10, " ms")], given)


if __name__ == "__main__":
    sys.exit(main())
