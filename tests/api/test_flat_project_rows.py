"""The API's flat table of projects has the rows and columns of the released table."""

from typing import Any

from overt.export.public_release_reader import PublicRelease
from overt.release.columns.shared_and_former_column_names import former_names
from overt.release.flat_projects import COLUMNS, NAME, NUMBERS
from tests.support.client import Client

PATH = "/api/v1/projects/flat"


def rows(client: Client, **parameters: str) -> list[dict[str, Any]]:
    items, cursor = [], ""
    while True:
        response = client.get(PATH, params={"limit": "2", **parameters, **({"cursor": cursor} if cursor else {})})
        assert response.status_code == 200, response.text
        items += response.json()["items"]
        assert response.json()["total"] >= len(items)
        cursor = response.json()["next"]
        if cursor is None:
            return items


def test_the_rows_are_those_of_the_files(public_client: Client, public_release: PublicRelease) -> None:
    expected = {row["id"]: row for row in public_release.rows(f"SELECT * FROM {NAME}")}
    served = rows(public_client)
    assert [row["id"] for row in served] == sorted(expected)
    for row in served:
        assert list(row) == list(COLUMNS)
        for name, value in expected[row["id"]].items():
            assert row[name] == (float(value) if value is not None and name in NUMBERS else value), name


def test_filters_and_columns_are_chosen(public_client: Client) -> None:
    every = rows(public_client)
    in_kenya = rows(public_client, country="KE", fields="id,country")
    assert in_kenya and all(list(row) == ["id", "country"] for row in in_kenya)
    expected = [row["id"] for row in every if "KE" in (row["country"] or "").split("; ")]
    assert [row["id"] for row in in_kenya] == expected
    wrong = public_client.get(PATH, params={"fields": "id,nope"})
    assert wrong.status_code == 400 and "there are id, name" in wrong.json()["detail"]
    assert public_client.get(PATH, params={"nope": "1"}).status_code == 400


def test_old_names_of_columns_can_be_requested(public_client: Client) -> None:
    former = former_names(NAME)
    present = rows(public_client, fields=",".join(former.values()))
    assert any(row["country"] for row in present) and any(row["latitude"] for row in present)
    for old, row in zip(rows(public_client, fields=",".join(former)), present, strict=True):
        assert old == {name: row[column] for name, column in former.items()}
    [field] = [
        parameter
        for parameter in public_client.get("/api/openapi.json").json()["paths"][PATH]["get"]["parameters"]
        if parameter["name"] == "fields"
    ]
    assert "`country_codes` for `country`" in field["description"]


def test_the_description_has_every_column(public_client: Client) -> None:
    schemas = public_client.get("/api/openapi.json").json()["components"]["schemas"]
    properties = schemas["FlatProject"]["properties"]
    assert {name: field["description"] for name, field in properties.items()} == COLUMNS
