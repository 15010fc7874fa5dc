"""Sentences of a country's page on the systems that somebody disputes: how many, by whom, and what doesn't count as a dispute."""

import re

import pytest
from markupsafe import Markup

from overt.queries.labels import RecordLabel
from overt.site.country.project_totals_by_kind_and_purpose import systems_sentence
from overt.site.country.statements_and_notes_on_projects import Statement
from overt.site.country.system_status_texts import censorship_systems, disputes, progress
from overt.site.project.statement_response import response
from overt.site.site import Site
from tests.site.test_briefing import CAMERAS, FILTER
from tests.support.client import Client
from tests.support.page_text import marked, spaced


def denial(name: str, part: str = "supply", *, use_on_record: bool = True) -> Statement:
    return Statement(name, RecordLabel(name, name, "en", None), None, None, "denial", part, use_on_record)


def test_disputes_name_three_organisations_or_four_if_there_are_no_more(site: Site) -> None:
    first = CAMERAS._replace(denials=[denial("A"), denial("B"), denial("A")])
    filtering = FILTER._replace(denials=[denial("C"), denial("D Co., Ltd.")])
    systems = [first, filtering, CAMERAS, CAMERAS]
    sentence = disputes(site, "KE", systems)
    assert marked(sentence) == "2 of the 4 systems are disputed, in whole or in part, by A, B, C and D."
    more = filtering._replace(denials=[*filtering.denials, denial("E")])
    assert marked(disputes(site, "KE", [first, more])).endswith(" are disputed, in whole or in part, by A, B, C and 2 others.")
    assert 'href="/country/KE#systems">disputed</a>' in sentence
    assert marked(disputes(site, "KE", [filtering] + [CAMERAS] * 3, {"D Co., Ltd.": "Dee"})) == (
        "1 of the 4 systems is disputed, in whole or in part, by C and Dee."
    )
    assert disputes(site, "KE", [CAMERAS]) == ""
    counted = marked(progress(site, "KE", [first, CAMERAS, CAMERAS, CAMERAS], Markup("4 surveillance systems"), None, systems))
    assert counted.endswith(" 2 of the 4 systems are disputed, in whole or in part, by A, B, C and D.")
    assert "disputed by C and D" in marked(censorship_systems(site, "KE", [filtering])), "the name of a system has its own"


def test_the_first_sentence_says_if_many_systems_are_disputed(site: Site) -> None:
    first = CAMERAS._replace(denials=[denial("A")])
    few, many = (marked(systems_sentence(site, "KE", [first, *[CAMERAS] * more])) for more in (4, 3))
    assert "disputed" not in few
    assert many.endswith("cameras or sensors; 1 of them is disputed in whole or in part.")
    assert marked(systems_sentence(site, "KE", [first])).endswith("; it is disputed in whole or in part.")


@pytest.mark.parametrize(
    ("part", "use_on_record", "expected"),
    [
        ("use", True, "dispute"),
        ("use", False, "denial-of-use"),
        ("supply", False, "dispute"),
        ("system", False, "dispute"),
        ("conduct", False, "rejection"),
    ],
)
def test_a_denial_of_use_disputes_only_a_use_on_record(part: str, use_on_record: bool, expected: str) -> None:
    assert response("denial", [part], use_on_record=use_on_record) == expected
    assert denial("A", part, use_on_record=use_on_record).disputes == (expected == "dispute")
    assert response("denial", ["use", "conduct"], use_on_record=False) == "denial-of-use"
    assert response("denial", ["use", "supply"], use_on_record=False) == "dispute"


def test_a_countrys_number_of_disputed_systems_is_that_of_its_boxes(shipped: Client) -> None:
    page = shipped.get("/country/MM").text
    text = spaced(page)
    rows = re.split(r'<tr(?: class="uncounted")?><th scope="row">', page.partition('id="systems"')[2].partition("</table>")[0])[
        1:
    ]
    boxes = sum("Disputed by" in row for row in rows)
    number = re.search(r"(\d+) of the (\d+) systems are disputed, in whole or in part, by ", text)
    assert number and (int(number[1]), int(number[2])) == (boxes, len(rows))
    assert f"; {boxes} of them are disputed in whole or in part." in text
    assert "Use denied by Telenor Group" in text, "equipment that wasn't activated is still there"
    pegasus = spaced(shipped.get("/country/AE").text)
    assert "Disputed by Ruler of Dubai" in pegasus, "nobody has spyware without using it"
