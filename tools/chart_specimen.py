"""Write a page with a sample of most kinds of charts, for work on charts.

    python -m tools.chart_specimen PAGE.html       then open it: wide and narrow, light and dark, printed

The data are invented. The page links to the style sheet in the source tree.
"""

import sys
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader

from bench.site.charts import sample
from overt.charts import make_sparkline
from overt.charts.chart_frame import ChartFrame
from overt.charts.chart_renderer import ChartRenderer
from overt.http.static_files import static_folder
from overt.language.language import ENGLISH

_RELEASE = "2026-01-01-00000000"
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Charts</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="{{ style }}"></head>
<body><main id="main" class="page"><h1>Charts</h1>{% from "layout/charts.html" import chart, spark %}
{% for name, drawn in kinds.items() %}<h2 id="{{ name }}"><code>{{ name }}</code></h2>{{ chart(drawn, "/charts") }}{% endfor %}
<h2><code>sparkline</code></h2><p>A line as small as a word: {{ spark(small) }}</p>
<h2>Two beside each other</h2>
<div class="columns"><div>{{ chart(kinds.by_year, none, false) }}</div><div>{{ chart(kinds.lines) }}</div></div>
</main></body></html>"""


def main(path: Path) -> None:
    """Draw the sample charts, and write the page with them to `path`."""
    templates = str(files("overt") / "site")
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "site": SimpleNamespace(
            charts=ChartRenderer(None), chart_frame=lambda chart, folder: ChartFrame(chart, ENGLISH, _RELEASE, folder)
        ),
        "url": str,
        "comma": ", ",
        "release": _RELEASE,
    }
    environment.filters["number"] = str
    small = make_sparkline({year: (year * 37) % 11 for year in range(2000, 2025) if year != 2012})
    style = (static_folder() / "style.css").resolve().as_uri()
    path.write_text(environment.from_string(_PAGE).render(kinds=sample(), small=small, style=style), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
