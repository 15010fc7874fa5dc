"""Labels of domains from lists of sites: on pages, in editions restricted by licence, and as verification recomputes them."""

import re
import shutil
from pathlib import Path

import pytest

from overt.archive import Archive
from overt.index.editions.public_edition import restrict
from overt.model.content_catalogue import Catalogue
from overt.model.workspace import Workspace
from overt.release.blocklist_and_domain_tables import verify_observations
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, fetch_samples
from tests.support.release_table_rows_and_file_hashes import query_release

LISTS, SERVICES = "citizenlab_test_lists", "ooni_services"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    atlas = Atlas(tmp_path_factory.mktemp("labelled"))
    fetch_samples(atlas.workspace, [LISTS, SERVICES, "gfw_report_mechanisms", "agreements"])
    atlas.build()
    return atlas


@pytest.fixture(scope="module")
def served(atlas: Atlas) -> Client:
    return Client(create_app(ServeSettings(Workspace.open(atlas.root))))


def text(served: Client, address: str) -> str:
    """Return the text of a page's main part, without markup."""
    page = served.get(address)
    assert page.status_code == 200
    words = re.sub(r"<[^>]*>", " ", page.text.partition("<main")[2])
    return re.sub(r" (?=[.):])|(?<=\() ", "", re.sub(r"\s+", " ", words))


def test_a_domain_has_its_categories_and_lists(served: Client) -> None:
    page = text(served, "/domain/www.lantern-news.example")
    assert "None of Overt’s lists of blocked domains names this domain." in page
    assert "News media all countries 3 March 2019" in page and "News media China 15 April 2014" in page
    assert "What kind of site it is" not in text(served, "/domain/unknown.example")


def test_an_edition_without_lists_of_blocked_domains_says_so(shipped: Client) -> None:
    page = text(shipped, "/domain/bbc.com")
    assert "Overt has no lists of blocked domains." in page and "names this domain" not in page
    assert "absence from a list" not in page
    answer = shipped.get("/api/v1/domains/bbc.com").json()
    assert (answer["finding"], answer["series"]) == (None, [])


def test_a_domain_of_a_platform_has_the_reports_on_the_platform(shipped: Client) -> None:
    page = shipped.get("/domain/bbc.com").text
    words = text(shipped, "/domain/bbc.com")
    assert "BBC was blocked in China from July 2018; Overt has no report of an end." in words
    assert 'bbc.com belongs to <a href="/platform/bbc">BBC</a>, whose page has every report and its sources.' in page
    assert (
        "These are reports, not today’s state: the newest is dated" in words and "Overt has no lists of blocked domains." in words
    )
    [first] = re.findall(r'<p class="lead">(.*?)</p>', shipped.get("/platform/x").text)
    assert first in shipped.get("/domain/x.com").text, "the same sentences as on the platform's page"
    other = shipped.get("/domain/never-measured.example").text
    assert "belongs to" not in other and '<p class="empty-title">Overt has no lists of blocked domains.</p>' in other


def test_a_host_belongs_to_a_service_also_below_a_domain(served: Client) -> None:
    below = text(served, "/domain/media.messages.example")
    assert "messages.example, with all names below it, is a host of WhatsApp (website)." in below
    exact = text(served, "/domain/chat.signal-host.example")
    assert "chat.signal-host.example is a host of Signal (chat)." in exact
    assert "is a host of" not in text(served, "/domain/x.chat.signal-host.example"), "only the host itself"


def test_a_platform_has_its_hosts(served: Client) -> None:
    assert "messages.example website included" in text(served, "/platform/whatsapp")


def test_a_country_counts_its_tested_sites(served: Client) -> None:
    page = text(served, "/country/CN/restrictions")
    assert "Test lists of sites, by category: 3 sites to test in this country." in page
    assert re.search(r"News media 1 0 ", page), "tested, and on no list of what is blocked"
    assert "在该国测试的网站3个" in text(served, "/zh/country/CN/restrictions")


@pytest.mark.slow
def test_labels_are_withheld_as_their_licences_say(atlas: Atlas, content: Catalogue, tmp_path: Path) -> None:
    (release,) = (path for path in (atlas.root / "releases").iterdir() if path.is_dir())
    rows = {
        reuse: restrict(release, ["open", *reuse], content, tmp_path / str(len(reuse))).manifest["tables"]["domain_labels"][
            "rows"
        ]
        for reuse in ((), ("non-commercial",), ("non-commercial", "private"))
    }
    assert list(rows.values()) == [0, 10, 14]


def test_labels_are_made_again_by_verification(atlas: Atlas, content: Catalogue, tmp_path: Path) -> None:
    (release,) = (path for path in (atlas.root / "releases").iterdir() if path.is_dir())
    counted = query_release(release, "SELECT source, count(*) AS labels FROM domain_labels GROUP BY source ORDER BY source")
    assert counted == [{"source": LISTS, "labels": 10}, {"source": SERVICES, "labels": 4}]
    archive = Archive(atlas.workspace.archive)
    assert list(verify_observations(release, archive, content)) == []
    forged = Path(shutil.copytree(release, tmp_path / release.name))
    query_release(
        forged,
        "COPY (SELECT * REPLACE ('news' AS category) FROM domain_labels) TO"
        f" '{forged / 'tables' / 'forged.parquet'}' (FORMAT parquet)",
    )
    (forged / "tables" / "forged.parquet").replace(forged / "tables" / "domain_labels.parquet")
    differences = list(verify_observations(forged, archive, content))
    assert len(differences) == 2 and all("domain_labels recomputed" in line for line in differences)
