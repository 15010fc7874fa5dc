"""Figures embedded in other sites."""

import xml.etree.ElementTree as ElementTree

import pytest

from overt.site.figure_embed.page import as_svg
from overt.site.site import Site
from tests.support.client import Client
from tests.support.hostile_and_secret_words import ATTACKS

KNOWN = {"svg", "title", "desc", "rect", "a", "text", "tspan"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("base", ["", "/zh"])
@pytest.mark.parametrize("ending", ["", ".svg"])
def test_other_sites_may_frame_only_the_embed(client: Client, base: str, ending: str) -> None:
    answer = client.get(f"{base}/figure/test-projects/embed{ending}")
    assert answer.status_code == 200
    policy = dict(part.partition(" ")[::2] for part in answer.headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'", "style-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "*",
    }  # fmt: skip
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in answer.headers
    for path in ("/figure/test-projects", "/", "/figure/none/embed", "/figure/test-projects.csv"):
        assert "frame-ancestors 'none'" in client.get(base + path).headers["content-security-policy"]
    assert client.get("/figure/none/embed.svg").status_code == 404


def test_a_frame_loads_only_its_own_style(client: Client) -> None:
    page = client.get("/figure/test-projects/embed").text
    assert page.count('<link rel="stylesheet"') == 1 and "<script" not in page and "<form" not in page
    style = client.get("/static/embed.css")
    assert style.headers["cross-origin-resource-policy"] == "cross-origin", "a sandboxed frame is of no origin"
    assert "url(" not in style.text and "@import" not in style.text
    assert client.get("/static/style.css").headers["cross-origin-resource-policy"] == "same-origin"


def test_the_drawing_is_self_contained(client: Client) -> None:
    text = client.get("/figure/test-money/embed.svg").text
    root = ElementTree.fromstring(text)
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    release = client.get("/healthz").json()["release"]
    assert "Money of the test" in texts and "$1.09 bn" in map(str.strip, texts) and "How much?" in texts
    assert any(line.startswith("Source: Open Projects") for line in texts)
    assert any(release in line for line in texts) and "/figure/test-money" in texts
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == "/figure/test-money"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= KNOWN


def test_a_figure_without_a_value_says_so(public_client: Client) -> None:
    for path in ("embed", "embed.svg"):
        text = public_client.get(f"/figure/test-secret/{path}").text
        assert "no value" in text.lower() or "not zero" in text
        assert ">0<" not in text


@pytest.mark.parametrize("attack", [*ATTACKS, "\x00\x1b]0;x\x07", "‮desrever", "]]>", "x" * 3000])
def test_any_title_gives_a_safe_drawing(site: Site, attack: str) -> None:
    figure = {
        "name": "x", "title": attack, "question": attack, "status": "ok", "shown": "1", "shown_unit": attack[:60], "sources": [],
    }  # fmt: skip
    root = ElementTree.fromstring(as_svg(site, figure))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= KNOWN
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        assert (element.get("href") or "/").startswith("/")


def test_the_page_has_code_for_embedding(client: Client) -> None:
    page = client.get("/figure/test-projects").text
    assert "&lt;iframe src=" in page and "&lt;img src=" in page
    assert "<iframe" not in page
