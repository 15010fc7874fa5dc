"""No address of a public server and no file of a public edition contains any of thousands of private values.

This holds whatever headers a proxy adds.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from overt.edition.edition_plan import parts
from overt.edition.edition_publication import publish
from overt.server.app import ServeSettings, create_app, prepare
from overt.server.sites_by_language import make_sites
from tests.security.test_private_data_in_exports import contents, unpack
from tests.security.test_private_sources import IDS, PRIVATE
from tests.security.test_proxies import PASSED_ON
from tests.support import small_atlas
from tests.support.client import Client
from tests.support.crawl import START_PAGES, crawl
from tests.support.handwritten_claims import SourceRows
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas, make_atlas
from tests.support.small_atlas_rows import make_sources

CANARY = re.compile(rb"canary[0-9]{4}wren|7311[0-9]{4}13|17\.[0-9]{4}91|secret_map:", re.IGNORECASE)
"""Matches what `with_canaries` makes: texts, amounts and coordinates, and the ids of the source's records."""
RECORDS = 250
HEADERS = dict(PASSED_ON)
"""The headers with which proxies say that they forward a request."""


def with_canaries() -> list[SourceRows]:
    """Return the sources of the small atlas. The private source has more than 2,000 values that occur nowhere else."""
    sources = make_sources()
    secret = next(source for source in sources if source.slug == PRIVATE.slug)
    numbers = iter(range(10_000))

    def text() -> str:
        return f"Canary{next(numbers):04d}wren"

    for number in range(RECORDS):
        organization = secret.add(
            "organization", f"canary-{number}", name=[text(), (text(), "lang:zh")], alias=text(), country="DE"
        )
        project = secret.add(
            "project",
            f"canary-{number}",
            name=text(),
            description=text(),
            kind=["smart-city"],
            country=["KE", "DE"],
            agreed="2016",
        )
        secret.add("role", f"canary-{number}/role", project=project, organization=organization, role="supplier")
        secret.add("place", f"canary-{number}/place", project=[project], country="KE", name=text(), precision="exact",
                   geometry=f"POINT (17.{number:04d}91 1.5)")  # fmt: skip
        secret.add(
            "commitment", f"canary-{number}/money", project=project, amount=(f"7311{number:04d}13", "USD@2021"), agreed="2016"
        )
    for record in ("huawei", "nairobi"):  # private records that are merged with public records
        secret.add("organization" if record == "huawei" else "project", record, alias=[text() for _ in range(50)])
    assert len([claim for claim in secret.claims if CANARY.search(claim.value.encode())]) >= 2_000
    return sources


def forms(data: bytes, folder: Path) -> Iterator[bytes]:
    """Yield a response as it is, in ASCII with character references, and unpacked."""
    yield data
    yield data.decode("utf-8", "ignore").encode("ascii", "xmlcharrefreplace")
    if data[:4] in (b"PAR1", b"PK\x03\x04") or data.startswith((b"\x1f\x8b", b"PMTiles")):
        (folder / "answer").write_bytes(data)
        yield from (content for _, content in unpack(folder / "answer"))


def addresses(settings: ServeSettings, client: Client) -> list[str]:
    """Return every address in an edition, and addresses of the APIs, map features, tiles and searches.

    The API addresses are those that need no value, and all pages of three lists. The tiles are those of zoom levels 0 to 2.
    """
    sites = make_sites(settings, prepare(settings))
    listed = {
        f"{sites[part.code].language.base if part.way == 'page' else ''}{part.address}".partition(" ")[0]
        for part in parts(sites)
        if part.way in ("page", "function", "application", "table")
    }
    sites["en"].database.close()
    described = client.get("/api/openapi.json").json()["paths"]
    listed |= {path for path, methods in described.items() if "{" not in path and "get" in methods}
    for path in ("/api/v1/records", "/api/v1/claims", "/api/v1/projects"):
        page = f"{path}?limit=500"
        while page:
            listed.add(page)
            cursor = client.get(page).json()["next"]
            page = f"{path}?limit=500&cursor={cursor}" if cursor else ""
    listed |= {f"/ogc/collections/{name}/items?limit=1000&f=json" for name in ("projects", "sites", "countries")}
    listed |= {f"/tiles/{z}/{x}/{y}.mvt" for z in range(3) for x in range(2**z) for y in range(2**z)}
    words = ("canary", "wren", "canary0001wren", "Geheimprojekt", "secret")
    listed |= {
        f"{path}?q={word}" for path in ("/search", "/api/v1/search", "/zh/search", "/explorer", "/api/v1/ask") for word in words
    }
    return sorted(listed)


def leaks(client: Client, paths: Iterable[str], folder: Path) -> tuple[list[str], int]:
    """Return the addresses whose responses have private values or differ behind a proxy, and the number of responses."""
    wrong, number = [], 0
    for path in paths:
        typed = path.rpartition("q=")[2].encode() if "q=" in path else b""  # pages repeat what was typed
        answers = [client.get(path, headers=headers) for headers in ({}, HEADERS)]
        number += len(answers)
        if answers[0].content != answers[1].content or answers[0].status_code != answers[1].status_code:
            wrong.append(f"{path}: another answer behind a proxy")
        for content in forms(answers[0].content, folder):
            marks = {mark for mark in CANARY.findall(content) if mark.lower() != typed}
            if marks:
                wrong.append(f"{path}: {sorted(marks)[:3]}")
    return wrong, number


def test_the_check_finds_values_in_every_form(tmp_path: Path) -> None:
    import gzip

    for data in (b"x CANARY0001wren", b'"7311000113"', b"[17.000191, 1.5]", gzip.compress(b"Canary0001wren")):
        assert any(CANARY.search(content) for content in forms(data, tmp_path)), data


MARKS = [mark.encode() for mark in (*SECRETS, PRIVATE.capture, *IDS)]
SAMPLE = (
    "/projects.csv", "/api/v1/records?limit=500", "/api/v1/claims?limit=500", "/api/v1/map/places", "/tiles/0/0/0.mvt",
    "/country/KE", "/search?q=nairobi", "/ogc/collections/sites/items?limit=1000&f=json",
)  # fmt: skip
"""An address of each kind: file, API, map, tile, page, search, OGC. Each has private values in the complete atlas."""


@pytest.mark.parametrize("path", SAMPLE)
def test_a_public_address_has_no_private_value(client: Client, public_client: Client, path: str) -> None:
    """This sample is tested in every run. The last test requests all addresses."""
    everything = client.get(path)
    assert everything.status_code == 200 and any(mark in everything.content for mark in MARKS), "or this would prove nothing"
    for headers in ({}, HEADERS):
        answer = public_client.get(path, headers=headers)
        assert answer.status_code == 200
        assert not [mark for mark in MARKS if mark in answer.content], headers


@pytest.mark.slow
def test_public_addresses_have_no_secret_behind_a_proxy(atlas: SmallAtlas, public_client: Client) -> None:
    """Request some addresses of each kind, with all forwarding headers at once."""
    for path in (*START_PAGES, "/projects.csv", "/projects.geojson", "/api/v1/records?limit=500", "/api/v1/claims?limit=500",
                 "/api/v1/answers", "/map.svg", "/tiles/0/0/0.mvt", "/releases.atom", "/api/openapi.json"):  # fmt: skip
        answers = [public_client.get(path, headers=headers).content for headers in ({}, HEADERS)]
        assert answers[0] == answers[1], path
        assert not [mark for mark in MARKS if mark in answers[0]], path


@pytest.mark.slow
def test_no_public_address_or_file_has_a_private_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_atlas._template.cache_clear()
    monkeypatch.setattr(small_atlas, "make_sources", with_canaries)
    workspace, release = make_atlas(tmp_path / "atlas", note="canaries")
    small_atlas._template.cache_clear()
    private = Client(create_app(ServeSettings(workspace, release)))
    seen = {mark for path in ("/projects.csv", "/api/v1/records?limit=1000&type=project", "/api/v1/map/places")
            for mark in CANARY.findall(private.get(path).content)}  # fmt: skip
    assert len(seen) > 500, "the complete atlas has them"
    settings = ServeSettings(workspace, release, public=True)
    client = Client(create_app(settings))
    _, statuses = crawl(client, limit=500)  # the crawl also reaches addresses with parameters, which an edition lacks
    paths = sorted({*statuses, *addresses(settings, client)})
    wrong, number = leaks(client, paths, tmp_path)
    assert wrong == []
    assert number > 2_000
    publish(workspace, release, tmp_path / "edition", workers=1)
    for name, content in contents(tmp_path / "edition"):
        assert not CANARY.search(content), name
