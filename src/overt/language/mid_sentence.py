"""Labels in the middle of a sentence."""

from overt.language.language import Language


def lower_first(language: Language, label: str) -> str:
    """Return a label for the middle of a sentence: in English, with a lower-case first letter, except for abbreviations."""
    return label[:1].lower() + label[1:] if language.code == "en" and not label[:2].isupper() else label
