"""The explorer: facets with the counts that their filters give, shading, maps as files, and the columns for its script."""

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

from overt.charts.drawing_client import DrawingProcess, TooBusy, chart_process, picture_process
from overt.charts.text_layout import drawable_text, text_width
from overt.index.project_filter_declarations import FACETS, ProjectFilter
from overt.language.language import ENGLISH
from overt.maps.marks import sign_path
from overt.maps.projection import WIDTH as WORLD_WIDTH
from overt.maps.projection import project, project_pacific
from overt.model.record_ids import canonical_id
from overt.queries import facets, projects
from overt.queries.database import Reader
from overt.queries.maps import shading_values
from overt.site.explorer import map_shading as shading_words
from overt.site.explorer.downloadable_map_picture import WIDTH
from overt.site.explorer.map_shading import _assessed, _series
from overt.site.figure_texts import _short_gap
from overt.site.series.class_breaks import shade_classes
from overt.site.site import Site
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

HUAWEI = canonical_id("secret_map:huawei")
BANK = canonical_id("open_register:bank")
BASES = (
    ProjectFilter(),
    ProjectFilter(country=("KE",)),
    ProjectFilter(kind=("filtering",), status=("unknown",)),
    ProjectFilter(year_to=2014),
    ProjectFilter(company=(HUAWEI,)),
    ProjectFilter(located=False),
)


@pytest.mark.parametrize("base", BASES)
def test_a_count_is_what_the_choice_finds(reader: Reader, base: ProjectFilter) -> None:
    counted = facets.counts(reader, base)
    assert set(counted) == set(FACETS)
    for name, values in counted.items():
        for value, count in values.items():
            chosen = ProjectFilter(**{**vars(base), name: (value,)})
            assert projects.totals(reader, chosen).projects == count, (name, value)


def test_facets_count_every_project(reader: Reader) -> None:
    counted = facets.counts(reader, ProjectFilter())
    total = projects.totals(reader, ProjectFilter()).projects
    assert sum(counted["status"].values()) == sum(counted["sources"].values()) == total
    assert counted["supplier"][HUAWEI] == 2, "as implementer of a third it supplies nothing"
    assert counted["company"][HUAWEI] == 3
    assert counted["financier"] == {BANK: 1, canonical_id("secret_map:zurn"): 1}


def test_precision_is_that_of_places_that_can_be_drawn(reader: Reader) -> None:
    counted = facets.counts(reader, ProjectFilter())["precision"]
    assert counted == {"exact": 1, "locality": 2, "schematic": 1, "admin1": 8, "country": 3}
    unlocated = projects.totals(reader, ProjectFilter(precision=("country", "unlocated")))
    assert unlocated.projects == projects.totals(reader, ProjectFilter(located=False)).projects == 3


def test_projects_known_only_by_country_are_listed_beside_the_map(reader: Reader, client: Client) -> None:
    rows = projects.unlocated(reader, ProjectFilter())
    assert {row.code: row.projects for row in rows} == {"KE": 1, "LA": 2}
    page = client.get("/explorer?kind=5g-network").text
    assert "1 project known only to a country: listed here, not drawn" in page
    assert "located=no&amp;country=LA" in page


def test_countries_with_the_most_are_those_of_the_filter_without_ties_at_the_end(shipped: Client) -> None:
    for query in ("", "?kind=spyware", "?kind=filtering"):
        page = shipped.get(f"/explorer{query}").text
        ranking = re.search(r'<li class="key-ranking">.*?</ol>', page, re.DOTALL)
        assert ranking, query
        listed = re.findall(r'/country/([A-Z]{2})">.*?<span class="number">(\d+)</span>', ranking[0])
        counts = dict(re.findall(r'name="country" value="([A-Z]{2})".*?<span class="facet-count">(\d+)<', page, re.DOTALL))
        numbers = [int(number) for _, number in listed]
        rest = [int(number) for code, number in counts.items() if code not in dict(listed)]
        assert 1 < len(listed) <= 8 and numbers == sorted(numbers, reverse=True), query
        assert all(counts[code] == number for code, number in listed) and max(rest) < numbers[-1], query
    assert "key-ranking" not in shipped.get("/explorer?country=KE").text, "a chosen country needs no ranking"


def test_the_heading_counts_cable_systems_if_all_projects_are(client: Client) -> None:
    assert "<h2>14 projects</h2>" in client.get("/explorer").text
    assert "<h2>1 cable system</h2>" in client.get("/explorer?kind=submarine-cable").text
    assert "<h2>2 projects</h2>" in client.get("/explorer?country=LA").text


def test_every_choice_is_in_the_form_and_can_be_taken_off(client: Client) -> None:
    address = f"/explorer?kind=smart-city&supplier={HUAWEI}&country=KE&status=operational&source=open_projects&sources=3"
    page = client.get(
        f"{address}&precision=locality&year_from=2012&year_to=2015&assessed=smart-city&shade=index%3Afreedom-on-the-net"
    ).text
    checked = re.findall(r'name="(\w+)" value="([^"]+)" checked', page)
    assert checked == [
        ("kind", "smart-city"), ("status", "operational"), ("supplier", HUAWEI), ("country", "KE"), ("source", "open_projects"),
        ("sources", "3"), ("precision", "locality"), ("assessed", "smart-city"),
    ]  # fmt: skip
    assert '<option value="index:freedom-on-the-net" selected>' in page
    assert page.count('<span class="visually-hidden">Take off:') == 10
    for link in re.findall(r'<li><a href="(/[^"]*)"><span class="visually-hidden">Take off', page):
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_shading_by_an_index(client: Client) -> None:
    shading = client.get("/api/v1/map/countries?shade=index:freedom-on-the-net").json()["shading"]
    assert shading["countries"] == {"KE": [3, "64 (Freedom on the Net, 2024)"]}
    assert shading["title"] == "Freedom on the Net, 2024; higher is freer"
    before = client.get("/api/v1/map/countries?shade=index:freedom-on-the-net&year_to=2023").json()["shading"]
    assert before["countries"] == {"KE": [3, "66 (Freedom on the Net, 2023)"]}, "as it was in the last year that is filtered by"
    assert (
        client.get("/api/v1/map/countries?shade=index:freedom-on-the-net&lang=zh").json()["shading"]["title"]
        == "网络自由度，2024；数值越高越自由"
    )


def test_shading_by_a_figure(client: Client) -> None:
    shading = client.get("/api/v1/map/countries?shade=figure:test-projects&country=LA").json()["shading"]
    assert shading["countries"]["KE"][1] == "3", "of the whole release, whatever is filtered"


def test_the_legend_says_what_a_figure_lacks(client: Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shading_words, "gaps_in_words", lambda *_: ["Alpha is not loaded."])
    assert "Missing: Alpha is not loaded.</p>" in client.get("/explorer?shade=figure:test-projects").text
    if site.shapes:
        assert "Missing: Alpha is not loaded.</text>" in client.get("/map.svg?shade=figure:test-projects").text


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        ("not loaded", "without the source “Alpha”"),
        ("part", "1 source only in part"),
        ("withheld", "without sources that are withheld"),
    ],
)
def test_a_list_of_figures_says_that_sources_are_missing(site: Site, gap: str, text: str) -> None:
    assert _short_gap(site, [{"what": gap, "source": "alpha", "title": "Alpha", "rows": None}]) == text


def test_shading_counts_cables_only_on_request(client: Client) -> None:
    def shades(query: str) -> dict[str, list[object]]:
        shading: dict[str, list[object]] = client.get(f"/api/v1/map/countries?{query}").json()["shading"]["countries"]
        return shading

    assert "PK" not in shades("")
    assert shades("shade=all")["PK"][1] == shades("kind=submarine-cable")["PK"][1] == "1 project"
    assert shades("")["KE"][1].endswith(" (without cables)")  # type: ignore[attr-defined]
    assert client.get("/api/v1/map/countries?shade=none").json()["shading"] is None


def test_only_a_country_without_projects_is_reported_to_have_none(client: Client) -> None:
    def text_without_value(query: str) -> object:
        return client.get(f"/api/v1/map/countries?{query}").json()["shading"]["otherwise"]

    assert text_without_value("") == "no project (without cables)"
    assert text_without_value("shade=all") == "no project recorded"
    assert text_without_value("country=KE") == "no project with these filters (without cables)"
    assert text_without_value("kind=smart-city") == text_without_value("shade=all&country=KE") == "no project with these filters"
    assert text_without_value("lang=zh") == "无项目（不计海底电缆）"


def test_a_limit_between_two_steps_belongs_to_the_upper_one(site: Site) -> None:
    values = shading_values.Values({"KE": 10, "LA": 40, "FR": 70}, {}, (2024, 2024), {"KE": 2024, "LA": 2024, "FR": 2024})
    shaded = _series(site, "freedom-on-the-net", values)
    assert [step.label for step in shaded.steps][:4] == ["85 to 100", "70 to under 85", "40 to under 70", "20 to under 40"]
    assert shaded.title == "Freedom on the Net, 2024; higher is freer"
    assert shaded.countries["LA"] == (3, "40 (Freedom on the Net, 2024)")
    assert [shaded.countries[code][0] for code in ("KE", "LA", "FR")] == [5, 3, 2], "the freer, the lighter"


@pytest.mark.parametrize(
    ("series", "values", "labels", "darkest"),
    [
        ("freedom-on-the-net-until-2018", [6, 64, 87], ["0 to under 16", "81 to 100"], "81 to 100"),
        ("vdem-liberal-democracy", [0.1, 0.9], ["0 to under 0.2", "0.8 to 1"], "0 to under 0.2"),
        ("digital-repression", [-1.5, 2.5], ["under -1", "2 and more"], "2 and more"),
        ("military-expenditure", [1, 1, 5], ["1 to under 5", "5"], "5"),
        ("freedom-in-the-world", [-2, 50], ["-2 to under 20", "80 to 100"], "-2 to under 20"),
    ],
)
def test_an_index_is_cut_at_values_that_mean_something(series: str, values: list[float], labels: list[str], darkest: str) -> None:
    steps = shade_classes(series, values)
    written = [step.label(ENGLISH, lambda number: f"{number:g}") for step in steps]
    assert [written[0], written[-1]] == labels
    assert written[max(range(len(steps)), key=lambda at: steps[at].shade)] == darkest
    assert all(any(step.minimum <= value < step.below for step in steps) for value in values)


def test_an_index_without_a_value_has_no_steps() -> None:
    assert shade_classes("freedom-on-the-net", []) == []


def test_assessments_are_countries_and_no_projects(client: Client, reader: Reader) -> None:
    unfiltered = client.get("/explorer").text
    page = client.get("/explorer?assessed=facial-recognition").text
    assert "1 country assessed so by an index, which is not a project" in page
    assert page.split("<h2>")[1].split("</h2>")[0] == unfiltered.split("<h2>")[1].split("</h2>")[0], "it filters no project"
    assert "Kenya: assessed so in 2022" in page
    assert shading_values.edition(reader, ProjectFilter(year_to=2021)) is None
    nothing = client.get("/api/v1/map/countries?assessed=filtering").json()["shading"]
    assert nothing["countries"] == {}


@pytest.mark.parametrize(
    "query", ["shade=index:nope", "shade=figure:test-money", "precision=near", "sources=4", "supplier=huawei"]
)
def test_unknown_filter_values_are_refused(client: Client, query: str) -> None:
    assert client.get(f"/explorer?{query}").status_code == 400


def test_the_legend_is_there_without_a_script(client: Client, site: Site) -> None:
    page = client.get("/explorer").text
    legend = page[page.index('<div id="legend"') : page.index('<div id="tray"')]
    assert "Projects of any kind, without submarine cables" in legend
    assert legend.count('class="swatch counted"') == 1 and 'class="swatch shade-' not in legend, "numbers are circles"
    assert "not evidence of absence" in legend


def test_more_filters_are_open_if_one_of_them_is_set(client: Client) -> None:
    for query, is_open in (("", False), ("kind=5g-network", False), ("sources=1", True), ("as_of=2015", True)):
        form = client.get(f"/explorer?{query}").text.partition('<form id="filters"')[2].partition("</form>")[0]
        first, _, more = form.partition('<details class="facet-more')
        assert more.partition(">")[0].endswith("open") == is_open, query
        assert 'data-facet="kind"' in first and 'data-facet="source"' in more and 'name="year_from"' in first


def test_every_file_has_the_rows_in_view(client: Client) -> None:
    for query, total in (("", 14), ("country=KE", 3), ("kind=5g-network", 1), ("q=nothing+is+called+so", 0)):
        places = client.get(f"/projects.geojson?{query}").json()["features"]
        table = pq.read_table(io.BytesIO(client.get(f"/projects.parquet?{query}").content))
        ids = {feature["properties"]["id"] for feature in places}
        assert len(ids) == table.num_rows == total
        assert ids == set(table["id"].to_pylist()) == set(re.findall(r"\r\n(ovt-\w+)", client.get(f"/projects.csv?{query}").text))


def test_a_project_without_a_place_has_no_geometry(client: Client) -> None:
    (feature,) = client.get("/projects.geojson?kind=5g-network").json()["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["country"] == ["LA"]
    assert feature["properties"]["licence"], "whose it is stands beside it"


def test_the_map_file_has_a_title_and_description(client: Client, atlas: SmallAtlas, site: Site) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    drawn = client.get("/map.svg?kind=smart-city&year_from=2012&shade=index:freedom-on-the-net")
    assert drawn.headers["content-disposition"] == f'attachment; filename="overt-map-{atlas.release}.svg"'
    root = ElementTree.fromstring(drawn.text)
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "1 project"
    assert texts[1] == "Kind: Smart or safe city; since 2012"
    assert "Freedom on the Net, 2024; higher is freer" in texts
    assert f"edition {atlas.release}" in texts[-1] and "kind=smart-city&year_from=2012" in texts[-1]
    assert "var(" not in drawn.text, "no style sheet comes with it"
    assert 'href="http://127.0.0.1/country/KE"' in drawn.text


def test_the_map_of_a_box_shows_that_part_and_says_which(client: Client, site: Site) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")

    def map_of(box: str) -> tuple[list[float], str]:
        root = ElementTree.fromstring(client.get(f"/map.svg?bbox={box}").text)
        inner = next(part for part in root if part.tag.endswith("}svg"))
        texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
        return [float(side) for side in inner.get("viewBox", "").split()], texts[1]

    (west, top, across, down), texts = map_of("170,-20,-170,10")
    for longitude, latitude in ((170, -20), (180, 0), (-180, 0), (-170, 10)):
        x, y = project_pacific(longitude, latitude)
        assert west <= x <= west + across and top <= y <= top + down, "the box, not the world"
    assert across < WORLD_WIDTH / 3
    assert texts == "in a part of the map: longitude 170° to −170°, latitude −20° to 10°"
    assert map_of("10,-10,5,10")[0][2] == WORLD_WIDTH, "all around"
    (west, top, across, down), texts = map_of("20,-10,50,10")
    for longitude, latitude in ((20, -10), (20, 10), (50, -10), (50, 0), (50, 10)):
        x, y = project(longitude, latitude)
        assert west <= x <= west + across and top <= y <= top + down
    assert across < WORLD_WIDTH / 4
    assert texts == "in a part of the map: longitude 20° to 50°, latitude −10° to 10°"


@pytest.mark.parametrize("words", ["var(--x)", "var(--ink)", 'fill="var(--x)"', "a\x01b\x0b", "</text><script>"])
def test_words_of_a_reader_are_only_words_on_the_file(client: Client, site: Site, words: str) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    drawn = client.get("/map.svg", params={"q": words})
    assert drawn.status_code == 200
    texts = [text.text for text in ElementTree.fromstring(drawn.text).iter("{http://www.w3.org/2000/svg}text")]
    assert f"“{drawable_text(words)}”" in texts


def test_chinese_stays_on_the_file(client: Client, site: Site) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    root = ElementTree.fromstring(client.get("/zh/map.svg", params={"q": "华为智慧城市" * 20}).text)
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "华为智慧城市" * 20 in "".join(texts), "nothing is cut"
    assert max(text_width(text, 13) for text in texts) <= WIDTH - 48


def test_the_legend_of_the_file_has_the_signs_of_its_map(client: Client, site: Site) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    for kind, layer in (("smart-city", "surveillance"), ("filtering", "censorship")):
        root = ElementTree.fromstring(client.get(f"/map.svg?kind={kind}&located=yes&shade=none").text)
        paths = [path.get("d") for path in root.iter("{http://www.w3.org/2000/svg}path")]
        assert paths.count(sign_path(layer)) >= 2, layer


def test_the_file_has_the_layers_that_are_drawn_on_it_and_no_shape_that_nothing_uses(client: Client, site: Site) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    for query in ("kind=submarine-cable", "located=yes&bbox=-20,-40,60,40", "kind=smart-city&bbox=-20,-40,60,40"):
        every = list(ElementTree.fromstring(client.get(f"/map.svg?{query}").text).iter())
        looks: dict[bool, set[str]] = {True: set(), False: set()}
        for element in every:
            names = {name for name in element.get("class", "").split() if name.startswith("layer--")}
            looks[element.tag.endswith("}g")] |= names
        assert looks[True] == looks[False], query
        assert looks[True] or query == "kind=submarine-cable", "cables have the colours of their suppliers"
        shapes = {name for element in every if (name := element.get("id", "")).startswith("mark-")}
        assert shapes == {element.get("href", "")[1:] for element in every if element.tag.endswith("}use")}, query


def test_the_file_says_its_date(client: Client, site: Site) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    assert ">in place as of 2015</text>" in client.get("/map.svg?as_of=2015").text


def test_no_hatching_of_the_file_is_turned(client: Client, site: Site) -> None:
    """Rotated patterns make rasterising slow, because they are redrawn for each country."""
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    root = ElementTree.fromstring(client.get("/map.svg?kind=smart-city").text)
    patterns = {pattern.get("id"): pattern for pattern in root.iter("{http://www.w3.org/2000/svg}pattern")}
    assert patterns.keys() == {"hatch", "none"}
    for pattern in patterns.values():
        assert "rotate" not in pattern.get("patternTransform", "")
        [tile, strokes] = pattern
        assert tile.get("width") == pattern.get("width") == pattern.get("height"), "or lines would break where tiles meet"
        assert f"L{pattern.get('width')} 0" in strokes.get("d", "")


def test_the_map_as_pixels(client: Client, site: Site) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    assert client.get("/map.png").content.startswith(b"\x89PNG\r\n\x1a\n")


def test_few_pictures_are_drawn_at_once_and_they_are_cached(client: Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    waiting, go, orders = threading.Semaphore(0), threading.Event(), []

    def made(self: DrawingProcess, order: bytes, what: str) -> str:
        orders.append(what)
        waiting.release()
        go.wait(60)
        return "UE5H"

    monkeypatch.setattr(DrawingProcess, "_answer_to", made)
    with ThreadPoolExecutor(3) as threads:
        answers = [threads.submit(client.get, f"/map.png?year_to={year}") for year in (2001, 2002, 2003)]
        assert waiting.acquire(timeout=60) and waiting.acquire(timeout=60)
        assert not waiting.acquire(timeout=0.2), "the third waits for its turn"
        go.set()
        assert [answer.result().content for answer in answers] == [b"PNG"] * 3
    assert len(orders) == 3
    assert client.get("/map.png?year_to=2002&sort=name").content == b"PNG"
    assert len(orders) == 3, "it was kept, whatever the order of the table"


def test_a_picture_that_cannot_be_drawn_soon_is_refused(client: Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")

    def busy(self: DrawingProcess, svg: str) -> bytes:
        raise TooBusy("busy")

    monkeypatch.setattr(DrawingProcess, "rasterize", busy)
    refused = client.get("/map.png?year_to=2004")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert picture_process() is not chart_process(), "no page waits for a picture"


def test_columns_say_what_the_tables_say(client: Client, reader: Reader) -> None:
    columns = client.get("/api/v1/explore/columns?lang=en").json()
    rows = projects.page(reader, ProjectFilter(), sort="name", descending=False, size=1_000)
    ids = [f"ovt-{columns['ids'][at : at + 12]}" for at in range(0, len(columns["ids"]), 12)]
    assert ids == [row.id for row in rows]
    for facet, counted in facets.counts(reader, ProjectFilter()).items():
        if facet in columns["held"]:
            flat = [columns["values"][facet][number] for numbers in columns["held"][facet] for number in numbers]
            assert {value: flat.count(value) for value in flat} == counted, facet
    assert len(columns["places"]["project"]) == 12 and len(columns["routes"]) == 1


def test_words_and_boxes_are_found_by_the_server(client: Client) -> None:
    ids = client.get("/api/v1/explore/found?q=华为").json()["ids"]
    assert len(ids) == 12 * projects_of(client, "q=华为")
    assert len(client.get("/api/v1/explore/found?bbox=60,20,70,30").json()["ids"]) == 12


def test_a_large_release_is_not_sent_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for nothing in ("", "?q=", "?kind=smart-city"):
        assert client.get(f"/api/v1/explore/found{nothing}").status_code == 400, "it would be all of them"
    monkeypatch.setattr("overt.queries.maps.explorer_columns.MAX_PROJECTS", 13)
    assert client.get("/api/v1/explore/found?q=华为").status_code == 404


def projects_of(client: Client, query: str) -> int:
    return len(client.get(f"/projects.geojson?{query}").json()["features"])


def test_companies_that_only_an_index_names_in_a_country(client: Client) -> None:
    huawei = canonical_id("secret_map:huawei")
    page = client.get(f"/explorer?company={huawei}&country=KE&year_from=1900&year_to=1901").text
    assert "No project, but indexes (2022) name it as a supplier in" in page and '/country/KE/indexes#assessments"' in page
    assert "but indexes" not in client.get(f"/explorer?company={huawei}&country=KE").text, "there are projects"
    assert "but indexes" not in client.get(f"/explorer?company={huawei}&country=LA&year_from=1900&year_to=1901").text


def test_the_table_says_who_supplies_whom(client: Client, reader: Reader) -> None:
    table = client.get("/explorer").text.rpartition("<tbody>")[2]
    parties = projects.parties(reader)
    assert any(party.supplies for rows in parties.values() for party in rows)
    for identity, rows in parties.items():
        [row] = [part for part in table.split("<tr>") if f'href="/project/{identity}"' in part]
        supplier, customer = row.split('data-label="Supplier"')[1].split('data-label="Customer or operator"')
        for cell, parties_of_side in (
            (supplier, [row for row in rows if row.supplies]),
            (customer, [row for row in rows if not row.supplies]),
        ):
            assert re.findall(r'href="/organization/([^"]+)"', cell) == [party.id for party in parties_of_side[:2]]
    assert projects.parties(reader, ()) == {}


@pytest.mark.parametrize(
    ("numbers", "shades", "labels"),
    [
        ((1, 2, 4), (2, 3, 5), ["1", "2", "3", "4"]),
        ((1, 4, 5), (1, 4, 5), ["1", "2", "3", "4", "5"]),
        ((1, 5, 8), (1, 5, 5), ["1", "2", "3", "4", "5 and more"]),
    ],
)
def test_each_step_of_assessed_kinds_has_its_own_shade(
    site: Site, numbers: tuple[int, ...], shades: tuple[int, ...], labels: list[str]
) -> None:
    values = shading_values.Values(dict(zip(("KE", "LA", "FR"), numbers, strict=True)), {}, (2022, 2022), {})
    view = SimpleNamespace(assessed=("smart-city", "facial-recognition"))
    shaded = _assessed(site, view, values)
    assert tuple(shaded.countries[code][0] for code in ("KE", "LA", "FR")) == shades
    assert [step.label for step in shaded.steps] == labels
    assert len({step.shade for step in shaded.steps}) == len(labels)


def test_a_country_without_a_value_is_not_none(client: Client) -> None:
    def key(query: str) -> str:
        return client.get(f"/explorer?{query}").text.partition('id="map-key"')[2].partition("</ul>")[0]

    assert "no record, which is not evidence of absence" in key("shade=projects")
    assert "no matching project on record" in key("country=KE")
    assert "no matching project with a place in this part of the map" in key("bbox=30,-5,42,5")
    assert "no value" in key("shade=index:freedom-on-the-net") and ">none" not in key("shade=index:freedom-on-the-net")
