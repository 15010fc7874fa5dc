"""docs/api.md lists every address of the API, and the filters in its examples exist."""

import re

from overt.server.app import ServeSettings, create_app
from tests.docs.test_links import ROOT
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_address_is_listed(atlas: SmallAtlas) -> None:
    described = create_app(ServeSettings(atlas.workspace, atlas.release)).openapi()
    assert described["openapi"].startswith("3.1")
    listed = set(re.findall(r"^\| `(/api/[^`]+)` \|", PAGE, re.MULTILINE))
    assert listed == {path for path in described["paths"] if path.startswith("/api/")}
    for path in described["paths"].keys() - listed:
        assert f"`{path.replace('{identity}', '{id}')}`" in PAGE, path
    filters = [parameter["name"] for parameter in described["paths"]["/api/v1/map/places"]["get"]["parameters"]]
    [examples] = re.findall(r"take the filters of the explorer, such as (.+?)\. `/api/openapi.json`", PAGE)
    assert set(re.findall(r"`(\w+)`", examples)) <= set(filters)


def test_examples_work_with_the_shipped_edition(shipped: Client) -> None:
    addresses = re.findall(r"^    curl '?http://127\.0\.0\.1:8765(/[^\s']*)", PAGE, re.MULTILINE)
    assert any("known=" in address for address in addresses)
    for address in addresses:
        assert shipped.get(address).status_code == 200, address
