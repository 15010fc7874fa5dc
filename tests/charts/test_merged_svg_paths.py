"""Consecutive lines that look the same become one path, and so do opaque bars; malformed XML is refused."""

import pytest

from overt.charts import Bar, make_bar_chart
from overt.charts.chart_renderer import ChartRenderer
from overt.charts.drawing_client import DrawingProcess
from overt.charts.svg_cleaner import UnknownMarkup, clean_svg
from tests.charts.sample_charts import chart_text, measure


def clean(content: str) -> str:
    return clean_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>')


BAR = '<path d="M{0},2h3v4h-3Z" fill="var(--cables)" fill-opacity="{1}"/>'
TICK = '<line transform="translate({0},6)" x2="0" y2="18" stroke="var(--rule)" stroke-width="2"/>'


def test_opaque_bars_become_one_path() -> None:
    assert clean(BAR.format(1, 1) + BAR.format(9, 1) + BAR.format(9, 1)) == (
        '<path d="M1,2h3v4h-3ZM9,2h3v4h-3Z" fill="var(--cables)"/>'
    )


def test_faint_bars_stay_apart_because_what_is_below_shows_through() -> None:
    assert clean(BAR.format(1, 0.3) + BAR.format(2, 0.3)).count("<path") == 2


def test_rules_become_one_path_and_a_single_rule_stays() -> None:
    assert clean(TICK.format(5) + TICK.format(7)) == '<path d="M5,6v18M7,6v18" stroke="var(--rule)" stroke-width="2"/>'
    assert clean(TICK.format(5)).startswith("<line ")


def test_elements_retain_their_order() -> None:
    svg = clean(TICK.format(5) + BAR.format(1, 1) + TICK.format(7))
    places = [svg.index(part) for part in ("translate(5", "<path", "translate(7")]
    assert places == sorted(places)


def test_malformed_xml_is_a_failure_that_the_renderer_expects(monkeypatch: pytest.MonkeyPatch) -> None:
    """After such a failure, a page shows the chart's table instead of a drawing."""
    with pytest.raises(UnknownMarkup, match="not well-formed XML"):
        clean("<g>")
    monkeypatch.setattr(DrawingProcess, "draw", lambda self, request: "<svg><g></svg>")
    assert ChartRenderer(None).svg(make_bar_chart(chart_text(), measure(), [Bar("a", 1)], name_header="x"), "wide") is None
