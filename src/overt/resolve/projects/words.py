"""What the name of a project says: its telling words, the numbers that tell phases and siblings apart, its initials."""

import re
import unicodedata
from typing import NamedTuple

from overt.resolve.names import fold
from overt.resolve.projects.model import Words

_CAPITAL = re.compile(r"[^\W\d_][\w'’]*", re.UNICODE)
_LETTERS_AND_NUMBER = re.compile(r"([a-z]{2,})(\d{1,2})")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_KEY = re.compile(r"\d{2,}")
_SINGLE = {"i", "v", "x"}
"""Roman numbers that are letters too: numbers only after `phase` and the like."""
_INITIALS = range(3, 7)
"""How many words may stand behind a set of initials."""
LONGEST = 400
"""Characters of a name that are read; a bound on the work."""


class Reading(NamedTuple):
    """What a name says."""

    words: frozenset[str]
    numbers: frozenset[str]
    initials: frozenset[str]
    """Of runs of capitalised words; they tell something only where another name has them as a word."""
    acts: frozenset[str]
    """What is done: built, repaired, taught …"""
    mentions: frozenset[str]
    """Keys of other records of its source that the name refers to."""


class NameReader:
    """Reads names by the word lists of the model."""

    def __init__(self, words: Words) -> None:
        self._leave_out = [re.compile(pattern, re.IGNORECASE) for pattern in words.leave_out]
        self._mention = re.compile(words.mention, re.IGNORECASE)
        self._quiet = frozenset(words.quiet)
        self._numbered = frozenset(words.numbered)
        self._alike = words.alike
        self._acts = {act: re.compile(rf"\b(?:{'|'.join(said)})\b") for act, said in words.acts.items()}

    def read(self, name: str) -> Reading:
        """The telling words of a name, brought to one spelling, and its numbers."""
        text = name[:LONGEST]
        mentions = frozenset(key for held in self._mention.finditer(text) for key in _KEY.findall(held[0]))
        for pattern in self._leave_out:
            text = pattern.sub(" ", text)
        words: set[str] = set()
        numbers: set[str] = set()
        before = ""
        folded = fold(text)
        for written in folded.split():
            token = self._alike.get(written, written)
            if number := self._number(token, before):
                numbers.add(number)
            elif match := _LETTERS_AND_NUMBER.fullmatch(token):
                numbers.add(match[2].lstrip("0") or "0")
                self._take(match[1], words)
            else:
                self._take(token, words)
            before = token
        acts = frozenset(act for act, pattern in self._acts.items() if pattern.search(folded))
        return Reading(frozenset(words), frozenset(numbers), frozenset(_initials(text)), acts, mentions)

    def _number(self, token: str, before: str) -> str | None:
        if token.isascii() and token.isdecimal() and len(token) < 3:
            return token.lstrip("0") or "0"
        if match := _ORDINAL.fullmatch(token):
            return match[1]
        counted = before in self._numbered or before in ("and", "&")
        return _ROMAN.get(token) if token not in _SINGLE or counted else None

    def _take(self, token: str, words: set[str]) -> None:
        singular = token[:-1] if len(token) > 4 and token.isascii() and token.endswith("s") and token[-2] not in "su" else token
        word = self._alike.get(token) or self._alike.get(singular) or singular
        if len(word) > 1 and word not in self._quiet and token not in self._quiet:
            words.add(word)


def _initials(text: str) -> set[str]:
    """The initials of each run of capitalised words, so that PEACE meets Pakistan East Africa Cable Express."""
    found: set[str] = set()
    run: list[str] = []
    for match in [*_CAPITAL.finditer(text), None]:
        word = match[0] if match else ""
        is_name = word[:1].isupper() and not word[1:].isupper()
        if is_name:
            run.append(word[0])
            continue
        if len(run) in _INITIALS:
            plain = unicodedata.normalize("NFKD", "".join(run)).casefold()
            found.add("".join(sign for sign in plain if sign.isalnum()))
        run = []
    return found
