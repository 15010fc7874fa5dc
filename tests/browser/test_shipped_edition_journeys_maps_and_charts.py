"""The shipped edition in a real browser: readers' journeys from a question to its evidence, and its maps and charts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings
from tests.browser.conftest import PATIENCE, choose, confirmed, ready, started
from tests.server.test_many_readers import serving
from tests.support.shipped_edition import ShippedEdition

pytestmark = pytest.mark.browser
HUAWEI = "Huawei Technologies Co., Ltd."
AFRICA = "region=africa&layer=surveillance&size=100"
SHUTDOWNS = "index:digital-repression-shutdowns"


@pytest.fixture(scope="module")
def edition(shipped_edition: ShippedEdition) -> Iterator[str]:
    with serving(ServeSettings(Workspace.open(shipped_edition.root))) as address:
        yield address


@pytest.fixture(scope="module")
def contexts(edition: str) -> Iterator[dict[str, BrowserContext]]:
    """A desktop with scripts, and a phone without."""
    with started() as browser:
        desk = browser.new_context(base_url=edition, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        phone = browser.new_context(base_url=edition, viewport={"width": 390, "height": 844}, java_script_enabled=False)
        for context in (desk, phone):
            context.set_default_timeout(PATIENCE)
        yield {"desk": desk, "phone": phone}


@pytest.fixture(params=["desk", "phone"])
def page(request: pytest.FixtureRequest, contexts: dict[str, BrowserContext]) -> Iterator[Page]:
    """An empty page. Any message on the console fails the test."""
    opened = contexts[request.param].new_page()
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    yield opened
    opened.close()
    assert messages == []


def only(device: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", [device], indirect=True)


def answer(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def test_who_sold_cameras_to_serbia_and_what_proves_it(page: Page) -> None:
    page.goto("/search?q=who+sold+cameras+to+Serbia")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=HUAWEI))
    expect(row).to_contain_text("3 projects")
    row.get_by_role("link", name=HUAWEI).click()
    expect(page).to_have_url(re.compile(r"/organization/ovt-\w+/in/RS$"))
    page.get_by_role("link", name=re.compile("Safe City in Novi Sad")).first.click()
    supplier = page.get_by_role("row").filter(has=page.get_by_role("link", name=HUAWEI)).first
    supplier.locator("a.evidence-mark").first.click()
    expect(answer(page)).to_contain_text("Huawei is named as a supplier of")
    expect(page.locator("main")).to_contain_text("press report")
    document = page.get_by_role("link", name="Plan with China endorsed, Huawei will make Serbia's cities smart").first
    expect(document).to_have_attribute("href", re.compile("^https?://"))


def test_which_african_countries_buy_chinese_surveillance_and_shut_networks_down(page: Page) -> None:
    """Compare the countries in the rows with those that the map shades darkest for shutdowns."""
    page.goto(f"/explorer?{AFRICA}&shade={SHUTDOWNS}")
    huawei = page.locator("#filters [data-facet=supplier] li").filter(has_text=HUAWEI).locator("input").get_attribute("value")
    page.goto(f"/explorer?{AFRICA}&supplier={huawei}&shade={SHUTDOWNS}")
    expect(page.locator("#legend .legend-title")).to_contain_text("Internet shutdowns by the government, 2021")
    buyers = set(page.locator("#results td[data-label=Country] a").all_inner_texts())
    darkest = page.locator(".static-map a:has(path.shade-5) > title").all_text_contents()
    both = {name for name in buyers if any(text.startswith(f"{name}: ") for text in darkest)}
    assert both >= {"Burkina Faso", "Chad"}
    assert len(both) < len(buyers), "shading and rows differ"


def test_cite_a_figure(page: Page) -> None:
    page.goto("/figures")
    page.locator("main a[href='/figure/deployments-by-supplier']").first.click()
    cite = page.get_by_role("region", name="Cite this")
    expect(cite.locator(".cite-line")).to_contain_text(re.compile(r"\d{4}-\d\d-\d\d-\w+"))
    cite.get_by_text("BibTeX", exact=True).first.click()
    expect(cite.locator("pre")).to_contain_text("@")
    with page.expect_download() as download:
        cite.get_by_role("link", name="BibTeX").click()
    assert download.value.suggested_filename.endswith(".bib")


def test_take_a_chart_to_an_article(page: Page, edition: str) -> None:
    page.goto("/country/KE/money")
    chart = page.locator("figure.chart").first
    title = chart.locator(".chart-title").inner_text()
    chart.get_by_text("Embed", exact=True).click()
    markup = chart.locator(".chart-embed code").inner_text()
    assert title in markup and "<script" not in markup
    article = page.context.new_page()
    article.set_content(f"<h1>An article</h1>{markup.replace('https://…', edition)}")
    picture = article.get_by_role("img", name=title)
    expect(picture).to_be_visible()
    assert (picture.bounding_box() or {"height": 0})["height"] > 100, "the drawing has loaded"
    article.close()
    answered = page.request.get(chart.get_by_role("link", name="PNG").get_attribute("href") or "")
    assert answered.ok and answered.body().startswith(b"\x89PNG")


def test_ask_for_2018(page: Page) -> None:
    page.goto("/explorer?country=KE")
    now = page.locator("#results h2").inner_text()
    if page.locator("#open-filters").is_visible():
        page.locator("#open-filters").click()
    page.get_by_text("More filters").click()
    page.get_by_label("In place in (year, month or day)").fill("2018")
    page.get_by_label("In place in (year, month or day)").press("Enter")
    expect(page).to_have_url(re.compile("as_of=2018"))
    expect(page.locator(".chosen")).to_contain_text("in place as of 2018")
    expect(page.locator("#results h2")).not_to_have_text(now)


@only("phone")
def test_read_it_in_chinese_on_a_phone_without_a_script(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="中文").click()
    expect(answer(page)).to_contain_text("套列有中国公司为供应方")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="国家").click()
    page.get_by_role("link", name="肯尼亚", exact=True).first.click()
    expect(page).to_have_url(re.compile("/zh/country/KE$"))
    expect(page.locator("main")).to_contain_text("套监控系统")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing to scroll sideways"


CIRCLES = """(map) => Object.fromEntries([...map.querySelectorAll(".count-circles a")].map((link) => {
    const width = map.viewBox.baseVal.width;
    const radii = [...link.querySelectorAll("circle")].map((circle) => Math.round(820 * circle.r.baseVal.value / width));
    return [link.getAttribute("href"), radii.join()];
}))"""


@only("phone")
def test_front_page_and_explorer_draw_every_country_alike(page: Page) -> None:
    """Both maps count the same systems with the same areas and colours."""
    maps = []
    for path, selector in (("/", ".front-map .small-map"), ("/explorer", ".static-map svg")):
        page.goto(path)
        drawing = page.locator(selector)
        expect(drawing).to_have_class(re.compile("palette--count"))
        key = drawing.locator(".count-key text").all_text_contents()
        systems = page.locator(".front-numbers strong, #answer strong").first.inner_text().split()[0]
        maps.append((drawing.evaluate(CIRCLES), key, systems))
    assert maps[0] == maps[1]
    assert len(maps[0][0]) > 100


@only("desk")
def test_the_explorer_lists_the_systems_on_its_map_until_the_reader_chooses(page: Page) -> None:
    """The browser's rows equal the server's. The script would log a difference to the console, which fails the test."""
    page.goto("/explorer")
    ready(page)
    results = page.locator("#results")
    listed = results.get_by_role("heading", level=2).inner_text()
    count = page.locator("#answer strong").inner_text().split()[0]
    assert listed == f"{count} systems with a named supplier"
    first = results.locator("tbody th").all_inner_texts()
    choose(page, "country", "KE")
    expect(confirmed(page)).to_have_text(re.compile(r"^\d+ systems? with a named supplier$"))
    assert results.locator("tbody th").all_inner_texts() != first
    page.get_by_role("link", name="Clear all").first.click()
    expect(confirmed(page)).to_have_text(listed)
    assert results.locator("tbody th").all_inner_texts() == first
    page.locator(".list-choice .of-systems").click()
    expect(page).to_have_url(re.compile(r"shade=projects"))
    expect(confirmed(page)).to_have_text(re.compile(r"^\d+ projects$"))
    expect(page.locator("#answer strong")).to_have_text(results.get_by_role("heading", level=2).inner_text())
    page.locator(".list-choice .of-projects").click()
    expect(confirmed(page)).to_have_text(listed)


@only("desk")
def test_no_style_changes_the_widths_of_bars(page: Page) -> None:
    """CSS also sets the width of an SVG rectangle, so a rule for an element's class can draw every bar at full width."""
    page.goto("/findings")
    addresses = page.locator("main a[href^='/finding/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    drawn = 0
    for address in dict.fromkeys(addresses):
        page.goto(address)
        rectangles = page.locator("main figure svg rect[width]").evaluate_all(
            "bars => bars.filter(bar => !bar.getAttribute('width').endsWith('%') && bar.closest('svg').clientWidth)"
            ".map(bar => [Number(bar.getAttribute('width')), bar.getBBox().width])"
        )
        assert [stated for stated, _ in rectangles] == pytest.approx([width for _, width in rectangles], abs=0.1), address
        drawn += len(rectangles)
    assert drawn > 10, "numbers by country are circles, so only a few findings have bars"


@only("desk")
def test_a_cluster_of_the_map_leads_to_a_project(page: Page) -> None:
    page.goto("/explorer?country=KE&at=7.00/-1.286/36.817")
    ready(page)
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    panel = page.locator(".map-panel")
    expect(panel.locator(".map-panel-list li").nth(1)).to_be_visible()
    panel.locator(".map-panel-list a").first.click()
    expect(page).to_have_url(re.compile("/project/ovt-"))
