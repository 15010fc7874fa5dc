"""Names shortened to their initials: CETC for China Electronics Technology Group Corporation."""

from overt.resolve.names.folding import fold
from overt.resolve.names.name_word import Word
from overt.resolve.names.parsed_name import ParsedName

SHORTEST, LONGEST = 3, 7
"""How many letters an abbreviation has. Two say too little."""
_WHERE = frozenset({"country", "region", "city", "seat", "number"})
_SKIPPED = {"and", "of", "the", "for"}
_COMPANY = ("company", "corporation", "company-limited")


def short_form(parsed: ParsedName) -> str | None:
    """The one word of a name that may be an abbreviation of a longer one; None when there is none or there are more."""
    named = [word for word in parsed.words if word.kind not in _WHERE] if len(parsed.words) < 4 else []
    if len(named) == 1 and named[0].kind == "brand":
        letters = named[0].written
        if SHORTEST <= len(letters) <= LONGEST and letters.isascii() and letters.isalpha():
            return letters
    return None


def initials(parsed: ParsedName) -> frozenset[str]:
    """The abbreviations that a name may have: of all its words or without such as "group", with or without "company"."""
    words = [word for word in parsed.words if word.kind != "number" and word.written[:1].isascii()]
    if len(words) < SHORTEST - 1:
        return frozenset()
    found = {_first_letters(words), _first_letters([word for word in words if word.kind != "generic"])}
    if any(form in _COMPANY for form in parsed.forms):
        found |= {f"{letters}c" for letters in found}
    return frozenset(letters for letters in found if len(letters) >= SHORTEST)


def abbreviates(short: str, parsed: ParsedName) -> bool:
    """Whether `short` is an abbreviation that the name may have."""
    return short in initials(parsed)


def plain_initials(name: str) -> frozenset[str]:
    """The first letters of the words of a name as it is written, also without the last one or two: its legal form."""
    letters = "".join(word[0] for word in fold(name).split() if word not in _SKIPPED)
    return frozenset(held for held in (letters, letters[:-1], letters[:-2]) if len(held) >= SHORTEST)


def _first_letters(words: list[Word]) -> str:
    return "".join(word.written[:1] for word in words)
