"""Overlaps of sources, and estimates of what no source has."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from overt.language.language import ENGLISH
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view
from overt.model.source import SourceSpec
from overt.release.overlaps.estimation_lists import SourceScope, make_source_lists
from overt.release.overlaps.source_overlaps_and_estimates import LinkageTables, group_links, write_overlap_tables
from overt.site.sources.overlap_texts import OverlapWords
from tests.support.command_built_atlas import BY, Atlas, Statement, make_statements


def spec(**fields: dict[str, str]) -> SourceSpec:
    return SourceSpec.model_construct(**{"draws_on": {}, "complete": {}, "limited_to": {}, **fields})


def cells(**counts: int) -> dict[frozenset[str], int]:
    """Return cells: `ab=3` means that three records are in a and b, and in no other list."""
    return {frozenset(names): count for names, count in counts.items()}


OVERLAPPING = cells(a=20, b=20, c=20, ab=8, ac=8, bc=8, abc=4)


def codes(lists: Any) -> list[str]:
    return [reason["code"] for reason in lists.reasons]


def test_three_overlapping_lists_can_be_estimated() -> None:
    lists = make_source_lists("project", OVERLAPPING, {}, {})
    assert (lists.names, lists.reasons, lists.notes) == (["a", "b", "c"], [], [])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (cells(a=5), ["one-source"]),
        (cells(a=5, b=5, ab=5), ["two-lists"]),
        (cells(a=5, b=5), ["two-lists", "no-overlap"]),
        (cells(a=5, b=5, c=5), ["no-overlap"]),
        (cells(a=5, b=5, c=5, ab=9), ["few"]),
        (cells(a=5, b=5, c=5, ab=10), []),
    ],
)
def test_reasons_for_no_estimate(counts: dict[frozenset[str], int], expected: list[str]) -> None:
    assert codes(make_source_lists("project", counts, {}, {})) == expected


def test_a_complete_source_is_not_a_list() -> None:
    specs = {"c": spec(complete={"project": "It numbers them all."})}
    lists = make_source_lists("project", OVERLAPPING, specs, {})
    assert (lists.names, codes(lists)) == (["a", "b"], ["two-lists"])
    assert lists.notes == [{"code": "complete", "source": "c", "why": "It numbers them all."}]
    assert lists.cells == {frozenset("a"): 28, frozenset("b"): 28, frozenset("ab"): 12}, "things that only c has are left out"
    assert make_source_lists("organization", OVERLAPPING, specs, {}).reasons == [], "for another type it is a list"


def test_a_source_that_continues_another_is_one_list_with_it() -> None:
    lists = make_source_lists("project", OVERLAPPING, {"b": spec(draws_on={"a": "Its next edition."})}, {})
    assert (lists.names, codes(lists)) == (["a+b", "c"], ["two-lists"])
    assert lists.cells == {frozenset(["a+b"]): 48, frozenset("c"): 20, frozenset(["a+b", "c"]): 20}


def test_a_source_that_repeats_several_others_is_not_a_list() -> None:
    lists = make_source_lists("project", OVERLAPPING, {"c": spec(draws_on={"a": "It copies.", "b": "It copies."})}, {})
    assert (lists.names, lists.list_of.get("c")) == (["a", "b"], None)
    assert lists.notes == [{"code": "repeats", "source": "c", "others": ["a", "b"], "why": "It copies."}]
    without_originals = make_source_lists(
        "project", cells(c=3, d=3), {"c": spec(draws_on={"a": "It copies.", "b": "It copies."})}, {}
    )
    assert without_originals.names == ["c", "d"], "it is a list if none of them is present"


def test_lists_with_different_limits_give_no_estimate() -> None:
    limited = spec(limited_to={"project": "Cables."})
    lists = make_source_lists("project", OVERLAPPING, {"a": limited}, {})
    assert lists.reasons == [
        {
            "code": "scopes",
            "lists": [{"list": "a", "limit": "Cables."}, {"list": "b", "limit": None}, {"list": "c", "limit": None}],
        }
    ]
    assert make_source_lists("project", OVERLAPPING, dict.fromkeys("abc", limited), {}).reasons == [], "all have one limit"
    assert make_source_lists("organization", OVERLAPPING, {"a": limited}, {}).reasons == []


def test_lists_with_disjoint_scopes_give_no_estimate() -> None:
    counts = cells(a=20, b=20, c=20, ac=10, bc=10)
    places = {
        "a": SourceScope(frozenset({"KE"})),
        "b": SourceScope(frozenset({"IT", "FR"})),
        "c": SourceScope(frozenset({"KE", "IT"})),
    }
    assert make_source_lists("project", counts, {}, places).reasons == [
        {"code": "no-common-country", "lists": ["a", "b"], "countries": [1, 2]}
    ]
    words = OverlapWords(ENGLISH.gettext, str, str, "; ", str)
    reason = make_source_lists("project", counts, {}, places).reasons[0]
    assert words.reason(reason) == "a and b have no country in common. Number of countries: 1 and 2."
    years = {
        "a": SourceScope(first=2000, last=2009),
        "b": SourceScope(first=2010, last=2020),
        "c": SourceScope(first=2000, last=2020),
    }
    lists = make_source_lists("project", counts, {}, years).reasons
    assert lists == [{"code": "no-common-year", "lists": ["a", "b"], "years": [[2000, 2009], [2010, 2020]]}]
    years["b"] = SourceScope(first=2009, last=2020)
    assert make_source_lists("project", counts, {}, years).reasons == []


# --- In a release ---------------------------------------------------------------------------------------------------------


def names(count: int) -> list[str]:
    """Return dissimilar names."""
    generator = random.Random(7)
    return [
        "".join(generator.choice("bdfgklmnprstvz") + generator.choice("aeiou") for _ in range(6)).capitalize()
        for _ in range(count)
    ]


def sample_organizations(seed: int, people: list[str]) -> list[Statement]:
    generator = random.Random(seed)
    return [
        row
        for name in people
        if generator.random() < 0.5
        for row in make_statements("organization", name, name=name, country="KE")
    ]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas of three sources, each with about half of 120 organisations, and a fourth source with two projects."""
    atlas = Atlas(tmp_path_factory.mktemp("overlaps"))
    people = names(120)
    for seed, slug in enumerate(("alpha", "beta", "gamma")):
        atlas.fetch(slug, sample_organizations(seed, people))
    works = make_statements("project", "p", name="Park", kind="5g-network", country=["KE", "IT"], agreed="2013")
    works += make_statements("project", "q", name="Quay", kind="smart-city", country="KE", agreed="2016-05")
    works += make_statements("role", "r", project="delta:p", organization="delta:o", role="supplier") + make_statements(
        "organization", "o", name="Zzyzx"
    )
    atlas.fetch("delta", works)
    atlas.build()
    return atlas


def overlaps(atlas: Atlas) -> dict[tuple[str, str, str], dict[str, Any]]:
    groups = json.loads(atlas.ok("overlaps", "--json").out)
    return {(group["unit"], group["cut"], group["part"]): group for group in groups}


def test_independent_lists_give_a_range(atlas: Atlas) -> None:
    group = overlaps(atlas)["organization", "region", "africa"]
    assert [source["source"] for source in group["sources"]] == group["lists"] == ["alpha", "beta", "gamma"]
    assert group["things"] == sum(cell["things"] for cell in group["cells"]) < 120
    assert group["verdict"] == "estimate"
    assert group["things"] <= group["low"] < 120 < group["high"] < 200
    methods = {estimate["method"] for estimate in group["estimates"]}
    assert {"chao-mth", "bic", "dga"} <= methods and "lcmcr" not in methods
    assert f"{group['low']:,} to {group['high']:,} in all, by {len(methods)} methods" in atlas.ok("overlaps").out


def test_things_are_counted_by_kind_region_period_and_presence(atlas: Atlas) -> None:
    groups = overlaps(atlas)
    things = {key: group["things"] for key, group in groups.items() if group["unit"] == "project"}
    assert things == {
        ("project", "all", ""): 2,
        ("project", "kind", "5g-network"): 1,
        ("project", "kind", "mobile-network"): 1,
        ("project", "kind", "telecom-ict"): 1,
        ("project", "kind", "smart-city"): 1,
        **({("project", "kind", "surveillance"): 1} if ("project", "kind", "surveillance") in groups else {}),
        ("project", "region", "africa"): 2,
        ("project", "region", "europe"): 1,
        ("project", "period", "2010–2014"): 1,
        ("project", "period", "2015–2019"): 1,
    }
    assert groups["presence", "all", ""]["cells"] == [{"sources": ["delta"], "things": 2}]
    assert groups["project", "all", ""]["reasons"] == [{"code": "one-source", "source": "delta"}]
    printed = atlas.ok("overlaps").out
    assert "Only delta lists them: with one list, nothing overlaps." in printed
    assert printed.index("projects\n") < printed.index("organisations\n")


@pytest.mark.ci
def test_links_come_from_the_tables_of_a_release(tmp_path: Path) -> None:
    """Pairs that are judged the same or share a name match in every draw; scored pairs match with their probability."""
    atlas = Atlas(tmp_path)
    atlas.fetch(
        "alpha", make_statements("organization", "x", name="Bofadi") + make_statements("organization", "y", name="Kuzemo")
    )
    atlas.fetch("beta", make_statements("organization", "z", name="Bofadi") + make_statements("organization", "w", name="Pitora"))
    atlas.build()
    atlas.ok("judge", "same", "alpha:y", "beta:w", *BY)
    tables = atlas.root / "releases" / atlas.build() / "tables"
    with connect() as connection:
        for path in tables.glob("*.parquet"):
            create_parquet_view(connection, "claims_out" if path.stem == "claims" else path.stem, path)
        connection.execute("CREATE OR REPLACE VIEW scores AS SELECT 'alpha:x' AS left, 'beta:w' AS right, 0.25 AS probability")
        write_overlap_tables(connection, atlas.workspace.content, tmp_path)
        links = group_links(
            LinkageTables(connection), atlas.workspace.content, ("organization", "all", ""), {"alpha": "alpha", "beta": "beta"}
        )
    assert links is not None
    assert links.lists == {"alpha:x": "alpha", "alpha:y": "alpha", "beta:z": "beta", "beta:w": "beta"}
    assert links.certain == [("alpha:y", "beta:w"), ("alpha:x", "beta:z")], "judgements first"
    assert links.likely == [("alpha:x", "beta:w", 0.25)]
    generator = np.random.default_rng(1)
    observed = [links.draw(generator).observed for _ in range(400)]
    assert observed.count(1) / 400 == pytest.approx(0.25, abs=0.06), "all four records are one thing if the pair matches"
    assert set(observed) == {1, 2}


def test_an_older_release_has_no_overlaps(atlas: Atlas) -> None:
    from overt.release.overlaps.overlap_reader import read_overlaps
    from overt.release.release_reader import Release

    latest = (atlas.root / "releases" / "latest").read_text(encoding="utf-8").strip()
    with Release(atlas.root / "releases" / latest) as release:
        assert read_overlaps(release)
        del release.manifest["tables"]["overlaps"]
        assert read_overlaps(release) == []
