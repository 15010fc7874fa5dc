"""The interactive map and the live filters in a real Chromium, under the strict policy."""

import copy
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from overt.maps.projection import HEIGHT, LIMIT_X, WIDTH, project
from tests.browser.conftest import PATIENCE, ready, started
from tests.web.invented_map_page_server import COLUMNS, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page with its map drawn.

    A console warning or error, or a request to another host, fails the test, except for a failing server that a test simulates.
    """
    context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    opened.goto(address)
    _drawn(opened)
    yield opened
    assert [line for line in wrong if "q=break" not in line and "status of 500" not in line] == []
    context.close()


def _drawn(page: Page) -> str:
    """Wait until the map's marks are on the screen; return the version of the drawing."""
    ready(page)
    expect(page.locator(".map-canvas")).to_have_attribute("data-drawn", re.compile(r"\d"))
    return page.locator(".map-canvas").get_attribute("data-drawn") or ""


@contextmanager
def _drawn_anew(page: Page) -> Iterator[None]:
    """After the block, wait until the map has drawn its marks again."""
    before = _drawn(page)
    yield
    expect(page.locator(".map-canvas")).not_to_have_attribute("data-drawn", before)


def _until(page: Page, condition: str) -> None:
    """Wait for a condition in the page. The page's security policy doesn't allow `wait_for_function`."""
    look = f"const look = () => ({condition}) ? done() : requestAnimationFrame(look); look();"
    page.evaluate(f"new Promise((done, fail) => {{ setTimeout(() => fail('in vain'), {PATIENCE}); {look} }})")


def _point(page: Page) -> None:
    """Move the pointer to the middle of the map."""
    box = page.locator(".map-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _click(page: Page, up: int = 0, right: int = 0) -> None:
    """Click the middle of the map, where Lake city is, or some pixels above or to the right of it."""
    box = page.locator(".map-canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 - up)


def test_a_point_opens_and_its_name_stays_text(page: Page) -> None:
    _click(page)
    panel = page.locator(".map-panel")
    expect(panel).to_contain_text("<img src=x onerror=alert(1)> Lake city")
    expect(panel.locator("dd")).to_have_text(["Smart city", "none on record", "Kenya", "2017", "Operational", "the site itself"])
    assert panel.locator("img").count() == 0
    expect(panel.locator("h2 a")).to_be_focused()
    expect(panel.locator("h2 a")).to_have_attribute("href", "/project/ovt-aaaaaaaaaaaa")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_country_leads_to_its_page(page: Page) -> None:
    _click(page, up=100)
    panel = page.locator(".map-panel")
    expect(panel.locator("h2")).to_have_text("Kenya")
    expect(panel.locator(".map-panel-counts")).to_contain_text("Surveillance 1")
    panel.get_by_role("link", name="Everything about Kenya").click()
    page.wait_for_url("**/country/KE")


def test_a_country_becomes_a_filter(page: Page) -> None:
    _click(page, up=100)
    page.get_by_role("link", name="Show only projects in Kenya").click()
    expect(page).to_have_url(re.compile("country=KE"))
    expect(page.locator("input[value=KE]")).to_be_checked()


def test_the_keyboard_reaches_what_the_mouse_reaches(page: Page) -> None:
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-panel h2 a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".map-canvas")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".map-readout")).to_contain_text("Kenya: 2 projects")
    page.keyboard.press("Enter")
    expect(page.locator(".map-panel h2 a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/country/KE")


def test_filters_change_address_and_results(page: Page) -> None:
    with _drawn_anew(page):
        page.locator("input[value=data-centre]").check()
    expect(page.locator("#results h2")).to_have_text("1 project")
    expect(page.locator("#results tbody")).to_contain_text("Hill data centre")
    expect(page.locator("#results tbody")).not_to_contain_text("Lake city")
    expect(page).to_have_url(re.compile(r"\?kind=data-centre$"))
    _click(page)
    page.locator(".map-panel h2 a").click()
    page.wait_for_url("**/country/KE")
    page.go_back()
    expect(page.locator("#results h2")).to_have_text("1 project")


def test_going_back_restores_form_map_and_results(page: Page) -> None:
    with _drawn_anew(page):
        page.locator("input[value=data-centre]").check()
    expect(page.locator("#results h2")).to_have_text("1 project")
    with _drawn_anew(page):
        page.go_back()
    expect(page.locator("#results h2")).to_have_text("2 projects")
    expect(page.locator("input[value=data-centre]")).not_to_be_checked()
    _click(page)
    expect(page.locator(".map-panel")).to_contain_text("Lake city")


def test_a_failing_server_is_reported_in_one_line(page: Page) -> None:
    page.fill("input[name=q]", "break")
    expect(page.locator("#results .notice")).to_contain_text("could not be reached")
    expect(page.locator("#map .notice")).to_contain_text("could not be loaded")
    page.click("a.reset")
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("#results h2")).to_have_text("2 projects")


def test_where_the_map_looks_is_in_the_address(page: Page) -> None:
    page.locator(".map-canvas").focus()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"\?at=[\d.]+%2F-?[\d.]+%2F[\d.]+$"))
    page.locator("input[value=data-centre]").check()
    expect(page).to_have_url(re.compile(r"kind=data-centre&at="))


def test_across_the_antimeridian_the_map_shows_and_asks_for_both_sides(page: Page, address: str) -> None:
    page.goto(f"{address}?at=5/-17/179")
    _drawn(page)
    _click(page, right=round(4 * 512 * 2**5 / 360))
    expect(page.locator(".map-panel")).to_contain_text("Hill data centre")
    page.get_by_role("button", name="List only projects in this part of the map").click()
    page.wait_for_url(re.compile("bbox="))
    west, south, east, north = map(float, parse_qs(urlsplit(page.url).query)["bbox"][0].split(","))
    assert 160 < west < 179 and -180 < east < -165, "the interface takes west beyond east"
    assert -40 < south < -17 < north < 0


def test_a_cluster_lists_its_places_and_zooms_to_where_towns_have_names(page: Page, address: str) -> None:
    page.goto(f"{address}?at=0.50/0/39&shade=none")
    _drawn(page)
    _click(page, right=-3)
    panel = page.locator(".map-panel")
    expect(panel.locator(".map-panel-list li")).to_have_count(2)
    assert "at=0.50" in page.url, "the list comes before any move"
    panel.get_by_role("button", name="Zoom in on these 2 projects").click()
    expect(panel).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?at=[4-8]\."))
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-panel h2 a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/country/KE")


def test_a_circle_counts_each_of_its_projects_once(page: Page, address: str) -> None:
    """Two of the three places near Lake city belong to one project. The circle and its list have the same number."""

    def with_another_place(route: Route) -> None:
        columns = copy.deepcopy(COLUMNS)
        for name, value in (("project", 0), ("x", 376000), ("y", -11000), ("precision", 0), ("softness", 0), ("around", 0)):
            columns["places"][name].append(value)
        route.fulfill(json=columns)

    page.route("**/api/columns*", with_another_place)
    page.goto(f"{address}?at=0.50/0/39&shade=none")
    _drawn(page)
    _point(page)
    expect(page.locator(".map-readout")).to_have_text("2 projects")
    _click(page)
    expect(page.locator(".map-panel h2")).to_have_text("2 projects")
    expect(page.locator(".map-panel-list li")).to_have_count(2)
    page.goto(f"{address}?at=4.00/-1/37.5")
    _drawn(page)
    _click(page)
    heading = page.locator(".map-panel h2")
    expect(heading, "one project with two places is no circle").to_have_text(re.compile("Lake city$"))


SYSTEMS = (
    """data-systems="KE:3" data-programmes="UG:7" data-places="KE:60:0,UG:-30:0" data-names='[["KE",["Kenya: 3"],0,-20]]' """
)


def test_circles_are_where_the_server_puts_them_and_follow_the_filters(page: Page, address: str) -> None:
    """Circles have areas in proportion to the server's numbers, with a key. When zoomed in, places replace them."""

    def with_systems(route: Route) -> None:
        text = route.fetch().text().replace("data-cable-suppliers=", f"{SYSTEMS}data-cable-suppliers=", 1)
        route.fulfill(body=text, content_type="text/html")

    def right_of_greenwich(longitude: float) -> int:
        return round((project(longitude, 0)[0] - WIDTH / 2) * 2 * LIMIT_X * 512 * 2**0.5 / (2 * math.pi) / WIDTH)

    page.route(re.compile(rf"^{re.escape(address)}(\?.*)?$"), with_systems)
    page.goto(f"{address}?at=0.50/0/0")
    _drawn(page)
    key = page.locator(".map-circle-key")
    expect(key).to_be_visible()
    expect(key.locator("text")).to_have_text(["Number by area", "3"])
    _click(page, right=right_of_greenwich(60), up=0)
    expect(page.locator(".map-panel h2")).to_have_text("Kenya")
    _click(page, right=right_of_greenwich(-30), up=0)
    expect(page.locator(".map-panel > p").first).to_have_text("no system counted; apart from these 7 state programmes")
    page.locator("input[value=data-centre]").check()
    expect(key.locator("text")).to_have_text(["Number by area", "1"])
    page.goto(f"{address}?at=5.00/-1/37.5")
    _drawn(page)
    expect(key).to_be_hidden()


def test_the_key_names_systems_until_there_is_a_filter(page: Page, address: str) -> None:
    """The map opens as on the front page, with the same colours, and follows the projects as soon as any are filtered."""

    def with_systems(route: Route) -> None:
        attributes = f"{SYSTEMS}data-cable-suppliers="
        key = (
            '<ul id="map-key" class="map-legend palette--count">'
            '<li class="key-title">Systems on record, not how much a country surveils:</li>'
            '<li class="key-limit">7</li></ul>'
        )
        text = (
            route.fetch()
            .text()
            .replace("data-cable-suppliers=", attributes, 1)
            .replace('<section id="map"', f'{key}<section id="map"')
        )
        route.fulfill(body=text, content_type="text/html")

    page.route(f"{address}*", with_systems)
    page.goto(address)
    _drawn(page)
    page.locator(".map-canvas").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".map-readout")).to_have_text("Kenya: 3 systems with a named supplier")
    key = page.locator("#map-key")
    expect(key.locator(".key-limit")).to_be_visible()
    page.locator("input[value=data-centre]").check()
    expect(key).to_have_class("map-legend palette--project")
    expect(key.locator(".key-title")).to_have_text("Matches in a country:")
    expect(key.locator(".key-limit")).to_be_hidden()
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-panel > p").first).to_have_text("1 project")
    page.locator("input[value=data-centre]").uncheck()
    expect(key).to_have_class("map-legend palette--count")


def test_the_world_has_equal_areas_like_the_maps_of_the_server(page: Page, address: str) -> None:
    """The interactive map uses the projection of overt.maps. It uses Mercator, which keeps north up, only when zoomed in."""
    page.goto(f"{address}?at=0.50/0/0&shade=none")
    _drawn(page)
    x, y = project(-177, -17)
    pixels = 2 * LIMIT_X * 512 * 2**0.5 / (2 * math.pi) / WIDTH  # screen pixels per drawing unit
    _click(page, right=round((x - WIDTH / 2) * pixels), up=round((HEIGHT / 2 - y) * pixels))
    expect(page.locator(".map-panel")).to_contain_text("Hill data centre")


def test_the_colours_follow_the_reader(page: Page) -> None:
    pixel = """() => {
        const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        copy.drawImage(document.querySelector(".map-canvas canvas"), 0, 0);
        return copy.getImageData(40, 40, 1, 1).data.join();
    }"""
    bright = page.evaluate(pixel)
    page.emulate_media(color_scheme="dark")
    _until(page, f"({pixel})() !== {bright!r}")


def test_fingers_scroll_past_the_map_or_move_it(browser: Browser, address: str) -> None:
    """One finger scrolls the page and shows how to move the map. Two fingers zoom."""
    context = browser.new_context(viewport={"width": 390, "height": 500}, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    _drawn(page)
    session = context.new_cdp_session(page)
    box = page.locator(".map-canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": right, "y": down, "id": number} for number, (right, down) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (x, y))
    for moved in range(0, 100, 10):
        touch("touchMove", (x, y - moved))
    expect(page.locator(".map-how.is-said")).to_have_text("Use two fingers to move the map")
    touch("touchEnd")
    _until(page, "scrollY > 0")
    assert "at=" not in page.url
    page.evaluate("scrollTo(0, 0)")
    touch("touchStart", (x - 20, y), (x + 20, y))
    for moved in range(0, 60, 10):
        touch("touchMove", (x - 20 - moved, y), (x + 20 + moved, y))
    touch("touchEnd")
    expect(page).to_have_url(re.compile("at="))
    assert page.evaluate("visualViewport.scale") == 1, "the map is zoomed, not the page"
    context.close()


def test_neither_webgl_nor_a_worker_is_needed(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(
        """const made = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind === "2d" ? made.call(this, kind, ...rest) : null;
        };
        for (const name of ["WebGLRenderingContext", "WebGL2RenderingContext", "Worker", "OffscreenCanvas"])
          delete window[name];"""
    )
    page = context.new_page()
    page.goto(address)
    _drawn(page)
    _click(page)
    expect(page.locator(".map-panel")).to_contain_text("Lake city")
    context.close()


def test_without_a_canvas_the_plain_map_stays(address: str, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    opened = context.new_page()
    opened.goto(address)
    expect(opened.locator("#map")).to_have_attribute("data-state", "static")
    expect(opened.locator(".static-map")).to_be_visible()
    opened.locator("input[value=smart-city]").check()
    expect(opened.locator("#results h2")).to_have_text("1 project")
    context.close()
