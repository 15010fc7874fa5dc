"""Compare the sounds of brands in two scripts, including names of two brands joined by “and”."""

from overt.resolve.names.consonant_comparison import consonants, sound_alike
from overt.resolve.projects.makers_by_name import is_origin

_MIN_CONSONANTS = 3


def sound_like(left: str, right: str) -> bool:
    """Return whether two words of at least three consonants each sound alike."""
    return min(len(consonants(left)), len(consonants(right))) >= _MIN_CONSONANTS and sound_alike(left, right)


def are_joined_alike(words: list[str], other_words: list[str]) -> bool:
    """Return whether brands joined by “and” sound like the words of an Arabic name, apart from adjectives of origin (German).

    Arabic joins “and” to the next word: جيزيكه وديفرينت الألمانية is Giesecke & Devrient.
    """
    brands = [word for word in words if word != "and"]
    joined = [word.removeprefix("و") for word in other_words if not is_origin(word)]
    return len(brands) > 1 and len(joined) == len(brands) and all(any(sound_alike(word, of) for of in joined) for word in brands)
