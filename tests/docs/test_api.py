"""docs/api.md names the addresses and filters that there are."""

import re

from overt.publish.app import ServeSettings, create_app
from tests.docs.test_links import ROOT
from tests.publish.atlas import Atlas

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_address_is_told(atlas: Atlas) -> None:
    described = create_app(ServeSettings(atlas.workspace, atlas.release)).openapi()
    assert described["openapi"].startswith("3.1")
    told = set(re.findall(r"^\| `(/api/[^`]+)` \|", PAGE, re.MULTILINE))
    assert told == set(described["paths"])
    filters = [parameter["name"] for parameter in described["paths"]["/api/v1/map/places"]["get"]["parameters"]]
    assert ", ".join(f"`{name}`" for name in filters) in PAGE
