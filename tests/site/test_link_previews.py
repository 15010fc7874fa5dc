"""What other sites and search engines receive for each kind of page: description, canonical address, languages, picture."""

import re
import struct
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI

from overt.charts.chinese_font_check import has_chinese_font
from overt.charts.drawing_client import DrawingFailed, DrawingProcess, TooBusy
from overt.site import chart_files
from overt.site.country import page as country_page
from overt.site.link_previews.extracted_drawing import find_drawing
from overt.site.link_previews.head_tags import MARKER, picture_address
from overt.site.link_previews.page import page_html, share_svg
from overt.site.link_previews.page_function_calls_without_server import PageRoute
from overt.site.link_previews.page_summary import shorten, summarize
from overt.site.page_declaration import site_routes
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_kinds import IN_SHIPPED_EDITION, PAGES
from tests.support.static_edition import Edition

_NOT_SHARED = {
    "figure in another page",
    "not found",
    "withdrawn",
    "cannot be read",
    "release that is not here",
    "measurements that are not there",
    "what is blocked in a country, nothing measured",
}
"""Kinds of pages that are not shared: a frame, and pages with an error."""
SHARED = {name: path for name, path in PAGES.items() if name not in _NOT_SHARED}


def meta(html: str) -> dict[str, str]:
    """Return the contents of the `meta` tags, by name or property."""
    return {
        name: unescape(content) for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    }


@pytest.mark.slow(after=2)
@pytest.mark.parametrize("base", ["", "/zh"])
@pytest.mark.parametrize("kind", SHARED)
def test_every_kind_of_page_can_be_shared_and_drawn(kind: str, base: str, request: pytest.FixtureRequest) -> None:
    of_client, of_site = ("shipped", "shipped_site") if kind in IN_SHIPPED_EDITION else ("client", "site")
    client: Client = request.getfixturevalue(of_client)
    site: Site = request.getfixturevalue(of_site)
    path = base + SHARED[kind].replace("RELEASE", site.prepared.release)
    html = client.get(path).text
    head = html.partition("</head>")[0]
    tags = meta(head)
    assert tags["og:title"] and tags["og:description"] and tags["description"] == tags["og:description"], kind
    assert tags["og:site_name"] == "Overt"
    assert "og:image" not in tags and tags["twitter:card"] == "summary", "the atlas has no address"
    if not kind.startswith("maps for programs"):
        plain = path.removeprefix(base).partition("?")[0]
        assert picture_address(path.removeprefix(base)) == f"/share{plain if plain != '/' else '/home'}.png"
        assert "<main" in page_html(site, [PageRoute(route) for route in site_routes(site)], plain)
    assert len(tags["og:description"]) <= 301 and "<script>alert" not in head
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', head)
    assert canonical.startswith(f"{base}/") and client.get(unescape(canonical)).status_code == 200
    assert set(re.findall(r'hreflang="([^"]+)"', head)) == {"en", "zh-Hans", "x-default"}
    assert MARKER not in html
    svg = share_svg(site, html)
    drawn = ElementTree.fromstring(svg)
    assert (drawn.get("width"), drawn.get("height")) == ("1200", "630")
    words = " ".join("".join(drawn.itertext()).split())
    assert tags["og:title"].split()[0].rstrip(",")[:8] in words, "the picture has the title of the page"
    assert "var(--" not in svg and "<a " not in svg


@pytest.mark.parametrize(("known", "query"), [("", ""), ("2026-02-03-0123abcd", "?known=2026-02-03-0123abcd")])
def test_a_site_with_an_address_names_the_picture(site: Site, known: str, query: str) -> None:
    """The page of an earlier state has a picture of that state."""
    app = FastAPI()
    app.include_router(country_page.PAGE.routes(replace(site, address_of_site="https://atlas.example", known=known)))
    html = Client(app).get("/country/KE").text
    tags = meta(html)
    alternates = re.findall(r'<link rel="alternate" hreflang="[^"]+" href="([^"?]+)', html)
    assert alternates == [f"https://atlas.example{path}/country/KE" for path in ("", "/zh", "")], (
        "search engines need full addresses"
    )
    assert tags["og:image"] == f"https://atlas.example/share/country/KE.png{query}"
    assert tags["twitter:card"] == "summary_large_image"


def test_programs_and_editors_have_no_picture() -> None:
    assert picture_address("/ogc/collections") is None and picture_address("/desk") is None


@pytest.mark.parametrize("path", ["/share/country/KE.png", "/country/KE/charts/projects.png", "/map.png?kind=smart-city"])
def test_without_a_chinese_font_a_picture_is_english(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(chart_files, "has_chinese_font", lambda: False)
    answer = client.get(f"/zh{path}")
    assert (answer.status_code, answer.headers["location"]) == (307, path)
    assert client.get(path).headers["content-type"] == "image/png"


def test_a_font_is_there_if_two_characters_look_different(monkeypatch: pytest.MonkeyPatch) -> None:
    for pictures, there in (((b"box", b"box"), False), ((b"middle", b"country"), True)):
        drawn = iter(pictures)
        monkeypatch.setattr(DrawingProcess, "rasterize", lambda self, svg, scale=2, drawn=drawn: next(drawn))
        assert has_chinese_font.__wrapped__() is there


def test_a_picture_is_a_png_and_made_once(client: Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_files, "has_chinese_font", lambda: True)
    for path in ("/share/country/KE.png", "/zh/share/country/KE.png"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)

    def fail(svg: str, scale: float) -> bytes:
        raise AssertionError("drawn again")

    page = client.get("/country/KE").text
    assert site.charts.picture(share_svg(site, page), lambda svg, scale: b"drawn")
    assert site.charts.picture(share_svg(site, page), fail)


@pytest.mark.parametrize(
    "path", ["/share/nothing.png", "/share/country/QQ.png", "/share/projects.csv.png", "/share/share/home.png.png"]
)
def test_what_is_no_page_has_no_picture(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("error", "again"), [(DrawingFailed("x"), None), (TooBusy("x"), "5")])
def test_a_picture_that_fails_is_not_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: DrawingFailed, again: str | None
) -> None:
    def fail(self: DrawingProcess, svg: str, scale: float = 2) -> bytes:
        raise error

    monkeypatch.setattr(DrawingProcess, "rasterize", fail)
    answer = client.get("/share/country/LA.png")
    assert answer.status_code == 503 and answer.headers.get("retry-after") == again


def test_pages_with_an_error_are_not_shared(client: Client) -> None:
    for path in ("/nothing", PAGES["withdrawn"], PAGES["cannot be read"]):
        html = client.get(path).text
        assert MARKER not in html and "og:title" not in html and 'rel="canonical"' not in html, path


def test_a_static_edition_points_to_no_picture(edition: Edition) -> None:
    html = (edition.folder / "country" / "KE" / "index.html").read_text(encoding="utf-8")
    tags = meta(html)
    assert "og:image" not in tags and tags["twitter:card"] == "summary" and tags["og:description"]
    assert not list(edition.folder.glob("share/**/*.png"))


def test_the_answer_of_a_page_is_its_text_without_marks() -> None:
    html = (
        '<main id="main"><p class="kicker">Country</p><h1>A &amp; B</h1><div class="briefing"><p>Five <a href="/x">systems</a>'
        '<a class="evidence-mark hollow" href="#c" aria-label="1 source">1<span class="tip">1 source</span></a>.</p>'
        "<p>More.</p></div>"
    )
    assert summarize(html) == ("A & B", "Country", "Five systems. More.")
    assert summarize("<main><h1>Alone</h1></main>") == ("Alone", "", "Alone")
    assert shorten("One sentence here. Another one follows", 30) == "One sentence here."
    assert shorten("word " * 20, 24) == "word word word word …"
    for limit in range(3, 40):
        assert len(shorten("a bc def ghij klmno " * 3, limit)) <= limit


def test_bars_of_a_list_are_drawn() -> None:
    html = (
        '<main><ol class="bars layer--censorship"><li><span class="bar-label"><a href="/o"><bdi>A &lt;b&gt;</bdi></a></span>'
        '<span class="bar-track"><svg class="bar"><rect width="50.0%" height="100%"/></svg></span>'
        '<span class="bar-value">12</span></li></ol></main>'
    )
    drawing = find_drawing(html)
    assert drawing is not None and (drawing.kind, drawing.layer) == ("bars", "censorship")
    assert 'width="210.0"' in drawing.content and "A &lt;b&gt;" in drawing.content and ">12<" in drawing.content
    assert find_drawing("<main><h1>Nothing</h1></main>") is None


def test_the_picture_of_a_map_has_its_palette_and_circles(shipped: Client) -> None:
    drawing = find_drawing(shipped.get("/figure/filtering-systems").text)
    assert drawing and drawing.kind == "small-map" and "palette--count" in drawing.classes and "count-map" in drawing.classes
    assert 'class="count-circles"' in drawing.content and drawing.content.count("<g") == drawing.content.count("</g>")
