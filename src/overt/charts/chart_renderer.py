"""Renders charts as SVG for pages and files, and SVG files as PNG pictures. Drawings and pictures are cached."""

import hashlib
import logging
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup, escape

from overt.charts.chart import WIDE, Chart, Drawing
from overt.charts.chart_frame import ChartFrame
from overt.charts.drawing_cache import DrawingCache
from overt.charts.drawing_client import DrawingFailed, chart_process
from overt.charts.framed_svg_file import framed_file
from overt.charts.svg_cleaner import clean_svg, inline_colours
from overt.charts.text_layout import drawable_text

_LOG = logging.getLogger(__name__)
_DRAWN_BY = ("drawing_worker.py", "svg_cleaner.py", "specs")
"""Files of this package that determine what a drawing looks like."""
MAX_PICTURES = 400
"""Maximum number of pictures in the cache, each of about 250 kB."""
_MAX_DRAWINGS_OF_READERS = 1_000
"""Maximum number of drawings for readers' requests in memory. At 20 kB each, they take some 20 MB."""
_MAX_PICTURES_OF_READERS = 60
"""Maximum number of pictures for readers' requests in memory. At 330 kB each (base64), they take some 20 MB."""
drawn_ahead: ContextVar[bool] = ContextVar("drawn_ahead", default=False)
"""Whether pages and charts are being made ahead of requests, rather than for a reader."""


class ChartRenderer:
    """Renders the charts of a site. Thread-safe."""

    def __init__(self, cache_file: Path | None, *, only_ahead: bool = False) -> None:
        """Open the caches.

        `cache_file`: the file for drawings; a second file beside it is for pictures. None for caches in memory. `only_ahead`:
        the file receives only drawings that are made before anybody asks for them. Drawings made for readers then stay in
        memory, because the file would reveal what someone looked at. All pictures stay in memory, too: none is made ahead.
        """
        self._cache = DrawingCache(cache_file)
        pictures = None if only_ahead or cache_file is None else cache_file.with_stem(f"{cache_file.stem}-pictures")
        self._pictures = DrawingCache(pictures, _MAX_PICTURES_OF_READERS if only_ahead else MAX_PICTURES)
        self._reader_drawings = DrawingCache(None, limit=_MAX_DRAWINGS_OF_READERS) if only_ahead else self._cache
        self._lock = threading.Lock()
        self._failed: set[str] = set()

    def svg(self, chart: Chart, size: str) -> Markup | None:
        """Return a chart at a width (`wide`, `narrow`) for a page; None if drawing failed."""
        drawing = chart.drawings[size]
        content = self._content(drawing)
        if content is None:
            return None
        width, height = drawing.size
        name = f"chart-{chart.text.name}-{size}"
        return Markup(  # noqa: S704 (the words are escaped, the drawing is cleaned)
            f'<svg class="chart-{size}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
            f'aria-labelledby="{escape(name)}-title" aria-describedby="{escape(name)}-summary">'
            f'<title id="{escape(name)}-title">{escape(drawable_text(chart.text.title))}</title>'
            f'<desc id="{escape(name)}-summary">{escape(drawable_text(chart.text.summary))}</desc>{content}</svg>'
        )

    def sparkline(self, drawing: Drawing | None) -> Markup:
        """Return a sparkline for a table cell whose row has the numbers; empty if there is no drawing or drawing failed."""
        content = self._content(drawing) if drawing else None
        if drawing is None or content is None:
            return Markup()
        width, height = drawing.size
        return Markup(  # noqa: S704 (the drawing is cleaned)
            f'<svg class="sparkline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
            f"{content}</svg>"
        )

    def page_drawing(self, chart: Chart) -> Markup | None:
        """Return a chart in all its widths for a page; None if it has no drawing or drawing failed."""
        if chart.ready:
            return chart.ready.for_page()
        drawn = [self.svg(chart, size) for size in chart.drawings]
        return Markup().join(filter(None, drawn)) if drawn and None not in drawn else None

    def svg_file(self, frame: ChartFrame) -> str | None:
        """Return a chart as an SVG file with its frame; None if it has no drawing or drawing failed."""
        chart = frame.chart
        if chart.ready:
            return framed_file(frame, WIDE, chart.ready.for_file)
        content = self._content(chart.drawings["wide"]) if chart.drawings else None
        if content is None:
            return None
        width, height = chart.drawings["wide"].size
        drawing = inline_colours(content)

        def place(x: int, y: int, width: int) -> tuple[Markup, int]:
            return Markup('<g transform="translate({},{})">{}</g>').format(x, y, Markup(drawing)), height  # noqa: S704 (cleaned)

        return framed_file(frame, width, place)

    def prepare(self, charts: Iterable[Chart | Drawing], stop: threading.Event) -> int:
        """Draw charts that are not in the cache, until `stop` is set.

        Return the number of drawings that were looked up or drawn.
        """
        count = 0
        for chart in charts:
            for drawing in chart.drawings.values() if isinstance(chart, Chart) else [chart]:
                if stop.is_set():
                    return count
                self._content(drawing)
                count += 1
        return count

    def picture(self, svg: str, rasterize: Callable[[str, float], bytes]) -> bytes:
        """Return an SVG as PNG, from the cache if it was made before. Raises what `rasterize` raises."""
        key = f"{_renderer_digest()}/{hashlib.sha256(svg.encode()).hexdigest()}"
        if (cached := self._pictures.get(key)) is not None:
            return b64decode(cached)
        png = rasterize(svg, 1)
        self._pictures.put(key, b64encode(png).decode())
        return png

    def close(self) -> None:
        """Close the caches."""
        self._cache.close()
        self._pictures.close()
        self._reader_drawings.close()

    def _content(self, drawing: Drawing) -> str | None:
        key = f"{_renderer_digest()}/{drawing.key()}"
        if key in self._failed:
            return None
        if (cached := self._cached(key)) is not None:
            return cached
        with self._lock:  # Of several simultaneous requests for a drawing, only one draws it.
            if (cached := self._cached(key)) is not None:
                return cached
            try:
                content = clean_svg(chart_process().draw(drawing.request()))
            except (DrawingFailed, ValueError) as error:
                _LOG.warning("a drawing of %s could not be made: %s", drawing.spec, error)
                self._failed.add(key)
                return None
            (self._cache if drawn_ahead.get() else self._reader_drawings).put(key, content)
            return content

    def _cached(self, key: str) -> str | None:
        cached = self._cache.get(key)
        return cached if cached is not None else self._reader_drawings.get(key)


@cache
def _renderer_digest() -> str:
    """Return the digest of what determines a drawing besides its request: the library, the specifications and our code."""
    digest = hashlib.sha256(version("vl-convert-python").encode())
    folder = files("overt") / "charts"
    for name in _DRAWN_BY:
        entry = folder / name
        children = sorted(entry.iterdir(), key=lambda child: child.name) if entry.is_dir() else [entry]
        for child in children:
            digest.update(f"{child.name}\0".encode() + child.read_bytes())
    return digest.hexdigest()[:12]
