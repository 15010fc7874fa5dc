"""Reports that others pass on, and how systems ended."""

from overt.model.values.date_comparison import has_open_start
from overt.queries.rows.records import Fact, Record
from overt.site.claim.publishers_known_at_second_hand import absent_origins, origin_sentence, second_hand_sentence
from overt.site.organization.cancelled_system_dates import Ending, ending_words
from overt.site.site import Site
from tests.support.page_text import plain


def test_an_origin_without_a_document_is_named(site: Site) -> None:
    publishers = ["Addis Insight (on Haaretz)", "copy of a press report", "Fast Daily (citing the Guardian)", "Ethiopian Monitor"]
    assert absent_origins(publishers, with_articles=True) == [["Haaretz"], [], ["the Guardian"], []]
    assert absent_origins([*publishers, "Haaretz"], with_articles=False)[0] == [], "its own document is on record"
    assert (
        plain(second_hand_sentence(site, publishers[:1]))
        == "Overt has no document of Haaretz itself on this, only what others report from it."
    )
    assert second_hand_sentence(site, publishers[3:]) == ""


def test_an_origins_own_document_on_other_facts_is_linked(site: Site) -> None:
    """Overt mustn't say that it has no document of a publisher if it lists such a document for the same project."""
    own = [document("a", "Haaretz"), document("b", "Addis Standard")]
    sentence = second_hand_sentence(site, ["Addis Insight (on Haaretz)"], own)
    assert plain(sentence) == "A document of Haaretz itself is on record too, but for other facts."
    assert f'href="{site.record_url("document", "a")}"' in sentence
    both = second_hand_sentence(site, ["Addis Insight (on Haaretz)", "Fast Daily (citing the Guardian)"], own)
    assert plain(both).startswith(
        "Overt has no document of the Guardian itself on this, only what others report from it. A document"
    )
    assert second_hand_sentence(site, ["Addis Insight (on Haaretz)"], same=["Haaretz"]) == "", "it says the same"
    assert "Overt has no document" not in origin_sentence(site, ["Haaretz"], own)
    assert plain(origin_sentence(site, ["Haaretz", "the Guardian"], own)) == (
        "It reports what comes from the Guardian; Overt has no document of the Guardian itself on this. "
        "A document of Haaretz itself is on record too, but for other facts."
    )


def document(identity: str, publisher: str) -> Record:
    fact = Fact(identity, "publisher", publisher, None, None, True, False, "stated", 1, 1, None, "", None, None, None)
    return Record(identity, "document", None, None, None, 1, None, 1, "open", {"publisher": [fact]})


def test_an_ending_has_its_dates_and_a_newer_document(site: Site) -> None:
    assert ending_words(site, Ending("2016", "2021-03-18", "2021-04")) == "in use from 2016, ended 18 March 2021"
    assert ending_words(site, Ending(None, "2021-03", "2026")) == "ended March 2021, newest document on it: 2026"
    assert ending_words(site, Ending(None, None, "2026")) == ""
    assert has_open_start("../2020") and not has_open_start("2020")
