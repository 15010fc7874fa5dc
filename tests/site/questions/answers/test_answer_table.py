"""The table below an answer has a column for each property of projects, and repeats no sentence."""

import re
from typing import Any

from overt.queries.database import Reader
from overt.site.search.answer_table import answer_table, notes_beside
from overt.site.site import Site
from tests.support.client import Client


def _head(page: str) -> list[str]:
    table = page.partition('<section class="asked"')[2].partition("</thead>")[0]
    return re.findall('<th scope="col"[^>]*>(.*?)</th>', table)


def _data(sentence: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"sentence": sentence, "items": [*items], "intent": "blocked", "notes": []}


def test_projects_have_columns_and_marks(public_client: Client) -> None:
    page = public_client.get("/search?q=huawei+kenya").text
    assert _head(page)[:2] == ["Project", "Supplier (its country)"] and _head(page)[-1] == "Status, as of"
    assert "Details" not in _head(page), "the columns have all"
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Safe City Nairobi" in rows and 'class="evidence-mark' in rows and "Small numbers lead to the evidence" in page


def test_the_answer_comes_before_what_was_understood(public_client: Client) -> None:
    section = public_client.get("/search?q=huawei+kenya").text.partition('<section class="asked"')[2]
    assert 0 < section.index('<p class="lead">') < section.index('<ul class="chosen"') < section.index("<table")


def test_suppliers_and_countries_have_a_heading_of_their_own(public_client: Client) -> None:
    assert _head(public_client.get("/search?q=who+supplies+smart+cities+in+kenya").text) == ["Organisation", "Projects"]
    assert _head(public_client.get("/zh/search?q=谁供应了肯尼亚的智慧城市").text) == ["机构", "项目"]


def test_an_item_that_repeats_the_sentence_makes_no_table(site: Site, reader: Reader) -> None:
    item = {"type": "service", "id": "KE x", "label": "X, Kenya", "detail": "Blocked in 2020.", "address": "/", "projects": None}
    assert answer_table(site, reader, _data("Yes. Blocked in 2020.", item)) is None
    assert answer_table(site, reader, _data("Blocked.")) is None
    table = answer_table(site, reader, _data("Blocked.", item))
    assert table and (table.first, table.second) == ("Service and country", "What sources report")


def test_notes_without_a_table_stay() -> None:
    notes = [{"text": "Huawei denied (2019): It sold nothing.", "address": None, "record": "ovt-a", "is_denial": True}]
    assert notes_beside({"notes": notes}, None) == notes
