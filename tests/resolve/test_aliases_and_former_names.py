"""Organisations that match by an alias or a former name, each with a look-alike that stays apart."""

import pytest

from overt.resolve.same_organizations.alias_evidence import alias_level
from overt.resolve.same_organizations.former_and_shortened_names import former_name
from tests.resolve.two_organizations import Side, two


@pytest.mark.parametrize(("alias", "level"), [("formerly Smart Mobile", "same"), ("formerly Mobile Telecom", "")])
def test_a_former_name_may_be_an_alias_without_a_proper_name(alias: str, level: str) -> None:
    alias_of_both = {"name": "Quillon", "alias": alias.removeprefix("formerly ")}
    assert former_name(*two("KH", "company", alias_of_both, {"name": "Fernix", "alias": alias})) == level


@pytest.mark.parametrize(("alias", "level"), [("Gtel Mobile JSC", "same"), ("Gtel Mobile", "")])
def test_an_alias_with_a_legal_form_is_a_name(alias: str, level: str) -> None:
    assert alias_level(*two("VN", "company", {"name": "Beeline Vietnam", "alias": alias}, {"name": "Gtel Mobile"})) == level


@pytest.mark.parametrize(
    ("right", "level"),
    [({"name": "Moov Africa Malitel", "alias": "Malitel"}, "same"), ({"name": "Malitel"}, ""), ({"name": "Moov Mali"}, "")],
)
def test_an_alias_of_abbreviation_and_brand_names_its_company(right: Side, level: str) -> None:
    left = {"name": "Société des Télécommunications du Mali", "alias": "SOTELMA-Malitel"}
    bodies = two("ML", "company", left, right)
    bodies[0].short.setdefault("sotelma", "a:1")
    assert alias_level(*bodies) == level


@pytest.mark.parametrize(
    ("alias", "level"),
    [
        ("prej Iskratel, telekomunikacijski sistemi, d.o.o., Kranj", "same"),
        ("partner Iskratel, telekomunikacijski sistemi, d.o.o., Kranj", ""),
    ],
)
def test_a_former_registered_name_begins_with_the_brand(alias: str, level: str) -> None:
    assert former_name(*two("SI", "company", {"name": "Iskratel"}, {"name": "Kontron, d.o.o.", "alias": alias})) == level
