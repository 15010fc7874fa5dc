"""Abbreviations of names by initials or first syllables, such as VMS or CAMTEL.

Unlike `initials`, this module needs no parsed names and no word lists.
"""

import re
from functools import lru_cache

from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_words
from overt.resolve.names.folding_and_scripts import fold

ABBREVIATION = re.compile(r"[A-Z]{3,8}")
_LONGEST_PARTICLE = 2
"""Maximum number of letters of a particle, such as de, of or la. Abbreviations leave particles out."""
_ELISION = re.compile(r"(?<=\b[dlDL])['’]")
_MIN_INITIALS = 3
"""Minimum number of letters of an abbreviation. Two letters would be ambiguous."""
_CONNECTIVES = {"and", "of", "the", "for"}


@lru_cache(maxsize=1 << 14)
def plain_initials(name: str) -> frozenset[str]:
    """Return a name's initials in lower case: of all words, and without the last one or two words (often the legal form).

    Connectives are skipped, and so are results with fewer than `_MIN_INITIALS` letters.
    """
    letters = "".join(word[0] for word in fold(name).split() if word not in _CONNECTIVES)
    return frozenset(initials for initials in (letters, letters[:-1], letters[:-2]) if len(initials) >= _MIN_INITIALS)


def is_abbreviation_of(letters: str, name: str) -> bool:
    """Return whether letters could abbreviate a name, by its initials or by the beginnings of its words.

    Initials may skip any word but the first; beginnings may skip only short words such as “de”, and words at the end.
    """
    if fold(letters) in plain_initials(name) or are_initials_in_order(letters, name):
        return True
    words = tuple(word for word in fold(_ELISION.sub(" ", name)).split() if len(word) > _LONGEST_PARTICLE)
    return any(abbreviates_words(letters.lower(), words[:size]) for size in range(2, len(words) + 1))


def are_initials_in_order(letters: str, name: str) -> bool:
    """Return whether capitals are initials of a name's words, in order and beginning with the first. Words may be left out.

    The letter after an elision counts as an initial: ATI for Agence tunisienne d'Internet.
    """
    if not ABBREVIATION.fullmatch(letters):
        return False
    initials = [word[0] for word in fold(_ELISION.sub(" ", name)).split()]
    remaining = iter(initials)
    return letters.lower()[:1] == "".join(initials[:1]) and all(letter in remaining for letter in letters.lower())
