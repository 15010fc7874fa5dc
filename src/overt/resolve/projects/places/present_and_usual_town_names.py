"""Present names of renamed towns (Astana for Nur-Sultan), and usual names for those in other languages (Cairo for Le Caire).

The names are in `names/renamed_places.yml`, and in `names/town_names.csv` (from CLDR).
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.names import fold

_PATH = "names/renamed_places.yml"
_TOWN_NAMES = "names/town_names.csv"


class RenamedPlace(Content):
    """A renamed town: its names, the present name first, and the year of the renaming."""

    year: int
    names: list[str]


class RenamedPlaceFile(Content):
    """`names/renamed_places.yml`."""

    title: str
    description: str
    source: str
    places: dict[str, list[RenamedPlace]]
    exonyms: dict[str, list[list[str]]]
    """Country → for each town, names in several languages that don't sound alike, the usual name first."""


def with_present_names(places: Iterable[tuple[Any, ...]], countries: Mapping[str, Collection[str]]) -> list[tuple[Any, ...]]:
    """Return places with old names of towns replaced by their present names.

    `places`: project, name and other values. `countries`: project → codes of the countries in which to look for the town. A
    project without a country, such as a cable, can be anywhere. The names of its places are replaced only if they belong to a
    single town in the list.
    """
    return [(place[0], present_name(place[1], countries.get(place[0], ())), *place[2:]) for place in places]


def present_name(name: str, countries: Collection[str]) -> str:
    """Return the present name of a town in one of these countries, or in any country if there are none.

    A name that is unknown or ambiguous is returned as it is.
    """
    return _name_among(_present_names(), name, countries)


def usual_name(name: str, countries: Collection[str]) -> str:
    """Return the present name of a town, or the usual name for a name in another language: Cairo for Le Caire.

    Countries and unknown names are treated as in `present_name`. Use this only to find that two towns may be the same: a shared
    usual name isn't evidence that two projects are the same.
    """
    return _name_among(_usual_names(), name, countries)


def _name_among(names: Mapping[tuple[str, str], str], name: str, countries: Collection[str]) -> str:
    folded = fold(name)
    present_names = {names[code, folded] for code in countries or ("",) if (code, folded) in names}
    return min(present_names) if len(present_names) == 1 else name


@cache
def _present_names() -> dict[tuple[str, str], str]:
    return _by_name((code, place.names) for code, places in _file().places.items() for place in places)


@cache
def _usual_names() -> dict[tuple[str, str], str]:
    exonyms = [(code, names) for code, of in _file().exonyms.items() for names in of]
    return _by_name(_official_names(), _TOWN_NAMES) | _by_name(exonyms) | _present_names()


def _official_names() -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of `names/town_names.csv`: country, and a town's names in English and in another official language."""
    text = (packaged_content() / _TOWN_NAMES).read_text(encoding="utf-8")
    yield from ((row["country"], [row["english"], row["name"]]) for row in csv.DictReader(text.splitlines()))


@cache
def _file() -> RenamedPlaceFile:
    return packaged_model(RenamedPlaceFile, _PATH)


def _by_name(towns: Iterable[tuple[str, list[str]]], path: str = _PATH) -> dict[tuple[str, str], str]:
    """Return (country's code, folded name) → the first of the town's names.

    An empty code stands for any country, and has only names of a single town worldwide. Raises ContentError if two towns of one
    country share a name. `path`: the file for the error message.
    """
    names: dict[tuple[str, str], str] = {}
    for code, of in towns:
        for name in of:
            if names.setdefault((code, fold(name)), of[0]) != of[0]:
                raise ContentError(f"{path}: {code}: {name!r} is a name of {names[code, fold(name)]!r} and of {of[0]!r}")
    anywhere: dict[str, set[str]] = {}
    for (_, name), present in names.items():
        anywhere.setdefault(name, set()).add(present)
    return names | {("", name): min(of) for name, of in anywhere.items() if len(of) == 1}
