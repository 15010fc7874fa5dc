"""Pages of figures: rows, values by region, gaps, answers, differences and citations; and figures of older releases."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.record_ids import canonical_id
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.full_details.figures_with_details_or_in_region import figures_in_region
from overt.release.figures.figure_definition import load_figures
from overt.release.figures.gap_and_difference_labels import PLACEHOLDER
from overt.site.citations_and_linked_data.citation_box import cite_figure
from overt.site.figure.answer_and_robustness_texts import answer_text
from overt.site.figure.reported_total_texts import statements
from overt.site.figure_texts import figure_sources, with_words
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import spaced


class OldReader(Reader):
    """A reader of a release made before comparators had a unit or a note."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def _run(self, statement: str, values: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        columns, rows = self._reader._run(statement, values)
        at = columns.index("comparators")
        old = json.dumps([{"value": 63, "difference": -49}])
        return columns, [(*row[:at], old, *row[at + 1 :]) for row in rows]


def test_tables_that_an_older_release_lacks_are_optional(reader: Reader, site: Site) -> None:
    for figure in figures.all_figures(OldReader(reader)):
        (other,) = with_words(site, figure)["comparators"]
        assert other["text"].endswith("63")
        assert other["reported_by"] is None


def test_rows_have_names_organisations_and_other_figures_that_count_them(client: Client) -> None:
    table = client.get("/figure/test-projects").text.partition('id="rows"')[2].partition("</table>")[0]
    names = [
        html.unescape(re.sub("<[^>]*>", "", match)).lower()
        for match in re.findall('<th scope="row">(.*?)</th>', table, re.DOTALL)
    ]
    assert len(names) == 14 and names == sorted(names)
    kenyan = [row for row in table.split("<tr>") if "also in: In Kenya" in row]
    assert len(kenyan) == 3 and all(">Kenya" in row for row in kenyan)
    assert f'<a href="/organization/{canonical_id("secret_map:huawei")}">' in "".join(kenyan)


def test_a_figure_of_the_release_that_is_served_answers_under_its_cited_name(client: Client, site: Site) -> None:
    release = site.prepared.release
    for ending in ("json", "csv", "parquet"):
        answer = client.get(f"/figure/test-projects@{release}.{ending}")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"/figure/test-projects.{ending}"
        other = client.get(f"/figure/test-projects@2001-01-01-00000000.{ending}")
        assert other.status_code == 404 and "the edition that is served here" in other.text
    named = client.get(f"/api/v1/figures/test-projects@{release}")
    assert named.json() == client.get("/api/v1/figures/test-projects").json()
    other = client.get("/api/v1/figures/test-projects@2001-01-01-00000000")
    assert other.status_code == 404 and release in other.text


@pytest.mark.ci
def test_a_figure_has_its_value_in_each_region(client: Client, reader: Reader, site: Site) -> None:
    compared = 0
    for figure in figures.all_figures(reader):
        by_region = {row.region: row.value for row in figures.by_region(reader, figure)}
        for region in site.words.regions:
            [other] = figures_in_region(reader, "", region, figure.name)
            expected = other["value"] if other["rows"] else None
            assert by_region.get(region) == (None if expected is None else pytest.approx(float(expected))), (figure.name, region)
            compared += expected is not None
    assert compared > 20
    page = client.get("/figure/test-projects").text
    rows = dict(re.findall(r'href="/region/([a-z0-9-]+)">[^<]*</a></th><td class="number">([0-9,]+)<', page))
    assert rows["africa"] == str(len(figures_in_region(reader, "", "africa", "test-projects")[0]["rows"]))


def test_money_in_other_currencies_is_named(reader: Reader, sites: dict[str, Site]) -> None:
    stored = figures.all_figures(reader)[0]
    gap = {"source": None, "title": None, "what": "currency", "rows": 2, "note": None, "unit": "EUR", "amount": 1007.5}
    variant = {
        "name": "converted",
        "title": "Converted",
        "value": 2117,
        "same": False,
        "note": None,
        "computed": True,
        "left_out": 3,
    }
    figure = stored._replace(gaps=[gap], variants=[variant])
    english, chinese = (with_words(sites[code], figure) for code in ("en", "zh"))
    assert [str(text) for text in english["gaps"]] == ["2 amounts in EUR are left out: €1,007.50 in all."]
    assert english["short_gap"].endswith("2 amounts in other currencies left out")
    assert english["variants"][0]["text"] == "2,117, computed; 3 amounts are left out"
    assert "未计入2笔EUR金额" in str(chinese["gaps"][0]) and "计算所得" in chinese["variants"][0]["text"]


def test_every_shipped_figure_answers_in_both_languages(content: Catalogue) -> None:
    for figure in load_figures(content):
        assert figure.answer and figure.answer_zh, figure.name
        names = set(PLACEHOLDER.findall(figure.answer))
        assert names and names == set(PLACEHOLDER.findall(figure.answer_zh)), figure.name


def test_an_answer_names_only_variants(tmp_path: Path, content: Catalogue) -> None:
    folder = tmp_path / "figures" / "wrong"
    folder.mkdir(parents=True)
    shipped = content.figure_folders["data-centres-abroad"]
    text = (shipped / "figure.yml").read_text(encoding="utf-8").replace("{value} data centres", "{none-such} data centres")
    (folder / "figure.yml").write_text(text, encoding="utf-8")
    (folder / "query.sql").write_text("SELECT 1", encoding="utf-8")
    with pytest.raises(ContentError, match="answer: there is no variant 'none-such'"):
        load_figures(Catalogue(tmp_path))


def test_an_answer_has_its_numbers_or_is_left_out(reader: Reader, site: Site) -> None:
    stored = figures.find(reader, "test-money")
    assert stored is not None and answer_text(site, stored) is None, "it has no answer"
    variant = {"name": "part", "value": 2_000_000, "same": False, "note": None}
    answered = stored._replace(definition={"answer": "{value} in all, {part} of it"}, variants=[variant])
    assert answer_text(site, answered) == "$1.09 billion in all, $2 million of it"
    assert answer_text(site, answered._replace(variants=[{**variant, "value": None}])) is None
    assert answer_text(site, answered._replace(value=None)) is None


def test_a_counted_source_that_a_figure_does_not_list_is_credited(reader: Reader) -> None:
    stored = figures.find(reader, "test-money")
    assert stored is not None
    definition = {"requires": ["a"], "any_of": ["b", "c"], "variants": [{"name": "part", "requires": ["of_variant"]}]}
    used = [{"source": source} for source in ("a", "b", "of_variant", "own")]
    assert figure_sources(stored._replace(definition=definition, sources=used)) == ["a", "b", "own"]
    assert figure_sources(stored._replace(definition=definition, sources=[])) == ["a", "b", "c"]


def test_a_difference_is_one_sentence(site: Site) -> None:
    other = {"id": "a", "apart": False, "difference": 3, "difference_text": "+3"}
    lines = [
        {"amount": "−52", "kind": "Not in our sources"},
        {"amount": "0", "kind": "X"},
        {"amount": "+55", "kind": "Of another scope"},
    ]
    parts = [{"other": other, "lines": lines}]
    (statement,) = statements(site, {"comparators": [other]}, parts)
    assert statement.difference == "Ours is 3 higher: −52 not in our sources; +55 of another scope."
    (statement,) = statements(site, {"comparators": [{**other, "difference": -2, "difference_text": "−2"}]}, [])
    assert statement.difference == "Ours is 2 lower."
    (statement,) = statements(site, {"comparators": [{**other, "apart": True}]}, [])
    assert statement.difference == ""


def test_a_citation_is_in_english_on_chinese_pages_too(sites: dict[str, Site], reader: Reader) -> None:
    """A release stores only the English question of a figure."""
    figure = figures.find(reader, "test-money")
    assert figure is not None
    assert cite_figure(sites["zh"], figure) == cite_figure(sites["en"], figure)


def test_systems_in_no_year_may_have_other_dates(shipped: Client) -> None:
    text = spaced(shipped.get("/figure/deployments-by-supplier").text)
    undated = re.search(r"(\d+) systems are undated", text)
    in_no_year = r"(\d+) are in no year, because no source says when they were in place\. (\d+) of them have dates of other"
    undrawn = re.search(in_no_year, text)
    assert undated and undrawn
    assert 0 < int(undrawn[1]) - int(undrawn[2]) <= int(undated[1]), "an undated system may have, say, a day by which it ended"
