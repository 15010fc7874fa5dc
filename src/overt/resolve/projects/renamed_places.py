"""Present names of towns that were renamed (`names/renamed_places.yml`): Astana for Nur-Sultan."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from overt.model.content_files import packaged_content
from overt.model.yaml import Content, parse, read_mapping
from overt.resolve.names import fold

_PATH = "names/renamed_places.yml"


class RenamedPlace(Content):
    """A town and its names, the present one first."""

    year: int
    names: list[str]


class RenamedPlaceFile(Content):
    """`names/renamed_places.yml`."""

    title: str
    description: str
    source: str
    places: dict[str, list[RenamedPlace]]
    exonyms: dict[str, list[list[str]]]
    """Country → names of a town in several languages that don't sound alike, the usual one first."""


def with_present_names(places: Iterable[tuple[Any, ...]], countries: Mapping[str, Collection[str]]) -> list[tuple[Any, ...]]:
    """Return places with the present names of towns of the projects' countries. `places`: project, name, and what else there is.

    A project without a country, such as a cable, can be anywhere, so that a name counts if it is of one town of the list.
    """
    return [(place[0], present_name(place[1], countries.get(place[0], ())), *place[2:]) for place in places]


def present_name(name: str, countries: Collection[str]) -> str:
    """Return the present name of a town in one of some countries, or in any if there are none; an unknown name stays."""
    present = _present_names()
    folded = fold(name)
    present_names = {present[code, folded] for code in countries or ("",) if (code, folded) in present}
    return min(present_names) if len(present_names) == 1 else name


@cache
def _present_names() -> dict[tuple[str, str], str]:
    """Return the country's code, or an empty one for any, and a folded name → the present name. Exonyms count as former names."""
    file = parse(RenamedPlaceFile, read_mapping(packaged_content() / _PATH), _PATH)
    towns = [(code, place.names) for code, places in file.places.items() for place in places]
    towns += [(code, names) for code, of in file.exonyms.items() for names in of]
    names = {(code, fold(name)): of[0] for code, of in towns for name in of}
    anywhere: dict[str, set[str]] = {}
    for (_, name), present in names.items():
        anywhere.setdefault(name, set()).add(present)
    return names | {("", name): min(of) for name, of in anywhere.items() if len(of) == 1}
