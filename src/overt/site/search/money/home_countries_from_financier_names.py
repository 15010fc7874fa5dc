"""Home countries of financiers, as derived from names such as “Export-Import Bank of Korea” or “Embassy of China in Rwanda”."""

from collections.abc import Sequence

from overt.queries.database import Reader, Row
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens

_MIN_LENGTH = 4
"""Minimum number of letters of a country's name. Shorter words, such as “in”, can be codes of countries."""
_MAX_WORDS = 4
_TYPES = frozenset({"area", "adjective"})


def financiers_named_after(reader: Reader, lexicon: Lexicon, seats: Sequence[str]) -> list[Row]:
    """Return the financiers without a recorded home country in whose names the first country is one of `seats` (codes)."""
    rows = reader.rows("question_organizations.seatless_financiers")
    return [row for row in rows if not first_countries(lexicon, str(row["label"])).isdisjoint(seats)]


def first_countries(lexicon: Lexicon, name: str) -> set[str]:
    """Return the codes for the first country name or adjective in a name: two for “Korea”; empty if there is none."""
    words = tokens(name)
    for start in range(len(words)):
        for end in range(min(len(words), start + _MAX_WORDS), start, -1):
            phrase = words[start:end]
            if len(join(phrase)) >= _MIN_LENGTH and (codes := _codes(lexicon, phrase)):
                return codes
    return set()


def _codes(lexicon: Lexicon, phrase: tuple[str, ...]) -> set[str]:
    return {sense.id for sense in lexicon.senses(phrase) if sense.type in _TYPES}
