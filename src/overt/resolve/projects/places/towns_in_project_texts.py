"""Towns that projects name in their places, titles and customers, and whether two projects name only different towns."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from overt.resolve.names import fold
from overt.resolve.names.consonant_comparison import consonants, sound_alike
from overt.resolve.names.folding_and_scripts import latin, script_of
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.institution_word_meanings import is_unspaced
from overt.resolve.names.place_name_meanings import gazetteer
from overt.resolve.names.scripts.non_latin_name_parser import script_in, spells_whole
from overt.resolve.projects.places.present_and_usual_town_names import usual_name
from overt.resolve.projects.places.province_and_district_names import WRITE_HAN, is_area

_UNSPACED = frozenset({"han", "kana", "hangul"})
"""Scripts that write no spaces between words, or only between phrases, in addition to those of `is_unspaced`, such as Thai."""
_NOT_TOWNS = frozenset({"province", "region", "district", "state", "country"})
"""Meanings of words for areas that are not towns: they contain towns, or are parts of one."""
_AIRPORT = re.compile(
    r"\b([^\W\d_]{4,}) (?:international )?airport\b|([\u4e00-\u9fff]{2,3}?)(?:国際|国际|國際)?(?:空港|机场|機場)"
)
"""Matches an airport by the name of its town."""
_BESIDE_TOWN = "市县縣県"
"""Characters for a town or county, which follow the name of a town in Chinese or Japanese."""
_MIN_TOWN, _MIN_UNSPACED = 4, 2
_MAX_ENDING = 4
"""Maximum number of letters of an ending after the name of a town: Алматыда (in Almaty), Алматының (of Almaty)."""
_MAYBE_ONE = 0.3
"""Minimum probability (`cross_match`) at which names in two scripts may mean one town."""
_SPELLED_ALIKE = 0.6
"""Minimum similarity at which two spellings in Latin letters may be names of one town."""
_MIN_CONSONANTS = 3


def towns_by_country(places: Iterable[tuple[str, str]], countries: Mapping[str, Set[str]]) -> dict[str, frozenset[str]]:
    """Return the folded names of towns that projects in each country have as places. `places`: project and name."""
    towns: dict[str, set[str]] = defaultdict(set)
    for project, name in places:
        for country in countries.get(project, ()):
            if is_town(name):
                towns[country].add(fold(name))
    return {country: frozenset(of) for country, of in towns.items()}


def is_town(name: str) -> bool:
    """Return whether a place may be a town, judging by its name: not a country, province, district or similar area."""
    folded = fold(name)
    return bool(folded) and not is_area(folded) and not read_translated(folded, "").meanings & _NOT_TOWNS


def towns_in(text: str, known: Collection[str], country: str) -> set[str]:
    """Return the folded names of a country's towns in a title or in the name of a customer.

    `known`: folded names of towns in the country. An airport counts as its town. In countries of WRITE_HAN, towns of the
    gazetteer count, too: Latin names of one word, and Chinese names that are followed by a word for a town.
    """
    folded = fold(text)
    words = folded.split()
    spaced = f" {folded} "
    named = {town for town in known if len(town) >= _MIN_TOWN and f" {town} " in spaced}
    named |= {next(filter(None, match.groups())) for match in _AIRPORT.finditer(folded)}
    for town in known:
        if _is_unspaced(town):
            if len(town) >= _MIN_UNSPACED and town in folded:
                named.add(town)
        elif script_of(town[0]) == "latin":
            named |= {town for word in words if not word.isascii() and _begins_with(word, town)}
        elif " " not in town and len(town) >= _MIN_TOWN:
            named |= {town for word in words if word.startswith(town) and len(word) - len(town) <= _MAX_ENDING}
    if country in WRITE_HAN:
        named |= {word for word in words if word.isascii() and len(word) > _MIN_TOWN and word in _latin_towns()}
        beside = {folded[max(0, at - size) : at] for at, sign in enumerate(folded) if sign in _BESIDE_TOWN for size in (2, 3, 4)}
        named |= beside & _han_towns() if beside else set()
    return named


def _is_unspaced(name: str) -> bool:
    return script_of(name[0]) in _UNSPACED or is_unspaced(name)


@lru_cache(maxsize=1 << 16)
def _begins_with(word: str, town: str) -> bool:
    """Return whether a word in another alphabet begins with the sound of a town's Latin name: Алматының, Almaty."""
    if _is_unspaced(word) or script_of(word[0]) == "latin" or len(word) - len(town) > _MAX_ENDING:
        return False
    beginning = consonants(town, abjad=True)
    return len(beginning) > _MIN_CONSONANTS and consonants(word, abjad=True).startswith(beginning)


def are_apart(left: Set[str], right: Set[str], country: str) -> bool:
    """Return whether both sides name towns, and no town of one side can be a town of the other.

    Outside the countries of WRITE_HAN, names in Chinese characters or kana are ignored, because they may be exonyms.
    """
    sides = [{fold(usual_name(town, {country})) for town in side} for side in (left, right)]
    if country not in WRITE_HAN:
        sides = [{town for town in side if script_in(town) not in ("han", "kana")} for side in sides]
    return all(sides) and not any(_may_be_one(first, second) for first, second in product(*sides))


@lru_cache(maxsize=1 << 15)
def _may_be_one(left: str, right: str) -> bool:
    from overt.resolve.names.cross_script.cross_script_comparison import cross_match  # imported here because importing it is slow

    if left in right or right in left:
        return True
    first, second = (consonants(town.replace(" ", ""), abjad=True) for town in (left, right))
    if first == second or (min(len(first), len(second)) >= _MIN_CONSONANTS and (first in second or second in first)):
        return True
    if OSA.normalized_similarity(latin(left), latin(right)) >= _SPELLED_ALIKE:
        return True
    foreign, plain = sorted((left, right), key=lambda town: not script_in(town))
    if not script_in(foreign):
        return sound_alike(left, right) if not (left.isascii() and right.isascii()) else False
    if script_in(plain):
        return script_in(plain) == script_in(foreign) == "han" and left[:_MIN_UNSPACED] == right[:_MIN_UNSPACED]
    return sound_alike(plain, foreign) or spells_whole(plain, foreign) or cross_match(plain, foreign).probability >= _MAYBE_ONE


@cache
def _latin_towns() -> frozenset[str]:
    return gazetteer().stems


@cache
def _han_towns() -> frozenset[str]:
    return frozenset(town for town in gazetteer().senses if len(town) >= _MIN_UNSPACED)
