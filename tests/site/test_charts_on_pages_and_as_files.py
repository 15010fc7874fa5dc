"""Charts on pages and as files in both languages, without executable content."""

import csv
import io
import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from overt.charts import chart_renderer
from overt.charts.drawing_client import DrawingFailed, TooBusy, picture_process
from overt.server.app import ServeSettings, create_app
from overt.site import chart_files
from tests.charts.test_chart_renderer import inert
from tests.support.client import Client
from tests.support.crawl import Crawled, Page
from tests.support.small_atlas import SmallAtlas, make_atlas


def figure_of(html: str, name: str) -> str:
    match = re.search(rf'<figure class="chart" id="chart-{name}">.*?</figure>', html, re.DOTALL)
    assert match, name
    return match[0]


def test_a_country_shows_its_projects_and_its_money_by_year(client: Client) -> None:
    projects = figure_of(client.get("/country/KE/rows").text, "projects")
    money = figure_of(client.get("/country/KE/money").text, "money-usd-2021")
    assert projects.count("<svg") == 2 and projects.count('role="img"') == 2
    assert "chart-wide" in projects and "chart-narrow" in projects and 'value="table"' in projects
    for name, figure in (("projects", projects), ("money-usd-2021", money)):
        assert "Source:" in figure and "Overt’s edition of" in figure and 'href="/source/' in figure
        assert f'href="/country/KE/charts/{name}.csv"' in figure
    assert 'href="/country/KE/charts/projects.svg"' in projects
    assert "Promises, not payments" in money and "100,000,000.50" in money, "exact in the table"
    assert "<svg" not in money and ".svg" not in money and "<details" not in money, "one year is told by its row"


def test_the_table_of_a_chart_as_a_file(client: Client) -> None:
    answer = client.get("/country/KE/charts/money-usd-2021.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {"Year", "Commitments", "release", "source"} <= set(rows[0])
    assert sum(float(row["US dollars, constant prices of 2021"]) for row in rows if row["Year"] != "All") == float(
        rows[-1]["US dollars, constant prices of 2021"]
    )


def test_the_drawing_of_a_chart_as_a_file(client: Client, atlas: SmallAtlas) -> None:
    answer = client.get("/country/KE/charts/projects.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    texts = inert(answer.text)
    assert texts[0] == "Projects by year and layer, Kenya"
    assert any(text.startswith("Source:") for text in texts)
    assert any(atlas.release in text for text in texts)
    assert "var(" not in answer.text


def test_a_chart_as_a_picture_and_in_the_page_of_somebody_else(
    client: Client, atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects = figure_of(client.get("/country/KE/rows").text, "projects")
    assert '<li data-server><a href="/country/KE/charts/projects.png" download>PNG</a></li>' in projects, "an edition has none"
    assert "/country/KE#chart-projects&#34;&gt;&lt;img src=" in projects
    picture = client.get("/country/KE/charts/projects.png")
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert picture.headers["cross-origin-resource-policy"] == "cross-origin"

    def busy(svg: str) -> bytes:
        raise TooBusy("five wait")

    monkeypatch.setattr(picture_process(), "rasterize", busy)
    monkeypatch.setattr(chart_files, "has_chinese_font", lambda: True)
    other = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))  # a new server, whose caches are empty
    assert other.get("/zh/country/KE/charts/projects.png").status_code == 503


def test_unknown_charts_are_not_found(client: Client) -> None:
    for path in (
        "/country/KE/charts/nothing.svg", "/country/KE/charts/projects.pdf", "/country/KE/charts/projects",
        "/country/KE/charts/money-usd-2021.png",
        "/country/QQ/charts/projects.svg", "/figure/none/charts/year.svg", "/figure/test-money/charts/kind.csv",
        "/country/FR/charts/projects.svg", "/country/KE/charts/money-usd-2021.svg",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_country_without_a_project_has_a_sentence_and_no_chart(client: Client) -> None:
    page = client.get("/country/FR").text
    assert '<figure class="chart"' not in page
    assert "A gap or a short list on this page is not evidence of absence." in page


def test_a_figure_shows_its_groups(client: Client) -> None:
    page = client.get("/figure/test-money").text
    figure = figure_of(page, "year")
    assert "1,087,654,321.50" in page
    assert re.search(r">\d{4}<", figure) and "year_from" not in figure, "a filter by year finds what the figure does not count"
    assert client.get("/figure/test-money/charts/year.svg").status_code == 200
    assert figure_of(client.get("/figure/test-projects").text, "country").count("<svg") == 2


def test_charts_speak_chinese(client: Client) -> None:
    page = client.get("/zh/country/KE/rows").text
    figure = figure_of(page, "projects")
    assert "肯尼亚" in figure and "来源：" in figure
    assert not re.search("<text[^>]*>[A-Za-z ]*(Networks|Surveillance|Cables)", figure)
    assert "/zh/country/KE/charts/projects.svg" in figure, "a drawing has words, so it has a language"
    assert 'href="/country/KE/charts/projects.csv"' in figure, "data has one address"
    assert "肯尼亚" in client.get("/zh/country/KE/charts/projects.svg").text


def test_no_drawing_of_any_page_runs(client: Client, crawled: Crawled) -> None:
    pages, _ = crawled
    files = sorted({file for page in pages.values() for file in re.findall(r'"(/[^"]*/charts/[^"]*\.svg)"', page.html)})
    assert len(files) >= 4
    for path in files:
        inert(client.get(path).text)


def test_ids_are_once_on_a_page(crawled: Crawled) -> None:
    pages, _ = crawled
    for path, page in pages.items():
        ids = [value for _, name, value in page.attributes if name == "id"]
        assert len(ids) == len(set(ids)), path


@pytest.mark.ci
def test_a_page_without_the_library_is_complete(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Broken:
        def draw(self, order: bytes) -> str:
            raise DrawingFailed("no")

    monkeypatch.setattr(chart_renderer, "chart_process", Broken)
    workspace, release = make_atlas(tmp_path / "atlas")
    client = Client(create_app(ServeSettings(workspace, release)))
    page = client.get("/country/KE/rows")
    assert page.status_code == 200
    figure = figure_of(page.text, "projects")
    assert "The drawing could not be made; the table is complete." in figure
    assert 'value="table" checked' in figure and ".png" not in figure and "<td" in figure and "<svg" not in figure
    assert client.get("/country/KE/charts/projects.svg").status_code == 404


def test_a_drawing_on_a_page_is_well_formed(client: Client) -> None:
    page = Page("/country/KE/rows", client.get("/country/KE/rows").text)
    for svg in re.findall(r'<svg class="chart-.*?</svg>', page.html, re.DOTALL):
        fromstring(svg)
