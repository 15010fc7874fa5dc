"""Initials of names: CETC for China Electronics Technology Group Corporation."""

from overt.resolve.names.name_parser import ParsedName
from overt.resolve.names.name_word import Word

MIN_LETTERS, MAX_LETTERS = 3, 7
"""Minimum and maximum number of letters of an abbreviation. Two letters would be ambiguous."""
_LOCATION = frozenset({"country", "region", "city", "seat", "number"})
_COMPANY = ("company", "corporation", "company-limited")


def short_form(parsed: ParsedName) -> str | None:
    """Return the only word of a name that isn't a place or number, if it may abbreviate a longer name; otherwise None."""
    words = [word for word in parsed.words if word.kind not in _LOCATION] if len(parsed.words) < 4 else []
    if len(words) == 1 and words[0].kind == "brand":
        letters = words[0].written
        if MIN_LETTERS <= len(letters) <= MAX_LETTERS and letters.isascii() and letters.isalpha():
            return letters
    return None


def initials(parsed: ParsedName) -> frozenset[str]:
    """Return the initials of a name in lower case, with and without generic words such as “group”.

    Those of a company or corporation may also end in c: CETGC for China Electronics Technology Group Corporation.
    """
    words = [word for word in parsed.words if word.kind != "number" and word.written[:1].isascii()]
    if len(words) < MIN_LETTERS - 1:
        return frozenset()
    abbreviations = {_first_letters(words), _first_letters([word for word in words if word.kind != "generic"])}
    if any(form in _COMPANY for form in parsed.forms):
        abbreviations |= {f"{letters}c" for letters in abbreviations}
    return frozenset(letters for letters in abbreviations if len(letters) >= MIN_LETTERS)


def abbreviates(short: str, parsed: ParsedName) -> bool:
    """Return whether `short` is one of the name's possible abbreviations (`initials`)."""
    return short in initials(parsed)


def _first_letters(words: list[Word]) -> str:
    return "".join(word.written[:1] for word in words)
