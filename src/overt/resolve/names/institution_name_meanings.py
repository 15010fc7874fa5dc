"""The meanings of the words in names of state bodies and large firms, in any language (`institution_words`)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from overt.resolve.names.consonant_comparison import sound_alike
from overt.resolve.names.country_words import country_words, is_country_word
from overt.resolve.names.folding_and_scripts import latin, script_of
from overt.resolve.names.institution_word_meanings import STOP, country_stems, institution_words, parts_of, plain, without_prefix
from overt.resolve.names.lexicon import lexicon

_ADJECTIVE = re.compile(r"(?<=\w{3})ск\w{1,3}$")
"""Matches the ending of Russian adjectives made from names of countries: иранское."""
_VOWEL = re.compile(r"(?<=\w{3})[aeiouyаеиоуыюя]$")
_OFFICIAL = frozenset({"state", "states", "republic", "kingdom", "united", "union", "people", "democratic", "islamic", "islands"})
"""Words that the official names of many countries share. They are not compared by sound."""
SOUNDLESS = frozenset({"latin", "han", "hangul", "kana"})
"""Scripts between which no sounds are compared here: `cross_script_comparison` compares Chinese, Korean and Japanese names."""


class TranslatedName(NamedTuple):
    """The meanings of a name's words."""

    words: dict[str, str]
    """Meaning → spelling, for words that say what the body does."""
    bodies: dict[str, str]
    """Meaning → spelling, for kinds of bodies: agency, authority."""
    optional: frozenset[str]
    """Meanings of words that one name of a body may have and another may lack: national, general."""
    unknown: tuple[str, ...]
    """Words without a known meaning, in Latin letters. Words of the country's name are left out."""
    tokens: tuple[str, ...]
    """All words but stop words, in order and in Latin letters, including those of the country's name."""
    script: str
    alternatives: Mapping[str, frozenset[str]] = {}
    """Meaning → other meanings that the same word can have."""
    written: Mapping[str, str] = {}
    """Unknown word in Latin letters → the word as it is written."""
    meanings: frozenset[str] = frozenset()
    """All meanings that its words can have."""
    names_country: bool = False

    def without(self, word: str) -> "TranslatedName":
        """Return the name without an unknown word. The name is unchanged if the word isn't one of `unknown`."""
        return self._replace(unknown=tuple(other for other in self.unknown if other != word)) if word in self.unknown else self


@lru_cache(maxsize=1 << 15)
def read_translated(key: str, country: str) -> TranslatedName:
    """Return the meanings of a folded name without its legal form. `country`: the code of the body's country, or empty."""
    own, known = country_words(country), institution_words(country)
    pieces = [piece for word in key.split() for piece in known.split(plain(word))]
    words: dict[str, str] = {}
    bodies: dict[str, str] = {}
    optional: set[str] = set()
    alternatives: dict[str, frozenset[str]] = {}
    unknown: dict[str, str] = {}
    tokens: list[str] = []
    names_country = False
    at = 0
    while at < len(pieces):
        size, senses = known.senses(pieces, at)
        spelling = " ".join(pieces[at : at + size])
        at += size
        if _is_stop(spelling) or (senses and senses[0].kind == STOP):
            continue
        tokens += [letters for piece in spelling.split() if (letters := latin(piece))]
        if not senses:
            if _is_of_country(spelling, own, country_stems(country)):
                names_country = True
            else:
                unknown[latin(spelling) or spelling] = spelling
            continue
        # An optional sense takes precedence: the Arabic word for “general” also means “public”, which isn't optional.
        kind, meaning = first = next((sense for sense in senses if sense.kind == "optional"), senses[0])
        if len(senses) > 1:
            further = frozenset(sense.meaning for sense in senses if sense != first)
            alternatives[meaning] = alternatives.get(meaning, frozenset()) | further
        if kind == "optional":
            optional.add(meaning)
        else:
            for part in parts_of(meaning):
                (words if kind == "words" else bodies).setdefault(part, spelling)
    script = next((script for character in key if (script := script_of(character))), "")
    if "cyber" in words:  # the meaning `cyber` includes cyber security
        words.pop("security", None)
    meanings = frozenset((*words, *bodies, *optional)).union(*alternatives.values())
    return TranslatedName(
        words,
        bodies,
        frozenset(optional),
        tuple(sorted(unknown)),
        tuple(tokens),
        script,
        alternatives,
        unknown,
        meanings,
        names_country,
    )


def _is_stop(spelling: str) -> bool:
    known = lexicon().words.get(spelling)
    return known is not None and known.kind == "stop"


@lru_cache(maxsize=1 << 15)
def _is_of_country(word: str, own: frozenset[str], stems: tuple[str, ...]) -> bool:
    """Return whether a word may be a word for a country.

    True for a word of the country's names, its inflected forms, words that begin with the same five letters, and words in
    another script that sound like it. Also true for a word that begins with one of `stems`, the beginnings of other words for
    the country. `own`: all words of the country's names.
    """
    forms = (word, *without_prefix(word)) if script_of(word[0]) != "latin" else (word,)
    if (
        is_country_word(word, own)
        or _ADJECTIVE.sub("", word) in own
        or (word[0] in "dl" and word[1:] in own)  # d'Haïti
        or any(form.startswith(stem) for form in forms for stem in stems)
    ):
        return True
    if _VOWEL.search(word) and any(len(name) == len(word) and word[:-1] == name[:-1] and _VOWEL.search(name) for name in own):
        return True  # “Crne Gore” is an inflected form of “Crna Gora”.
    return script_of(word[0]) not in SOUNDLESS and any(
        name.isascii() and name not in _OFFICIAL and sound_alike(word, name) for name in own
    )
