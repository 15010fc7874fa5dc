"""Names that sound alike in two scripts, and names of two brands that are joined by “and”."""

import re

from overt.resolve.names.word_sounds import consonants, sound_alike

_MIN_CONSONANTS = 3
_ORIGIN = re.compile(
    "^ال(?:[أا]لماني|فرنسي|[أا]مريكي|صيني|بريطاني|[إا]يطالي|[إا]سباني|روسي|ياباني|كوري|تركي|هولندي|سويسري|سويدي)[ةه]$"
)
"""Matches the adjective for a firm's country that Arabic texts add to its name: الألمانية."""


def sound_like(left: str, right: str) -> bool:
    """Return whether two words with three consonants or more sound alike."""
    return min(len(consonants(left)), len(consonants(right))) >= _MIN_CONSONANTS and sound_alike(left, right)


def are_joined_alike(words: list[str], other_words: list[str]) -> bool:
    """Return whether the words of two brands joined by “and” sound like Arabic ones, perhaps with an origin (German) beside them.

    The Arabic word for “and” is the first letter of a word: جيزيكه وديفرينت الألمانية of Giesecke & Devrient.
    """
    brands = [word for word in words if word != "and"]
    joined = [word.removeprefix("و") for word in other_words if not _ORIGIN.match(word)]
    return len(brands) > 1 and len(joined) == len(brands) and all(any(sound_alike(word, of) for of in joined) for word in brands)
