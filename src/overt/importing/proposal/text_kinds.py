"""Detects what the texts of a column are: languages, addresses, countries, words of a vocabulary, lists."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from overt.importing.editing.vocabulary_synonyms import NOTHING
from overt.importing.editing.word_matches import clear_area, clear_term
from overt.importing.proposal.column_samples import ColumnSample
from overt.model.geography.countries_and_territories import Areas
from overt.model.legal_forms import legal_forms
from overt.model.vocabulary import Vocabulary

_URL = re.compile(r"https?://\S+")
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_CHECKED = 400
"""Maximum number of texts that `share` tests."""
_NO_NAME = re.compile(
    r"(the )?((local|other|its|various|several|unnamed) )*"
    r"(partners?|others|et al\.?|subsidiar(y|ies)|affiliates?|consortium|companies)",
    re.IGNORECASE,
)
"""Matches words in a list of organisations that don't name an organisation, as in `CEIEC and partners`."""
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


def word_separators(column: ColumnSample, is_word: Callable[[str], object]) -> list[str]:
    """Return the separators of a column of words: those at which texts split mostly into words that `is_word` accepts."""
    texts, chosen = stated(column.texts), []
    for separator in (";", "\n", "、", "/", ",", "|", "+", " and "):
        lists = [text for text in texts if separator in text and not is_word(text)]
        if lists and share([part.strip() for text in lists for part in text.split(separator)], is_word) >= 0.5:
            chosen.append(separator)
    return chosen


def unnamed_parts(texts: Iterable[str], separators: Sequence[str]) -> list[str]:
    """Return the parts of lists of organisations that don't name an organisation, such as `partners`."""
    pattern = "|".join(map(re.escape, separators)) or "(?!)"
    parts = (part.strip() for text in texts for part in re.split(pattern, text))
    return list(dict.fromkeys(part for part in parts if _NO_NAME.fullmatch(part)))


def name_separators(column: ColumnSample) -> tuple[list[str], list[str]]:
    """Return the separators of a column of names, and texts that may name several organisations, for an editor to decide.

    `;`, `|`, `、` and newlines always separate. `&`, `and`, `+`, `/` and commas separate if a part is a name elsewhere in the
    column. A comma before a legal form, as in `Hikvision, Ltd.`, is part of a name.
    """
    texts = stated(column.texts)
    certain = [separator for separator in (";", "\n", "|", "、") if any(separator in text for text in texts)]
    parts = [part.strip() for text in texts for part in re.split("|".join(map(re.escape, certain)) or "(?!)", text)]
    names = {part.casefold() for part in parts}
    forms = {spelling.casefold().strip(".") for form in legal_forms().forms for spelling in form.spellings}
    open_texts: list[str] = []
    for separator in (" & ", " and ", " + ", "/", ", "):
        lists = [part for part in parts if separator in part]
        if separator == ", ":
            lists = [
                part for part in lists if not any(word.strip(" .").casefold() in forms for word in part.split(separator)[1:])
            ]
        known = [part for part in lists if any(word.strip().casefold() in names for word in part.split(separator))]
        if known:
            certain.append(separator)
        else:
            open_texts += lists
    remaining = [text for text in open_texts if not any(separator in text for separator in certain)]
    return certain, list(dict.fromkeys(remaining))
