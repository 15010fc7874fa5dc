"""The table of aliases, and ambiguous names."""

from pathlib import Path

import pytest

from overt.model.claim import Claim
from overt.resolve.alias_table import ALIASES, scripts_of
from tests.resolve.resolved_hand_made_claims import World, record


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def rows(world: World, *columns: str, **inputs: object) -> list[tuple[object, ...]]:
    """Return these columns of every alias, in the order of the table."""
    aliases = world.resolve(**inputs).aliases
    assert aliases.schema == ALIASES
    return [tuple(row[name] for name in columns) for row in aliases.to_pylist()]


def test_each_name_has_its_cluster_and_the_claim_that_states_it(world: World) -> None:
    claims = [
        Claim("a", "a:1", "organization", "name", "ZTE Corporation", lang="en"),
        Claim("a", "a:1", "organization", "alias", "中興通訊", lang="zh-Hant"),
        Claim("b", "b:1", "organization", "name", "ZTE", lang=None),
    ]
    world.snapshot(claims[:2], claims[2:])
    [identity] = {row[2] for row in world.resolve().members}
    assert world.resolve().aliases.to_pylist() == [
        {
            "type": "organization", "key": key, "things": 1, "id": identity, "name": claim.value, "lang": claim.lang,
            "script": script, "property": claim.property, "record": claim.record, "source": claim.source, "claim_id": claim.id,
        }
        for claim, key, script in ((claims[2], "zte", "latin"), (claims[0], "zte", "latin"), (claims[1], "中兴通讯", "han"))
    ]  # fmt: skip


def test_a_name_of_two_things_is_ambiguous(world: World) -> None:
    world.snapshot(
        record("a:group", name="BGI Group", alias="BGI"),
        record("b:listed", name="BGI Genomics", alias="bgi"),
        record("b:p", "project", name="BGI"),
        record("b:q", "agreement", name="BGI"),
        record("b:x", "place", name="BGI"),
        record("b:y", "document", title="BGI"),
    )
    assert rows(world, "type", "key", "things", "record") == [
        ("agreement", "bgi", 1, "b:q"),
        ("organization", "bgi", 2, "b:listed"),
        ("organization", "bgi", 2, "a:group"),
        ("organization", "bgi genomics", 1, "b:listed"),
        ("organization", "bgi group", 1, "a:group"),
        ("project", "bgi", 1, "b:p"),
    ]
    assert {things for (things,) in rows(world, "things", same=[("a:group", "b:listed")])} == {1}, "once the two are one"


def test_names_of_the_last_snapshot_that_are_not_retracted(world: World) -> None:
    world.snapshot(record("a:1", name="Huawei Marine"), record("a:2", name="Gone"))
    hmn = record("a:1", name="HMN Tech", alias=["HMN", "HMN Technologies"])
    world.snapshot(hmn)
    assert rows(world, "name") == [("Gone",), ("HMN",), ("HMN Tech",), ("HMN Technologies",)]
    [taken] = [claim.id for claim in hmn if claim.value == "HMN"]
    assert rows(world, "name", retracted=frozenset({taken, "a:2"})) == [("HMN Tech",), ("HMN Technologies",)]


def test_a_name_that_an_editor_adds(world: World) -> None:
    world.snapshot(record("a:1", name="HMN Tech"))
    world.editorial = [Claim("editorial", "a:1", "organization", "alias", "Huawei Marine")]
    assert rows(world, "name", "source", "record", editorial={"a:1": 4}) == [
        ("HMN Tech", "a", "a:1"),
        ("Huawei Marine", "editorial", "a:1"),
    ]


def test_names_that_are_too_short_to_join_by_can_be_looked_up(world: World) -> None:
    world.snapshot(record("a:1", name="A"), record("b:1", name="a."), record("c:1", name="!!!"))
    assert rows(world, "key", "things", "script") == [("!!!", 1, None), ("a", 2, "latin"), ("a", 2, "latin")]


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("Huawei", "latin"),
        ("Telefónica 2", "latin"),
        ("华为", "han"),
        ("华为 Huawei", "han+latin"),
        ("5G", "latin"),
        ("12", None),
    ],
)
def test_scripts(name: str, scripts: str | None) -> None:
    assert scripts_of(name) == scripts
