"""Finds a town or province by its name or its GeoNames id, and measures its distance from a point.

A name must clearly mean one place; Overt doesn't guess.
"""

import re
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt

from overt.gazetteer.lookup_results import Ambiguous, Province, Town, Unknown
from overt.gazetteer.place_name_keys import is_province_name, searched_town_keys
from overt.gazetteer.towns_and_provinces import CountryTowns, country_towns
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ValueProblem

DOMINANCE = 10
"""Factor by which the population of a town or province must exceed that of its namesakes for size to decide between them
(docs/decisions/0064).
"""
CITY = 50_000
"""Minimum population of a town that a name can mean even though other towns share the name. Smaller ones are not well known."""
VILLAGE = 1_000
"""Population below which a town may have namesakes that the gazetteer lacks, because they have fewer than 500 residents."""
SAME_TOWN = 10.0
"""Maximum distance in kilometres between two entries for one town: a town and its centre, or a town and its municipality."""
_QUALIFIED = re.compile(r"(?P<name>[^,(（，]+?)\s*[,(（，]\s*(?P<rest>.+?)\s*[)）]?")
_SEPARATOR = re.compile(r"\s*[,，;]\s*")
_EARTH_RADIUS = 6371.0


@lru_cache(maxsize=65_536)
def locate(name: str, country: str, admin1: str | None = None) -> Town | Province | Ambiguous | Unknown:
    """Return the town that a source names, or the province if it names one.

    Return Ambiguous if the name doesn't clearly mean one place. Return Unknown if the gazetteer has no such name in the country
    and province, or if the source contradicts itself about the place.

    `country`: ISO 3166-1 alpha-2. `admin1`: the name or code of the province, if the source has a separate field for it. The
    province can also be part of the name, as in "Pingyi (Linyi, Shandong)" and "Austin, TX".

    A town is meant if no other town in the country and province has its name. Entries at most `SAME_TOWN` kilometres apart
    count as one town. Of several towns with the name, the largest is meant if all of the following are true:

    - It has at least `CITY` residents.
    - It has at least `DOMINANCE` times as many residents as any other, or it is the only one whose main name this is.
    - The name is not the main name of smaller towns only.
    - All of the source's words about the place are understood.

    If the source gives no province, a town is ambiguous if it has fewer than `VILLAGE` residents, or if a province elsewhere
    has its name and more than `DOMINANCE` times its residents.

    A province is meant if the name says so ("Lazio Region"), or if no town has the name. If the source gives no province, a
    province is also meant if it has at least `DOMINANCE` times the residents of any town with its name, and if none of these
    towns has `CITY` residents.

    Raises OvertError if the packaged tables are damaged.
    """
    towns = country_towns(country)
    candidates, hints = _candidates(towns, name), []
    if not candidates and (match := _QUALIFIED.fullmatch(name.strip())):
        name, hints = match["name"], _SEPARATOR.split(match["rest"])
        candidates = _candidates(towns, name)
    provinces, is_checked = _hinted(towns, country, hints, admin1)
    if provinces is None:
        return Unknown()
    named = [area for area in towns.provinces_named(name) if not provinces or area.admin1 in provinces]
    inside = [town for town in candidates if not provinces or town.admin1 in provinces]
    if is_province_name(name) or not inside or (not provinces and _outrank(named, inside)):
        return named[0] if len(named) == 1 else _ambiguous(*named) if named else Unknown()
    town = _clear(towns, name, inside, is_checked=is_checked)
    is_too_small = town is not None and not provinces and town.population < VILLAGE
    elsewhere = [area for area in named if town and area.admin1 != town.admin1 and area.population > DOMINANCE * town.population]
    if town is None or is_too_small or elsewhere:
        return _ambiguous(*inside, *elsewhere)
    return town


def find_entry(number: int, country: str) -> Town | Province | None:
    """Return the town or province of a country with this GeoNames id; None if the gazetteer lacks it.

    Raises OvertError if the packaged tables are damaged.
    """
    return country_towns(country).entry(number)


def distance(first: Town | Province, latitude: float, longitude: float) -> float:
    """Return the distance in kilometres between an entry and a point, on a sphere (haversine formula)."""
    north, south = radians(first.latitude), radians(latitude)
    east = radians(longitude - first.longitude)
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(sqrt(min(1.0, chord)))


def _candidates(towns: CountryTowns, name: str) -> list[Town]:
    """Return the towns with this name or, if there are none, those with a double name of which it is a part (`parts`)."""
    keys = searched_town_keys(name)
    matches = {town.id: town for key in keys for town in towns.names(key)}
    return list(matches.values()) if matches else towns.parts(keys[0]) if keys else []


def _hinted(towns: CountryTowns, country: str, hints: list[str], admin1: str | None) -> tuple[set[str] | None, bool]:
    """Return the provinces that the source allows, and whether everything it says about the place was understood.

    The provinces are codes: None if the source contradicts itself, empty if it allows all provinces.
    """
    provinces: set[str] = set()
    is_checked = True
    for hint in filter(None, (*hints, admin1)):
        if meant := {province.admin1 for province in towns.provinces_meant(hint)}:
            provinces = provinces & meant if provinces else meant
            if not provinces:
                return None, True
        elif hint in hints and (area := _area(hint)):  # In a field for provinces, a code such as AS is not a country.
            if area != country:
                return None, True
        else:
            is_checked = False
    return provinces, is_checked


def _clear(towns: CountryTowns, name: str, candidates: list[Town], *, is_checked: bool) -> Town | None:
    """Return the town that is clearly meant; None if there is none.

    `is_checked`: whether everything the source says about the place was understood. If not, a name is clear only if it has no
    other candidates.
    """
    distinct: list[Town] = []
    for town in sorted(candidates, key=_by_size):
        if all(distance(larger, town.latitude, town.longitude) > SAME_TOWN for larger in distinct):
            distinct.append(town)
    largest, *smaller = distinct
    if not smaller:
        return largest
    if not is_checked or largest.population < CITY:
        return None
    main_names = {town.id for key in searched_town_keys(name) for town in towns.main_names(key)}
    main = [town for town in distinct if town.id in main_names]
    if main and largest not in main:
        return None
    is_dominant = largest.population >= DOMINANCE * smaller[0].population
    return largest if is_dominant or len(main) == 1 else None


def _outrank(provinces: list[Province], towns: list[Town]) -> bool:
    """Return whether a name means the province rather than a town with the same name."""
    residents = max(town.population for town in towns)
    return residents < CITY and any(province.population >= DOMINANCE * residents for province in provinces)


def _ambiguous(*candidates: Town | Province) -> Ambiguous:
    return Ambiguous(tuple(sorted(candidates, key=_by_size)))


def _by_size(entry: Town | Province) -> tuple[int, int]:
    return -entry.population, entry.id


def _area(name: str) -> str | None:
    """Return the code of the country called `name`; None if no country, or more than one, has that name."""
    try:
        return _content().areas.find(name)
    except ValueProblem:
        return None


@cache
def _content() -> Catalogue:
    return Catalogue()
