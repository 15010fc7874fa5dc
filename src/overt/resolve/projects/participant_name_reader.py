"""Read the meanings of participants' names, including ministries and Korean places, and the abbreviations in the names."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.evidence_beyond_names import name_keys
from overt.resolve.names.country_words import country_words
from overt.resolve.names.folding_and_scripts import fold, has_han, latin
from overt.resolve.names.institution_name_meanings import TranslatedName, read_translated
from overt.resolve.names.lexicon import lexicon

_BRACKETS = re.compile(r"\(([^()]{2,12})\)\s*$")
_AMPERSAND = re.compile(r"[A-Z](?:\s?&\s?[A-Z])+")
_SHORTEST, _LONGEST = 3, 12
"""Minimum and maximum number of letters of an abbreviation."""
_HANGUL_PLACE = re.compile("([가-힣]{2,4})([시도군구])")
"""Matches a Korean city, province, county or district."""


class OfficeFile(Content):
    """`names/east_asian_ministries.yml`."""

    title: str
    description: str
    ministries: dict[str, list[str]]
    levels: dict[str, str]
    police_buyers: dict[str, str]
    """Country → pattern for a body that buys for a police force. The first group matches the name of the force."""


@lru_cache(maxsize=1 << 14)
def read_party(name: str, country: str) -> TranslatedName:
    """Return the meanings of the words of a participant's name. A short text in brackets at the end, like (NADRA), is ignored."""
    plain = _BRACKETS.sub("", name)
    english = _english(plain.strip(), country)
    return read_translated(fold(english) if english else name_keys().key(plain) or "", country)


@lru_cache(maxsize=1 << 14)
def shorts_in(name: str, country: str) -> frozenset[str]:
    """Return the possible abbreviations in a name, folded: L&T, a name of one word, or a single word in brackets at the end.

    The word must have `_SHORTEST` to `_LONGEST` letters, and must be a brand or missing from the lexicon. Words for the country
    are ignored.
    """
    if _AMPERSAND.fullmatch(name.strip()):
        return frozenset({fold(name)})
    own = country_words(country)
    brackets = _BRACKETS.search(name)
    texts = [brackets[1] if brackets else "", name]
    words = [[word for word in map(latin, fold(text).split()) if word not in own] for text in texts]
    return frozenset(
        parts[0]
        for parts in words
        if len(parts) == 1 and _SHORTEST <= len(parts[0]) <= _LONGEST and parts[0].isalpha() and lexicon().has_brand(parts[0])
    )


def _english(name: str, country: str) -> str:
    """Return an English name for a listed ministry, a Korean place, or a body that buys for a police force; empty for others.

    A body that buys for a police force, such as a British commissioner, gets the name of the force. The name of the country at
    the beginning of a name in Chinese characters is ignored.
    """
    if match := _HANGUL_PLACE.fullmatch(name):
        return f"{latin(match[1])} {_offices().levels[match[2]]}"
    if (buyer := _police_buyers().get(country)) and (force := buyer.match(name)):
        return f"{force[1]} police"
    short = fold(name)
    if country and has_han(name):
        longest = max((word for word in country_words(country) if short.startswith(word)), key=len, default="")
        short = short.removeprefix(longest)
    return _ministries().get(short, "")


@cache
def _offices() -> OfficeFile:
    return packaged_model(OfficeFile, "names/east_asian_ministries.yml")


@cache
def _police_buyers() -> Mapping[str, re.Pattern[str]]:
    return {country: re.compile(pattern, re.IGNORECASE) for country, pattern in _offices().police_buyers.items()}


@cache
def _ministries() -> Mapping[str, str]:
    return {fold(name): f"ministry of {field}" for field, names in _offices().ministries.items() for name in names}
