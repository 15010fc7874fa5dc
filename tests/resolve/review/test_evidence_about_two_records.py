"""Evidence about two entities, compared with all claims read from the files."""

import shutil
from pathlib import Path

import pytest

from overt.archive import Archive
from overt.resolve.review.evidence import MAX_LINKS, EvidenceReader
from overt.resolve.review.member_lookup import Members
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.release_table_rows_and_file_hashes import read_table


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    """An atlas with an older snapshot in one of two sources, a supplier of many projects, editorial claims and a retraction."""
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("organization", "a", name="An older name"), "2025-01-01")
    rows = make_statements("organization", "a", name=["Alder Optics", "Alder"], country="KE") + make_statements(
        "organization", "c", name="Cedar"
    )
    for number in range(15):
        rows += make_statements("project", f"p{number:02}", name=f"Project {number:02}", description="x" * 300)
        rows += make_statements("role", f"r{number:02}", project=f"alpha:p{number:02}", organization="alpha:a", role="supplier")
    atlas.fetch("alpha", rows)
    rows = make_statements("organization", "b", name="Birch", alias="Alder")
    rows += make_statements("role", "r", project="alpha:p01", organization="beta:b", role="owner")
    atlas.fetch("beta", rows)
    atlas.ok("import")
    atlas.ok("resolve")
    atlas.claim("editorial:role", "role", "organization", "beta:b")
    atlas.claim("beta:r", "role", "project", "alpha:p00")
    atlas.claim("beta:b", "organization", "country", "UG")
    [country] = [row for row in claims(atlas, "alpha") if row["record"] == "alpha:a" and row["property"] == "country"]
    atlas.retract(country["claim_id"])
    atlas.ok("resolve")
    return atlas


def claims(atlas: Atlas, source: str) -> list[dict]:
    newest = max((atlas.root / "claims" / source).iterdir(), key=lambda folder: folder.name)
    return read_table(newest / "claims.parquet")


def evidence(atlas: Atlas) -> tuple[EvidenceReader, Members]:
    members = Members(atlas.workspace.resolved)
    return EvidenceReader(atlas.workspace, Archive(atlas.workspace.archive), atlas.ledger, members), members


def indexes(atlas: Atlas) -> list[Path]:
    """Return the cached indexes of claims, without their digest files."""
    return [path for path in (atlas.root / "cache" / "judging").iterdir() if path.suffix != ".sha256"]


def test_every_current_claim_has_its_place(atlas: Atlas) -> None:
    reader, members = evidence(atlas)
    left, right = reader.sides(members.find("alpha:a"), members.find("beta:b"))
    for side, source, record in ((left, "alpha", "alpha:a"), (right, "beta", "beta:b")):
        expected = {(row["property"], row["value"]) for row in claims(atlas, source) if row["record"] == record}
        all_claims = [claim for of_property in side.claims.values() for claim in of_property]
        assert {(claim.property, claim.value) for claim in all_claims if claim.source == source} == expected
        assert all(claim.places and claim.places[0].excerpt for claim in all_claims)
    [country] = left.claims["country"]
    assert (country.value, country.retracted, country.places[0].file) == ("KE", True, "alpha.csv")
    [editorial] = right.claims["country"]
    assert (editorial.value, editorial.source, editorial.retracted) == ("UG", "editorial", False)
    assert (editorial.places[0].file, editorial.places[0].locator) == ("ledger", "entry=3")
    assert list(right.claims) == ["name", "alias", "country"], "in the order of the schema"


def test_records_that_refer_to_a_thing_are_described(atlas: Atlas) -> None:
    reader, members = evidence(atlas)
    left, right = reader.sides(members.find("alpha:a"), members.find("beta:b"))
    assert (left.link_count, len(left.links)) == (15, MAX_LINKS)
    assert left.links[0].record == "alpha:r00"
    assert left.links[0].words == ("Project 00", "supplier")
    assert (right.link_count, [link.record for link in right.links]) == (2, ["beta:r", "editorial:role"])
    assert right.links[0].words == ("Project 01", "Project 00", "owner"), "with editorial claims about a source's record"
    project, _ = reader.sides(members.find("alpha:p00"), members.find("alpha:p01"))
    assert (project.link_count, [link.record for link in project.links]) == (2, ["alpha:r00", "beta:r"])


def test_later_editorial_claims_are_read_without_a_new_index(atlas: Atlas) -> None:
    reader, members = evidence(atlas)
    [index] = indexes(atlas)
    atlas.claim("alpha:c", "organization", "alias", "Cedar Group")
    later = reader.updated(atlas.ledger, members)
    left, _ = later.sides(members.find("alpha:c"), members.find("beta:b"))
    assert [claim.value for claim in left.claims["alias"]] == ["Cedar Group"]
    before, _ = reader.sides(members.find("alpha:c"), members.find("beta:b"))
    assert "alias" not in before.claims
    stat = index.stat()
    evidence(atlas)
    assert [path.stat() for path in indexes(atlas)] == [stat]


@pytest.mark.ci
def test_other_claims_make_another_index_and_the_cache_can_be_deleted(atlas: Atlas) -> None:
    evidence(atlas)
    [before] = indexes(atlas)
    atlas.fetch("beta", make_statements("organization", "b", name="Birch Networks"), "2026-02-02")
    atlas.ok("import")
    atlas.ok("resolve")
    reader, members = evidence(atlas)
    [after] = indexes(atlas)
    assert before != after
    _, right = reader.sides(members.find("alpha:a"), members.find("beta:b"))
    assert [claim.value for claim in right.claims["name"]] == ["Birch Networks"]
    shutil.rmtree(atlas.root / "cache")
    reader, members = evidence(atlas)
    assert reader.sides(members.find("alpha:a"), members.find("beta:b"))[0].link_count == 15


def test_an_atlas_without_sources_has_editorial_evidence(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.ok("resolve")
    for key in ("x", "y"):
        atlas.claim(f"editorial:{key}", "organization", "name", f"Name {key}")
    atlas.ok("resolve")
    reader, members = evidence(atlas)
    left, right = reader.sides(members.find("editorial:x"), members.find("editorial:y"))
    assert (left.label, right.label, left.link_count) == ("Name x", "Name y", 0)
