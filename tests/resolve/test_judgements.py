"""Judgements in the ledger: they override joins, can be undone, and are refused if they could have no effect."""

import random
from pathlib import Path

import orjson
import pytest

from overt.archive import Archive
from overt.resolve.workspace_resolution import run_resolve
from tests.support.command_built_atlas import BY, Atlas, make_statements, own_id
from tests.support.release_table_rows_and_file_hashes import file_hashes

NAMES = {
    "a": ["ZTE", "Huawei", "HMN Tech"],
    "b": ["ZTE Corp.", "Huawei Technologies", "HMN Tech"],
    "c": ["Zhongxing", "Huawei", "Other"],
}
RECORDS = [f"{source}:o{number}" for source in NAMES for number in range(3)]


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    atlas = Atlas(tmp_path)
    for source, names in NAMES.items():
        atlas.fetch(
            source, [row for number, name in enumerate(names) for row in make_statements("organization", f"o{number}", name=name)]
        )
    atlas.ok("import")
    atlas.ok("resolve")
    return atlas


def resolved(atlas: Atlas) -> dict[str, str]:
    """Run the resolve step; return a hash of every table."""
    run_resolve(atlas.workspace, Archive(atlas.workspace.archive), atlas.ledger)
    return {name: digest for name, digest in file_hashes(atlas.root / "resolved").items() if name.endswith(".parquet")}


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_undoing_restores_exactly_what_was_before(atlas: Atlas, seed: int) -> None:
    """A random history is undone from the end. Each step restores the earlier bytes."""
    choose = random.Random(seed)
    ledger, entries, states = atlas.ledger, [], [resolved(atlas)]
    for _ in range(4):
        left, right = choose.sample(RECORDS[:5], 2)
        entries.append(ledger.judge(left, right, choose.choice(["same", "different", "unsure"]), "An editor", "seen").sequence)
        states.append(resolved(atlas))
    assert len({orjson.dumps(state) for state in states}) > 1, "no judgement made a difference"
    for entry in reversed(entries):
        assert resolved(atlas) == states.pop()
        ledger.undo(entry, "An editor", "not so")
    assert resolved(atlas) == states.pop()
    assert states == []


@pytest.mark.parametrize("seed", range(2))
def test_only_judgements_in_force_count(atlas: Atlas, tmp_path: Path, seed: int) -> None:
    """A ledger without overridden and undone judgements gives the same result."""
    choose = random.Random(seed)
    ledger = atlas.ledger
    made = []
    for _ in range(12):
        if made and choose.random() < 0.3:
            ledger.undo(made.pop(choose.randrange(len(made))), "An editor", "not so")
        else:
            left, right = choose.sample(RECORDS[:5], 2)
            made.append(ledger.judge(left, right, choose.choice(["same", "different", "unsure"]), "An editor", "seen").sequence)
    other = Atlas(tmp_path / "other")
    for source, names in NAMES.items():
        other.fetch(
            source, [row for number, name in enumerate(names) for row in make_statements("organization", f"o{number}", name=name)]
        )
    other.ok("import")
    for judgement in choose.sample(ledger.judgements(), len(ledger.judgements())):
        other.ledger.judge(judgement.left, judgement.right, judgement.verdict, "Another", "as well")
    assert resolved(atlas) == resolved(other)


@pytest.mark.ci
def test_a_later_judgement_overrides_an_earlier_one(atlas: Atlas) -> None:
    assert atlas.are_merged("a:o1", "c:o1")
    atlas.judge("different", "a:o1", "c:o1")
    assert not atlas.are_merged("a:o1", "c:o1")
    atlas.judge("same", "c:o1", "a:o1")
    assert atlas.are_merged("a:o1", "c:o1")
    unsure = atlas.judge("unsure", "a:o1", "c:o1")
    assert not atlas.are_merged("a:o1", "c:o1"), "judged unsure, so equal names do not decide"
    atlas.undo(unsure)
    assert atlas.are_merged("a:o1", "c:o1")


@pytest.mark.ci
def test_a_published_id_names_its_own_record(atlas: Atlas) -> None:
    atlas.judge("same", own_id("c:o0"), own_id("a:o0"))
    assert atlas.are_merged("a:o0", "c:o0")
    [judged] = atlas.ledger.judgements()
    assert (judged.left, judged.right) == ("a:o0", "c:o0")
    # An id that now redirects still identifies the record from which it was made.
    entry = atlas.judge("different", own_id("c:o0"), own_id("a:o0"))
    assert not atlas.are_merged("a:o0", "c:o0")
    atlas.undo(entry)
    assert atlas.are_merged("a:o0", "c:o0")


@pytest.mark.slow
def test_redirects_lead_from_every_id_to_its_cluster(atlas: Atlas) -> None:
    first = atlas.build()
    entry = atlas.judge("same", "a:o0", "a:o1")
    merged = atlas.build()
    redirects = {row["old_id"]: row["id"] for row in atlas.rows(merged, "FROM redirects")}
    members = {row["record"]: row["id"] for row in atlas.rows(merged, "FROM members")}
    assert redirects == {own_id(name): identity for name, identity in members.items() if identity != own_id(name)}
    assert redirects[own_id("a:o1")] == own_id("a:o0")
    for old in {row["id"] for row in atlas.rows(first, "FROM records")}:
        record = orjson.loads(atlas.ok("show", old, "--json").out)
        assert record["id"] == redirects.get(old, old)
    atlas.undo(entry)
    undone = atlas.build()
    assert atlas.rows(undone, "FROM redirects ORDER BY ALL") == atlas.rows(first, "FROM redirects ORDER BY ALL")


@pytest.mark.ci
def test_explain_says_why(atlas: Atlas) -> None:
    def because(left: str, right: str) -> tuple[bool, str]:
        explanation = orjson.loads(atlas.ok("judge", "explain", left, right, "--json").out)
        return explanation["same"], " | ".join(explanation["because"])

    same, why = because("a:o2", "b:o2")
    assert same
    assert "joined by name (hmn technology): a:o2 ~ b:o2" in why
    assert "both are called “HMN Tech”" in why
    same, why = because("a:o2", "c:o2")
    assert not same
    assert why.startswith("they share no full name and no identifier | one organisation with ")
    assert " | by names, seats and stated relations: the two look like organisations without a relation (" in why
    atlas.judge("different", "a:o2", "b:o2")
    atlas.ok("resolve")
    same, why = because("b:o2", "a:o2")
    assert not same
    assert "judged different by An editor on " in why
    assert "a join was refused: judged to be different" in why
    listed = atlas.ok("judge", "list").out
    assert "different a:o2  b:o2  An editor" in listed
    assert "refused: a:o2 ~ b:o2 (name 'hmn technology')" in listed


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("same", "a:o0", "a:p"), "a:o0 is of type organization, a:p of type project"),
        (("same", "a:c", "a:c2"), "a:c: records of type commitment are never merged"),
        (("same", "a:o0", "a:none"), "a:none: there is no such record"),
        (("different", "ovt-000000000000", "a:o0"), "ovt-000000000000: there is no such record"),
    ],
)
def test_judgements_that_could_never_have_an_effect_are_refused(atlas: Atlas, words: tuple[str, str, str], why: str) -> None:
    rows = make_statements("project", "p", name="P") + [
        row for key in ("c", "c2") for row in make_statements("commitment", key, project="a:p")
    ]
    atlas.fetch("a", make_statements("organization", "o0", name="ZTE") + rows, "2026-01-02")
    atlas.ok("import")
    atlas.ok("resolve")
    outcome = atlas.overt("judge", *words, *BY)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"overt: {why}")
    assert atlas.ledger.entries() == []


# --- The register -------------------------------------------------------------------------------------------------------
