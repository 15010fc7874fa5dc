"""Charts as drawings, files and CSV: nothing in them can run, and a chart whose drawing fails keeps its table.

Drawings are cached, but not in a file if that would reveal what readers looked at.
"""

import csv
import io
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from overt.charts import Bar, Chart, chart_renderer, make_bar_chart, make_sparkline
from overt.charts.chart_frame import ChartFrame
from overt.charts.chart_renderer import ChartRenderer
from overt.charts.drawing_client import DrawingFailed, DrawingProcess
from overt.charts.svg_cleaner import clean_svg
from overt.charts.svg_style_sheet import FILE_STYLE
from overt.language.language import ENGLISH
from tests.charts.sample_charts import KINDS, chart_text, measure
from tests.support.hostile_and_secret_words import ATTACKS

HOSTILE = (
    *ATTACKS,
    "]]>",
    "<![CDATA[<script>alert(1)</script>]]>",
    '" xlink:href="javascript:alert(1)" onload="alert(1)',
    "</text></svg><script>alert(1)</script>",
    "</title></desc><script>alert(1)</script>",
    "&#60;script&#62; &lt;b&gt; &amp;",
    "<?xml-stylesheet href='x'?><!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "\u202eelif\u202c \u200fRTL\u2067",
    "شركة الاتصالات",
    "a\x00b\x0bc\ud800d\ufffee",
    "two\r\nlines\ttab",
    "e" + "\u0301" * 5000,
    "A" * 10_000,
    "华" * 10_000,
    "var(--ink) #fff url(https://attack.example/x)",
    "datum.value) || alert(1) || (",
    "{'signal': 'alert(1)'} ${7*191} {{ 7 * 191 }} %(n)s {part}",
    "constructor", "__proto__", "NaN", "null", "undefined", "true",
)  # fmt: skip
_TAGS = {"svg", "title", "desc", "g", "path", "line", "rect", "text", "circle", "style", "defs", "pattern"}
_ATTRIBUTES = {
    "viewBox", "width", "height", "role", "aria-labelledby", "aria-describedby", "id", "class", "transform", "opacity",
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "d", "x", "y", "x1", "x2", "y1", "y2", "text-anchor", "font-size", "font-weight", "font-family",
    "cx", "cy", "r", "color", "aria-label", "patternUnits", "patternTransform",
}  # fmt: skip


@pytest.fixture(scope="module")
def renderer() -> ChartRenderer:
    return ChartRenderer(None)


def test_drawings_for_readers_are_not_written_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file would reveal what someone looked at."""
    drawn: list[bytes] = []

    def draw(self: DrawingProcess, request: bytes) -> str:
        drawn.append(request)
        return f'<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M{len(drawn)} 0"/></g></svg>'

    monkeypatch.setattr(DrawingProcess, "draw", draw)
    ahead, of_reader = (make_bar_chart(chart_text(), measure(), [Bar(name, 1)], name_header="x") for name in ("one", "two"))
    public = ChartRenderer(tmp_path / "charts.sqlite", only_ahead=True)
    token = chart_renderer.drawn_ahead.set(True)
    public.svg(ahead, "wide")
    chart_renderer.drawn_ahead.reset(token)
    public.svg(of_reader, "wide")
    public.svg(of_reader, "wide")
    count = len(drawn)
    public.close()
    later = ChartRenderer(tmp_path / "charts.sqlite", only_ahead=True)
    later.svg(ahead, "wide")
    assert len(drawn) == count
    later.svg(of_reader, "wide")
    assert len(drawn) == count + 1
    later.close()


def test_pictures_for_readers_are_not_written_to_a_file(tmp_path: Path) -> None:
    """The file would reveal which pages someone shared."""
    made: list[str] = []

    def rasterize(svg: str, scale: float) -> bytes:
        made.append(svg)
        return b"picture"

    for only_ahead, expected in ((True, ["a", "a"]), (False, ["a"])):
        made.clear()
        for _ in range(2):
            renderer = ChartRenderer(tmp_path / "charts.sqlite", only_ahead=only_ahead)
            assert renderer.picture("a", rasterize) == renderer.picture("a", rasterize) == b"picture"
            renderer.close()
        assert made == expected, "a public server forgets it, and makes it once"
        assert (tmp_path / "charts-pictures.sqlite").exists() is not only_ahead


def framed(chart: Chart) -> ChartFrame:
    return ChartFrame(chart, ENGLISH, "2026-01-01-00000000", "/country/KE/charts")


def inert(svg: str) -> list[str]:
    """Check that a drawing contains only shapes and text; return its texts."""
    root = fromstring(svg)
    texts = []
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        assert name in _TAGS, name
        assert set(element.keys()) <= _ATTRIBUTES, (name, element.keys())
        for value in element.attrib.values():
            assert "script" not in value and "http" not in value, value
            assert "url(" not in value or value == "url(#no-record)", value
        if name == "style":
            assert element.text == FILE_STYLE, "the same for all"
        if name == "text":
            texts.append(element.text or "")
    return texts


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attack", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_text_in_every_chart(renderer: ChartRenderer, kind: str, attack: str) -> None:
    chart = KINDS[kind](attack)
    for size in ("wide", "narrow"):
        svg = renderer.svg(chart, size)
        assert svg is not None
        texts = inert(svg)
        assert max(map(len, texts)) <= 100, "cut to what can be read"
        assert "36481" not in "".join(texts) and "1337" not in "".join(texts), "nothing is computed out of a name"
    assert any(cell.text == attack for row in (chart.table.columns, *chart.table.rows) for cell in row), "complete in the table"


def test_a_harmless_name_is_drawn_as_it_is(renderer: ChartRenderer) -> None:
    words = '<b> & "Söhne" 华为'
    for kind in ("bars", "shares", "timeline"):
        assert words in inert(renderer.svg(KINDS[kind](words), "wide") or ""), kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_has_a_title_and_a_description(renderer: ChartRenderer, kind: str) -> None:
    chart = KINDS[kind]("Name")
    root = fromstring(renderer.svg(chart, "wide") or "")
    assert root.get("role") == "img"
    parts = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert parts[root.get("aria-labelledby")] == "Name"
    assert parts[root.get("aria-describedby")] == "Name, in a sentence."
    width, height = chart.drawings["wide"].size
    assert root.get("viewBox") == f"0 0 {width} {height}"


@pytest.mark.parametrize("kind", KINDS)
def test_colours_follow_the_style_sheet(renderer: ChartRenderer, kind: str) -> None:
    for size in ("wide", "narrow"):
        svg = renderer.svg(KINDS[kind]("Name"), size) or ""
        paints = set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) - {"none"}
        assert paints and all(paint.startswith("var(--") for paint in paints)
        assert "style" not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_has_its_frame_and_its_colours(renderer: ChartRenderer, kind: str) -> None:
    words = "<script>alert(1)</script> \x00 " + "long " * 200
    chart = KINDS[kind](words)
    chart = replace(chart, text=replace(chart.text, sources=(("A & B", "/source/x"),)))
    svg = renderer.svg_file(framed(chart))
    assert svg is not None and "var(" not in svg
    texts = inert(svg)
    release = f"Overt, edition 2026-01-01-00000000, /country/KE#chart-{chart.text.name}"
    assert "Source: A & B" in texts and release in texts
    assert texts[0].startswith("<script>alert(1)</script>")


def test_words_of_a_source_are_never_taken_for_a_colour(renderer: ChartRenderer) -> None:
    words = 'fill="var(--ink)"'
    svg = renderer.svg_file(framed(make_bar_chart(chart_text(), measure(), [Bar(words, 1)], name_header="x")))
    assert svg is not None and words in inert(svg)


def test_a_csv_file_does_not_run() -> None:
    chart = make_bar_chart(
        chart_text(words="=1+1"), measure(), [Bar("=cmd|' /C calc'!A0", 5), Bar("B", None)], name_header="Name"
    )
    rows = list(csv.reader(io.StringIO("".join(framed(chart).csv_parts()).removeprefix("\ufeff"))))
    assert rows == [
        ["Name", "Projects", "source", "release"],
        ["'=cmd|' /C calc'!A0", "5", "'=1+1", "2026-01-01-00000000"],
        ["B", "", "'=1+1", "2026-01-01-00000000"],
    ]


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<style>a{}</style>",
        '<a href="x"><text>x</text></a>',
        '<image href="x"/>',
        '<path d="M0,0" style="fill:red"/>',
        '<path d="M0,0" onclick="x"/>',
        '<path d="M0,0" fill="red"/>',
        '<path d="M0,0" fill="url(#x)"/>',
        '<path d="javascript:alert(1)" fill="var(--ink)"/>',
        '<g id="x"><text>x</text></g>',
        "<foreignObject/>",
        '<g clip-path="url(#c)"/>',
    ],
)
def test_only_known_markup_passes(content: str) -> None:
    with pytest.raises(ValueError):
        clean_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>')


def test_a_document_that_declares_entities_does_not_pass() -> None:
    with pytest.raises(ValueError):
        clean_svg('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>')


def test_each_drawing_is_made_once_and_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[bytes] = []

    class Counting:
        def draw(self, request: bytes) -> str:
            requests.append(request)
            return '<svg xmlns="http://www.w3.org/2000/svg"><text>drawn</text></svg>'

    monkeypatch.setattr(chart_renderer, "chart_process", Counting)
    path = tmp_path / "charts.sqlite"
    chart = KINDS["bars"]("Name")
    first = ChartRenderer(path)
    threads = [threading.Thread(target=first.svg, args=[chart, "wide"]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(requests) == 1
    first.close()
    second = ChartRenderer(path)
    assert "drawn" in (second.svg(chart, "wide") or "")
    assert len(requests) == 1, "the cache outlives the process"
    drawn_line = make_sparkline({2001: 1, 2002: 2, 2003: 3})
    assert drawn_line is not None
    assert second.prepare([chart, drawn_line], threading.Event()) == 3
    assert len(requests) == 3
    stopped = threading.Event()
    stopped.set()
    assert second.prepare([chart], stopped) == 0
    second.close()


def test_a_drawing_that_fails_leaves_the_table(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    requests: list[bytes] = []

    class Broken:
        def draw(self, request: bytes) -> str:
            requests.append(request)
            raise DrawingFailed("no")

    monkeypatch.setattr(chart_renderer, "chart_process", Broken)
    renderer = ChartRenderer(None)
    chart = KINDS["bars"]("Name of somebody")
    assert renderer.svg(chart, "wide") is None
    assert renderer.svg(chart, "wide") is None
    assert renderer.svg_file(framed(chart)) is None
    assert len(requests) == 1, "it is not tried at every request"
    assert "bars" in caplog.text and "somebody" not in caplog.text


def test_a_sparkline_is_hidden_because_its_row_has_the_numbers(renderer: ChartRenderer) -> None:
    line = renderer.sparkline(make_sparkline({2001: 1.0, 2002: 2.0, 2004: 1.5}))
    assert 'aria-hidden="true"' in line
    assert renderer.sparkline(make_sparkline({2001: 1})) == ""
    inert(line.replace('aria-hidden="true"', ""))


@pytest.mark.ci
def test_a_drawing_process_that_died_is_started_again() -> None:
    process = DrawingProcess()
    request = KINDS["bars"]("Name").drawings["wide"].request()
    first = process.draw(request)
    assert process._process is not None
    process._process.kill()
    process._process.wait()
    assert process.draw(request) == first
    with pytest.raises(DrawingFailed):
        process.draw(b'["no-such-specification", 1, 1, [0, 0, 0, 0], {}, {}]')
    assert process.draw(request) == first, "a request that fails ends nothing"
    process.close()


def test_a_drawing_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.charts.drawing_client.TIMEOUT", 0.01)
    process = DrawingProcess()
    with pytest.raises(DrawingFailed, match="does not answer"):
        process.draw(KINDS["bars"]("Name").drawings["wide"].request())
    assert process._process is None
