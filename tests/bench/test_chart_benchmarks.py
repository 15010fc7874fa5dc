"""The chart benchmarks draw every chart of their sample, and count the parts of a library's SVG. No timing is asserted."""

from bench.site import chart_libraries, charts
from overt.charts import Chart


def test_every_kind_is_measured_at_both_widths():
    measured = charts.kinds(1)
    names = set(charts.sample())
    assert set(measured) == {"first_seconds", *(f"{name} {size}" for name in names for size in ("wide", "narrow"))}
    assert all(0 < sizes["bytes"] < sizes["bytes_as_made"] for name, sizes in measured.items() if name != "first_seconds")


def test_the_sample_has_every_kind_of_chart():
    functions = {"bars", "by_year", "stacked_bars", "lines", "shares", "timeline"}
    assert set(charts.sample()) == functions
    assert all(isinstance(chart, Chart) and not chart.empty for chart in charts.sample().values())


def test_the_parts_of_a_drawing_are_counted(monkeypatch):
    svg = '<svg id="a"><style>x</style><text style="fill:red">a</text><script>x</script></svg>'
    monkeypatch.setitem(chart_libraries.DRAW, "json", lambda library: svg)
    measured = chart_libraries.measure("json", 1)
    assert [measured[key] for key in ("style_attributes", "style_elements", "scripts", "ids", "texts")] == [1, 1, 1, 1, 1]


def test_our_library_is_compared():
    assert chart_libraries.measure("vl_convert", 1)["texts"] == 25 + 25 + 7
    assert set(chart_libraries.DRAW) == set(chart_libraries.PACKAGES)
