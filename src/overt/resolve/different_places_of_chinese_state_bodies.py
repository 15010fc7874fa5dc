"""Detects that English and Chinese names of an office mean different places, such as towns with the same Latin spelling."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from overt.model.content_files import packaged_content
from overt.model.yaml_reading_and_validation import read_mapping
from overt.resolve.names.folding_and_scripts import fold, has_han, simplified
from overt.resolve.names.han.cedict import dictionary, large_towns, stem

_AREA = re.compile("^(?:省|市|(?:壮族|回族|维吾尔)?自治区)")
"""Matches the kind of area after the name of a province."""
_OFFICE = re.compile(
    r"([\u3400-\u9fff]{2,4}?)(自治县|自治州|地区|[县市区旗州盟])(?![场域块园内府])[\u3400-\u9fff]{1,12}?"
    "(?:局|厅|委|委员会|政府|法院|院|部|处|站|支队|总队|大队|中心)"
)
"""Matches an office's name without the province: place, kind of area and office, as in 弋阳 县 公安局, the Public Security Bureau
of Yiyang County.
"""
_HIGHER = re.compile(r"^.*(?:自治州|自治区|地区|[省市州盟])(?=[\u3400-\u9fff]{2,4}?(?:自治县|自治州|[县市区旗州]))")
_LEVELS = {
    "county": "县旗区", "counties": "县旗区", "banner": "旗", "district": "区县",
    "city": "市", "municipal": "市", "municipality": "市",
    "prefecture": "州区市盟", "prefectural": "州区市盟", "league": "盟",
}  # fmt: skip
"""Word of an English name → last characters of the Chinese areas that it may mean. Counties often become districts."""


class Office(NamedTuple):
    """The place of an office, read from its Chinese name."""

    town: str
    unit: str
    """The last character of the kind of area, such as 县 (county)."""
    provinces: frozenset[str]
    """Latin names of the provinces in the name."""


@cache
def _provinces() -> dict[str, str]:
    named: dict[str, str] = read_mapping(packaged_content() / "names" / "han_words.yml")["provinces"]
    return {chinese: fold(latin) for chinese, latin in named.items()}


@lru_cache(maxsize=1 << 12)
def read_office(name: str) -> Office | None:
    """Return the place of an office from its Chinese name; None for a branch (分局), or without a kind of area or of office."""
    if not has_han(name) or "分局" in name:
        return None
    text = simplified(re.sub(r"\W", "", name))
    province = next((chinese for chinese in sorted(_provinces(), key=len, reverse=True) if text.startswith(chinese)), "")
    rest = _AREA.sub("", text.removeprefix(province)) if province else text
    match = _OFFICE.fullmatch(_HIGHER.sub("", rest)) or _OFFICE.fullmatch(text)
    provinces = frozenset({_provinces()[province]} if province else ())
    return Office(match[1], match[2][-1], provinces) if match else None


def differ_in_place(names: Iterable[str], offices: Iterable[str]) -> bool:
    """Return whether English names mean an office in a different place from every Chinese name that gives a place.

    This is so if the provinces differ (according to the names, or to CC-CEDICT's entry on the place), or if the English names
    give a different kind of area, such as county or city. Without such signs, a prefecture-level city takes precedence over
    other places with the same Latin spelling: Yiyang is 益阳 rather than 弋阳县. False if no Chinese name gives a place.
    """
    places = [office for name in offices if (office := read_office(name))]
    words = {word for name in names for word in fold(re.sub("['’]", "", name)).split()}
    provinces = words & {*_provinces().values()}
    levels = [units for word, units in _LEVELS.items() if word in words]
    return bool(places) and all(_differs(place, words, provinces, levels, places) for place in places)


def _differs(place: Office, words: set[str], provinces: set[str], levels: list[str], places: list[Office]) -> bool:
    theirs = frozenset().union(*(office.provinces for office in places)) or _provinces_of(place)
    if provinces and theirs and not provinces & theirs:
        return True
    if levels and not any(place.unit in units for units in levels):
        return True
    if provinces & theirs or any(place.unit in units for units in levels if units != "市"):
        return False
    towns = {town for word in words for town in large_towns().get(word, ())}
    return bool(towns) and not (place.town in towns and place.unit == "市")


def _provinces_of(place: Office) -> frozenset[str]:
    """Return the Latin names of the provinces in which, according to CC-CEDICT, a place of this name lies."""
    stems = {stem(province): province for province in _provinces().values()}
    senses = (*dictionary().senses(place.town + place.unit), *dictionary().senses(place.town))
    return frozenset(stems[of] for sense in senses for of in sense.stems if of in stems)
