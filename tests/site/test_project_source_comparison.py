"""The comparison of a project's sources."""

import re

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id
from overt.site.project.source_comparison import Line, SideBySide, Word, _mark_differences
from overt.site.site import Site
from tests.support.client import Client

NAIROBI = canonical_id("secret_map:nairobi")
SCHEMA = Catalogue().schema


def section(client: Client, path: str) -> str:
    """Return the section of a page on what each source says; empty if the page has none."""
    match = re.search(r'<h2 id="says">.*?(?=<h2 id=)', client.get(path).text, re.DOTALL)
    return match[0] if match else ""


def rows(html: str) -> dict[str, list[str]]:
    """Return the cells by property, as HTML."""
    body = html.partition("<tbody>")[2]
    return {
        re.sub(r"<[^>]*>", "", name).replace("≠", "").strip(): re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)
        for name, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    }


def test_a_project_of_several_sources_shows_what_each_says(client: Client) -> None:
    html = section(client, f"/project/{NAIROBI}")
    head = re.findall(r'<th scope="col">(.*?)</th>', html, re.DOTALL)
    assert len(head) == 4  # the columns are the property and three sources
    table = rows(html)
    assert all(len(cells) == 3 for cells in table.values())
    status = [re.sub(r"<[^>]*>", "", cell) for cell in table["Status"]]
    assert len({text.strip() for text in status}) > 1
    assert any('class="rival"' in cell for cell in table["Status"])
    assert "says nothing" in "".join(table["Sector"])
    assert not any('class="rival"' in cell for cell in table["Sector"])  # only one source has a value
    assert "Supplier" in table


def test_every_value_leads_to_its_claim(client: Client) -> None:
    page = client.get(f"/project/{NAIROBI}").text
    html = section(client, f"/project/{NAIROBI}")
    targets = re.findall(r'<a class="evidence-mark hollow[^"]*" href="([^"]*)"', html)
    assert len(targets) >= 8
    for target in targets:
        if target.startswith("#"):
            assert f'id="{target[1:]}"' in page
        else:
            assert client.get(target).status_code == 200


def test_amounts_of_money_are_left_open_and_never_marked() -> None:
    prop = SCHEMA.types["project"].properties["contract-value"]
    cells = {
        source: [Word(amount, "USD", None, None, None, "stated", "#")]
        for source, amount in (("a", "24000000"), ("b", "28000000"))
    }
    line = _mark_differences(Line("Contract value", prop, cells), {"24000000"})
    assert line.is_left_open
    assert not line.differs


def test_a_project_of_one_source_has_no_such_table(client: Client) -> None:
    assert section(client, f"/project/{canonical_id('open_projects:5g')}") == ""


def test_withheld_properties_are_not_columns(client: Client, public_client: Client) -> None:
    path = public_client.get(f"/project/{canonical_id('open_projects:nairobi')}")
    text = public_client.get(path.headers["location"]).text if path.status_code == 308 else path.text
    assert "What each source says" in text
    assert "SECRET" not in text
    assert "SECRET" in section(client, f"/project/{NAIROBI}")


def words(*values: str) -> list[Word]:
    return [Word(value, None, None, None, None, "stated", "#claim-x") for value in values]


def differing(name: str, shown_values: set[str], **cells: tuple[str, ...]) -> set[str]:
    prop = SCHEMA.types["project"].properties[name]
    line = _mark_differences(Line(prop.label, prop, {source: words(*values) for source, values in cells.items()}), shown_values)
    return {word.value for marked_words in line.cells.values() for word in marked_words if word.differs}


@pytest.mark.parametrize(
    ("name", "shown_values", "cells", "expected"),
    [
        ("status", "completed", {"a": ("completed",), "b": ("cancelled",)}, {"cancelled"}),
        ("status", "completed", {"a": ("completed",), "b": ("completed",)}, set()),
        ("status", "completed", {"a": ("completed",)}, set()),
        ("agreed", "2017", {"a": ("2017",), "b": ("2017-03-05",)}, set()),  # the other value is a day in the same year
        ("agreed", "2017", {"a": ("2017",), "b": ("2019",)}, {"2019"}),
        ("country", "KE", {"a": ("KE", "TZ"), "b": ("KE",)}, {"TZ"}),
        ("name", "Safe City", {"a": ("Safe City",), "b": ("SAFE CITY",)}, set()),
    ],
)
def test_differing_values_are_marked(name: str, shown_values: str, cells: dict[str, tuple[str, ...]], expected: set[str]) -> None:
    assert differing(name, {shown_values}, **cells) == expected


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"a": ["100"], "b": ["100"]}, "They agree on everything that"),
        ({"a": ["100"], "b": ["200"]}, "these lines aren’t compared: Money promised. They agree on everything else that"),
        ({"a": ["100"], "b": ["100", "200"]}, "these lines aren’t compared: Money promised. They agree on everything else that"),
        ({"a": ["100", "200"]}, "They agree on everything that"),
    ],
)
def test_sources_with_other_amounts_do_not_agree_on_everything(site: Site, cells: dict[str, list[str]], sentence: str) -> None:
    amount = SCHEMA.types["commitment"].properties["amount"]
    amounts = {
        source: [Word(value, "USD@2021", None, None, None, "stated", "#claim-x") for value in values]
        for source, values in cells.items()
    }
    table = SideBySide([(source, 1) for source in cells], [Line("Money promised", amount, amounts)])
    template = '{% from "project/source_comparison.html" import said_by_each %}{{ said_by_each(table) }}'
    text = re.sub(r"<[^>]*>", "", site._environment.from_string(template).render(table=table))
    assert f"{sentence} more than one of them states." in text and ("aren’t compared" in text) == ("aren’t compared" in sentence)
