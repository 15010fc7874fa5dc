"""Find records by words in their names: “the app that scans phones at the Xinjiang border”."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.questions.named_records import known_names
from overt.queries.questions.question_words import Lexicon, join
from overt.queries.questions.sought_words import SoughtWord, mentions

_MOST = 4
"""More records than these have the words for other reasons."""
_TYPES = ("project", "agreement", "programme")


class RecordByName(NamedTuple):
    """A record with the words in a name."""

    type: str
    id: str
    label: str


def records_with_words(reader: Reader, lexicon: Lexicon, words: Sequence[SoughtWord]) -> list[RecordByName]:
    """Return the records of which one name has all the words; none if more than `_MOST` have them."""
    if not words:
        return []
    found: dict[str, RecordByName] = {}
    for key, forms in known_names(reader, lexicon).items():
        titles = [form.title for form in forms if form.is_whole and form.title.type in _TYPES]
        if titles and all(mentions(join(key), word) for word in words):
            found |= {title.id: RecordByName(title.type, title.id, title.label) for title in titles}
    return [*found.values()] if len(found) <= _MOST else []
