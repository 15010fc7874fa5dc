"""Take the words of a title from the address of a document without a title on record."""

import re
from urllib.parse import unquote, urlsplit

_ENDING = re.compile(r"\.(?:html?|php|aspx?|pdf|shtml|jsp|xml|cms|ece)$", re.IGNORECASE)
_APART = re.compile(r"[-_+ ]+")
_NUMBER = re.compile(r"(?:[0-9a-f]*\d[0-9a-f]*|\w*\d\w*\d\w*)", re.IGNORECASE)
"""Matches a word that looks like part of a date or like an identifier."""
_FEWEST = 3


def address_words(address: str) -> str:
    """Return the words of the part of an address's path that has the most words, as a title; empty if none has three words.

    `die augen pekings in belgrad` for `https://kurier.at/politik/ausland/die-augen-pekings-in-belgrad/401417769`. Numbers at
    either end are left out, because they are dates and identifiers.
    """
    best: list[str] = []
    for part in urlsplit(address).path.split("/"):
        words = [word for word in _APART.split(_ENDING.sub("", unquote(part))) if word]
        while words and _NUMBER.fullmatch(words[0]):
            del words[0]
        while words and _NUMBER.fullmatch(words[-1]):
            del words[-1]
        if len(words) > len(best):
            best = words
    return " ".join(best) if len(best) >= _FEWEST else ""
