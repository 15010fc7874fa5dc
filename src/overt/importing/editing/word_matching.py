"""Finds the terms of a vocabulary, or the countries, that a source's word probably means."""

import difflib
from typing import NamedTuple

from overt.importing.editing.synonyms_and_missing_value_words import SYNONYMS
from overt.model.errors import ValueProblem
from overt.model.geography.countries_and_territories import Areas
from overt.model.vocabulary import Vocabulary

_SIMILAR = 78
"""Minimum similarity, from 0 to 100, for suggesting a word without a second comparison."""
MAX_SIMILAR = 3


class WordMatch(NamedTuple):
    """The terms of a vocabulary, or the codes of areas, that a word may mean."""

    word: str
    term: str | None
    """The term that the word clearly means, as one of its labels or synonyms; None if there is none."""
    similar: list[str]
    """At most `MAX_SIMILAR` terms whose label or synonym is similar to the word, most similar first; empty if `term` is known.

    If no term is similar, the list has terms whose label or synonym contains the word or is part of it.
    """


def match_word(vocabulary: Vocabulary, word: str) -> WordMatch:
    """Return the term of a vocabulary that a word means or, if that is not clear, similar terms."""
    term = clear_term(vocabulary, word)
    text, usual = " ".join(word.casefold().split()), SYNONYMS.get(vocabulary.name, {})
    labels = {
        label.casefold(): each.id for each in vocabulary.terms for label in (each.id, each.label, each.label_zh, *each.also)
    }
    return WordMatch(word, term, [] if term else _similar(text, labels | usual))


def clear_term(vocabulary: Vocabulary, word: str) -> str | None:
    """Return the term that a word clearly means, as one of its labels or synonyms; None if there is none."""
    text = " ".join(word.casefold().split())
    term = vocabulary.find(text) or SYNONYMS.get(vocabulary.name, {}).get(text) or vocabulary.find(text.replace("-", " "))
    hyphenated = text.replace(" ", "-")
    return term or (hyphenated if hyphenated in vocabulary.by_id else None)


def clear_area(areas: Areas, name: str) -> str | None:
    """Return the code of the country or area with this name; None if there is none, or more than one."""
    try:
        return areas.find(name)
    except ValueProblem:
        return None


def match_area(areas: Areas, name: str) -> WordMatch:
    """Return the country or area that a name means or, if that is not clear, similar ones. The terms are codes of areas."""
    if (code := clear_area(areas, name)) is not None:
        return WordMatch(name, code, [])
    names = {label.casefold(): area.code for area in areas.areas.values() for label in (area.label, area.label_zh, *area.names)}
    return WordMatch(name, None, _similar(name.casefold(), names))


def _similar(text: str, known: dict[str, str]) -> list[str]:
    from rapidfuzz import fuzz, process  # Imported here because only suggestions need it.

    matches = process.extract(text, list(known), scorer=fuzz.ratio, limit=12, score_cutoff=_SIMILAR - 10)
    words = [
        word for word, score, _ in matches if score >= _SIMILAR or word in difflib.get_close_matches(text, [word], cutoff=0.7)
    ]
    if not words:
        # Part of a label can mean the same as the label: `camera` is found in `surveillance cameras`.
        words = [word for word in known if len(text) > 3 and len(word) > 3 and (text in word or word in text)]
    return list(dict.fromkeys(known[word] for word in words))[:MAX_SIMILAR]
