"""State bodies of many countries share their names, so a body without a country gets the country of its projects or site."""

from pathlib import Path

import pytest

from tests.resolve.resolved_hand_made_claims import World, record


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.mark.parametrize(
    ("name", "country", "is_one"),
    [
        ("Telecommunications Regulatory Authority", "BH", False),
        ("Telecommunications Regulatory Authority", "OM", True),
        ("Ministry of Interior", "BH", False),
        ("Telecommunications Regulatory Authority of Oman", "BH", True),
        ("Telkom", "BH", True),
    ],
)
def test_a_state_body_is_in_the_country_of_its_projects(world: World, name: str, country: str, is_one: bool) -> None:
    world.snapshot(
        record("a:body", name=name),
        record("a:1", "project", name="Loan", country=country),
        record("a:1/customer", "role", project="a:1", organization="a:body"),
        record("b:1", name=name, country="OM"),
    )
    assert world.clusters() == ({frozenset({"a:body", "b:1"})} if is_one else set())


@pytest.mark.parametrize(
    ("name", "values", "is_one"),
    [
        ("State Security Service", {"website": "https://www.dss.gov.ng"}, False),
        ("State Security Service", {"website": "https://dxx.uz/en"}, True),
        ("State Security Service", {"website": "https://sss.example.org"}, True),
        ("Quillwater Directorate", {"website": "https://www.quillwater.gov.ng", "kind": "state-body"}, False),
        ("Quillwater Directorate", {"website": "https://www.quillwater.ng"}, True),
    ],
)
def test_a_state_body_without_a_country_is_in_that_of_its_site(
    world: World, name: str, values: dict[str, str], is_one: bool
) -> None:
    world.snapshot(record("a:1", name=name, **values), record("b:1", name=name, country="UZ"))
    assert bool(world.clusters()) == is_one
