"""Compare words by their consonants: across scripts (بيروت and Beirut), spellings and languages."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, Prefix

from overt.resolve.names.folding_and_scripts import latin

_VOICED = (
    ("tsch", "s"), ("shch", "s"), ("sch", "s"), ("tch", "s"), ("dzh", "s"), ("ph", "f"), ("kh", "k"), ("gh", "k"),
    ("sh", "s"), ("ch", "s"), ("zh", "s"), ("ts", "s"), ("tz", "s"), ("cz", "s"), ("dj", "s"), ("th", "t"),
    ("ck", "k"), ("qu", "k"), ("x", "ks"), ("q", "k"),
    ("w", "v"), ("v", "f"), ("z", "s"), ("j", "s"), ("p", "b"), ("d", "t"), ("g", "k"),
)  # fmt: skip
"""Spelling → the letters that replace it, in this order. Voiced and voiceless consonants become the same letter, because
transliterations confuse them.
"""
_SOFT = re.compile("c(?=[eiy])")
_SOFT_G = re.compile("g(?=[eiy])")
"""Matches a g that some languages pronounce like a j."""
_HEBREW_B = "ב"
"""The Hebrew letter that is written for both b and v."""
_ARABIC_F = "ف"
"""The Arabic letter that is written for both f and v."""
_SILENT = re.compile("w(?![aeiouy])")
"""Matches a w that isn't before a vowel. It is silent in Lucknow, and stands for u in Arabic words."""
_VOWELS = re.compile("[aeiouyh]")
_OPEN = frozenset("aeiouy")
_ONE_SOUND = str.maketrans({"e": "i", "y": "i", "u": "o", "w": "o", "a": "", "p": "b", "v": "f", "q": "k", "c": "k"})
_TWICE = re.compile(r"(.)\1+")
_MIN_CONSONANTS = 2
_LONG = 5
"""Minimum number of consonants in long words, which may differ in one consonant."""
_ABJADS = re.compile("[\u0590-\u06ff]")
"""Matches a Hebrew or Arabic letter. These scripts leave out most vowels."""
_ARTICLE = re.compile(r"^(?:[وبفك]?ال|لل)(?=\w{3})")
_SLAVIC = re.compile(r"(?<=[а-яёіїєґ]{3})(?:ов|ев|ин)?(?:ск|ськ|цьк)[а-яёіїєґ]{1,3}$")
"""Matches the ending of a Slavic adjective made from a place name: Київська, московского."""
_KANA = re.compile("[\u3040-\u30ff]")
_WITH_VOWELS = re.compile("[\u0370-\u058f\u10a0-\u10ff\u1200-\u137f]")
"""Matches a letter of a script that writes vowels: Greek, Cyrillic, Armenian, Georgian or Ethiopic."""
_MIN_LIKENESS = 0.5
_MIN_RESPELLED = 0.7
_MIN_STEM = 4
_MIN_STEM_SHARE = 0.7


@lru_cache(maxsize=1 << 16)
def consonants(word: str, *, abjad: bool = False) -> str:
    """Return the consonants of a folded word in any script, in Latin letters.

    Consonants that transliterations confuse are merged, double consonants become single, and an initial vowel becomes `a`.

    `abjad`: whether to prepare for comparison with Hebrew or Arabic, which write u and o like w, and confuse f with p or b.
    """
    text = _SOFT.sub("s", latin(word.replace("ב", "b")))
    if abjad:
        text = text.replace("ph", "b").replace("v", "").replace("w", "").replace("f", "b")
    text = _SILENT.sub("", text)
    for spelling, sound in _VOICED:
        text = text.replace(spelling, sound)
    text = text.replace("c", "k")
    first, rest = text[:1], text[1:]
    return _TWICE.sub(r"\1", ("a" if first in _OPEN else first) + _VOWELS.sub("", rest))


@lru_cache(maxsize=1 << 16)
def sound_alike(left: str, right: str) -> bool:
    """Return whether two folded words can be the same word in two scripts. At least one must not be in Latin letters.

    Their consonants must agree; in long words, one may differ. If one word is in a script that writes vowels, such as
    Cyrillic, at least half of the letters must agree, too.

    A g before e, i or y can be a j (Ogero, أوجيرو). A v can be the Hebrew b (Taveta, טאבטה) or the Arabic f (Devrient,
    ديفرينت). Japanese has one sound for l and r (Glory, グローリー). The Arabic article may be missing (Rabat), and so may the
    ending of a Slavic adjective (київська, Kyiv).
    """
    abjad = bool(_ABJADS.search(left) or _ABJADS.search(right))
    if abjad and (bare := (without_article(left), without_article(right))) != (left, right) and _sound_alike(*bare, abjad=True):
        return True
    if _SLAVIC.search(left) or _SLAVIC.search(right):
        bare = (_SLAVIC.sub("", left), _SLAVIC.sub("", right))
        if _sound_alike(*bare, abjad=False):
            return True
    if _KANA.search(left) or _KANA.search(right):
        return _sounds_like_kana(left, right)
    return _sound_alike(left, right, abjad=abjad) or any(
        word.isascii() and _sound_alike(spelling, other, abjad=abjad)
        for word, other in ((left, right), (right, left))
        for spelling in (
            _SOFT_G.sub("j", word),
            word.replace("v", "b") if _HEBREW_B in other else word,
            word.replace("v", "f") if _ARABIC_F in other else word,
        )
        if spelling != word
    )


def _sounds_like_kana(left: str, right: str) -> bool:
    """Return whether two words, one of them in kana, agree in their consonants and, if they have few, also in most letters."""
    spellings = [latin(word).replace("l", "r").replace("y", "i") for word in (left, right)]
    if not _sound_alike(*spellings, abjad=False):
        return False
    is_long = min(len(consonants(spelling)) for spelling in spellings) > _MIN_CONSONANTS
    return is_long or OSA.normalized_similarity(*spellings) >= _MIN_RESPELLED


def without_article(word: str) -> str:
    """Return an Arabic word without its article, and without a prefix before the article: رباط for الرباط and للرباط."""
    return _ARTICLE.sub("", word)


def _sound_alike(left: str, right: str, *, abjad: bool) -> bool:
    first, second = (consonants(word, abjad=abjad) for word in (left, right))
    if abjad:  # Hebrew and Arabic write an initial vowel with a silent letter, so it doesn't count
        first, second = first.lstrip("a"), second.lstrip("a")
    shorter = min(len(first), len(second))
    allowed = 1 if shorter >= _LONG else 0
    if shorter < _MIN_CONSONANTS or OSA.distance(first, second, score_cutoff=allowed) > allowed:
        return False
    is_written_out = bool(_WITH_VOWELS.search(left) or _WITH_VOWELS.search(right))
    return not is_written_out or OSA.normalized_similarity(_plain(left), _plain(right)) >= _MIN_LIKENESS


def _plain(word: str) -> str:
    """Return a word in Latin letters, with one spelling for a sound that scripts write differently: ks for x, j for dzh."""
    text = latin(word)
    for spelling, letters in (("x", "ks"), ("dzh", "j"), ("y", "i")):
        text = text.replace(spelling, letters)
    return text


def vowels_alike(left: str, right: str) -> bool:
    """Return whether a word in Hebrew or Arabic letters spells out a Latin word, including its vowels: أوجيرو, Ogero.

    Foreign names are written like this. The letter a doesn't count, because it is often left out; at least five other letters
    are needed.
    """
    foreign, plain = sorted((left, right), key=str.isascii)
    if not _ABJADS.search(foreign) or not plain.isascii():
        return False
    spelled = _with_vowels(foreign)
    return len(spelled) >= _LONG and any(spelled == _with_vowels(text) for text in (plain, _SOFT_G.sub("j", plain)))


def _with_vowels(word: str) -> str:
    """Return a word in Latin letters, with one letter for each sound and without a, such as ojiro."""
    text = _SOFT.sub("s", latin(word)).replace("ph", "f").replace("x", "ks").replace("ck", "k").translate(_ONE_SOUND)
    return _TWICE.sub(r"\1", text)


def is_respelled(left: str, right: str) -> bool:
    """Return whether two long folded words in Latin letters are spellings of the same word: Ozbektelekom, Uzbektelecom.

    All consonants and most letters must agree. Languages that changed their alphabet may write k for c, v for w, and other
    vowels.
    """
    is_long = left != right and left.isascii() and right.isascii() and len(consonants(left)) >= _LONG
    return is_long and are_spelled_alike(left, right, _MIN_RESPELLED)


def are_spelled_alike(left: str, right: str, likeness: float) -> bool:
    """Return whether two words have the same consonants and at least this similarity of their letters."""
    return consonants(left) == consonants(right) and OSA.normalized_similarity(left, right) >= likeness


@lru_cache(maxsize=1 << 16)
def share_stem(left: str, right: str) -> bool:
    """Return whether two folded words may be forms of one word in two languages (operativ, operational).

    They must begin with the same consonants: at least four, and at least 70 % of the consonants of the shorter word.
    """
    first, second = consonants(left), consonants(right)
    shared = Prefix.similarity(first, second)
    return shared >= _MIN_STEM and shared >= _MIN_STEM_SHARE * min(len(first), len(second))
