"""An edition of only some countries has the same ranks, shades and scales of indexes as an edition of all countries."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from overt.index.editions.edition_tables_and_limits import Edition, full_edition
from overt.index.editions.filtered_project_subset import Subset
from overt.index.editions.records_in_place_on_date import take_as_of
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.progress import Progress
from overt.server.app import create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements

pytestmark = pytest.mark.slow

FREEDOM = {"KE": "64", "LA": "33", "PK": "27", "UG": "51", "ET": "27"}
REPRESSION = {"KE": "-0.5", "LA": "0.9", "PK": "1.4", "UG": "0.2", "ET": "1.6"}
"""Values for 2024 by country. This index has no fixed range, so its scale extends from the lowest to the highest value."""
PART = ("KE", "PK")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> ServeSettings:
    """Settings of a server with all countries."""
    atlas = Atlas(tmp_path_factory.mktemp("ranks"))
    rows = []
    for series, values in (("freedom-on-the-net", FREEDOM), ("digital-repression", REPRESSION)):
        for country, value in values.items():
            rows += make_statements("indicator", f"{series}/{country}", series=series, country=country, year="2024", value=value)
    rows += make_statements("indicator", "earlier", series="freedom-on-the-net", country="KE", year="2023", value="66")
    for country in FREEDOM:
        rows += make_statements(
            "project", f"cameras/{country}", name=f"Cameras in {country}", kind="video-surveillance", country=country,
            operational="2020", status="operational",
        )  # fmt: skip
    atlas.fetch("alpha", rows)
    return ServeSettings(atlas.workspace, atlas.build(), public=True)


@pytest.fixture(scope="module")
def clients(everything: ServeSettings) -> tuple[Client, Client]:
    """A server with all countries, and one with the countries in `PART`."""
    return Client(create_app(everything)), Client(create_app(replace(everything, subset=Subset((("country", PART),)))))


def _standings(client: Client, country: str) -> list[str]:
    """Return the rows of a country's indexes, without tags: value, ends of the scale, rank."""
    page = client.get(f"/country/{country}").text
    rows = re.findall(r'<tr><th scope="row"><a href="/series/.*?</tr>', page)
    return [re.sub(r"\s*<[^>]+>\s*", " ", row) for row in rows]


@pytest.mark.parametrize("country", PART)
def test_ranks_and_scales_on_a_country_are_those_of_the_edition(clients: tuple[Client, Client], country: str) -> None:
    everything, part = (_standings(client, country) for client in clients)
    assert part == everything and len(part) == 2
    assert all(" of 5 " in row for row in part)


@pytest.mark.parametrize("series", ["freedom-on-the-net", "digital-repression"])
def test_ranks_on_a_series_are_those_of_the_edition(clients: tuple[Client, Client], series: str) -> None:
    def rows(client: Client) -> dict[str, str]:
        listed = re.findall(r'<tr><td class="number">.*?</tr>', client.get(f"/series/{series}").text)
        return {re.search(r"/series/[a-z-]+/([A-Z]{2})", row)[1]: row for row in listed}

    everything, part = map(rows, clients)
    assert sorted(everything) == sorted(FREEDOM) and sorted(part) == sorted(PART)
    assert part == {code: everything[code] for code in PART}, "rank, value, position on the scale and shade"


def test_a_part_whose_newest_year_is_older_names_no_highest_countries(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    rows = []
    for number, country in enumerate(("KE", "LA", "PK", "UG", "ET", "CN", "RU", "FR")):
        year, value = ("2024", "0.1") if country == "FR" else ("2023", str(number / 3 - 0.5))
        rows += make_statements("indicator", country, series="digital-repression", country=country, year=year, value=value)
        rows += make_statements(
            "project", f"p/{country}", name=f"Cameras in {country}", kind="video-surveillance", country=country
        )
    atlas.fetch("alpha", rows)
    release = atlas.build()

    def lead(*countries: str) -> str:
        settings = ServeSettings(atlas.workspace, release, public=True, subset=Subset((("country", countries),)))
        page = Client(create_app(settings)).get("/series/digital-repression").text
        return " ".join(re.sub(r"<[^>]+>", "", page.partition('<p class="lead">')[2].partition("</p>")[0]).split())

    six = lead("KE", "LA", "PK", "UG", "ET", "CN", "RU")
    countries = "Russia (1.50), China (1.17), Ethiopia (0.833), Uganda (0.500) and Pakistan (0.167)"
    assert six == f"Of 7 countries with a score for 2023, {countries} have the highest."
    assert lead("KE", "RU") == "In 2023, 1 of 2 countries scored 1 or more, where 0 is about the mean."


def test_the_comparison_of_a_country_counts_the_edition(clients: tuple[Client, Client]) -> None:
    everything, part = (client.get("/series/digital-repression/KE").text for client in clients)
    sentence = "That is more repression than in 0 of the 5 countries in Overt’s data, and less than in 4."
    assert sentence in everything and sentence in part


def test_the_other_countries_have_no_rows_and_pages(clients: tuple[Client, Client]) -> None:
    _, part = clients
    assert part.get("/series/freedom-on-the-net/UG").status_code == 404
    assert set(re.findall(r"(?m)^[^,]*,[^,]*,([A-Z]{2}),", part.get("/series/freedom-on-the-net.csv").text)) == set(PART)


def test_only_a_subset_has_indicators_of_its_edition(everything: ServeSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition as of a date is not such a subset, so it must not have the indicators of later years."""

    def as_of(settings: ServeSettings, release: Path, progress: Progress, *, served: bool = True) -> Edition:
        return take_as_of(full_edition(release), release.name, "2023", settings.workspace.content, settings.workspace.cache)

    monkeypatch.setattr("overt.index.release_preparation._edition", as_of)
    with closing(sqlite3.connect(prepare(everything).database)) as index:
        assert index.execute("SELECT year, CAST(value AS REAL) FROM compared_indicators").fetchall() == [(2023, 66)]
