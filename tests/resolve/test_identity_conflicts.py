"""Register numbers and Chinese names that keep two organisations apart."""

from overt.resolve.equal_names_and_identifiers import MatchingClaim
from overt.resolve.identity_conflicts import IdentityConflicts
from overt.resolve.names import NameKeys


def conflicts(numbers: dict[str, list[str]]) -> IdentityConflicts:
    """Return the conflicts of organisations with these identifiers, by record."""
    claims: list[MatchingClaim] = [
        (record, "organization", "identifier", number) for record, of in numbers.items() for number in of
    ]
    return IdentityConflicts(claims, NameKeys())


def test_different_numbers_of_one_register_are_two_organisations() -> None:
    numbers = conflicts({"a:1": ["ru-inn:1"], "b:1": ["ru-inn:2"], "c:1": ["ru-inn:1"]})
    assert numbers.find("a:1", "b:1") is not None
    assert numbers.find("a:1", "c:1") is None


def test_one_record_with_two_numbers_does_not_disable_the_register() -> None:
    numbers = conflicts({"a:1": ["ru-inn:1", "ru-inn:9"], "b:1": ["ru-inn:2"], "c:1": ["ru-inn:3"], "d:1": ["ru-inn:9"]})
    assert numbers.find("b:1", "c:1") is not None
    assert numbers.find("a:1", "b:1") is not None
    assert numbers.find("a:1", "d:1") is None


def test_a_register_that_often_gives_several_numbers_does_not_count() -> None:
    several = {f"a:{number}": [f"xx-permit:{number}", f"xx-permit:{number}0"] for number in range(1, 4)}
    assert conflicts(several).find("a:1", "a:2") is None
