"""Which sources tell of the same things, and when that says how many no source tells of."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from overt.model.duckdb_connection import connect
from overt.model.source import SourceSpec
from overt.release.derived_tables import create_parquet_view
from overt.release.overlaps.source_lists import SourceScope, make_source_lists
from overt.release.overlaps.source_overlaps import LinkageTables, group_links, write_overlap_tables
from tests.support.atlas import BY, Atlas, Statement, make_statements


def spec(**held: dict[str, str]) -> SourceSpec:
    return SourceSpec.model_construct(**{"draws_on": {}, "complete": {}, "limited_to": {}, **held})


def cells(**held: int) -> dict[frozenset[str], int]:
    """`ab=3`: three things that a and b tell of."""
    return {frozenset(names): count for names, count in held.items()}


FREE = cells(a=20, b=20, c=20, ab=8, ac=8, bc=8, abc=4)


def codes(found: Any) -> list[str]:
    return [reason["code"] for reason in found.reasons]


def test_three_lists_that_share_things_can_be_estimated() -> None:
    found = make_source_lists("project", FREE, {}, {})
    assert (found.names, found.reasons, found.notes) == (["a", "b", "c"], [], [])


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (cells(a=5), ["one-source"]),
        (cells(a=5, b=5, ab=5), ["two-lists"]),
        (cells(a=5, b=5), ["two-lists", "no-overlap"]),
        (cells(a=5, b=5, c=5), ["no-overlap"]),
        (cells(a=5, b=5, c=5, ab=9), ["few"]),
        (cells(a=5, b=5, c=5, ab=10), []),
    ],
)
def test_why_there_is_no_estimate(held: dict[frozenset[str], int], expected: list[str]) -> None:
    assert codes(make_source_lists("project", held, {}, {})) == expected


def test_a_source_that_is_complete_by_what_it_is_is_no_list() -> None:
    specs = {"c": spec(complete={"project": "It numbers them all."})}
    found = make_source_lists("project", FREE, specs, {})
    assert (found.names, codes(found)) == (["a", "b"], ["two-lists"])
    assert found.notes == [{"code": "complete", "source": "c", "why": "It numbers them all."}]
    assert found.cells == {frozenset("a"): 28, frozenset("b"): 28, frozenset("ab"): 12}, "what c alone tells of is left out"
    assert make_source_lists("organization", FREE, specs, {}).reasons == [], "of another type it is one"


def test_a_source_that_carries_on_another_is_one_list_with_it() -> None:
    found = make_source_lists("project", FREE, {"b": spec(draws_on={"a": "Its next edition."})}, {})
    assert (found.names, codes(found)) == (["a+b", "c"], ["two-lists"])
    assert found.cells == {frozenset(["a+b"]): 48, frozenset("c"): 20, frozenset(["a+b", "c"]): 20}


def test_a_source_that_repeats_several_is_no_list() -> None:
    found = make_source_lists("project", FREE, {"c": spec(draws_on={"a": "It copies.", "b": "It copies."})}, {})
    assert (found.names, found.of.get("c")) == (["a", "b"], None)
    assert found.notes == [{"code": "repeats", "source": "c", "others": ["a", "b"], "why": "It copies."}]
    alone = make_source_lists("project", cells(c=3, d=3), {"c": spec(draws_on={"a": "It copies.", "b": "It copies."})}, {})
    assert alone.names == ["c", "d"], "where none of them is, it repeats nobody"


def test_lists_of_different_limits_do_not_count_one_thing() -> None:
    limited = spec(limited_to={"project": "Cables."})
    found = make_source_lists("project", FREE, {"a": limited}, {})
    assert found.reasons == [
        {
            "code": "scopes",
            "lists": [{"list": "a", "limit": "Cables."}, {"list": "b", "limit": None}, {"list": "c", "limit": None}],
        }
    ]
    assert make_source_lists("project", FREE, dict.fromkeys("abc", limited), {}).reasons == [], "all of one limit"
    assert make_source_lists("organization", FREE, {"a": limited}, {}).reasons == []


def test_lists_that_cannot_meet() -> None:
    held = cells(a=20, b=20, c=20, ac=10, bc=10)
    places = {"a": SourceScope(frozenset({"KE"})), "b": SourceScope(frozenset({"IT", "FR"})), "c": SourceScope(frozenset({"KE", "IT"}))}
    assert make_source_lists("project", held, {}, places).reasons == [
        {"code": "no-common-country", "lists": ["a", "b"], "countries": [1, 2]}
    ]
    years = {"a": SourceScope(first=2000, last=2009), "b": SourceScope(first=2010, last=2020), "c": SourceScope(first=2000, last=2020)}
    found = make_source_lists("project", held, {}, years).reasons
    assert found == [{"code": "no-common-year", "lists": ["a", "b"], "years": [[2000, 2009], [2010, 2020]]}]
    years["b"] = SourceScope(first=2009, last=2020)
    assert make_source_lists("project", held, {}, years).reasons == []


# --- In a release ---------------------------------------------------------------------------------------------------------


def names(count: int) -> list[str]:
    """Names that are like no other."""
    chance = random.Random(7)
    return [
        "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(6)).capitalize() for _ in range(count)
    ]


def listed(seed: int, people: list[str]) -> list[Statement]:
    chance = random.Random(seed)
    return [
        row for name in people if chance.random() < 0.5 for row in make_statements("organization", name, name=name, country="KE")
    ]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """120 organisations, each on each of three lists with a chance of one half; and three projects."""
    held = Atlas(tmp_path_factory.mktemp("overlaps"))
    people = names(120)
    for seed, slug in enumerate(("alpha", "beta", "gamma")):
        held.fetch(slug, listed(seed, people))
    works = make_statements("project", "p", name="Park", kind="5g-network", country=["KE", "IT"], agreed="2013")
    works += make_statements("project", "q", name="Quay", kind="smart-city", country="KE", agreed="2016-05")
    works += make_statements("role", "r", project="delta:p", organization="delta:o", role="supplier") + make_statements(
        "organization", "o", name="Zzyzx"
    )
    held.fetch("delta", works)
    held.build()
    return held


def asked(atlas: Atlas) -> dict[tuple[str, str, str], dict[str, Any]]:
    found = json.loads(atlas.ok("overlaps", "--json").out)
    return {(one["unit"], one["cut"], one["part"]): one for one in found}


def test_lists_made_apart_give_a_range(atlas: Atlas) -> None:
    held = asked(atlas)["organization", "region", "africa"]
    assert [one["source"] for one in held["sources"]] == held["lists"] == ["alpha", "beta", "gamma"]
    assert held["things"] == sum(cell["things"] for cell in held["cells"]) < 120
    assert held["verdict"] == "estimate"
    assert held["things"] <= held["low"] < 120 < held["high"] < 200
    methods = {one["method"] for one in held["estimates"]}
    assert {"chao-mth", "bic", "dga"} <= methods and "lcmcr" not in methods
    assert f"{held['low']:,} to {held['high']:,} in all, by {len(methods)} methods" in atlas.ok("overlaps").out


def test_things_are_counted_by_kind_region_period_and_at_work_in_a_country(atlas: Atlas) -> None:
    found = asked(atlas)
    things = {group: held["things"] for group, held in found.items() if held["unit"] == "project"}
    assert things == {
        ("project", "all", ""): 2,
        ("project", "kind", "5g-network"): 1,
        ("project", "kind", "mobile-network"): 1,
        ("project", "kind", "telecom-ict"): 1,
        ("project", "kind", "smart-city"): 1,
        **({("project", "kind", "surveillance"): 1} if ("project", "kind", "surveillance") in found else {}),
        ("project", "region", "africa"): 2,
        ("project", "region", "europe"): 1,
        ("project", "period", "2010–2014"): 1,
        ("project", "period", "2015–2019"): 1,
    }
    assert found["presence", "all", ""]["cells"] == [{"sources": ["delta"], "things": 2}]
    assert found["project", "all", ""]["reasons"] == [{"code": "one-source", "source": "delta"}]
    printed = atlas.ok("overlaps").out
    assert "Only delta tells of them: with one list nothing overlaps." in printed
    assert printed.index("projects\n") < printed.index("organisations\n")


def test_what_is_unsure_of_who_is_who_is_drawn(tmp_path: Path) -> None:
    """Out of the tables of a release: what people judged is in every draw, a score in as many as is likely."""
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
    chance = np.random.default_rng(1)
    observed = [links.draw(chance).observed for _ in range(400)]
    assert observed.count(1) / 400 == pytest.approx(0.25, abs=0.06), "all four are one when the pair is"
    assert set(observed) == {1, 2}


def test_an_older_release_has_none(atlas: Atlas) -> None:
    from overt.release.overlaps.overlap_reader import read_overlaps
    from overt.release.release_reader import Release

    latest = (atlas.root / "releases" / "latest").read_text(encoding="utf-8").strip()
    with Release(atlas.root / "releases" / latest) as held:
        assert read_overlaps(held)
        del held.manifest["tables"]["overlaps"]
        assert read_overlaps(held) == []
