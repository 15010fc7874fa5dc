"""Names that sound alike in two scripts, and names of two brands that are joined by “and”."""

from overt.resolve.names.consonant_comparison import consonants, sound_alike
from overt.resolve.projects.maker_names import is_origin

_MIN_CONSONANTS = 3


def sound_like(left: str, right: str) -> bool:
    """Return whether two words with three consonants or more sound alike."""
    return min(len(consonants(left)), len(consonants(right))) >= _MIN_CONSONANTS and sound_alike(left, right)


def are_joined_alike(words: list[str], other_words: list[str]) -> bool:
    """Return whether the words of two brands joined by “and” sound like Arabic ones, perhaps with an origin (German) beside them.

    The Arabic word for “and” is the first letter of a word: جيزيكه وديفرينت الألمانية of Giesecke & Devrient.
    """
    brands = [word for word in words if word != "and"]
    joined = [word.removeprefix("و") for word in other_words if not is_origin(word)]
    return len(brands) > 1 and len(joined) == len(brands) and all(any(sound_alike(word, of) for of in joined) for word in brands)
