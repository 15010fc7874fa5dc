"""Suggest names and words that are similar to a word that was not understood."""

from collections.abc import Iterator
from itertools import islice

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader
from overt.queries.name_search import name_lookup
from overt.queries.name_search.name_fit import Fit
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens

_NAMED = ("organization", "country", "region", "kind", "place")
"""Types of entries whose names can occur in questions."""
_NEAR = 3
"""Maximum number of similar names for a word."""
_MIN_LETTERS, _MIN_TYPO_LETTERS = 2, 6
"""Minimum lengths of a word for which to look for similar names, and of one that may have a typing error."""
_VISIBLE = {Fit.EQUALS, Fit.BEGINS, Fit.CONTAINS, Fit.WORDS}


def similar_names(reader: Reader, lexicon: Lexicon, word: str) -> Iterator[dict[str, str]]:
    """Yield names and words whose similarity to a word is obvious to readers.

    Each has a `type`, an `id` and a `label`. The type is `word` for a word of questions, otherwise one of `_NAMED`.
    """
    from rapidfuzz.fuzz import ratio  # Imported here because few questions have unknown words.
    from rapidfuzz.process import extract

    if len(word) < _MIN_LETTERS or any(sense.type == "refused" for sense in lexicon.senses(tokens(word))):
        return
    for phrase, _, _ in extract(word, lexicon.offered, scorer=ratio, score_cutoff=80, limit=_NEAR):
        yield {"type": "word", "id": phrase, "label": phrase}
    matches = (
        match for match in name_lookup.first(reader, word, 4 * _NEAR) if match.entry.type in _NAMED and _is_near(match, word)
    )
    for match in islice(matches, _NEAR):
        yield {"type": match.entry.type, "id": match.entry.id, "label": match.entry.label or match.entry.id}


def _is_near(match: name_lookup.Match, word: str) -> bool:
    """Return whether a name contains the word or, if the word is long, the word with a typing error.

    A country's name must begin with the word. A name that only sounds like it doesn't count.
    """
    if IS_HAN.search(word):
        return word in "".join(match.name)
    if match.entry.type == "country":  # The many names of countries in other languages contain all kinds of words.
        return match.fit <= Fit.BEGINS
    return match.fit in _VISIBLE or (match.fit is Fit.SLIP and len(word) >= _MIN_TYPO_LETTERS)
