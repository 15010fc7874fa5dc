"""A system that only a network scan found: its page doesn't call the maker its supplier, or the system operational."""

import re

from tests.support.client import Client
from tests.support.page_text import spaced

_BLUE_COAT = "ovt-p3ta2jjfqdls"


def test_a_scan_does_not_make_the_maker_a_supplier(shipped: Client) -> None:
    text = spaced(shipped.get(f"/project/{_BLUE_COAT}").text)
    assert "A network scan recognised products of Blue Coat Systems" in text and "no source here says who ran them" in text
    assert "Found in January 2013" in text and "as supplier in Saudi Arabia" not in text


def test_documents_that_count_as_one_source_say_so(shipped: Client) -> None:
    page = shipped.get(f"/project/{_BLUE_COAT}").text
    claim = page.partition("products of")[2].partition('href="/claim/')[2].partition('"')[0].partition("#")[0]
    text = spaced(shipped.get(f"/claim/{claim}").text)
    assert "They count as one source: the publisher of all of them is Citizen Lab." in text
    assert "Counts: it repeats no other document here" in text and "Doesn’t count apart: same publisher as" in text


def test_a_scan_has_its_date_in_the_badge_everywhere(shipped: Client) -> None:
    badge = '<span class="chip chip--operational">Found in January 2013</span>'
    [company] = set(re.findall("/organization/(ovt-[a-z2-7]+)", shipped.get(f"/project/{_BLUE_COAT}").text))
    pages = (
        f"/project/{_BLUE_COAT}", "/country/SA", "/explorer?country=SA&kind=filtering", f"/organization/{company}",
        f"/organization/{company}/in/SA",
    )  # fmt: skip
    for page in pages:
        assert badge in shipped.get(page).text, page
    columns = shipped.get("/api/v1/explore/columns").json()
    assert ["operational", "Found in January 2013", ""] in columns["dated"].values()
    names = spaced(shipped.get("/country/KE").text)
    assert "Circles SS7 interception system in Kenya (found by 1 December 2020)" in names
