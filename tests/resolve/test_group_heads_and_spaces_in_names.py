"""Which body of a group a short name means, and when long names that differ only in spaces mean the same body."""

from pathlib import Path

import pytest

from tests.resolve.resolved_hand_made_claims import World, record


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_legal_name_whose_alias_is_a_group_is_the_head_of_it(world: World) -> None:
    world.snapshot(record("a:1", name="Bluestem Group Limited", alias="Bluestem Group"), record("b:1", name="Bluestem"))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


def test_the_head_of_a_group_is_not_the_company_with_the_short_name(world: World) -> None:
    world.snapshot(
        record("a:1", name="Sony Group Corporation", alias="Sony Group"),
        record("b:1", name="Sony Corporation"),
        record("c:1", name="Sony"),
    )
    assert world.clusters() == {frozenset({"b:1", "c:1"})}


@pytest.mark.parametrize(
    ("left", "right", "countries", "is_one"),
    [
        ("Chengdu Hanyun Vision Tech. Company Limited", "Chengdu Han Yun Vision Technology Co., Ltd.", ("CN", "CN"), True),
        ("Al Marjan Security Systems LLC", "Almarjan Security Systems L.L.C.", ("AE", "AE"), True),
        ("Al Marjan Security Systems LLC", "Almarjan Security Systems L.L.C.", ("AE", "OM"), False),
        ("Al Marjan Security Systems LLC", "Almarjan Security Systems L.L.C.", ("AE", ()), False),
        ("Nova Tech", "Novatech", ("AE", "AE"), False),
    ],
)
def test_long_names_with_other_spaces_are_one_in_one_country(
    world: World, left: str, right: str, countries: tuple[str, str], is_one: bool
) -> None:
    world.snapshot(record("a:1", name=left, country=countries[0]), record("b:1", name=right, country=countries[1]))
    assert bool(world.clusters()) == is_one
