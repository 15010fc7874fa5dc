"""Reports that others pass on, and how systems ended."""

from overt.model.values.date_comparison import has_open_start
from overt.site.claim.second_hand_publishers import absent_origins, second_hand_sentence
from overt.site.organization.ended_systems import Ending, ending_words
from overt.site.site import Site
from tests.support.page_text import plain


def test_an_origin_without_a_document_is_named(site: Site) -> None:
    publishers = ["Addis Insight (on Haaretz)", "copy of a press report", "Fast Daily (citing the Guardian)", "Ethiopian Monitor"]
    assert absent_origins(publishers, with_articles=True) == [["Haaretz"], [], ["the Guardian"], []]
    assert absent_origins([*publishers, "Haaretz"], with_articles=False)[0] == [], "its own document is on record"
    assert (
        plain(second_hand_sentence(site, publishers[:1]))
        == "Overt has no document of Haaretz itself, only what others report from it."
    )
    assert second_hand_sentence(site, publishers[3:]) == ""


def test_an_ending_has_its_dates_and_a_newer_document(site: Site) -> None:
    assert ending_words(site, Ending("2016", "2021-03-18", "2021-04")) == "in use from 2016, ended 18 March 2021"
    assert ending_words(site, Ending(None, "2021-03", "2026")) == "ended March 2021, newest document on it: 2026"
    assert ending_words(site, Ending(None, None, "2026")) == ""
    assert has_open_start("../2020") and not has_open_start("2020")
