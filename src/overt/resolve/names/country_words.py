"""Words of a country's names in its official languages and in common ones."""

from functools import cache

from babel import Locale, localedata
from babel.languages import get_official_languages

from overt.model.catalogue import Catalogue
from overt.resolve.names.folding import fold, latin, script_of

_LANGUAGES = ("en", "es", "pt", "fr", "it", "de", "id", "tr", "vi", "ru", "uk", "kk", "uz", "ar", "fa", "th")


@cache
def country_words(code: str) -> frozenset[str]:
    """Return the folded words of the names of the country with this code; empty for an unknown code."""
    area = Catalogue().areas.areas.get(code)
    names = [area.label, area.label_zh, *area.names] if area else []
    official = [language for language in get_official_languages(code, de_facto=True) if localedata.exists(language)]
    names += [name for language in (*_LANGUAGES, *official) if (name := Locale.parse(language).territories.get(code))]
    words = (word for name in names for word in fold(name).split())
    return frozenset(latin(word) if script_of(word[0]) == "latin" else word for word in words)
