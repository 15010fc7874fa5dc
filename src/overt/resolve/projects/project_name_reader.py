"""What the name of a project says: what it is called, its telling words, the numbers that tell phases and siblings apart."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from overt.resolve.names import fold
from overt.resolve.names.folding import script_of
from overt.resolve.projects.project_model import Words

_CAPITAL = re.compile(r"[^\W\d_][\w'’]*", re.UNICODE)
_LETTERS_AND_NUMBER = re.compile(r"([a-z]{2,})(\d{1,2})")
_LETTERED_NUMBER = re.compile(r"\d{1,2}[a-fh-z]")
"""8A, 1R; but 5G is a kind of network."""
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_KEY = re.compile(r"\d{2,}")
_SINGLE = {"i", "v", "x"}
"""Roman numbers that are letters too: numbers only after `phase` and the like."""
_BRACKETS = re.compile(r"[(\[“„«\"]([^()\[\]“”„«»\"]{2,60})[)\]”“»\"]")
_INITIALS = range(3, 7)
"""How many words may stand behind a set of initials."""
_ALTERNATIVE = 5
"""A name that a stroke joins to another has so many words at most; in a longer one the stroke joins words."""
LONGEST = 400
"""Characters of a name that are read; a bound on the work."""


class Call(NamedTuple):
    """One thing that a project is called: a whole name, what brackets add to it, or one of two names that a stroke joins."""

    tokens: tuple[str, ...]
    """Its telling words, single letters and numbers, in order."""
    words: frozenset[str]


class Reading(NamedTuple):
    """What a name says."""

    words: frozenset[str]
    numbers: frozenset[str]
    initials: frozenset[str]
    """Of runs of capitalised words; they tell something only where another name has them as a word."""
    acts: frozenset[str]
    """What is done beyond building: repaired, extended, taught …"""
    mentions: frozenset[str]
    """Keys of other records of its source that the name refers to."""
    sides: frozenset[str]
    """North, central …: they tell siblings apart as numbers do."""
    calls: tuple[Call, ...]


class _Token(NamedTuple):
    text: str
    kind: str
    """`word`, `number`, `phase` (a number that counts phases), `letter`; or `quiet`, of which a name says nothing."""


class NameReader:
    """Reads names by the word lists of the model."""

    def __init__(self, words: Words) -> None:
        self._leave_out = [re.compile(pattern, re.IGNORECASE) for pattern in words.leave_out]
        self._mention = re.compile(words.mention, re.IGNORECASE)
        self._tail = re.compile(words.tail, re.IGNORECASE)
        self._quiet = frozenset(words.quiet)
        self._plain = frozenset(words.plain)
        self._numbered = frozenset(words.numbered)
        self._ordinals = words.ordinals
        self._sides = frozenset(words.sides)
        self._alike = words.alike
        self._acts = {act: re.compile(rf"\b(?:{'|'.join(said)})\b") for act, said in words.acts.items()}

    def read(self, name: str) -> Reading:
        """The telling words of a name, brought to one spelling, its numbers, and what it says that the project is called."""
        text = name[:LONGEST]
        mentions = frozenset(key for held in self._mention.finditer(text) for key in _KEY.findall(held[0]))
        for pattern in self._leave_out:
            text = pattern.sub(" ", text)
        tokens = self._tokens(text)
        folded = fold(text)
        words = frozenset(token.text for token in tokens if token.kind == "word")
        phases = [token for token in tokens if token.kind == "phase"]
        acts = frozenset(act for act, pattern in self._acts.items() if pattern.search(folded))
        return Reading(
            words,
            frozenset(token.text for token in tokens if token.kind in ("number", "phase")),
            frozenset(_initials(text)),
            acts,
            mentions,
            words & self._sides,
            # The third phase of a network is not the network, by whatever name it is called.
            tuple(dict.fromkeys(_call([*held, *phases]) for held in self._calls(text, tokens) if _says(held))),
        )

    def _calls(self, text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
        main = text
        for match in _BRACKETS.finditer(text):
            # (MBC) in "for Mauritius Broadcasting Corporation (MBC) Headquarters" is not what the project is called.
            if not self._telling(self._tokens(_BRACKETS.sub(" ", text[match.end() :]))):
                yield from (self._tokens(part) for part in re.split("[,;]", match[1]))
                main = main.replace(match[0], " ")
        whole = self._tokens(main) if main != text else tokens
        yield whole
        short = self._tail.sub(" ", main)
        if short != main and self._telling(described := self._tokens(short)):
            yield described
        parts = [self._tokens(part) for part in main.split("/")] if "/" in main else []
        if parts and all(len(part) <= _ALTERNATIVE for part in parts):
            yield from parts
        scripts = {_script(token.text) for token in whole if token.kind == "word"} - {""} if not main.isascii() else ()
        if len(scripts) > 1:
            yield from ([token for token in whole if _script(token.text) in (script, "")] for script in sorted(scripts))

    def _telling(self, tokens: list[_Token]) -> bool:
        return any(token.kind == "word" and token.text not in self._plain for token in tokens)

    def _tokens(self, text: str) -> list[_Token]:
        found: list[_Token] = []
        before = ""
        written = fold(text).split()
        for at, one in enumerate(written):
            token = self._alike.get(one, one)
            after = written[at + 1] if at + 1 < len(written) else ""
            follows = before in self._numbered or before in ("and", "&")
            counted = follows or after in self._numbered
            if number := self._number(token, follows=follows, counted=counted):
                found.append(_Token(number, "phase" if counted else "number"))
            elif match := _LETTERS_AND_NUMBER.fullmatch(token):
                found += [self._word(match[1]), _Token(match[2].lstrip("0") or "0", "number")]
            else:
                found.append(self._word(token))
            before = token
        return found

    def _number(self, token: str, *, follows: bool, counted: bool) -> str | None:
        """The number that a word is. `follows`: what is counted, or an `and`, stands before it; `counted`: before or after."""
        if token.isascii() and token.isdecimal() and len(token) < 3:
            return token.lstrip("0") or "0"
        if _LETTERED_NUMBER.fullmatch(token):
            return token.lstrip("0")
        if match := _ORDINAL.fullmatch(token):
            return match[1]
        if number := self._ordinals.get(token):
            # "First cable between …" counts nothing; "second" tells a sibling apart.
            return number if number != "1" or counted else None
        return _ROMAN.get(token) if token not in _SINGLE or follows else None

    def _word(self, token: str) -> _Token:
        singular = token[:-1] if len(token) > 4 and token.isascii() and token.endswith("s") and token[-2] not in "su" else token
        word = self._alike.get(token) or self._alike.get(singular) or singular
        if word in self._quiet or token in self._quiet:
            return _Token(word, "quiet")
        return _Token(word, "word" if len(word) > 1 else "letter")


def _says(tokens: list[_Token]) -> bool:
    return any(token.kind == "word" for token in tokens)


def _script(token: str) -> str:
    return next(filter(None, map(script_of, token)), "")


def _call(tokens: list[_Token]) -> Call:
    told = list(dict.fromkeys(token for token in tokens if token.kind != "quiet"))
    return Call(tuple(token.text for token in told), frozenset(token.text for token in told if token.kind == "word"))


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
