"""A comparison for outside readers, as a feed and as a page, contains only what may be republished.

The module also tests the feed of releases and the signature of a release.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from overt.cli.runner import run
from overt.feeds.atom import Entry, feed
from overt.release.release_folders import list_releases
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.hostile_and_secret_words import ATTACKS, SECRETS
from tests.support.small_atlas import SmallAtlas, make_atlas
from tests.support.statement_atlas import BY, Atlas, make_statements

ATOM = {"a": "http://www.w3.org/2005/Atom"}

_, EDITOR, _, REASON = BY


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> SmallAtlas:
    """Two releases, the first of which lacks a source and the editors' entries."""
    root = tmp_path_factory.mktemp("two") / "atlas"
    make_atlas(root, note="The first", without=frozenset({"other_projects", "editorial"}))
    return SmallAtlas(*make_atlas(root, note="With <script>alert(1)</script> & \x07the others"))


def output_of(atlas: SmallAtlas, capsys: pytest.CaptureFixture[str], *form: str) -> str:
    old, new = (folder.name for folder in list_releases(atlas.workspace.releases))
    assert run(["diff", old, new, *form, "--workspace", str(atlas.workspace.root)]) == 0
    return capsys.readouterr().out


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("form", ["--html", "--atom"])
def test_nothing_private_is_in_it(two_releases: SmallAtlas, capsys: pytest.CaptureFixture[str], form: str) -> None:
    everything = output_of(two_releases, capsys)
    assert any(mark in everything for mark in SECRETS), "else the test would prove nothing"
    for_others = output_of(two_releases, capsys, form)
    assert not [mark for mark in SECRETS if mark in for_others]
    assert "+open" in for_others


@pytest.mark.slow
def test_public_comparison_hides_editors_and_their_reasons(tmp_path: Path) -> None:
    flow = Atlas(tmp_path)
    flow.fetch("alpha", make_statements("project", "p", name="One") + make_statements("project", "q", name="Two"))
    flow.fetch("beta", make_statements("project", "p", name="Uno", status="agreed"))
    old = flow.build()
    flow.judge("same", "alpha:p", "beta:p")
    flow.retract("alpha:q")
    new = flow.build()
    full = flow.ok("diff", old, new).out
    for form in ("--html", "--atom"):
        public = flow.ok("diff", old, new, form).out
        assert REASON in full and REASON not in public
        assert EDITOR not in full + public, "no release has a name"
        assert "judged: same by an editor" in public
        assert "retracted by an editor" in public


def test_the_feed_is_valid_atom(two_releases: SmallAtlas, capsys: pytest.CaptureFixture[str]) -> None:
    text = output_of(two_releases, capsys, "--atom")
    assert text == output_of(two_releases, capsys, "--atom")
    root = ElementTree.fromstring(text)
    entries = root.findall("a:entry", ATOM)
    assert len(entries) > 5
    assert len({entry.findtext("a:id", namespaces=ATOM) for entry in entries}) == len(entries)
    for element in (root, *entries):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext("a:id", namespaces=ATOM) or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext("a:updated", namespaces=ATOM) or "")
        assert element.findtext("a:title", namespaces=ATOM)
    assert root.findtext("a:author/a:name", namespaces=ATOM)


@pytest.mark.slow
def test_attacks_are_text(tmp_path: Path) -> None:
    flow = Atlas(tmp_path)
    flow.fetch("alpha", make_statements("project", "p", name="One"))
    old = flow.build()
    names = [attack for attack in ATTACKS if attack.strip()]
    flow.fetch(
        "alpha", [row for at, name in enumerate(names) for row in make_statements("project", f"p{at}", name=name)], "2026-02-01"
    )
    new = flow.build()
    text = flow.ok("diff", old, new, "--html").out
    assert set(re.findall(r"<([a-z0-9]+)", text)) <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "code", "div", "table", "thead", "tbody", "tr",
        "th", "td", "a", "br", "bdi",
    }  # fmt: skip
    assert "default-src 'none'" in text
    assert "&lt;script" in text
    entries = ElementTree.fromstring(flow.ok("diff", old, new, "--atom").out).findall("a:entry", ATOM)
    titles = [entry.findtext("a:title", namespaces=ATOM) or "" for entry in entries]
    assert sum("<script" in title for title in titles) == sum("<script" in name for name in names) > 0


def test_only_one_form_at_a_time(two_releases: SmallAtlas) -> None:
    assert run(["diff", "latest", "latest", "--html", "--atom", "--workspace", str(two_releases.workspace.root)]) == 2


@pytest.mark.slow
def test_the_site_has_a_feed_of_releases(two_releases: SmallAtlas) -> None:
    public_client = Client(create_app(ServeSettings(two_releases.workspace, two_releases.release, public=True)))
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


def test_signature_is_served_with_the_full_release(two_releases: SmallAtlas, tmp_path: Path) -> None:
    inside = Client(create_app(ServeSettings(two_releases.workspace, two_releases.release)))
    address = f"/release/{two_releases.release}/manifest.json.sig"
    assert inside.get(address).status_code == 404
    key = tmp_path / "key"
    assert run(["key", str(key)]) == 0
    settings = two_releases.workspace.root / "overt.toml"
    before = settings.read_text(encoding="utf-8")
    try:
        settings.write_text(before.replace('[signing]\nkey = ""', f'[signing]\nkey = "{key}"'), encoding="utf-8")
        assert run(["sign", "--workspace", str(two_releases.workspace.root)]) == 0
        response = inside.get(address)
        assert response.content == (two_releases.workspace.releases / two_releases.release / "manifest.json.sig").read_bytes()
        assert address in inside.get(f"/release/{two_releases.release}").text
    finally:
        settings.write_text(before, encoding="utf-8")
        (two_releases.workspace.releases / two_releases.release / "manifest.json.sig").unlink(missing_ok=True)


def test_equal_entries_have_equal_ids_in_every_feed() -> None:
    entry = Entry("release/a", "A", "", "2026-01-01")
    first, second = (feed(key, key, [entry], day="2026-01-01", author="E") for key in ("x", "y"))
    ids = [ElementTree.fromstring(text).findtext("a:entry/a:id", namespaces=ATOM) for text in (first, second)]
    assert ids[0] == ids[1]
    assert first != second
