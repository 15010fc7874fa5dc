"""Draw the same bars, one for each of YEARS, with a charting library: time, and contents of the SVG.

    python -m bench.site.chart_libraries LIBRARY [TIMES]    prints JSON; `bench.site.charts` runs each in its own process

Peers are not dependencies: pip install leather pygal lets-plot matplotlib toyplot
"""

import gzip
import io
import json
import re
import sys
from collections.abc import Callable
from importlib import import_module
from time import perf_counter, process_time
from typing import Any

YEARS = [str(year) for year in range(2000, 2025)]
VALUES = [int(year) * 37 % 91 + 1 for year in YEARS]
PACKAGES = {
    "vl_convert": "vl-convert-python",
    "leather": "leather",
    "pygal": "pygal",
    "lets_plot": "lets-plot",
    "matplotlib": "matplotlib",
    "toyplot": "toyplot",
}
"""Name of each library's distribution on PyPI, by module."""


def vl_convert(library: Any) -> str:
    """Draw with Vega-Lite and its default axes."""
    x = {"field": "year", "type": "ordinal"}
    y = {"field": "value", "type": "quantitative"}
    bars = {"mark": "bar", "encoding": {"x": x, "y": y}}
    labels = {"mark": {"type": "text", "dy": -6}, "encoding": {"x": x, "y": y, "text": {"field": "value"}}}
    rows = [{"year": year, "value": value} for year, value in zip(YEARS, VALUES, strict=True)]
    spec = {"width": 560, "height": 200, "data": {"values": rows}, "layer": [bars, labels]}
    return str(library.vegalite_to_svg(spec, vl_version="6.4"))


def leather(library: Any) -> str:
    """Draw without labels on the bars, because the library has none."""
    chart = library.Chart()
    chart.add_columns(list(zip(YEARS, VALUES, strict=True)))
    return str(chart.to_svg(width=560, height=200))


def pygal(library: Any) -> str:
    """Draw with as little of the library's script and style sheets as possible."""
    chart = library.Bar(width=560, height=200, js=[], css=[], show_legend=False, print_values=True, disable_xml_declaration=True)
    chart.x_labels = YEARS
    chart.add("value", VALUES)
    return str(chart.render(is_unicode=True))


def lets_plot(library: Any) -> str:
    """Draw with the library's version of ggplot2's grammar of graphics."""
    aes = library.aes("year", "value")
    plot = library.ggplot({"year": YEARS, "value": VALUES}, aes)
    plot += library.geom_bar(stat="identity", tooltips="none")
    plot += library.geom_text(library.aes(label="value"), nudge_y=5)
    return str((plot + library.ggsize(560, 200)).to_svg())


def matplotlib(library: Any) -> str:
    """Draw with text elements. By default, matplotlib turns texts into paths."""
    library.use("svg")
    library.rcParams["svg.fonttype"] = "none"
    figure = import_module("matplotlib.figure").Figure(figsize=(5.6, 2))
    axes = figure.subplots()
    axes.bar_label(axes.bar(YEARS, VALUES))
    file = io.StringIO()
    figure.savefig(file, format="svg")
    return file.getvalue()


def toyplot(library: Any) -> str:
    """Draw without labels on the bars, because the library has none."""
    canvas = library.Canvas(560, 200)
    canvas.cartesian().bars(VALUES)
    element = import_module("toyplot.svg").render(canvas)
    return import_module("xml.etree.ElementTree").tostring(element, encoding="unicode")  # type: ignore[no-any-return]


DRAW: dict[str, Callable[[Any], str]] = {
    "vl_convert": vl_convert,
    "leather": leather,
    "pygal": pygal,
    "lets_plot": lets_plot,
    "matplotlib": matplotlib,
    "toyplot": toyplot,
}


def measure(name: str, times: int) -> dict[str, Any]:
    """Measure one charting library in this process: its import and first drawing, `times` further drawings, and the SVG."""
    begin = perf_counter()
    library = import_module(name)
    svg = DRAW[name](library)
    first = perf_counter() - begin
    begin, cpu_begin = perf_counter(), process_time()
    for _ in range(times):
        DRAW[name](library)
    return {
        "first_seconds": round(first, 2),
        "next_milliseconds": round(1000 * (perf_counter() - begin) / times, 1),
        "next_processor_milliseconds": round(1000 * (process_time() - cpu_begin) / times, 1),
        "bytes": len(svg.encode()),
        "bytes_compressed": len(gzip.compress(svg.encode(), 6)),
        "style_attributes": len(re.findall(r"\sstyle=", svg)),
        "style_elements": svg.count("<style"),
        "scripts": svg.count("<script"),
        "ids": len(re.findall(r"\sid=", svg)),
        "texts": svg.count("<text"),
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 50)))
