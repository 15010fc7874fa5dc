"""Evidence whose places cite several documents: all are named, each place once, and none by an id."""

import re

import pytest

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.atlas import Atlas, fetch_samples, own_id
from tests.support.client import Client

SOURCE = "spyware_inventory"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Client:
    atlas = Atlas(tmp_path_factory.mktemp("cited"))
    fetch_samples(atlas.workspace, [SOURCE, "agreements"])
    atlas.build()
    return Client(create_app(ServeSettings(Workspace.open(atlas.root))))


def test_all_documents_of_a_statement_are_named_by_their_site(served: Client) -> None:
    page = served.get(f"/project/{own_id(f'{SOURCE}:GR/ashlar-signal/Spyware')}").text
    kind = page.partition('id="claims-kind"')[2].partition("</section>")[0]
    assert kind.count("<bdi>reports.example</bdi>") + kind.count(">reports.example<") >= 8, "eight reports"
    assert not re.findall(r">\s*ovt-[a-z0-9]{12}\s*<", kind)


def test_a_place_is_named_once_whatever_number_of_documents_it_cites(served: Client) -> None:
    page = served.get(f"/project/{own_id(f'{SOURCE}:GR/ashlar-signal/Spyware')}").text
    kind = page.partition('id="claims-kind"')[2].partition("</section>")[0]
    assert kind.count("col=Category of technology") == 1
    assert "more places" not in kind
