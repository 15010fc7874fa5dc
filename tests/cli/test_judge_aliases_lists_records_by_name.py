"""`overt judge aliases`: the records that have a given name, and the names that several records share."""

from pathlib import Path

import pytest

from tests.support.command_built_atlas import Atlas, Statement, make_statements, own_id


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    atlas = Atlas(tmp_path_factory.mktemp("aliases"))
    zte = [
        Statement("organization", "zte", "name", "ZTE Corporation", lang="en"),
        Statement("organization", "zte", "alias", "中兴通讯", lang="zh"),
    ]
    bgi = make_statements("organization", "group", name="BGI Group", alias="BGI") + make_statements(
        "organization", "genomics", name="BGI Genomics", alias="BGI"
    )
    atlas.fetch("alpha", [*zte, *bgi])
    atlas.fetch("beta", make_statements("organization", "z", name="Zte Corp."))
    atlas.ok("import")
    atlas.ok("resolve")
    return atlas


def test_a_name_in_any_spelling(atlas: Atlas) -> None:
    expected = f"""{own_id("alpha:zte")}  organization
  ZTE Corporation  (latin, en, name): alpha
  Zte Corp.  (latin, name): beta
  中兴通讯  (han, zh, alias): alpha
"""
    for name in ("ZTE", "z.t.e. Co., Ltd.", "中興通訊", "alpha:zte", "beta:z", own_id("beta:z"), own_id("alpha:zte")):
        assert atlas.ok("judge", "aliases", name).out == expected, name


def test_an_ambiguous_name(atlas: Atlas) -> None:
    lines = atlas.ok("judge", "aliases", "bgi").out.splitlines()
    for key, name in (("group", "BGI Group"), ("genomics", "BGI Genomics")):
        at = lines.index(f"{own_id(f'alpha:{key}')}  organization")
        assert lines[at + 1 : at + 3] == [
            "  BGI  (latin, alias): alpha; 2 records have this name",
            f"  {name}  (latin, name): alpha",
        ]
    first, *rest = atlas.ok("judge", "aliases").out.splitlines()
    assert first == "“bgi”  2 records of type organization"
    assert sorted(rest) == sorted(f"  {own_id(f'alpha:{key}')}  BGI  (latin, alias): alpha" for key in ("group", "genomics"))


def test_as_data(atlas: Atlas) -> None:
    rows = atlas.read_json("judge", "aliases", "zte")
    assert [(row["name"], row["record"], row["things"], len(row["claim_id"])) for row in rows] == [
        ("ZTE Corporation", "alpha:zte", 1, 32),
        ("Zte Corp.", "beta:z", 1, 32),
        ("中兴通讯", "alpha:zte", 1, 32),
    ]
    assert {row["key"] for row in atlas.read_json("judge", "aliases")} == {"bgi"}


def test_an_unknown_name_has_no_aliases(atlas: Atlas) -> None:
    outcome = atlas.ok("judge", "aliases", "Nobody")
    assert (outcome.out, outcome.err) == ("", "no record has the name 'Nobody'\n")
    assert atlas.read_json("judge", "aliases", "Nobody") == []


def test_nothing_is_resolved_yet(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    outcome = atlas.overt("judge", "aliases", "ZTE")
    assert outcome.code == 2
    assert outcome.errors == [f"overt: {atlas.root}: nothing is resolved yet; run `overt resolve`"]
