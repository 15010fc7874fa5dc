"""The explorer in a browser: results that equal the server's, the map and its panels, years, files, and the keyboard."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.conftest import Open, choose, confirmed, ready

pytestmark = pytest.mark.browser
COUNTS = "[...document.querySelectorAll('#filters .facet-choices li:not([hidden])')].map(line => line.textContent.trim())"


def _visible(page: Page) -> tuple[str, list[str], list[str]]:
    """Return the heading, the rows, and each filter value with its count."""
    rows = [re.sub(r"\s+", "", row) for row in page.locator("#results tbody tr").all_text_contents()]
    counts = [re.sub(r"\s+", " ", line) for line in page.evaluate(COUNTS)]
    return page.locator("#results h2").inner_text(), rows, counts


@contextmanager
def _unanswered(page: Page, addresses: re.Pattern[str]) -> Iterator[None]:
    """Hold back the server's responses to these addresses until the block ends, as on a slow connection."""
    routes: list[Route] = []
    page.route(addresses, lambda route: routes.append(route))
    yield
    page.unroute(addresses)
    for route in routes:
        with suppress(Error):  # the page may have cancelled the request
            route.continue_()


@pytest.mark.slow(after=3)
@pytest.mark.parametrize(
    ("base", "query"),
    [
        ("", "kind=filtering&sort=name&order=desc"),
        ("/zh", "country=KE&country=LA&sort=status"),
        ("", "source=open_projects&year_from=2012&year_to=2027"),
        ("/zh", "sources=3&shade=all"),
        ("", "precision=admin1&size=5&page=2&sort=country"),
        ("/zh", "q=cable&located=yes"),
        ("", "bbox=60,20,70,30"),
    ],
)
def test_browser_and_server_agree(visit: Open, base: str, query: str) -> None:
    """Compare the server's page with the browser's result for the same address.

    When the server's page arrives and differs from the browser's result, the script logs an error, which also fails the test.
    """
    server = _visible(visit(f"{base}/explorer?{query}", script=False))
    page = visit(f"{base}/explorer", canvas=False)
    assert _visible(page)[0] != server[0], "the heading shows when the rows differ"
    with _unanswered(page, re.compile(re.escape(f"{base}/explorer?{query}") + "$")):
        page.evaluate(f"history.pushState(null, '', '?{query}'); dispatchEvent(new PopStateEvent('popstate'))")
        expect(page.locator("#results h2")).to_have_text(server[0])
        assert _visible(page) == server, "before the server answers"
    expect(confirmed(page)).to_have_text(server[0])
    assert _visible(page) == server


def test_a_filter_chosen_before_the_projects_load_is_not_lost(visit: Open, address: str) -> None:
    page = visit("/method", canvas=False)
    with _unanswered(page, re.compile(r"/explorer\?country=KE$")):
        with _unanswered(page, re.compile("/columns")):
            page.goto(f"{address}/explorer")
            choose(page, "country", "KE")
            expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
        expect(page.locator("#results h2")).to_have_text("3 projects")
    expect(confirmed(page)).to_have_text("3 projects")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def test_an_empty_map_loads_and_shows_the_next_results(visit: Open) -> None:
    page = ready(visit("/explorer?kind=filtering&country=KE"))
    expect(page.locator("#results h2")).to_have_text("0 projects")
    page.locator(".chosen a").first.click()
    expect(page.locator("#results h2")).not_to_have_text("0 projects")


def test_a_file_reports_its_progress_and_failure(visit: Open) -> None:
    page = visit("/explorer?country=KE", canvas=False)
    page.locator(".menu > summary").first.click()
    link, status = page.locator("a[data-made]", has_text="GeoJSON"), page.locator(".being-made")
    with _unanswered(page, re.compile("geojson")):
        link.click()
        expect(status).to_have_text("The file is being made …")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".geojson")
    expect(status).to_be_hidden()
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('no line')); }")
    link.click()
    expect(status).to_have_text("The file could not be made right now; try again in a minute.")


def test_reversed_years_are_reported_and_the_results_stay(visit: Open) -> None:
    page = visit("/explorer", canvas=False)
    heading = page.locator("#results h2").inner_text()
    first, last = page.locator("[name=year_from]"), page.locator("[name=year_to]")
    first.fill("2020")
    last.fill("2010")
    last.blur()
    expect(page.locator("#results .notice")).to_have_text(
        "The first year is after the last: swap them. What you see is for the earlier choice."
    )
    expect(page.locator("#results h2")).not_to_have_text("0 projects")
    first.fill("")
    first.blur()
    expect(page.locator("#results .notice")).to_have_count(0)
    last.fill("")
    last.blur()
    expect(page.locator("#results h2")).to_have_text(heading)


def test_facets_by_keyboard(visit: Open) -> None:
    page = visit("/explorer", canvas=False)
    summary = page.locator("[data-facet=country] > summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?country="))
    expect(page.locator("[data-facet=country] .facet-chosen")).to_have_text("1")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator("[data-facet=country] fieldset")).to_be_hidden()
    page.locator(".chosen a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/explorer$"))


def test_the_years_play(visit: Open) -> None:
    page = visit("/explorer", canvas=False)
    page.locator(".map-more > summary").click()
    page.clock.install(time=0)
    page.clock.pause_at(3600)  # an hour, which is more than any machine needs to get here
    page.locator(".years-play button").click()
    expect(page.locator(".years-play button")).to_have_text("Pause")
    expect(page).to_have_url(re.compile(r"year_from=2007&year_to=2007"))
    page.clock.run_for(700)
    expect(page).to_have_url(re.compile(r"year_from=2007&year_to=2008"))
    page.locator(".years-play button").click()
    expect(page.locator(".years-play button")).to_have_text("Play")
    page.clock.run_for(1400)
    expect(page).to_have_url(re.compile(r"year_from=2007&year_to=2008"))
    expect(page.locator("#results h2")).to_have_text("1 project")
    handle = page.locator(".years-handles input").last
    handle.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(r"/explorer$"))


def test_results_can_be_limited_to_the_map_view(visit: Open) -> None:
    page = ready(visit("/explorer?at=6.00/25.000/67.000"))
    page.locator(".map-within").click()
    expect(page.locator("#results h2")).to_have_text("1 cable system")
    expect(page).to_have_url(re.compile(r"bbox=.*&at=6\.00%2F25\.000%2F67\.000"))


def test_shading_by_an_index_has_a_legend(visit: Open) -> None:
    page = ready(visit("/explorer"))
    page.locator(".map-more > summary").click()
    page.get_by_label("Countries by").select_option("index:freedom-on-the-net")
    expect(page.locator("#legend")).to_contain_text("Freedom on the Net, 2024")
    expect(page).to_have_url(re.compile(r"shade=index%3Afreedom-on-the-net"))


@pytest.mark.parametrize("points", ["columns", "tiled"])
def test_a_route_has_a_name_and_a_panel(visit: Open, request: pytest.FixtureRequest, points: str) -> None:
    if points == "tiled":
        request.getfixturevalue(points)
    page = ready(visit("/explorer?at=6/5/50"))
    page.locator(".map-canvas").focus()
    expect(page.locator(".map-readout")).to_contain_text("Cable")
    page.keyboard.press("Enter")
    expect(page.locator(".map-panel h2 a")).to_be_focused()
    expect(page.locator(".map-panel")).to_contain_text("Submarine cable")
    expect(page.locator(".map-panel")).to_contain_text("route drawn schematically")


@pytest.mark.usefixtures("tiled")
def test_very_many_projects_come_in_tiles(visit: Open) -> None:
    page = visit("/explorer?sort=name")
    assert page.locator("#map").get_attribute("data-columns") is None
    ready(page)
    with page.expect_response(lambda answer: re.search(r"/tiles/\d+/\d+/\d+\?lang=en&country=KE$", answer.url) is not None):
        choose(page, "country", "KE")
    expect(page.locator("#results h2")).to_have_text("3 projects")
    expect(page.locator("[data-facet=kind] input[value=smart-city] ~ .facet-count")).to_have_text("1")


@pytest.mark.usefixtures("tiled")
@pytest.mark.parametrize("part", ["tiles/", "routes"])
def test_missing_parts_of_the_map_are_reported_until_they_load(visit: Open, part: str) -> None:
    page = visit("/explorer?sort=name")
    ready(page)
    notice = page.locator("#map .notice.from-script")
    expect(notice).to_have_count(0)
    fails = re.compile(rf"/{part}.*country=KE")
    page.route(fails, lambda route: route.fulfill(status=204, body=b"") if part == "routes" else route.fulfill(body=b"no tile"))
    choose(page, "country", "KE")
    expect(notice).to_contain_text("The map’s points could not be loaded")
    page.unroute(fails)
    page.locator("[data-facet=country] input[value=KE]").uncheck()
    expect(notice).to_have_count(0)


def test_links_keep_a_filter_that_the_server_has_not_confirmed(visit: Open) -> None:
    """On a slow connection, the server's page arrives long after the rows. Until then, links must include the filter."""
    page = visit("/explorer", canvas=False)
    with _unanswered(page, re.compile(r"/explorer\?country=KE")):
        choose(page, "country", "KE")
        expect(page.locator("#results h2")).to_have_text("3 projects")
        expect(page.get_by_role("link", name="CSV", include_hidden=True)).to_have_attribute("href", "/projects.csv?country=KE")
        page.get_by_role("columnheader", name="Project").get_by_role("link").click()
        expect(page).to_have_url(re.compile(r"country=KE"))
        expect(page).to_have_url(re.compile(r"sort=name"))
        expect(page.locator("#results h2")).to_have_text("3 projects")
    expect(page.get_by_role("columnheader", name="Project")).to_have_attribute("aria-sort", "ascending")


def test_the_first_view_is_the_world_also_on_a_phone(visit: Open) -> None:
    page = ready(visit("/explorer", width=360, height=740))
    within = page.locator(".map-within")
    expect(within).to_be_hidden()  # hidden while nearly all inhabited land is in view, including New Zealand and Norway
    page.locator(".ol-zoom-in").click()
    expect(within).to_be_visible()


def test_a_box_without_a_view_sets_the_view(visit: Open) -> None:
    page = ready(visit("/explorer?bbox=170,-50,-170,-10"))
    page.locator(".map-within").click()
    expect(page).not_to_have_url(re.compile(r"bbox=170,"))
    west, south, east, north = (float(side) for side in page.locator("input[name=bbox]").input_value().split(","))
    assert -50 > south > -60 and -10 < north < 0
    assert 75 < west <= 170 and -170 <= east < -75


def test_a_panel_on_a_phone_covers_neither_its_mark_nor_the_buttons(visit: Open) -> None:
    page = ready(visit("/zh/explorer?kind=smart-city&at=7/-1.6/36.2", width=360, height=740))
    frame = page.locator(".map-canvas").bounding_box()
    assert frame
    at = [frame["width"] / 2 + (36.8172 - 36.2) * 512 * 2**7 / 360, frame["height"] / 2 - (1.6 - 1.2864) * 512 * 2**7 / 360]
    page.locator(".map-canvas").click(position={"x": at[0], "y": at[1]})
    expect(page.locator(".map-panel a").first).to_be_focused()
    page.wait_for_timeout(100)
    box, buttons = page.locator(".map-panel").bounding_box(), page.locator(".ol-zoom").bounding_box()
    assert box and buttons
    assert box["x"] + box["width"] <= buttons["x"] or box["y"] >= buttons["y"] + buttons["height"]
    page.locator(".map-panel-close").click(trial=True)


def test_the_legend_names_the_colours_of_cables_and_explains_circles(visit: Open) -> None:
    page = ready(visit("/explorer"))
    legend = page.locator("#legend")
    page.get_by_role("link", name="All signs").click()
    expect(legend).to_be_visible()
    expect(legend).to_contain_text("Cables by supplier")
    expect(legend).to_contain_text("zoomed in, a pale circle with a number: that many projects have places close together")
    expect(legend.locator(".from-static")).to_be_hidden()
    plain = visit("/explorer", script=False).locator("#legend")
    expect(plain).to_contain_text("no supplier on record")
    expect(plain.locator(".from-script").first).to_be_hidden()


def test_a_country_opens_beside_the_map_and_its_page_is_one_step_further(visit: Open) -> None:
    page = ready(visit("/explorer?at=5/0.5/38"))
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    panel = page.locator(".map-panel")
    expect(panel.locator("h2")).to_have_text("Kenya")
    expect(panel).to_contain_text("Surveillance")
    panel.get_by_role("link", name="Show only projects in Kenya").click()
    expect(page.locator("#results h2")).to_have_text("3 projects")
    expect(panel).to_have_count(0)


def test_the_key_has_only_signs_that_are_on_the_map(visit: Open) -> None:
    page = visit("/explorer")
    expect(page.locator("#map[data-state=ready]")).to_be_visible()
    key = page.locator("#map-key .layer-key")
    drawn = key.evaluate_all("entries => entries.filter((entry) => entry.offsetParent).map((entry) => entry.dataset.layer)")
    assert 0 < len(drawn) < key.count(), "the rest is behind “All signs”"
    choose(page, "kind", "5g-network")
    expect(page.locator("#map-key [data-layer=surveillance]:visible")).to_have_count(0)
    plain = visit("/explorer", script=False)
    assert plain.locator("#map svg circle.count").count(), "without a script, the map counts in circles"
    expect(plain.locator("#map-key .key-counted")).to_be_visible()
    expect(plain.locator("#map-key .layer-key:visible")).to_have_count(0)
    signs = visit("/explorer?bbox=60,20,70,30", script=False)
    entries = signs.locator("#map-key .layer-key:not(.from-script)")
    assert entries.count() and all(entry.is_visible() for entry in entries.all()), "a part of the map shows signs, not circles"
    assert not signs.locator("#map svg circle.count").count()
    expect(signs.locator("#map-key .key-counted")).to_be_hidden()


def test_projects_of_unknown_kind_are_in_no_layer(visit: Open) -> None:
    page = visit("/method", canvas=False)

    def without_kinds(route: Route) -> None:
        columns = route.fetch().json()
        columns["values"]["top"] = ["unknown" for _ in columns["values"]["top"]]
        route.fulfill(json=columns)

    page.route(re.compile("/columns"), without_kinds)
    page.goto(page.url.removesuffix("method") + "explorer")
    with _unanswered(page, re.compile(r"/explorer\?country=KE$")):
        choose(page, "country", "KE")
        expect(page.locator("#results h2")).to_have_text("3 projects")
        expect(page.locator("#results tbody .sign")).to_have_text(["□"] * 3)
        page.unroute(re.compile(r"/explorer\?country=KE$"))
        page.goto("about:blank")  # the server's page would differ from these altered rows
