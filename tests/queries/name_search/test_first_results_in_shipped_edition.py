"""In the shipped edition, the first search result is the one that readers expect."""

from urllib.parse import quote

import pytest

from overt.model.workspace import Workspace
from overt.release.release_folders import read_latest
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.shipped_edition import ShippedEdition

EXPECTED = {
    "微博": ("/platform/weibo", "Weibo"),
    "Weibo": ("/platform/weibo", "Weibo"),
    "微信": ("/platform/wechat", "WeChat"),
    "WeChat": ("/platform/wechat", "WeChat"),
    "weixin": ("/platform/wechat", "WeChat"),
    "小米": ("/organization/", "Xiaomi Corporation"),
    "Xiaomi": ("/organization/", "Xiaomi Corporation"),
    "天网": ("/record/", "Skynet"),
    "雪亮工程": ("/record/", "Sharp Eyes (Xueliang) Project"),
    "self-censorship": ("/programmes#platform-censorship", "Censorship on platforms"),
    "自我审查": ("/programmes#platform-censorship", "Censorship on platforms"),
    "cyber sovereignty": ("/topic/international-gateway", "International gateways"),
    "网络主权": ("/topic/international-gateway", "International gateways"),
    "facial recognition": ("/explorer?kind=facial-recognition", "Facial recognition"),
    "人脸识别": ("/explorer?kind=facial-recognition", "Facial recognition"),
    "safe city": ("/explorer?kind=smart-city", "Smart or safe city"),
    "safe city serbia": ("/explorer?kind=smart-city&country=RS", "Smart or safe city in Serbia"),
    "serbia safe city": ("/explorer?kind=smart-city&country=RS", "Smart or safe city in Serbia"),
    "kenya shutdown": ("/country/KE/restrictions", "Shutdown in Kenya"),
    "internet shutdown kenya": ("/country/KE/restrictions", "Shutdown in Kenya"),
    "real names russia": ("/country/RU/agreements", "Real-name registration in Russia"),
    "data localisation": ("/topic/data-localisation", "Data localisation"),
    "data localization": ("/topic/data-localisation", "Data localisation"),
    "数据本地化": ("/topic/data-localisation", "Data localisation"),
    "party organisations": ("/totals#party-organisations-share", "Private enterprises with party organisations"),
    "党组织": ("/totals#party-organisations-share", "Private enterprises with party organisations"),
    "internet shutdown": ("/countries?sort=restrictions&order=desc", "Shutdown"),
    "huawei kenya": ("/explorer?company=", "Huawei Technologies Co., Ltd. in Kenya"),
    "kenya": ("/country/KE", "Kenya"),
}
"""Query → address and label of the first result. Addresses that contain an id are shortened to the part before it."""


@pytest.fixture(scope="session")
def reader_of_the_shipped_edition(shipped_edition: ShippedEdition) -> Client:
    workspace = Workspace.open(shipped_edition.root)
    return Client(create_app(ServeSettings(workspace, read_latest(workspace.releases).strip(), public=True)))


@pytest.mark.parametrize(("typed", "expected"), EXPECTED.items())
def test_the_first_result_is_what_a_reader_expects(
    reader_of_the_shipped_edition: Client, typed: str, expected: tuple[str, str]
) -> None:
    first = reader_of_the_shipped_edition.get(f"/api/v1/search?q={quote(typed)}").json()["results"][0]
    address, label = expected
    assert first["address"].startswith(address) if address[-1] in "/=" else first["address"] == address
    assert "".join(first["label"]) == label


@pytest.mark.parametrize("address", sorted({address for address, _ in EXPECTED.values() if address[-1] not in "/="}))
def test_the_page_of_the_first_result_has_what_it_leads_to(reader_of_the_shipped_edition: Client, address: str) -> None:
    path, _, anchor = address.partition("#")
    for page in (path, f"/zh{path}"):
        response = reader_of_the_shipped_edition.get(page)
        assert response.status_code == 200, page
        assert not anchor or f'id="{anchor}"' in response.text, page


def test_a_platform_shows_what_it_replaces_and_what_replaces_it(reader_of_the_shipped_edition: Client) -> None:
    wechat = reader_of_the_shipped_edition.get("/platform/wechat").text
    assert "It is used in place of 3 services that are blocked or withdrawn." in wechat
    for platform in ("facebook", "signal", "whatsapp"):
        assert f'href="/platform/{platform}"' in wechat.partition('id="replaces"')[2], platform
    facebook = reader_of_the_shipped_edition.get("/platform/facebook").text
    assert "WeChat" in facebook.partition('id="restrictions"')[2]
    assert "2009" in facebook


def test_totals_name_their_origin(reader_of_the_shipped_edition: Client) -> None:
    page = reader_of_the_shipped_edition.get("/totals").text
    of_roads = page.partition('id="dsr-loans-investments-usd"')[2].partition("</details>")[0]
    assert of_roads.count("No origin found") == 2
    assert "$79 bn" in of_roads
    of_networks = page.partition('id="africa-4g-share"')[2].partition("</details>")[0]
    assert "Statement of the company itself" in of_networks
    assert "more than 70%" in of_networks
    chinese = reader_of_the_shipped_edition.get("/zh/totals").text
    assert "未查到出处" in chinese
