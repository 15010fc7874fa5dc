"""The site's feed of releases, and the ids of entries in any feed."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

from overt.feeds.atom import Entry, feed
from overt.server.app import ServeSettings, create_app
from tests.support.atom_namespace import ATOM
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas


def test_the_site_has_a_feed_of_releases(hostile_releases: SmallAtlas) -> None:
    public_client = Client(create_app(ServeSettings(hostile_releases.workspace, hostile_releases.release, public=True)))
    response = public_client.get("/releases.atom")
    assert response.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    entries = root.findall("a:entry", ATOM)
    assert len(entries) == 2
    assert "With <script>alert(1)</script> & the others" in (entries[0].findtext("a:summary", namespaces=ATOM) or "")
    for link in root.iterfind(".//a:link", ATOM):
        address = urlsplit(link.attrib["href"])
        assert address.scheme == "http" and public_client.get(address.path).status_code == 200
    assert 'href="/releases.atom"' in public_client.get("/releases").text


def test_equal_entries_have_equal_ids_in_every_feed() -> None:
    entry = Entry("release/a", "A", "", "2026-01-01")
    first, second = (feed(key, key, [entry], day="2026-01-01", author="E") for key in ("x", "y"))
    ids = [ElementTree.fromstring(text).findtext("a:entry/a:id", namespaces=ATOM) for text in (first, second)]
    assert ids[0] == ids[1]
    assert first != second
