"""Whether names of state bodies and large firms in two languages are translations of each other (`institution_words`).

The comparison of names word by word (`name_comparison`) treats a word that it doesn't know as a brand, and so takes a foreign
word for a difference. Here such a word says nothing unless both names are in one language. Words without a known meaning agree
if they are spelled alike, or sound alike in two scripts.
"""

import re
from collections.abc import Mapping, Set
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from overt.resolve.names.country_words import country_words, is_country_word
from overt.resolve.names.folding import latin, script_of
from overt.resolve.names.institution_words import STOP, country_stems, institution_words, plain, without_prefix
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names.word_sounds import share_stem, sound_alike

Comparison = Literal["equal", "unknown", "different"]
_NEAR = (
    frozenset({"communications", "telecommunications"}),
    frozenset({"security", "safety"}),
    frozenset({"space", "aerospace"}),
    frozenset({"army", "army-adjective"}),
    frozenset({"information", "computer"}),
    frozenset({"information", "intelligence"}),
    frozenset({"control", "supervision"}),
    frozenset({"maritime", "navy"}),
    frozenset({"exploitation", "operational"}),
)
"""Meanings between which translators choose freely."""
_ADJECTIVE = re.compile(r"(?<=\w{3})ск\w{1,3}$")
"""Matches the ending of Russian adjectives for countries: иранское."""
_VOWEL = re.compile(r"(?<=\w{3})[aeiouyаеиоуыюя]$")
_SOUNDLESS = frozenset({"latin", "han", "hangul", "kana"})
"""Scripts between which no sounds are compared here: `cross_script_comparison` compares Chinese, Korean and Japanese names."""
FIRMS = frozenset({"company", "corporation", "enterprise", "society"})
"""Kinds of bodies that are legal forms."""
AUTHORITIES = frozenset(
    (
        *("administration", "agency", "authority", "bureau", "commission", "committee", "council", "department", "directorate"),
        *("office", "organisation", "presidency", "secretariat", "service", "superintendence"),
    )
)
"""Kinds of bodies between which translators choose freely."""
_MIN_SLIP = 8
"""Minimum length of a word with a known meaning that may have a slip: Indentification."""


class TranslatedName(NamedTuple):
    """The meanings of a name's words."""

    words: dict[str, str]
    """Meaning → spelling, for words that say what the body does."""
    bodies: dict[str, str]
    """Meaning → spelling, for kinds of bodies: agency, authority."""
    optional: frozenset[str]
    unknown: tuple[str, ...]
    """Words without a known meaning, in Latin letters, without those of the country's name."""
    tokens: tuple[str, ...]
    """All words that count, in order and in Latin letters; words of the country's name included."""
    script: str
    alternatives: Mapping[str, frozenset[str]] = {}
    """Meaning → other meanings of the same word, in this or another language of the country."""
    written: Mapping[str, str] = {}
    """Unknown word in Latin letters → the word as it is written."""
    meanings: frozenset[str] = frozenset()
    """All meanings that its words can have."""
    names_country: bool = False

    def without(self, word: str) -> "TranslatedName":
        """Return the name without an unknown word."""
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
        # A word that can be left out may be meant, such as “general” by the Arabic word that also means “public”.
        kind, meaning = first = next((sense for sense in senses if sense.kind == "optional"), senses[0])
        if len(senses) > 1:
            further = frozenset(sense.meaning for sense in senses if sense != first)
            alternatives[meaning] = alternatives.get(meaning, frozenset()) | further
        if kind == "optional":
            optional.add(meaning)
        else:
            (words if kind == "words" else bodies).setdefault(meaning, spelling)
    script = next((script for character in key if (script := script_of(character))), "")
    if "cyber" in words:  # cyber security is also one word
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


def compare_translated(left: TranslatedName, right: TranslatedName, *, strict: bool = True) -> Comparison:
    """Return whether two names of one country's bodies are translations of each other.

    `equal`: no word is left over, and the names share at least two. `different`: words on both sides contradict each other.
    Otherwise `unknown`. Without `strict`, the kind of body (agency, administration) may differ, and so may “national”, “federal”
    and “state”, and unknown words may be misspelled.
    """
    over_left, over_right, rest_left, rest_right = left_over(left, right, strict=strict)
    if not (over_left or over_right or rest_left or rest_right):
        shared = max(_agreeing(left, right), _agreeing(right, left)) + (left.names_country and right.names_country)
        free = not strict or (_same_bodies(left, right) and _same_bodies(right, left))
        return "equal" if shared >= 2 and free else "unknown"
    if over_left and over_right:
        return "different"
    has_left, has_right = bool(over_left or rest_left), bool(over_right or rest_right)
    return "different" if has_left and has_right and is_one_language(left, right) else "unknown"


class LeftOver(NamedTuple):
    """Words of two names without a counterpart in the other name."""

    left: set[str]
    """Meanings of words of the first name."""
    right: set[str]
    unknown_left: list[str]
    """Words of the first name without a known meaning."""
    unknown_right: list[str]


def left_over(left: TranslatedName, right: TranslatedName, *, strict: bool = True) -> LeftOver:
    """Return the words of two names that don't translate each other, except kinds of bodies and optional words.

    Without `strict`, a long unknown word may be misspelled.
    """
    over_left, over_right = _without_near(set(left.words) - set(right.words), set(right.words) - set(left.words))
    over_left, over_right = _without_alternatives(over_left, left, right), _without_alternatives(over_right, right, left)
    rest_left, rest_right = _unmatched(left, right, strict=strict)
    rest_left, over_right = _without_cognates(rest_left, over_right, left, right)
    rest_right, over_left = _without_cognates(rest_right, over_left, right, left)
    return LeftOver(over_left, over_right, rest_left, rest_right)


def _is_stop(spelling: str) -> bool:
    known = lexicon().words.get(spelling)
    return known is not None and known.kind == "stop"


def _agreeing(name: TranslatedName, other: TranslatedName) -> int:
    """Return how many words of a name agree with the other name, if all words that say what the body does agree."""
    kinds = name.bodies.keys() | name.optional
    return len(name.words) + len(name.unknown) + len(kinds - _without_alternatives(kinds, name, other))


def _same_bodies(name: TranslatedName, other: TranslatedName) -> bool:
    """Return whether the other name is of every kind of body that this one is, and “national” if this one is.

    In two languages an agency can be called an authority or office if the names have two other words.
    """
    rest = _without_alternatives((name.bodies.keys() - FIRMS) | _proper(name.optional), name, other)
    is_near = len(name.words) + len(name.unknown) >= 2 and bool(AUTHORITIES & other.meanings) and not is_one_language(name, other)
    return not (rest - AUTHORITIES if is_near else rest)


def _proper(optional: frozenset[str]) -> frozenset[str]:
    return optional - {"republic", "kingdom", "general", "force"}


def _without_near(left: set[str], right: set[str]) -> tuple[set[str], set[str]]:
    for pair in _NEAR:
        if left & pair and right & pair:
            left, right = left - pair, right - pair
    return left, right


def _without_alternatives(over: Set[str], name: TranslatedName, other: TranslatedName) -> set[str]:
    """Return the meanings in `over` of which the other name has neither the meaning itself nor an alternative."""
    return {meaning for meaning in over if not ({meaning} | name.alternatives.get(meaning, frozenset())) & other.meanings}


def _unmatched(left: TranslatedName, right: TranslatedName, *, strict: bool) -> tuple[list[str], list[str]]:
    """Return the unknown words of each side that the other side lacks. In two scripts, words that sound alike count as one.

    Two or more of one side may be one word of the other: Tamil Nadu, தமிழ்நாடு. Without `strict`, a long word may be misspelled.
    """
    by_sound = left.script != right.script and not {left.script, right.script} <= _SOUNDLESS
    rest = list(right.unknown)
    unmatched = []
    for word in left.unknown:
        match = next((other for other in rest if word == other or (not strict and _is_one_word(word, other))), None)
        if match is None and by_sound:
            match = next((other for other in rest if sound_alike(left.written[word], right.written[other])), None)
        if match is None:
            unmatched.append(word)
        else:
            rest.remove(match)
    if by_sound and (_is_compound(unmatched, left, rest, right) or _is_compound(rest, right, unmatched, left)):
        return [], []
    return unmatched, rest


def _is_compound(words: list[str], name: TranslatedName, compound: list[str], other: TranslatedName) -> bool:
    """Return whether unknown words of a name, written as one, sound like the only unknown word left of the other name."""
    if len(words) < 2 or len(compound) != 1:
        return False
    joined = "".join(name.written[word] for word in sorted(words, key=name.tokens.index))
    return sound_alike(joined, other.written[compound[0]])


def _without_cognates(rest: list[str], over: set[str], name: TranslatedName, other: TranslatedName) -> tuple[list[str], set[str]]:
    """Return unknown words of one name and meanings of the other without those that are one word.

    They are one word if they differ by a slip of the pen (Indentification) and perhaps a plural s, or share a stem in two
    scripts (დოკუმენტაციის).
    """
    unmatched, over = [], set(over)
    for word in rest:
        spellings = {meaning: latin(other.words[meaning]) for meaning in sorted(over)}
        match = next(
            (
                meaning
                for meaning, spelling in spellings.items()
                if (min(len(word), len(spelling)) >= _MIN_SLIP and _is_slip(word, spelling))
                or (name.script != other.script and any(share_stem(word, form) for form in (spelling, meaning)))
            ),
            None,
        )
        if match is None:
            unmatched.append(word)
        else:
            over.remove(match)
    return unmatched, over


def _is_slip(word: str, spelling: str) -> bool:
    return OSA.distance(word.rstrip("s"), spelling.rstrip("s"), score_cutoff=1) <= 1


def _is_one_word(left: str, right: str) -> bool:
    longest = max(len(left), len(right))
    return longest >= 6 and not left.isdigit() and OSA.distance(left, right, score_cutoff=longest // 5) <= longest // 5


def is_one_language(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether both names are in one script and spell all known words that they share alike. False if they share none."""
    if left.script != right.script:
        return False
    pairs = [
        (first[meaning], second[meaning])
        for first, second in ((left.words, right.words), (left.bodies, right.bodies))
        for meaning in first.keys() & second.keys()
    ]
    return bool(pairs) and all(first == second for first, second in pairs)


@lru_cache(maxsize=1 << 15)
def _is_of_country(word: str, own: frozenset[str], stems: tuple[str, ...]) -> bool:
    """Return whether a word is in a country's name (`own`: its words), is derived from it, begins with one of `stems` of words
    for the country, or sounds like a word of the name in another script.
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
        return True  # Crna Gora, Crne Gore
    return script_of(word[0]) not in _SOUNDLESS and any(name.isascii() and sound_alike(word, name) for name in own)
