"""The first date of a law or agreement, with the word for its step."""

from overt.queries.rows.records import Record
from overt.site.agreement.first_date import first_date, first_date_words, with_step
from overt.site.site import Site
from tests.site.test_briefing import record


def law(**dates: str) -> Record:
    return record(
        "agreement", "Act (Kenya)", **{"party-country": "KE"} | {name.replace("_", "-"): day for name, day in dates.items()}
    )


def test_the_earliest_step_counts_with_its_word(site: Site) -> None:
    first = first_date(law(adopted="2016-12-16", signed="2017-01-23"))
    assert first and first == ("adopted", "2016-12-16")
    assert first_date_words(site, first) == "adopted 16 December 2016"
    assert with_step(site, law(), first) == "Act (adopted)"
    assert first_date(law(adopted="2016", in_force="2016-03-01")) == ("in-force", "2016-03-01"), "2016 may be later"
    only = first_date(law(date="2020-05"))
    assert only and first_date_words(site, only) == "May 2020" and with_step(site, law(), only) == "Act"
    assert first_date(law()) is None
