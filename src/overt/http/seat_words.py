"""The seat of an organisation in words, as all pages write it."""

from collections.abc import Sequence

from overt.language.language import Language
from overt.queries.labels import Words


def seat_words(language: Language, words: Words, countries: Sequence[str]) -> str:
    """Return the country of a seat; with several, on which sources disagree, as in “Bulgaria or Israel ≠”; empty for none."""
    names = [words.area(code) for code in countries]
    if len(names) < 2:
        return "".join(names)
    return language.gettext("%(countries)s ≠", countries=language.join(names, "or"))
