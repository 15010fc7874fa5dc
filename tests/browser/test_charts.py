"""Charts as a reader sees them: fitting the width, in the theme's colours, each with a table, and without a script."""

import pytest
from playwright.sync_api import expect

from overt.charts import ChartText, Table
from overt.maps.small_shaded_map import Shade
from overt.queries import figures
from overt.queries.database import Reader
from overt.site.figure import page as figure_page
from overt.site.figure.group_charts import group_charts
from overt.site.map_chart import map_chart
from overt.site.site import Site
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
CHART = "#chart-projects"


def test_the_drawing_fits_its_width(visit: Open) -> None:
    page = visit("/country/KE/rows", script=False)
    for width, visible, hidden in ((1280, "wide", "narrow"), (360, "narrow", "wide"), (320, "narrow", "wide")):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(f"{CHART} .chart-{visible}")).to_be_visible()
        expect(page.locator(f"{CHART} .chart-{hidden}")).to_be_hidden()
        box = page.locator(f"{CHART} .chart-{visible}").bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_a_chart_shows_its_table_instead(visit: Open) -> None:
    page = visit("/country/KE/rows", script=False, width=360)
    chart = page.get_by_role("img", name="Projects by year and layer, Kenya")
    expect(chart).to_have_count(1)
    table = page.locator(f"{CHART} table")
    expect(table).to_be_hidden()
    page.locator(CHART).get_by_label("Table").check()
    expect(table).to_be_visible()
    expect(chart).to_have_count(0)
    page.emulate_media(media="print")
    expect(table).to_be_hidden()
    expect(page.locator(f"{CHART} .chart-wide")).to_be_visible()


def test_colours_are_those_of_the_theme(visit: Open) -> None:
    colours = {}
    page = visit("/country/KE/rows")
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        colours[dark] = {
            name: page.locator(f"{CHART} .chart-wide {name}[fill]").first.evaluate("node => getComputedStyle(node).fill")
            for name in ("path", "text")
        }
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper not in colours[dark].values()
    assert colours[False]["text"] != colours[True]["text"] and colours[False]["path"] != colours[True]["path"]


def test_a_chart_a_map_and_a_table_take_turns(visit: Open, reader: Reader, site: Site) -> None:
    stored = figures.find(reader, "projects-by-country")
    assert stored
    ((_, drawn),) = group_charts(site, stored._replace(groups={"country": {"KE": 4, "PK": 3}}))
    map_of_it = map_chart(
        site, ChartText("map", "Map", "By country.", (), ""), Table((), ()), {"KE": Shade(1, "Kenya: 4")}, [], "no record"
    )
    template = "{% from 'layout/charts.html' import chart %}{{ chart(item, map=map, map_first=true) }}"
    html = site._environment.from_string(template).render(item=drawn, map=map_of_it)
    page = visit("/method")
    page.evaluate("html => { document.querySelector('main').innerHTML = html; }", html)
    views = {"Map": ".chart-map", "Chart": ".chart-wide", "Table": ".chart-table"}
    for chosen in ("Map", "Table", "Chart"):
        page.get_by_role("radio", name=chosen).check()
        for name, selector in views.items():
            expect(page.locator(selector)).to_be_visible(visible=name == chosen)
    page.get_by_role("radio", name="Map").check()
    page.emulate_media(media="print")
    expect(page.locator(".chart-map")).to_be_visible()
    expect(page.locator(".chart-wide")).to_be_hidden()


def test_folded_rows_unfold_and_are_printed(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_page, "_SHOWN_ROWS", 1)
    page = visit("/figure/test-projects?size=198", script=False)
    rows = page.locator(".foldable-rows tbody tr")
    folded = rows.nth(1)
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    page.emulate_media(media="screen")
    expect(folded).to_be_hidden()
    page.locator(".foldable-rows input").check()
    expect(folded).to_be_visible()
