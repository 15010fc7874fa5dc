"""Differences between two releases, and their reasons."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.command_built_atlas import BY, Atlas, make_statements, own_id


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two sources, and a release made from them."""
    atlas = Atlas(tmp_path_factory.mktemp("built"))
    atlas.figure("projects", "SELECT id AS unit_id FROM projects")
    atlas.fetch(
        "alpha",
        make_statements("organization", "o", name="ZTE", country="CN")
        + make_statements("project", "p", name="Safe City", status="agreed"),
    )
    atlas.fetch(
        "beta",
        make_statements("organization", "o", name="Zhongxing")
        + make_statements("project", "p", name="Safe Town", status="denied"),
    )
    atlas.build()
    return atlas


@pytest.fixture
def atlas(built: Atlas, tmp_path: Path) -> Atlas:
    """A copy of the atlas that a test may change."""
    return built.copy_to(tmp_path)


def latest_release(atlas: Atlas) -> str:
    """Return the id of the latest release."""
    return (atlas.root / "releases" / "latest").read_text(encoding="utf-8").strip()


def fields(diff: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    """Return some fields of every difference."""
    return [tuple(difference[name] for name in names) for difference in diff["differences"]]


def changed_figures(diff: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the figures whose value differs."""
    return [
        (figure["name"], figure["before"], figure["after"]) for figure in diff["figures"] if figure["before"] != figure["after"]
    ]


def test_a_release_does_not_differ_from_itself(atlas: Atlas) -> None:
    release = latest_release(atlas)
    assert atlas.diff(release, release) == {
        "old": release, "new": release, "counts": {}, "causes": [], "corrections": [], "figures": [], "findings": [],
        "differences": [], "names": {}, "names_before": {}, "observations": {"series": [], "platforms": []},
    }  # fmt: skip
    assert atlas.ok("diff", release, release).out == f"{release} → {release}: no record differs\n"


@pytest.mark.slow
def test_a_note_changes_no_record(atlas: Atlas) -> None:
    release = latest_release(atlas)
    assert atlas.diff(release, atlas.ok("release", "--note", "n").out.strip())["differences"] == []


@pytest.mark.slow
def test_upstream_added_changed_and_removed(atlas: Atlas) -> None:
    old = latest_release(atlas)
    rows = make_statements("organization", "o", name="ZTE", country="HK") + make_statements("project", "q", name="New project")
    atlas.fetch("alpha", rows, "2026-01-02")
    new = atlas.build()
    diff = atlas.diff(old, new)
    assert diff["counts"] == {"added": 1, "changed": 1, "removed": 1}
    assert fields(diff, "what", "id", "type", "label", "property", "before", "after") == [
        ("added", own_id("alpha:q"), "project", "New project", None, None, "New project"),
        ("changed", own_id("alpha:o"), "organization", "ZTE", "country", "CN", "HK"),
        ("removed", own_id("alpha:p"), "project", "Safe City", None, "Safe City", None),
    ]
    [why] = {difference["reason"] for difference in diff["differences"]}
    assert why.startswith("upstream changed: alpha 2026-01-01-")
    assert "→ 2026-01-02-" in why
    printed = atlas.ok("diff", old, new).out
    assert printed.splitlines()[0] == f"{old} → {new}: 1 added, 1 changed, 1 removed"
    assert f"changed   {own_id('alpha:o')} ZTE country: CN → HK  ({why})" in printed
    # The release itself records what its newest snapshots changed.
    changes = atlas.rows(new, "SELECT reason, record, property, before, after FROM changes ORDER BY ALL")
    assert {(row["reason"], row["record"]) for row in changes} == {
        ("added upstream", "alpha:q"),
        ("changed upstream", "alpha:o"),
        ("removed upstream", "alpha:p"),
    }
    assert atlas.rows(old, "FROM changes") == []


@pytest.mark.slow
def test_a_changed_unit_is_a_difference(atlas: Atlas) -> None:
    atlas.fetch(
        "gamma",
        make_statements("project", "p", name="P") + make_statements("commitment", "c", project="gamma:p", amount=("5", "USD")),
    )
    old = atlas.build()
    atlas.fetch(
        "gamma",
        make_statements("project", "p", name="P") + make_statements("commitment", "c", project="gamma:p", amount=("5", "EUR")),
        "2026-01-02",
    )
    new = atlas.build()
    assert fields(atlas.diff(old, new), "what", "property", "before", "after") == [("changed", "amount", "5 USD", "5 EUR")]
    [change] = atlas.rows(new, "SELECT before, after FROM changes")
    assert change == {"before": "5 USD", "after": "5 EUR"}


@pytest.mark.slow
def test_merged_by_a_judgement_and_split_again(atlas: Atlas) -> None:
    first = latest_release(atlas)
    entry = atlas.judge("same", "alpha:p", "beta:p")
    merged = atlas.build()
    anchor, other = own_id("alpha:p"), own_id("beta:p")
    diff = atlas.diff(first, merged)
    assert diff["counts"]["merged"] == 1
    [merge] = [difference for difference in diff["differences"] if difference["what"] == "merged"]
    assert (merge["id"], merge["before"], merge["after"]) == (other, other, anchor)
    assert {difference["reason"] for difference in diff["differences"]} == {"judged: same by an editor: both pages say so"}
    [cause] = diff["causes"]
    assert (cause["what"], cause["about"], cause["names"]) == ("judged", ["alpha:p", "beta:p"], ["Safe City", "Safe Town"])
    assert (cause["said"], cause["why"]) == ("same", "both pages say so") and "who" not in cause
    assert diff["names"] == {anchor: "Safe City", other: "Safe Town"}
    assert changed_figures(diff) == [("projects", 2, 1)]
    printed = atlas.ok("diff", first, merged).out
    assert "figure projects: 2 → 1\n" in printed
    assert f"merged    {other} Safe Town: Safe Town ({other}) → Safe City ({anchor})  (judged: same" in printed
    # Undoing the judgement splits the project again.
    atlas.undo(entry)
    undone = atlas.build()
    diff = atlas.diff(merged, undone)
    [split] = [difference for difference in diff["differences"] if difference["what"] == "split"]
    assert (split["id"], split["before"], split["after"]) == (other, anchor, other)
    assert {difference["reason"] for difference in diff["differences"]} == {"taken back: same by an editor: both pages say so"}
    assert [(cause["what"], cause["names"]) for cause in diff["causes"]] == [("taken back", ["Safe City", "Safe Town"])]
    assert atlas.diff(first, undone)["differences"] == []
    # Now the judgement is overridden instead of undone.
    atlas.judge("same", "alpha:p", "beta:p")
    again = atlas.build()
    atlas.judge("different", "alpha:p", "beta:p")
    split_again = atlas.build()
    [split] = [difference for difference in atlas.diff(again, split_again)["differences"] if difference["what"] == "split"]
    assert split["reason"] == "judged: different by an editor: both pages say so"


@pytest.mark.slow
def test_a_consequence_of_a_merge_has_its_reason(atlas: Atlas) -> None:
    atlas.fetch("gamma", make_statements("role", "r", project="beta:p", organization="beta:o", role="supplier"))
    old = atlas.build()
    atlas.judge("same", "alpha:o", "beta:o")
    new = atlas.build()
    diff = atlas.diff(old, new)
    [changed] = [difference for difference in diff["differences"] if difference["type"] == "role"]
    assert (changed["property"], changed["before"], changed["after"]) == ("organization", own_id("beta:o"), own_id("alpha:o"))
    assert changed["reason"] == "follows from another change"
    names = [f"{diff['names'][own_id(record)]} ({own_id(record)})" for record in ("beta:o", "alpha:o")]
    expected = f"{own_id('gamma:r')} role of ZTE, Safe Town organization: {' → '.join(names)}  (follows from another change)\n"
    assert expected in atlas.ok("diff", old, new).out


@pytest.mark.slow
def test_a_retracted_claim_with_the_value_shown_in_its_place(atlas: Atlas) -> None:
    # A denial would outweigh the value that is retracted.
    atlas.fetch("beta", make_statements("project", "p", name="Safe Town", status="cancelled"), "2026-01-02")
    atlas.fetch("alpha", make_statements("project", "p", name="Safe City", status="agreed"), "2026-01-03")
    atlas.ledger.judge("alpha:p", "beta:p", "same", "An editor", "both pages say so")
    old = atlas.build()
    [claim] = atlas.rows(old, "SELECT claim_id FROM claims WHERE record = 'alpha:p' AND property = 'status'")
    entry = atlas.retract(claim["claim_id"])
    new = atlas.build()
    diff = atlas.diff(old, new)
    assert fields(diff, "what", "property", "before", "after", "reason") == [
        ("retracted", "status", "agreed", "cancelled", "retracted by an editor: both pages say so")
    ]
    printed = atlas.ok("diff", old, new).out
    assert f"retracted {own_id('alpha:p')} Safe City status: “agreed” of alpha → cancelled  (retracted by an editor: " in printed
    atlas.undo(entry)
    undone = atlas.build()
    assert atlas.diff(old, undone)["differences"] == []
    back = atlas.diff(new, undone)
    assert fields(back, "what", "property", "before", "after", "reason") == [
        ("changed", "status", "cancelled", "agreed", "retraction undone")
    ]
    [cause] = back["causes"]
    assert (cause["what"], cause["about"], cause["said"]) == ("retraction undone", ["alpha:p"], "status: agreed")


@pytest.mark.slow
def test_a_retracted_alias_that_other_sources_have_changes_no_value(atlas: Atlas) -> None:
    for slug in ("gamma", "delta"):
        atlas.fetch(slug, make_statements("organization", "o", name="ZTE Corporation", alias="ZTE"))
        atlas.ledger.judge("alpha:o", f"{slug}:o", "same", "An editor", "both pages say so")
    old = atlas.build()
    [claim] = atlas.rows(old, "SELECT claim_id FROM claims WHERE record = 'gamma:o' AND property = 'alias'")
    atlas.retract(claim["claim_id"])
    new = atlas.build()
    [taken] = atlas.diff(old, new)["differences"]
    assert (taken["what"], taken["before"], taken["gone"], taken["come"], taken["source"]) == (
        "retracted",
        "ZTE",
        [],
        [],
        "gamma",
    )
    assert "alias: “ZTE” of gamma; what is shown stays  (retracted by an editor: " in atlas.ok("diff", old, new).out


@pytest.mark.slow
def test_only_values_that_came_or_went_are_printed(atlas: Atlas) -> None:
    """The difference can be far from the beginning of a value."""
    names = [f"A company of quite a long name, number {number}" for number in range(10)]
    atlas.fetch(
        "gamma", make_statements("organization", "o", name=names, website="https://example.org/" + "a" * 150 + "/old/" + "b" * 99)
    )
    old = atlas.build()
    site = "https://example.org/" + "a" * 150 + "/new/" + "b" * 99
    atlas.fetch(
        "gamma", make_statements("organization", "o", name=[*names[:8], "Another", "One more"], website=site), "2026-01-02"
    )
    new = atlas.build()
    changed = {difference["property"]: difference for difference in atlas.diff(old, new)["differences"]}
    assert (changed["name"]["gone"], changed["name"]["come"]) == (names[8:], ["Another", "One more"])
    printed = atlas.ok("diff", old, new).out
    assert f"name: + Another; + One more; − {names[8]}; − {names[9]}  (upstream changed" in printed
    assert f"website: …{'a' * 23}/old/{'b' * 23}… → …{'a' * 23}/new/{'b' * 23}…  (upstream changed" in printed
    assert "a" * 40 not in printed


@pytest.mark.slow
def test_variants_and_groups_of_figures_are_compared(atlas: Atlas) -> None:
    """A figure's value can stay the same while its groups change."""
    atlas.figure(
        "by-status",
        "SELECT id AS unit_id, status FROM projects",
        groups=["status"],
        variants=[{"name": "agreed", "title": "Agreed ones", "where": "status = 'agreed'"}],
    )
    old = atlas.build()
    atlas.fetch("beta", make_statements("project", "p", name="Safe Town", status="agreed"), "2026-01-02")
    new = atlas.build()
    [moved] = atlas.diff(old, new)["figures"]
    assert (moved["name"], moved["before"], moved["after"]) == ("by-status", 2, 2)
    assert moved["variants"] == [{"name": "agreed", "title": "Agreed ones", "before": 1, "after": 2}]
    assert moved["groups"] == [
        {"group": "status", "name": "agreed", "before": 1, "after": 2},
        {"group": "status", "name": "denied", "before": 1, "after": None},
    ]
    printed = atlas.ok("diff", old, new).out
    assert "figure by-status: 2 as before\n  Agreed ones: 1 → 2\n  by status: agreed 1 → 2, denied 1 → –\n" in printed


@pytest.mark.ci
def test_a_figure_that_lost_its_value_has_a_reason(atlas: Atlas) -> None:
    atlas.figure("of-alpha", "SELECT id AS unit_id FROM projects", requires=["alpha"])
    old = atlas.build()
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("sources = []", 'sources = ["beta"]'), encoding="utf-8")
    new = atlas.build()
    printed = atlas.ok("diff", old, new).out
    assert "figure of-alpha: 2 → –\n  ok → source not loaded: alpha\n" in printed


@pytest.mark.ci
def test_a_release_can_be_named_by_a_unique_beginning(atlas: Atlas) -> None:
    first = latest_release(atlas)
    second = atlas.ok("release", "--note", "n").out.strip()
    expected = atlas.ok("diff", first, second).out
    assert atlas.ok("diff", first, "latest").out == expected
    assert atlas.ok("diff", first[:-3], second[11:16]).out == expected
    both = atlas.overt("diff", first[:10], second)
    assert both.code == 2
    assert f"could be more than one release ({', '.join(sorted([first, second], key=[first, second].index))})" in both.err


@pytest.mark.slow
def test_a_retracted_record(atlas: Atlas) -> None:
    old = latest_release(atlas)
    entry = atlas.retract("alpha:p")
    new = atlas.build()
    diff = atlas.diff(old, new)
    assert diff["counts"] == {"removed": 1, "retracted": 2}
    assert {difference["reason"] for difference in diff["differences"]} == {"retracted by an editor: both pages say so"}
    assert {difference["label"] for difference in diff["differences"]} == {"Safe City"}
    assert changed_figures(diff) == [("projects", 2, 1)]
    atlas.undo(entry)
    assert fields(atlas.diff(new, atlas.build()), "what", "label", "reason") == [("added", "Safe City", "retraction undone")]


@pytest.mark.slow
def test_a_record_that_is_no_longer_withheld(atlas: Atlas) -> None:
    atlas.fetch("gamma", make_statements("role", "r", project="alpha:p", organization="beta:o", role="supplier"))
    entry = int(atlas.ok("withhold", "alpha:p", *BY).err.split()[1])
    old = atlas.build()
    atlas.undo(entry)
    diff = atlas.diff(old, atlas.build())
    assert set(fields(diff, "what", "type", "reason")) == {
        ("added", "project", "no longer withheld"),
        ("added", "role", "no longer withheld"),
    }
    assert [(cause["what"], cause["about"], cause["names"]) for cause in diff["causes"]] == [
        ("no longer withheld", [own_id("alpha:p")], ["Safe City"])
    ]


@pytest.mark.ci
def test_an_editors_claim_is_no_reason_for_changes_of_other_properties(atlas: Atlas) -> None:
    old = latest_release(atlas)
    atlas.claim("alpha:p", "project", "country", "KE")
    atlas.fetch("alpha", make_statements("project", "p", name="Safe City", status="cancelled"), "2026-01-02")
    rows = fields(atlas.diff(old, atlas.build()), "property", "reason")
    reasons = {prop: reason for prop, reason in rows if prop}
    assert reasons["country"] == "editorial claim" and reasons["status"].startswith("upstream changed: alpha")
    assert "editorial" not in reasons["status"]


@pytest.mark.slow
def test_an_added_and_an_undone_editorial_claim(atlas: Atlas) -> None:
    old = latest_release(atlas)
    entry = atlas.claim("alpha:p", "project", "country", "KE")
    new = atlas.build()
    changed = [difference for difference in atlas.diff(old, new)["differences"] if difference["what"] == "changed"]
    names = ("property", "before", "after", "reason")
    assert [tuple(difference[name] for name in names) for difference in changed] == [("country", None, "KE", "editorial claim")]
    atlas.undo(entry)
    back = atlas.build()
    undone = [difference for difference in atlas.diff(new, back)["differences"] if difference["what"] == "changed"]
    assert [tuple(difference[name] for name in names[1:]) for difference in undone] == [("KE", None, "editorial claim undone")]
    assert atlas.diff(old, back)["differences"] == []


@pytest.mark.slow
def test_an_added_and_a_removed_source(atlas: Atlas) -> None:
    old = latest_release(atlas)
    atlas.fetch("gamma", make_statements("project", "p", name="Third"))
    new = atlas.build()
    assert fields(atlas.diff(old, new), "what", "reason") == [("added", "source added: gamma")]
    settings = atlas.root / "overt.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("sources = []", 'sources = ["beta", "gamma"]'), encoding="utf-8"
    )
    without = atlas.build()
    assert set(fields(atlas.diff(new, without), "what", "reason")) == {("removed", "source left out: alpha")}


@pytest.mark.ci
def test_changed_rules_are_a_reason(atlas: Atlas) -> None:
    old = latest_release(atlas)
    importer = atlas.root / "sources" / "alpha" / "importer.py"
    text = importer.read_text(encoding="utf-8").replace(
        'row["value"], **options',
        'row["value"].part(row["value"].text.upper()) if row["property"].text == "name" else row["value"], **options',
    )
    importer.write_text(text, encoding="utf-8")
    diff = atlas.diff(old, atlas.build())
    assert fields(diff, "label", "property", "before", "after", "reason") == [
        ("SAFE CITY", "name", "Safe City", "SAFE CITY", "rules, content or libraries changed")
    ]


@pytest.mark.parametrize("words", [("2000-01-01-00000000", "{}"), ("{}", "nonsense")])
def test_an_unknown_release_is_one_line(atlas: Atlas, words: tuple[str, str]) -> None:
    release = latest_release(atlas)
    outcome = atlas.overt("diff", *(word.format(release) for word in words))
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert f"there are {release}" in outcome.err
