"""Which organisations the table of systems names."""

from overt.site.country.projects_with_details import Party
from overt.site.project.party_choice_in_cells import named_parties, state_bodies_first
from overt.site.site import Site


def party(name: str) -> Party:
    return Party(name, name, "en", None)


def names(parties: list[Party]) -> list[str]:
    return [party.id for party in parties]


def test_state_bodies_come_before_companies(site: Site) -> None:
    """An army or a ministry that runs a system mustn't be hidden behind operators and “3 others”."""
    parties = [party(name) for name in ("Ooredoo", "Mytel", "Directorate of Signals", "Frontiir", "Home Ministry", "Police")]
    assert names(state_bodies_first(site, parties)) == [
        "Directorate of Signals", "Home Ministry", "Police", "Ooredoo", "Mytel", "Frontiir"
    ]  # fmt: skip
    chinese = Party("c", "Gong'anju", "zh", "某市公安局")
    assert names(state_bodies_first(site, [party("Ooredoo"), chinese])) == ["c", "Ooredoo"]
    assert state_bodies_first(site, []) == []


def test_whoever_disputes_is_named() -> None:
    parties = [party(name) for name in "abcdef"]
    assert names(named_parties(parties, {"f"}, 4)) == ["a", "b", "c", "f"]
    assert names(named_parties(parties, set(), 4)) == ["a", "b", "c", "d"]
    assert names(named_parties(parties, {*"abcde"}, 4)) == [*"abcde"], "all that dispute something"
    assert names(named_parties(parties[:5], set(), 4)) == [*"abcde"], "“and 1 other” would be no shorter"
