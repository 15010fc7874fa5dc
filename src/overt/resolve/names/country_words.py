"""Names of countries in their official and some common languages, and functions that find them in other names or remove them."""

from collections.abc import Mapping, Set
from functools import cache, lru_cache

from babel import localedata
from babel.languages import get_official_languages

from overt.model.content_catalogue import Catalogue
from overt.resolve.names.folding_and_scripts import fold, latin, script_of
from overt.resolve.names.lexicon import lexicon

_DEMONYM = 5
"""Number of initial letters that a demonym shares with the country's name: Mauritian, Nigerian."""
_UNSPACED = ("han", "hangul", "kana")
_MIN_REST = 4
"""Minimum number of characters that must remain of a name without its country."""
_LANGUAGES = ("en", "es", "pt", "fr", "it", "de", "id", "tr", "vi", "ru", "uk", "kk", "uz", "ar", "fa", "th")


@cache
def country_names(code: str) -> frozenset[str]:
    """Return the folded names of the country with this code, in its official languages and some common languages.

    Names in Latin letters have no diacritics. Empty for an unknown code.
    """
    area = Catalogue().areas.areas.get(code)
    names = [area.label, area.label_zh, *area.names] if area else []
    official = [language for language in get_official_languages(code, de_facto=True) if localedata.exists(language)]
    names += [name for language in (*_LANGUAGES, *official) if (name := _territories(language).get(code))]
    return frozenset(" ".join(map(_plain, fold(name).split())) for name in names)


@cache
def country_words(code: str) -> frozenset[str]:
    """Return the single words in the names of a country (`country_names`)."""
    return frozenset(word for name in country_names(code) for word in name.split())


def _plain(word: str) -> str:
    return latin(word) if script_of(word[0]) == "latin" else word


@lru_cache(maxsize=1 << 12)
def split_country(words: tuple[str, ...], code: str) -> tuple[tuple[str, ...], str]:
    """Return a Latin name's words without the country's name, and the country's name (empty if it doesn't occur)."""
    for name in sorted(country_names(code), key=lambda name: (-len(name), name)):
        own = tuple(name.split())
        for at in range(len(words) - len(own) + 1):
            if words[at : at + len(own)] == own:
                return words[:at] + words[at + len(own) :], name
    return words, ""


def is_country_word(word: str, country: Set[str]) -> bool:
    """Return whether a word is in a country's name, or may be derived from it because it begins with the same five letters.

    Only the beginnings of the words are compared, so “Austrian” matches both Austria and Australia. `country`: the folded
    words of the country's names (`country_words`).
    """
    beginning = word[:_DEMONYM]
    return word in country or (len(beginning) == _DEMONYM and any(own.startswith(beginning) for own in country))


def without_country(name: str, code: str) -> str:
    """Return a name in a script without spaces, such as 한국인터넷진흥원, without the country's name at its beginning.

    Return an empty string for any other name, and if fewer than four characters would remain.
    """
    own = next((word for word in _unspaced_words(code) if name.startswith(word)), "")
    rest = name.removeprefix(own)
    return rest if own and len(rest) >= _MIN_REST and " " not in rest else ""


@cache
def _unspaced_words(code: str) -> tuple[str, ...]:
    """Return the names of a country in scripts without spaces, the longest first."""
    known = {word for word, meaning in lexicon().words.items() if meaning.kind == "country" and meaning.id == code}
    names = {word for word in country_words(code) | known if script_of(word[0]) in _UNSPACED}
    return tuple(sorted(names, key=lambda word: (-len(word), word)))


@cache
def _territories(language: str) -> Mapping[str, str]:
    """Return the names of countries in a language, by code.

    Names inherited from another language are slow to load, so they are included only for a variant (`pt_BR`).
    """
    names: Mapping[str, str] = localedata.load(language, merge_inherited="_" in language).get("territories", {})
    return names
