"""Linked data (JSON-LD) of projects and figures: names, places, sources, and numbers with their units."""

from overt.model.record_ids import canonical_id
from overt.queries.figures import Figure
from overt.site.figure_texts import rounded, value_and_unit
from overt.site.site import Site
from tests.support.client import Client

NAIROBI = canonical_id("secret_map:nairobi")


def test_linked_data_of_a_project(client: Client) -> None:
    node = client.get(f"/project/{NAIROBI}.jsonld").json()
    assert node["about"] == {"@type": "Thing", "name": "SECRET-77 name of the Nairobi project", "identifier": NAIROBI}
    assert {"@type": "Country", "name": "Kenya", "identifier": "KE"} in node["spatialCoverage"]
    assert any(place.get("geo", {}).get("latitude") == -1.2864 for place in node["spatialCoverage"])
    statuses = [value for value in node["variableMeasured"] if value["propertyID"] == "status"]
    assert len(statuses) == 3 and all("Sources disagree" in value["description"] for value in statuses)
    names = [role["contributor"]["name"] for role in node["contributor"]]
    assert any("Huawei" in name for name in names)
    assert all(source["license"] for source in node["isBasedOn"])
    assert "javascript:" not in str(node)


def test_a_figure_is_a_number_with_its_unit_in_words(client: Client) -> None:
    figures = {figure["name"]: figure["value"] for figure in client.get("/api/v1/figures").json()}
    for name, unit in (("test-projects", "projects"), ("test-money", "US dollars, constant prices of 2021")):
        (measured,) = client.get(f"/figure/{name}.jsonld").json()["variableMeasured"]
        assert measured["value"] == round(figures[name], 2) and measured["unitText"] == unit
        (item,) = client.get(f"/figure/{name}.csl.json").json()
        assert f" {measured['value']:,}" in item["abstract"] and item["abstract"].endswith(f" {unit}.")


def _figure(value: str, unit: str) -> Figure:
    return Figure(
        "f", "F", None, None, unit, "cable system", None, "ok", value, rows=1, headline=0, groups={}, variants=[], comparators=[],
        sources=[], gaps=[], definition={},
    )  # fmt: skip


def test_money_is_rounded_as_its_page_rounds_it(site: Site) -> None:
    assert rounded("25836368344.2259", "USD@2021") == 25836368344.23
    assert (
        value_and_unit(site.formats, _figure("25836368344.2259", "USD@2021"))
        == "25,836,368,344.23 US dollars, constant prices of 2021"
    )
    assert (rounded("54.0000", "cable systems"), value_and_unit(site.formats, _figure("54.0000", "cable systems"))) == (
        54,
        "54 cable systems",
    )


def test_the_middle_of_a_country_is_not_a_place(client: Client) -> None:
    node = client.get(f"/project/{canonical_id('open_projects:5g')}.jsonld").json()
    assert "geo" not in str(node)
