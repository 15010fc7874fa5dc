"""Maps on the pages of countries: when a page has one, and the key of its marks."""

import re

import pytest
from markupsafe import Markup

from overt.queries.database import Reader
from overt.site.country import briefing_map as maps
from overt.site.country import page
from overt.site.country.briefing_map import BriefingMap
from overt.site.site import Site
from tests.support.client import Client


def test_no_map_without_a_mark(site: Site, shipped_reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site.shapes, "the front end is built"
    drawn = maps.briefing_map(site, shipped_reader, "KE")
    assert drawn and (drawn.marks or drawn.crowds)
    monkeypatch.setattr(maps, "map_marks", lambda *_: [])
    assert maps.briefing_map(site, shipped_reader, "KE") is None


def test_the_key_of_a_map_says_what_pale_means_only_if_some_marks_are_not_pale(
    shipped: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key_and_marks(text: str) -> tuple[str, list[bool]]:
        drawing, _, key = text.partition("country-map")[2].partition("</figure>")[0].partition("</svg>")
        return key, [name.endswith("-soft") for name in re.findall(r'<use [^>]*href="#mark-([a-z-]+)"', drawing)]

    every, some = "Marks stand for towns or provinces, not exact places.", "pale: only the town or province is known"
    key, soft = key_and_marks(shipped.get("/country/RS").text)
    assert soft and all(soft) and every in key and some not in key
    drawn = BriefingMap(Markup("<svg></svg>"), 2, False, ["surveillance", "networks"], ["networks"], True, 0, True, False)
    monkeypatch.setattr(page, "briefing_map", lambda *_: drawn)
    mixed, _ = key_and_marks(client.get("/country/RW").text)
    assert some in mixed and every not in mixed
