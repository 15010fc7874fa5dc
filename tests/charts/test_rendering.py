"""Drawings as pages and files get them: nothing in them runs, whatever a source wrote."""

import csv
import io
import re
import threading
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from overt.charts import Bar, bars, sparkline
from overt.charts import rendering as drawn
from overt.charts import svg_cleaner as clean
from overt.charts.drawing_process import DrawingFailed, Engine
from overt.charts.palette import LIGHT, colour_of
from overt.charts.rendering import Charts, csv_of
from overt.http.static_files import static_folder
from tests.charts.samples import KINDS, about, measure
from tests.support.source_rows import ATTACKS

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
_TAGS = {"svg", "title", "desc", "g", "path", "line", "rect", "text"}
_ATTRIBUTES = {
    "viewBox", "width", "height", "role", "aria-labelledby", "aria-describedby", "id", "class", "transform", "opacity",
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "d", "x", "y", "x1", "x2", "y1", "y2", "text-anchor", "font-size", "font-weight", "font-family",
}  # fmt: skip


@pytest.fixture(scope="module")
def charts() -> Charts:
    return Charts(None)


def inert(svg: str) -> list[str]:
    """The texts of a drawing in which there is nothing but shapes and texts."""
    root = fromstring(svg)
    texts = []
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        assert name in _TAGS, name
        assert set(element.keys()) <= _ATTRIBUTES, (name, element.keys())
        for value in element.attrib.values():
            assert "script" not in value and "http" not in value and "url(" not in value, value
        if name == "text":
            texts.append(element.text or "")
    return texts


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attack", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_text_in_every_chart(charts: Charts, kind: str, attack: str) -> None:
    chart = KINDS[kind](attack)
    for size in ("wide", "narrow"):
        svg = charts.svg(chart, size)
        assert svg is not None
        texts = inert(svg)
        assert max(map(len, texts)) <= 100, "cut for the eye"
        assert "36481" not in "".join(texts) and "1337" not in "".join(texts), "nothing is computed out of a name"
    assert any(cell.text == attack for row in (chart.table.columns, *chart.table.rows) for cell in row), "whole in the table"


def test_a_name_that_is_safe_is_drawn_as_it_is(charts: Charts) -> None:
    words = '<b> & "Söhne" 华为'
    for kind in ("bars", "shares", "intervals", "timeline"):
        assert words in inert(charts.svg(KINDS[kind](words), "wide") or ""), kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_says_what_it_is(charts: Charts, kind: str) -> None:
    chart = KINDS[kind]("Name")
    root = fromstring(charts.svg(chart, "wide") or "")
    assert root.get("role") == "img"
    parts = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert parts[root.get("aria-labelledby")] == "Name"
    assert parts[root.get("aria-describedby")] == "Name, in a sentence."
    width, height = chart.drawings["wide"].size
    assert root.get("viewBox") == f"0 0 {width} {height}"


@pytest.mark.parametrize("kind", KINDS)
def test_colours_follow_the_style_sheet(charts: Charts, kind: str) -> None:
    for size in ("wide", "narrow"):
        svg = charts.svg(KINDS[kind]("Name"), size) or ""
        paints = set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) - {"none"}
        assert paints and all(paint.startswith("var(--") for paint in paints)
        assert "style" not in svg


def test_the_light_colours_are_those_of_the_style_sheet() -> None:
    css = (static_folder() / "style.css").read_text(encoding="utf-8")
    root = css.partition(":root {")[2].partition("}")[0]
    said = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", root))
    assert {name: said.get(name) for name in LIGHT} == LIGHT
    dark = css.partition("prefers-color-scheme: dark")[2].partition("}\n}")[0]
    assert all(f"--{name}:" in dark for name in LIGHT)
    with pytest.raises(ValueError, match="no colour"):
        colour_of("red")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_stands_alone(charts: Charts, kind: str) -> None:
    words = "<script>alert(1)</script> \x00 " + "long " * 200
    svg = charts.file(KINDS[kind](words), ["Source: A & B", "Release 2026-01-01-00000000"])
    assert svg is not None and "var(" not in svg
    texts = inert(svg)
    assert "Source: A & B" in texts and "Release 2026-01-01-00000000" in texts
    assert texts[0].startswith("<script>alert(1)</script>")


def test_words_of_a_source_are_never_taken_for_a_colour(charts: Charts) -> None:
    words = 'fill="var(--ink)"'
    svg = charts.file(bars(about(), measure(), [Bar(words, 1)], first="x"), [])
    assert svg is not None and words in inert(svg)


def test_a_table_as_a_file_does_not_run() -> None:
    chart = bars(about(words="=1+1"), measure(), [Bar("=cmd|' /C calc'!A0", 5), Bar("B", None)], first="Name")
    rows = list(csv.reader(io.StringIO("".join(csv_of(chart, "r")).removeprefix("\ufeff"))))
    assert rows == [
        ["Name", "Projects", "source", "release"],
        ["'=cmd|' /C calc'!A0", "5", "'=1+1", "r"],
        ["B", "", "'=1+1", "r"],
    ]


@pytest.mark.parametrize(
    "inside",
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
def test_only_known_markup_passes(inside: str) -> None:
    with pytest.raises(ValueError):
        clean.cleaned(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')


def test_a_document_that_declares_entities_does_not_pass() -> None:
    with pytest.raises(ValueError):
        clean.cleaned('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>')


def test_each_drawing_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    class Counting:
        def draw(self, order: bytes) -> str:
            asked.append(order)
            return '<svg xmlns="http://www.w3.org/2000/svg"><text>drawn</text></svg>'

    monkeypatch.setattr(drawn, "engine", Counting)
    path = tmp_path / "charts.sqlite"
    chart = KINDS["bars"]("Name")
    first = Charts(path)
    threads = [threading.Thread(target=first.svg, args=[chart, "wide"]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 1
    first.close()
    second = Charts(path)
    assert "drawn" in (second.svg(chart, "wide") or "")
    assert len(asked) == 1, "kept from one run to the next"
    assert second.prepare([chart, sparkline("", {2001: 1, 2002: 2, 2003: 3})], threading.Event()) == 3
    assert len(asked) == 3
    stopped = threading.Event()
    stopped.set()
    assert second.prepare([chart], stopped) == 0
    second.close()


def test_a_drawing_that_fails_leaves_the_table(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    asked: list[bytes] = []

    class Broken:
        def draw(self, order: bytes) -> str:
            asked.append(order)
            raise DrawingFailed("no")

    monkeypatch.setattr(drawn, "engine", Broken)
    held = Charts(None)
    chart = KINDS["bars"]("Name of somebody")
    assert held.svg(chart, "wide") is None
    assert held.svg(chart, "wide") is None
    assert held.file(chart, []) is None
    assert len(asked) == 1, "it is not tried at every request"
    assert "bars" in caplog.text and "somebody" not in caplog.text


def test_a_sparkline_is_named_or_hidden(charts: Charts) -> None:
    values = {2001: 1.0, 2002: 2.0, 2004: 1.5}
    assert 'role="img" aria-label="A &lt;b&gt;"' in charts.spark(sparkline("A <b>", values))
    assert 'aria-hidden="true"' in charts.spark(sparkline("", values))
    assert charts.spark(sparkline("A", {2001: 1})) == ""
    inert(charts.spark(sparkline("", values)).replace('aria-hidden="true"', ""))


def test_the_process_that_draws_is_started_again() -> None:
    engine = Engine()
    order = KINDS["bars"]("Name").drawings["wide"].order()
    first = engine.draw(order)
    assert engine._process is not None
    engine._process.kill()
    engine._process.wait()
    assert engine.draw(order) == first
    with pytest.raises(DrawingFailed):
        engine.draw(b'["no-such-specification", 1, 1, [0, 0, 0, 0], {}, {}]')
    assert engine.draw(order) == first, "an order that fails ends nothing"
    engine.close()


def test_a_drawing_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.charts.drawing_process.LONGEST", 0.01)
    engine = Engine()
    with pytest.raises(DrawingFailed, match="does not answer"):
        engine.draw(KINDS["bars"]("Name").drawings["wide"].order())
    assert engine._process is None
