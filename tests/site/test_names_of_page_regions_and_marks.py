"""Names for screen readers: each region of a page has its own name, and marks have a description in words."""

import re

from tests.support.client import Client
from tests.support.crawl import Crawled
from tests.support.page_regions import dangling_names, repeated_regions


def test_no_page_has_two_regions_of_one_name(crawled: Crawled) -> None:
    pages, _ = crawled
    repeated = {path: names for path, page in pages.items() if (names := repeated_regions(page.html))}
    assert repeated == {}
    twice = '<section aria-label="A"></section><h2 id="b">A</h2><div role="region" aria-labelledby="b"></div>'
    assert repeated_regions(twice) == ["A"]


def test_every_region_that_an_element_names_has_it_on_its_page(crawled: Crawled) -> None:
    pages, _ = crawled
    assert {path: ids for path, page in pages.items() if (ids := dangling_names(page.html))} == {}
    assert dangling_names('<h2 id="a">A</h2><section aria-labelledby="a"></section><section aria-labelledby="b"></section>') == [
        "b"
    ]


def test_marks_say_in_words_what_they_are(client: Client) -> None:
    for base, layer, known in (("", "Surveillance: ", "located only to a town"), ("/zh", "监控：", "仅知城镇")):
        titles = re.findall("<title>([^<]*)</title><use ", client.get(f"{base}/country/DE").text)
        assert any(title.startswith(layer) for title in titles), titles
        every = " ".join(re.findall("<title>([^<]*)</title><use ", client.get(f"{base}/explorer?shade=none").text))
        assert known in every
    assert '<span class="sign sign--surveillance" aria-hidden="true" title="监控">' in client.get("/zh/country/DE").text
