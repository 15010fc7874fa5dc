"""Writes the home country of an organisation in words, in the same way on all pages."""

from collections.abc import Sequence

from overt.language.language import Language
from overt.queries.labels import Words


def home_country_words(language: Language, words: Words, countries: Sequence[str]) -> str:
    """Return a home country in words; an empty string if there is none.

    Several countries, on which sources disagree, are written “Bulgaria or Israel; sources disagree”.
    """
    names = [words.area(code) for code in countries]
    if len(names) < 2:
        return "".join(names)
    return language.gettext("%(countries)s; sources disagree", countries=language.join(names, "or"))
