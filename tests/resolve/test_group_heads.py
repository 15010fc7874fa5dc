"""Heads of groups: which body a short name means."""

from pathlib import Path

import pytest

from tests.resolve.world import World, record


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
