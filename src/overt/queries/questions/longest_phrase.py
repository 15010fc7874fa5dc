"""Finds the longest phrase with a meaning: a phrase of the lexicon, or a name of an organisation, town or project."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader
from overt.queries.name_search import name_lookup
from overt.queries.questions.home_countries_and_roles_of_named_organizations import acts_abroad
from overt.queries.questions.names.short_derived_and_misspelled_names import (
    derived_name,
    entities_named,
    is_in_project_names,
    project_named,
    short_named,
)
from overt.queries.questions.question_lexicon import Lexicon, Sense
from overt.queries.questions.question_tokens import join

_BANKS = frozenset({("bank",), ("banks",), ("银", "行")})
_MAX_NAME_WORDS, _MAX_HAN_LENGTH = 8, 12
"""Maximum number of words, and of Chinese characters, in the name of an organisation or town."""
_MAX_FULL_NAME = 24
"""Maximum number of characters of a Chinese name that ends in `_HAN_COMPANY`."""
_HAN_COMPANY = ("公", "司")
_AND = "and"
_ORGANIZATION = frozenset({"name", "organization"})
"""Types of senses that are organisations."""
_MAX_DESCRIBED = 3
"""Maximum number of words in a phrase such as “the Serbian police”.

Longer phrases are names: “Ethiopian Federal Police Commission”.
"""
_DESCRIBING = frozenset({"adjective", "area", "filler", "unweighed"})


class Phrase(NamedTuple):
    """The longest phrase with a meaning that begins at a token."""

    senses: list[Sense]
    end: int
    entries: list[name_lookup.Entry]
    """Entries of the index with this name."""


def longest_phrase(reader: Reader, lexicon: Lexicon, words: Sequence[str], start: int) -> Phrase | None:
    """Return the longest phrase with a meaning that begins at `start`; None if there is none.

    The legal form after an organisation's name, such as “Corp” in “ZTE Corp” or 有限公司 (“Co., Ltd.”), belongs to the name.
    """
    phrase = _by_legal_name(reader, lexicon, words, start) or _by_full_name(reader, lexicon, words, start)
    if phrase is None or IS_HAN.match(words[start]):
        entries, end = derived_name(reader, lexicon, words, start)
        if entries and (phrase is None or end > phrase.end):
            phrase = Phrase([Sense(entry.type, entry.id) for entry in entries], end, entries)
    phrase = phrase or _by_short_name(reader, lexicon, words, start)
    if phrase is None or phrase.senses[0].type not in _ORGANIZATION:
        return phrase
    return phrase._replace(end=phrase.end + lexicon.legal_form_length(words, phrase.end))


def _by_legal_name(reader: Reader, lexicon: Lexicon, words: Sequence[str], start: int) -> Phrase | None:
    """Return the phrase for the long Chinese company name that begins at `start`, or None.

    The name ends in `_HAN_COMPANY` and has more than `_MAX_HAN_LENGTH` characters.
    """
    if not IS_HAN.match(words[start]):
        return None
    for end in range(start + _MAX_HAN_LENGTH + 1, min(len(words), start + _MAX_FULL_NAME) + 1):
        if tuple(words[end - len(_HAN_COMPANY) : end]) == _HAN_COMPANY:
            phrase = tuple(words[start:end])
            if entries := entities_named(reader, lexicon.chinese_names.get(phrase, join(phrase))):
                return Phrase([Sense(entry.type, entry.id) for entry in entries], end, entries)
    return None


def _by_full_name(reader: Reader, lexicon: Lexicon, words: Sequence[str], start: int) -> Phrase | None:
    """Return the longest phrase that is in the lexicon or is an organisation's or town's full name; None if there is none."""
    han = bool(IS_HAN.match(words[start]))
    max_words = max(lexicon.longest, _MAX_HAN_LENGTH if han else _MAX_NAME_WORDS)
    for end in range(min(len(words), start + max_words), start, -1):
        phrase = tuple(words[start:end])
        senses = lexicon.senses(phrase)
        entries = [] if _is_common(senses) or (han and len(phrase) == 1) else entities_named(reader, join(phrase))
        if not (senses or entries) and _AND in phrase[1:-1]:  # The name can have “&”: “Import & Export”.
            entries = entities_named(reader, join(word for word in phrase if word != _AND))
        is_described = _is_described(lexicon, phrase) and not acts_abroad(reader, [entry.id for entry in entries])
        if entries and not senses and (is_described or (han and _is_split(lexicon, words, start, end))):
            entries = []
        if han and not senses and not entries and phrase in lexicon.chinese_names and not _is_described(lexicon, phrase):
            entries = entities_named(reader, lexicon.chinese_names[phrase])
        senses = [*senses, *(Sense(entry.type, entry.id) for entry in entries)]
        if senses:
            return Phrase(senses, end, entries)
    return None


def _by_short_name(reader: Reader, lexicon: Lexicon, words: Sequence[str], start: int) -> Phrase | None:
    """Return the phrase for an organisation's short name, or a project's proper name, that begins at `start`; None otherwise."""
    entries, end = short_named(reader, lexicon, words, start)
    if entries:
        return Phrase([Sense(entry.type, entry.id) for entry in entries], end, entries)
    end = project_named(reader, words, start)
    if end == start and is_in_project_names(reader, words[start]):
        end = start + 1
    return Phrase([Sense("project_name", join(words[start:end]))], end, []) if end > start else None


def _is_described(lexicon: Lexicon, phrase: tuple[str, ...]) -> bool:
    """Return whether a name consists of a word such as “police” and, apart from it, only adjectives, countries or fillers.

    Readers then don't mean one organisation, but “Serbian police” in general. In Chinese, the name must be a country and such a
    word.
    """
    types = [{sense.type for sense in lexicon.senses((word,))} for word in phrase]
    if IS_HAN.match(phrase[0]):
        return any(_has_type(lexicon, phrase[:at], "area") and _narrows(lexicon, phrase[at:]) for at in range(1, len(phrase)))
    return (
        1 < len(phrase) <= _MAX_DESCRIBED
        and all(of_word & _DESCRIBING and "verb" not in of_word for of_word in types)
        and any(_narrows(lexicon, (word,)) for word in phrase)
    )


def _is_split(lexicon: Lexicon, words: Sequence[str], start: int, end: int) -> bool:
    """Return whether a Chinese name is a country and the beginning of a longer phrase: 中国平安 (Ping An, an insurer) in
    “中国平安城市” (“Chinese safe cities”).
    """
    for middle in range(start + 1, end):
        if _has_type(lexicon, tuple(words[start:middle]), "area"):
            longer = range(end + 1, min(len(words), middle + lexicon.longest) + 1)
            if any(_has_type(lexicon, tuple(words[middle:after]), "kind") for after in longer):
                return True
    return False


def _has_type(lexicon: Lexicon, phrase: tuple[str, ...], kind: str) -> bool:
    return any(sense.type == kind for sense in lexicon.senses(phrase))


def _narrows(lexicon: Lexicon, phrase: tuple[str, ...]) -> bool:
    """Return whether a phrase is a word such as “police” or “government”. Words for banks don't count, because they are parts
    of names: “Bank of China”, 中国银行.
    """
    if phrase in _BANKS:
        return False
    return _has_type(lexicon, phrase, "unweighed") or "buyers" in lexicon.markers_of(phrase)


def _is_common(senses: Sequence[Sense]) -> bool:
    """Return whether a phrase has a meaning in the lexicon other than a service.

    The name of an organisation doesn’t override such a meaning.
    """
    return bool(senses) and senses[0].type != "service"
