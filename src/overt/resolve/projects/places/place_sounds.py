"""Sounds of the names of projects' places, and Latin names for those in other scripts: بيروت and 贝鲁特 are Beirut."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from overt.resolve.names import fold
from overt.resolve.names.consonant_comparison import consonants
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.scripts.non_latin_name_parser import script_in, spells_whole
from overt.resolve.projects.participants import only_country
from overt.resolve.projects.participants_under_two_names import ANYWHERE
from overt.resolve.projects.places.present_and_usual_town_names import usual_name
from overt.resolve.projects.places.province_and_district_names import WRITE_HAN, is_province

_ONE_PLACE = 0.7
"""Minimum probability (`cross_match`) for names in two scripts to mean one place in a country."""
_ONE_PLACE_ALONE, _FAR_AHEAD = 0.4, 4
"""For names in kana, which change foreign sounds: the minimum probability of the best match, and how many times as likely as
the second-best match it must be.
"""
OWN_HAN = "own han"
"""Script of Chinese names in countries of WRITE_HAN, where all sources write them alike. Elsewhere they are often exonyms."""
_MAX_ACROSS = 600
"""Maximum number of pairs of names in two scripts to compare in a country."""


class PlaceSound(NamedTuple):
    """The name of a project's place, with its consonants."""

    project: str
    place: str
    """The name that the source gives, folded."""
    name: str
    """The same as `place` or, if the place has a Latin name in another project, that Latin name."""
    sound: str
    script: str
    """The script of `place`, or OWN_HAN."""
    located: bool
    """Whether the place has a point, so that its distance from others is known."""
    usual_sound: str
    """The consonants of the name by which the place is usually known: Casablanca for الدار البيضاء."""


def place_sounds(places: Iterable[Any], countries: Mapping[str, set[str]]) -> list[PlaceSound]:
    """Return the names of all projects' places, sorted. Names in other scripts occur again with the Latin names that they mean.

    `places`: rows that begin with project, name and longitude.
    """
    rows = {
        PlaceSound(
            project,
            fold(name),
            fold(name),
            sound,
            _script(name, only_country(project, countries)),
            longitude is not None,
            _sound(usual_name(name, countries.get(project, set()))),
        )
        for project, name, longitude, *_ in places
        if name and (sound := _sound(name))
    }
    return sorted({*rows, *_in_latin(rows, countries)})


def _in_latin(rows: Iterable[PlaceSound], countries: Mapping[str, set[str]]) -> Iterator[PlaceSound]:
    """Yield rows for names in another script with the Latin name that they most likely mean.

    The Latin name can also come from a project in several countries, such as a cable.
    """
    by_country: dict[str, list[PlaceSound]] = defaultdict(list)
    for row in sorted(rows):
        by_country[only_country(row.project, countries)].append(row)
    everywhere = {row.name for row in by_country.get(ANYWHERE, ()) if row.script == "latin"}
    for _, of_country in sorted(by_country.items()):
        latin_names = sorted({row.name for row in of_country if row.script == "latin"} | everywhere)
        foreign = [row for row in of_country if script_in(row.name)]
        if len({row.name for row in foreign}) * len(latin_names) > _MAX_ACROSS:
            continue
        meant = {name: _meant(name, latin_names) for name in {row.name for row in foreign}}
        yield from (row._replace(name=name, sound=_sound(name)) for row in foreign if (name := meant[row.name]))


def _meant(foreign: str, latin_names: list[str]) -> str:
    """Return the Latin name that a name in another script spells or most likely means; empty if none is likely."""
    from overt.resolve.names.cross_script.cross_script_comparison import cross_match  # imported here because importing it is slow

    if spelled := [name for name in latin_names if spells_whole(name, foreign)]:
        return spelled[0]
    chances = {name: cross_match(name, foreign).probability for name in latin_names}
    best, second = (*sorted(latin_names, key=lambda name: -chances[name])[:2], "", "")[:2]
    is_alone = script_in(foreign) == "kana" and chances.get(second, 0.0) <= chances.get(best, 0.0) / _FAR_AHEAD
    return best if best and chances[best] >= (_ONE_PLACE_ALONE if is_alone else _ONE_PLACE) else ""


@lru_cache(maxsize=1 << 14)
def _sound(name: str) -> str:
    return " ".join(consonants(word, abjad=True) for word in fold(name).split())


def _script(name: str, country: str) -> str:
    """Return the script of a name; OWN_HAN for the Chinese name of a town or district in a country of WRITE_HAN."""
    script = script_in(name) or script_of(name[0])
    return OWN_HAN if script == "han" and country in WRITE_HAN and not is_province(name) else script
