"""Detects the language of a column's texts, and whether they are addresses, countries or words of a vocabulary."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from overt.importing.editing.synonyms_and_missing_value_words import NOTHING
from overt.importing.editing.word_matching import clear_area, clear_term
from overt.importing.proposal.column_samples import ColumnSample
from overt.model.geography.countries_and_territories import Areas
from overt.model.vocabulary import Vocabulary

_URL = re.compile(r"https?://\S+")
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_CHECKED = 400
"""Maximum number of texts that `share` tests."""
_SCRIPTS = (("ja", ("HIRAGANA", "KATAKANA")), ("ko", ("HANGUL",)), ("zh", ("CJK",)))


def stated(texts: Iterable[str]) -> list[str]:
    """Return the distinct texts in order, without those that usually mean that nothing is known, such as `n/a`."""
    return [text for text in dict.fromkeys(texts) if text.casefold() not in NOTHING]


def share(texts: Sequence[str], test: Callable[[str], object]) -> float:
    """Return the share of the first `_CHECKED` texts that pass a test; 0 if there are no texts."""
    checked = texts[:_CHECKED]
    return sum(bool(test(text)) for text in checked) / len(checked) if checked else 0.0


def language(texts: Sequence[str]) -> str | None:
    """Return the language that the script of at least half of the texts indicates: `zh`, `ja` or `ko`; None for other scripts."""
    for lang, names in _SCRIPTS:
        if share(texts, lambda text, names=names: _has_script(text, names)) >= 0.5:  # type: ignore[misc]
            return lang
    return None


def _has_script(text: str, names: Sequence[str]) -> bool:
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and sum(unicodedata.name(character, "").startswith(tuple(names)) for character in letters) * 2 >= len(
        letters
    )


def has_addresses(column: ColumnSample) -> bool:
    """Return whether most texts are web addresses."""
    return share(stated(column.texts), _URL.match) >= 0.6


def has_emails(column: ColumnSample) -> bool:
    """Return whether at least half of the texts are e-mail addresses, which belong to persons."""
    return share(stated(column.texts), _EMAIL.fullmatch) >= 0.5


def area_share(areas: Areas, texts: Sequence[str]) -> float:
    """Return the share of texts that name a country or area; 0 if at least half of the texts are numbers."""
    return share(texts, lambda text: clear_area(areas, text)) if share(texts, str.isdecimal) < 0.5 else 0.0


def term_share(vocabulary: Vocabulary, texts: Sequence[str]) -> float:
    """Return the share of texts that clearly mean a term of a vocabulary."""
    return share(texts, lambda text: clear_term(vocabulary, text))
