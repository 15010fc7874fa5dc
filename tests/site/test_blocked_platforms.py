"""Pages of the shipped edition on platforms that states block."""

import re
from collections.abc import Iterator

import pytest

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.shipped_edition import ShippedEdition


@pytest.fixture(scope="module")
def shipped(shipped_edition: ShippedEdition) -> Iterator[Client]:
    yield Client(create_app(ServeSettings(Workspace.open(shipped_edition.root))))


def test_a_platform_page_begins_with_the_number_of_countries(shipped: Client) -> None:
    page = shipped.get("/platform/whatsapp").text
    text = re.sub("<[^>]+>", "", page)
    [(total, blocked, throttled, names, part)] = re.findall(
        r"WhatsApp is or was restricted in (\d+) countries: blocked in (\d+), only throttled in (\d+) \(([^)]*)\) and "
        r"restricted only in part in (\d+)\.",
        text,
    )
    assert int(blocked) + int(throttled) + int(part) == int(total) == 30 and names == "Kazakhstan and Turkey"
    assert text.index("These are reports, not today’s state") < text.index("no source reports an end")
    grouped = text.partition("Last reports: ")[2].partition(".")[0]
    years = re.findall(r"(?:^|, )([^(,]+) \(", grouped)
    assert years[:2] == ["2026", "2025"] and years[-1] == "undated" and len(years) > 3, "newest reports first"
    assert 'href="/country/GA">Gabon</a>' in page.partition("Last reports: ")[2]
    assert "Blocking of calls" in page
    recent, earlier, ended, partly = (
        int(number) for number in re.findall(r'<span class="swatch shade-\d"></span> (\d+) countries', page)
    )
    assert recent + earlier + ended + partly == int(total) and partly == int(part)
    assert f"In {recent + earlier} countries no source reports an end" in page
    assert f"In {ended} countries it ended" in page and f"In {partly} countries only a part" in page
    assert "no end reported, last report 2024 or later" in page and "before 2024 (" in text


def test_a_map_leaves_out_bans_on_official_devices(shipped: Client) -> None:
    page = shipped.get("/platform/tiktok").text
    [drawn] = re.findall(r"<svg.*?</svg>", page, re.DOTALL)[:1] or [""]
    assert "Canada" not in drawn
    assert ("Bans on official devices aren’t shaded." in page) == bool(drawn)
    assert "Ban on official devices" in page


def test_what_is_blocked_counts_countries_of_each_platform(shipped: Client) -> None:
    page = shipped.get("/blocked").text
    counts = re.findall(r'href="/platform/([a-z-]+)"><bdi>[^<]*</bdi></a> <span class="muted">(\d+)</span>', page)
    assert dict(counts)["whatsapp"] == "25"
    assert [int(number) for _, number in counts] == sorted((int(number) for _, number in counts), reverse=True)


def test_what_is_blocked_counts_restrictions_as_countries_do(shipped: Client) -> None:
    page = shipped.get("/blocked").text
    of_countries = dict(re.findall(r'href="/country/([A-Z]{2})/restrictions">[^<]*</a> <span class="muted">(\d+)</span>', page))
    assert f"{sum(map(int, of_countries.values()))} restrictions of services are on record" in page
    assert f"{of_countries['CN']} are in China." in page


def test_what_is_blocked_sorts_countries_by_name(shipped: Client) -> None:
    table = shipped.get("/blocked").text.partition("<tbody>")[2].partition("</tbody>")[0]
    countries = list(dict.fromkeys(re.findall(r'data-label="Country"><a[^>]*>([^<]+)</a>', table)))
    assert countries[0] == "Afghanistan" and countries.index("United Arab Emirates") > countries.index("Uganda")


def test_a_country_lists_restrictions_and_no_block_alone(shipped: Client) -> None:
    page = shipped.get("/country/CA/restrictions").text
    assert "Sources report 1 restriction, newest first." in page
    assert "Ban on official devices" in page
