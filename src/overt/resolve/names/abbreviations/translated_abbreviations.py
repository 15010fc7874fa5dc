"""Abbreviations of names that aren't English, made from their own words or from an English translation.

Examples are Kominfo (Indonesian komunikasi, informatika), and the English BTRC for বাংলাদেশ টেলিযোগাযোগ নিয়ন্ত্রণ কমিশন, the
Bangladesh Telecommunication Regulatory Commission.
"""

from collections import Counter
from functools import lru_cache

from rapidfuzz.distance import Prefix

from overt.resolve.names.country_words import country_names, country_words
from overt.resolve.names.folding_and_scripts import latin
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.institution_word_meanings import latin_spellings
from overt.resolve.names.translated_name_comparison import AUTHORITIES

_SHORTEST = 4
_MIN_WORDS = 2
SYLLABLE = 3
"""Minimum number of letters that each word contributes to an abbreviation made of the beginnings of words."""
MIN_SYLLABLES = 2 * SYLLABLE
"""Minimum number of letters of an abbreviation made of such beginnings."""
_ANY_AUTHORITY = "aco"
"""Initials of agency, authority, commission, committee, council, office: translators choose freely between these."""
_SIBLINGS = {"communications": "telecommunications", "telecommunications": "communications"}
"""Meaning of a word → another meaning that may replace it in an English name."""


def abbreviates_translation(short: str, name: TranslatedName, country: str) -> bool:
    """Return whether at least four letters are the initials of the English words for a name in another language, in any order.

    All words of the name must have a known meaning. At least two must describe what the body does, and each of these must
    contribute its initial. The kind of body, “national” and the country may contribute theirs. For an authority, the initial of
    another kind of authority may occur; for the country, the two letters of its code. `short` is in lower-case Latin letters.
    """
    if len(short) < _SHORTEST or not _is_foreign(name):
        return False
    letters = Counter(short)
    for needed in map(_initials, name.words):
        fitting = next((option for option in needed if not Counter(option) - letters), "")
        if not fitting:
            return False
        letters -= Counter(fitting)
    return _is_covered(letters, _optional(name, country))


def translated_letters(name: TranslatedName, country: str) -> frozenset[str]:
    """Return the possible first letters of an English abbreviation of a name in another language.

    Empty if the name is English, has an unknown word, or has fewer than two words that say what the body does.
    """
    if not _is_foreign(name):
        return frozenset()
    return frozenset(
        option[0] for option in (*(text for word in name.words for text in _initials(word)), *_optional(name, country))
    )


def abbreviates_by_syllables(short: str, name: TranslatedName, country: str) -> bool:
    """Return whether a word is made of the beginnings of words that mean the same as a name's words: Kominfo, Минсвязь.

    It must have at least two beginnings, in any order, each of at least three letters. Each word that says what the body does
    must contribute its beginning, unless there are at least three beginnings (Роскомнадзор). The kind of body and the country
    may contribute theirs. All words of the name must have a known meaning. `short` is in lower-case Latin letters.
    """
    if len(short) < MIN_SYLLABLES or name.unknown or not name.words:
        return False
    spelled = [(meaning, latin_spellings(meaning, country)) for meaning in sorted({*name.words, *name.bodies})]
    own = frozenset(latin(word) for word in country_words(country))
    return _is_made_of(short, (*spelled, ("", own)), frozenset(name.words), 0)


def syllables(name: TranslatedName, country: str) -> frozenset[str]:
    """Return the first `SYLLABLE` letters of all words whose beginnings may be part of an abbreviation of a name."""
    if name.unknown or not name.words:
        return frozenset()
    spellings = (spelling for meaning in {*name.words, *name.bodies} for spelling in latin_spellings(meaning, country))
    return frozenset(spelling[:SYLLABLE] for spelling in (*spellings, *map(latin, country_words(country))))


def _is_made_of(short: str, spelled: tuple[tuple[str, frozenset[str]], ...], needed: frozenset[str], parts: int) -> bool:
    """Return whether the rest of an abbreviation, after its first `parts` beginnings, consists of beginnings of the spellings.

    The abbreviation must have at least two beginnings, or three if it leaves out a meaning in `needed`.
    """
    if not short:
        return parts > (1 if not needed else 2)
    for meaning, spellings in spelled:
        rest = tuple(entry for entry in spelled if entry[0] != meaning)
        sizes = {size for word in spellings for size in range(SYLLABLE, Prefix.similarity(short, word) + 1)}
        if any(_is_made_of(short[size:], rest, needed - {meaning}, parts + 1) for size in sorted(sizes, reverse=True)):
            return True
    return False


def _is_foreign(name: TranslatedName) -> bool:
    """Return whether a name isn't in English, has no unknown words, and has at least two words that say what the body does."""
    if name.unknown or len(name.words) < _MIN_WORDS:
        return False
    return any(meaning[:4] != spelling[:4] for meaning, spelling in (name.words | name.bodies).items())


def _initials(meaning: str) -> tuple[str, ...]:
    """Return the initials that a meaning may contribute: ei or e for export-import, c or t for communications."""
    own = "".join(word[0] for word in meaning.split("-"))
    return tuple(dict.fromkeys((own, _SIBLINGS.get(meaning, meaning)[0])))


def _optional(name: TranslatedName, country: str) -> list[str]:
    """Return the initials that an abbreviation may include or leave out."""
    kinds = [meaning[0] for meaning in name.bodies] + [meaning[0] for meaning in name.optional]
    free = [*_ANY_AUTHORITY] if name.bodies.keys() & AUTHORITIES else []
    return [*kinds, *free, *_of_country(country)]


@lru_cache(maxsize=1 << 9)
def _of_country(country: str) -> tuple[str, ...]:
    return tuple(sorted({country.casefold(), *(name[0] for name in country_names(country) if name[0].isascii())} - {""}))


def _is_covered(letters: Counter[str], options: list[str]) -> bool:
    """Return whether optional initials, each used at most once, account for exactly the remaining letters."""
    if not letters:
        return True
    return any(
        _is_covered(letters - Counter(option), options[:at] + options[at + 1 :])
        for at, option in enumerate(options)
        if not Counter(option) - letters
    )
