"""Locating towns and provinces by the names that sources give them; some names could mean two places."""

import pytest

from overt.gazetteer import Ambiguous, Province, Town, Unknown, find_entry, locate
from overt.gazetteer.towns_and_provinces import SHA256, country_towns


def entry_id(name: str, country: str, admin1: str | None = None) -> int:
    entry = locate(name, country, admin1)
    assert isinstance(entry, Town | Province), f"{name}: {entry}"
    return entry.id


@pytest.mark.parametrize(
    "name",
    [
        "Wuhan",
        "武汉",
        "武汉市",
        "武漢",
        "WUHAN",
        "Wuhan Shi",
        "Greater Wuhan",
        "City of Wuhan",
        "Wuhan, China",
        "Wuhan, Hubei",
        "武汉（湖北）",
    ],
)
def test_spellings_of_a_town(name: str) -> None:
    assert entry_id(name, "CN") == 1791247


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Urumqi", "CN", 1529102),  # without its accent
        ("N’Djamena", "TD", 2427123),  # with a different apostrophe
        ("St Petersburg", "RU", 498817),
        ("Saint Louis", "US", 4407066),
        ("内罗毕", "KE", 184745),
        ("Łódź", "PL", 3093133),
        ("Lodz", "PL", 3093133),
        ("Austin, TX", "US", 4671654),
        ("Washington, D.C.", "US", 4140963),
        ("Mexico City", "MX", 3530597),
        ("Quezon City", "PH", 1692192),  # not Quezon, another town
        ("Prosecco", "IT", 3169796),
        ("Cavaria", "IT", 3179297),  # short for Cavaria con Premezzo
        ("Usmate Velate", "IT", 3165018),
    ],
)
def test_names_as_sources_write_them(name: str, country: str, expected: int) -> None:
    assert entry_id(name, country) == expected


def test_two_towns_of_a_name_are_ambiguous_until_the_province_is_named() -> None:
    entry = locate("Castro", "IT")
    assert isinstance(entry, Ambiguous)
    assert [town.id for town in entry.candidates] == [6535652, 3179380]
    assert entry_id("Castro", "IT", "Lombardy") == 3179380
    assert entry_id("Castro (Lecce, Puglia)", "IT") == 6535652
    assert entry_id("Castro, Puglia", "IT") == 6535652


def test_a_city_is_meant_before_villages_of_its_name() -> None:
    villages = [town for town in country_towns("US").names("austin") if town.id != 4671654]
    assert villages
    assert entry_id("Austin", "US") == 4671654


def test_a_largest_town_that_is_not_by_far_the_largest_is_ambiguous() -> None:
    entry = locate("Springfield", "US")
    assert isinstance(entry, Ambiguous)
    largest, second = entry.candidates[:2]
    assert second.population < largest.population < 10 * second.population


def test_what_is_not_understood_leaves_only_names_without_rivals() -> None:
    assert isinstance(locate("Austin, Zzyzx", "US"), Ambiguous)
    assert entry_id("Faenza, Zzyzx", "IT") == 3177300


def test_a_source_that_contradicts_itself_is_not_placed() -> None:
    assert isinstance(locate("Milan, France", "IT"), Unknown)
    assert isinstance(locate("Milan", "IT", "Sicily"), Unknown)


def test_a_village_may_have_namesakes_that_the_gazetteer_lacks() -> None:
    village = find_entry(3220330, "IT")
    assert isinstance(village, Town)
    assert village.population < 1000
    assert locate(village.name, "IT") == Ambiguous((village,))
    assert locate(village.name, "IT", village.province) == village


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Lombardy", "IT", 3174618),
        ("Sardinia", "IT", 2523228),
        ("Sardegna", "IT", 2523228),
        ("Regione Abruzzo", "IT", 3183560),
        ("湖北省", "CN", 1806949),
        ("Xinjiang", "CN", 1529047),  # villages have this name, too
    ],
)
def test_provinces(name: str, country: str, expected: int) -> None:
    entry = locate(name, country)
    assert isinstance(entry, Province)
    assert (entry.id, entry.precision) == (expected, "admin1")
    assert entry.radius > 50


def test_a_city_that_shares_its_name_with_a_province_elsewhere_is_ambiguous() -> None:
    entry = locate("Ibaraki", "JP")  # a city near Osaka, a prefecture near Tokyo
    assert isinstance(entry, Ambiguous)
    assert {type(candidate) for candidate in entry.candidates} == {Town, Province}
    assert isinstance(locate("Buenos Aires", "AR"), Town)


@pytest.mark.parametrize(("name", "country"), [("Nowhere at all", "IT"), ("Rome", "XX"), ("", "IT"), ("?!", "IT"), ("(", "IT")])
def test_unknown_names(name: str, country: str) -> None:
    assert locate(name, country) == Unknown()


def test_a_district_whose_name_many_towns_share_is_not_taken_for_a_town() -> None:
    assert not isinstance(locate("朝阳区", "CN"), Town)


def test_a_town_has_a_circle_with_room_for_its_residents() -> None:
    rome, castro = locate("Rome", "IT"), find_entry(6535652, "IT")
    assert isinstance(rome, Town)
    assert isinstance(castro, Town)
    assert rome.precision == "locality"
    assert rome.label == "GeoNames 3169070: Rome, Lazio"
    assert castro.radius < rome.radius < 50
    assert castro.radius >= 1


def test_every_country_has_its_towns_and_the_tables_are_small() -> None:
    from importlib.resources import files

    sizes = [len((files("overt") / "gazetteer" / name).read_bytes()) for name in SHA256]
    assert sum(sizes) < 8_000_000
    assert len(country_towns("IT").names("roma")) == 1
    assert find_entry(3174976, "IT") == locate("Lazio", "IT")
    assert find_entry(3174976, "FR") is None
