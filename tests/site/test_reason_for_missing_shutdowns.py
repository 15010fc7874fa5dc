"""The sentence on the page of a country that says why shutdowns are missing."""

from typing import Any

import orjson

from overt.queries.database import Reader
from overt.site.country.measured_blocking import unlisted_shutdowns
from overt.site.site import Site
from tests.support.page_text import marked


def test_the_briefing_says_why_shutdowns_are_missing(site: Site, sites: dict[str, Site]) -> None:
    described = {
        "source": "access_now_keepiton",
        "title": "Tracker",
        "publisher": "Keepers",
        "address": "https://tracker.example",
    }

    class Lacking(Reader):
        def __init__(self, *sources: dict[str, str]) -> None:
            self.sources = sources

        def rows(self, *_: Any, **__: Any) -> list[dict[str, Any]]:
            return [{"missing": orjson.dumps([source])} for source in self.sources]

    words = unlisted_shutdowns(site, Lacking({**described, "source": "vdem"}, described))
    assert words is not None and 'href="https://tracker.example"' in words
    assert marked(words) == "Overt has no list of shutdowns: Tracker, by Keepers, isn’t openly licensed."
    assert "断网" in marked(unlisted_shutdowns(sites["zh"], Lacking(described)) or "")
    translated = {**described, "publisher": "Access Now and the KeepItOn coalition"}
    chinese = unlisted_shutdowns(sites["zh"], Lacking(translated)) or ""
    assert '：<bdi lang="">Access Now</bdi>与<bdi lang="">KeepItOn</bdi>联盟的' in chinese
    assert unlisted_shutdowns(site, Lacking({**described, "source": "vdem"})) is None, "the release has the list"
