"""Charts as pages and files have them: drawn once, kept, and put into an `svg` element with their words."""

import hashlib
import logging
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup, escape

from overt.charts.chart import Chart, Drawing
from overt.charts.drawing_cache import Store
from overt.charts.drawing_process import DrawingFailed, engine
from overt.charts.line_chart import Sparkline
from overt.charts.palette import LIGHT
from overt.charts.svg_cleaner import cleaned, standing_alone
from overt.charts.text_layout import drawable_text, wrapped
from overt.language.safe_csv import csv_lines

_LOG = logging.getLogger(__name__)
_MADE_BY = ("worker.py", "svg_cleaner.py", "specs")
_LINE = 17
_MARGIN = 16


class Charts:
    """All drawings of a site. Safe to use from many threads."""

    def __init__(self, store: Path | None) -> None:
        """`store`: the file that keeps them; None: memory."""
        self._store = Store(store)
        self._drawing = threading.Lock()
        self._failed: set[str] = set()

    def svg(self, chart: Chart, size: str) -> Markup | None:
        """A chart at a width (`wide`, `narrow`) for a page; None where it could not be drawn."""
        drawing = chart.drawings[size]
        inside = self._inside(drawing)
        if inside is None:
            return None
        width, height = drawing.size
        name = f"chart-{chart.about.name}-{size}"
        return Markup(  # noqa: S704 (the words are escaped, the drawing is cleaned)
            f'<svg class="chart-{size}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
            f'aria-labelledby="{escape(name)}-title" aria-describedby="{escape(name)}-summary">'
            f'<title id="{escape(name)}-title">{escape(drawable_text(chart.about.title))}</title>'
            f'<desc id="{escape(name)}-summary">{escape(drawable_text(chart.about.summary))}</desc>{inside}</svg>'
        )

    def spark(self, held: Sparkline) -> Markup:
        """A small line for a cell; nothing where there is none."""
        inside = self._inside(held.drawing) if held.drawing else None
        if held.drawing is None or inside is None:
            return Markup()
        width, height = held.drawing.size
        said = f'role="img" aria-label="{escape(drawable_text(held.label))}"' if held.label else 'aria-hidden="true"'
        return Markup(  # noqa: S704
            f'<svg class="sparkline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" {said}>{inside}</svg>'
        )

    def file(self, chart: Chart, lines: Iterable[str]) -> str | None:
        """A chart as a file of its own, with its title above it and its note, its sources and `lines` below."""
        inside = self._inside(chart.drawings["wide"]) if chart.drawings else None
        if inside is None:
            return None
        width, height = chart.drawings["wide"].size
        above = [(text, 15, "600", "ink") for text in wrapped(chart.about.title, width, 15, most=2)]
        below = [(text, 12, "400", "muted") for line in (chart.about.note, *lines) if line for text in wrapped(line, width)]
        down = _MARGIN + 22 * len(above)
        texts = [(_MARGIN, _MARGIN + 14 + 22 * at, held) for at, held in enumerate(above)]
        texts += [(_MARGIN, down + height + 22 + _LINE * at, held) for at, held in enumerate(below)]
        whole = width + 2 * _MARGIN, down + height + 22 + _LINE * len(below)
        written = "".join(
            f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{LIGHT[tone]}">{escape(text)}</text>'
            for x, y, (text, size, weight, tone) in texts
        )
        box = f'viewBox="0 0 {whole[0]} {whole[1]}" width="{whole[0]}" height="{whole[1]}"'
        said = (
            f"<title>{escape(drawable_text(chart.about.title))}</title><desc>{escape(drawable_text(chart.about.summary))}</desc>"
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" '
            f'font-family="Source Sans 3, system-ui, sans-serif">{said}'
            f'<rect width="{whole[0]}" height="{whole[1]}" fill="{LIGHT["paper"]}"/>{written}'
            f'<g transform="translate({_MARGIN},{down})">{standing_alone(inside)}</g></svg>\n'
        )

    def prepare(self, found: Iterable[Chart | Sparkline], stop: threading.Event) -> int:
        """Draw what is not drawn yet, until `stop`; how many there were."""
        count = 0
        for held in found:
            for drawing in held.drawings.values() if isinstance(held, Chart) else [held.drawing]:
                if stop.is_set():
                    return count
                if drawing is not None:
                    self._inside(drawing)
                    count += 1
        return count

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def _inside(self, drawing: Drawing) -> str | None:
        key = f"{_made_by()}/{drawing.key()}"
        if key in self._failed:
            return None
        if (held := self._store.get(key)) is not None:
            return held
        with self._drawing:  # of many who ask at once, one draws
            if (held := self._store.get(key)) is not None:
                return held
            try:
                inside = cleaned(engine().draw(drawing.order()))
            except (DrawingFailed, ValueError) as error:
                _LOG.warning("a drawing of %s could not be made: %s", drawing.spec, error)
                self._failed.add(key)
                return None
            self._store.put(key, inside)
            return inside


def csv_of(chart: Chart, release: str) -> Iterator[str]:
    """The table of a chart as CSV, with who says so and the release in every row."""
    said = "; ".join(title for title, _ in chart.about.sources)
    header = [*(column.text for column in chart.table.columns), "source", "release"]
    rows = ([*(cell.text if cell.value is None else cell.value for cell in row), said, release] for row in chart.table.rows)
    return csv_lines([header, *rows])


@cache
def _made_by() -> str:
    """What decides a drawing beside its order: the library, the specifications, and how they are used."""
    digest = hashlib.sha256(version("vl-convert-python").encode())
    folder = files("overt") / "charts"
    for name in _MADE_BY:
        entry = folder / name
        held = sorted(entry.iterdir(), key=lambda child: child.name) if entry.is_dir() else [entry]
        for child in held:
            digest.update(f"{child.name}\0".encode() + child.read_bytes())
    return digest.hexdigest()[:12]
