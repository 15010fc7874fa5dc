"""A comparison for outside readers, as a feed and as a page, contains only what may be republished."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from overt.cli.runner import run
from overt.release.release_folders import list_releases
from tests.support.atom_namespace import ATOM
from tests.support.command_built_atlas import BY, Atlas, make_statements
from tests.support.hostile_and_secret_words import ATTACKS, SECRETS
from tests.support.small_atlas import SmallAtlas

_, EDITOR, _, REASON = BY


def output_of(atlas: SmallAtlas, capsys: pytest.CaptureFixture[str], *form: str) -> str:
    old, new = (folder.name for folder in list_releases(atlas.workspace.releases))
    assert run(["diff", old, new, *form, "--workspace", str(atlas.workspace.root)]) == 0
    return capsys.readouterr().out


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("form", ["--html", "--atom"])
def test_nothing_private_is_in_it(hostile_releases: SmallAtlas, capsys: pytest.CaptureFixture[str], form: str) -> None:
    everything = output_of(hostile_releases, capsys)
    assert any(mark in everything for mark in SECRETS), "else the test would prove nothing"
    for_others = output_of(hostile_releases, capsys, form)
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


def test_the_feed_is_valid_atom(hostile_releases: SmallAtlas, capsys: pytest.CaptureFixture[str]) -> None:
    text = output_of(hostile_releases, capsys, "--atom")
    assert text == output_of(hostile_releases, capsys, "--atom")
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


def test_only_one_form_at_a_time(hostile_releases: SmallAtlas) -> None:
    assert run(["diff", "latest", "latest", "--html", "--atom", "--workspace", str(hostile_releases.workspace.root)]) == 2
