"""The case of a first letter: labels in the middle of a sentence, and words at its beginning."""

from overt.language.language import Language


def lower_first(language: Language, label: str) -> str:
    """Return a label for the middle of a sentence: in English, with a lower-case first letter, except for abbreviations."""
    return label[:1].lower() + label[1:] if language.code == "en" and not label[:2].isupper() else label


def upper_first(language: Language, words: str) -> str:
    """Return words for the beginning of a sentence: in English, with a capital if they begin with a lower-case word.

    A name with a capital inside, such as `iMessage`, stays as it is.
    """
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if language.code == "en" and first.islower() else words
