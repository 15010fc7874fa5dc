"""An organisation's name taken apart fast: brand, field of work, places, legal form, numbers, initials."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from anyascii import anyascii

from overt.model.areas import Areas
from overt.model.content import Catalogue
from overt.model.yaml import Content, packaged_content, parse, read_mapping

LONGEST = 400
"""Only so many characters of a name are read."""
_KEPT = 120
"""Only so many characters of a brand are compared."""
_DIGITS = frozenset("0123456789")
_SOUNDS = str.maketrans({**dict.fromkeys("aeiouwyh", ""), "c": "k", "q": "k", "g": "k", "j": "k", "z": "s", "x": "ks", "v": "f"})
_ARTICLES = re.compile(r"\b(?:ال|لل)(?=\w{3})")
"""The, for the: written against an Arabic word."""


class Words(Content):
    """`models/organization_words.yml`."""

    title: str
    description: str
    forms: dict[str, list[str]]
    fields: dict[str, list[str]]
    places: dict[str, list[str]]
    empty: list[str]


class Parts(NamedTuple):
    """What a name is made of: words of a–z and digits, sorted, or nothing; for fields and places the word that the list has."""

    brand: str | None
    field: str | None
    place: str | None
    form: str | None
    numbers: str | None
    sound: str | None
    """The brand's consonants, alike ones as one, each word apart: what stays of a word in another script."""
    initials: str | None
    """First letters of all words but the form's, in their order, where there are three or more."""


_Known = tuple[str, str]
"""What a word is (`form`, `field`, `place`, `empty`) and the word that stands for it."""


class NameReader:
    """Takes names apart by a list of words. Equal names give equal parts; nothing else than the name decides."""

    def __init__(self, words: Words, areas: Areas) -> None:
        self._signs = _Signs()
        self._words: dict[str, _Known] = {}
        self._phrases: dict[str, list[tuple[list[str], _Known]]] = {}
        self._han: dict[str, _Known] = {}
        for kind, held in (("form", words.forms), ("field", words.fields), ("place", words.places)):
            for stands, spellings in held.items():
                own = [] if kind == "form" else [stands]
                for spelling in own + spellings:
                    self._learn(spelling, (kind, stands))
        for word in words.empty:
            self._learn(word, ("empty", ""))
        for area in areas.areas.values():
            for name in (area.label, area.label_zh, *area.names):
                self._learn(name, ("place", area.label.casefold()))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase[0]))
        self._longest = max((len(word) for word in self._han), default=1)

    def _learn(self, spelling: str, known: _Known) -> None:
        """The first meaning of a word is the one that stays."""
        folded = self._fold(spelling)
        if not folded:
            return
        if all(_is_han(sign) for sign in folded):
            self._han.setdefault(folded, known)
            return
        pieces = folded.split()
        if len(pieces) == 1:
            self._words.setdefault(folded, known)
        elif not any(pieces == held for held, _ in self._phrases.get(pieces[0], ())):
            self._phrases.setdefault(pieces[0], []).append((pieces, known))

    def _fold(self, name: str) -> str:
        text = name[:LONGEST].casefold()
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
            text = _ARTICLES.sub("", text) if "\u0644" in text else text  # every article has a lam
        return text.translate(self._signs)

    def read(self, name: str) -> Parts:
        """The parts of a name of any length and script."""
        pieces = self._fold(name).split()
        held: dict[str, list[str]] = {"brand": [], "field": [], "place": [], "form": [], "empty": []}
        initials: list[str] = []
        at, last = 0, len(pieces)
        while at < last:
            piece = pieces[at]
            if piece in self._phrases and (found := self._phrase(pieces, at)):
                held[found[1][0]].append(found[1][1])
                at += found[0]
                continue
            at += 1
            if not piece.isascii():
                self._read_han(piece, held, initials)
                continue
            if len(piece) == 1:  # S.A., L.L.C.: letters that stand alone are one word
                while at < last and len(pieces[at]) == 1 and pieces[at].isascii():
                    piece += pieces[at]
                    at += 1
            kind, stands = self._words.get(piece, ("brand", piece))
            held[kind].append(stands)
            if kind != "form" and kind != "empty":
                initials.append(piece[0])
        return _parts(held, initials)

    def _phrase(self, pieces: list[str], at: int) -> tuple[int, _Known] | None:
        for held, known in self._phrases[pieces[at]]:
            if pieces[at : at + len(held)] == held:
                return len(held), known
        return None

    def _read_han(self, piece: str, held: dict[str, list[str]], initials: list[str]) -> None:
        """Signs without spaces: the longest known word at each place; what lies between is brand, in pinyin."""
        run = ""
        at = 0
        while at < len(piece):
            longest = min(self._longest, len(piece) - at)
            for length in range(longest, 0, -1):
                if known := self._han.get(piece[at : at + length]):
                    run = _end(run, held, initials)
                    held[known[0]].append(known[1])
                    if known[0] != "form":
                        initials.append(anyascii(piece[at])[:1].lower())
                    at += length
                    break
            else:
                run += piece[at]
                at += 1
        _end(run, held, initials)


def load_reader(content: Catalogue) -> NameReader:
    """A reader of organisations' names. Raises ContentError when its list of words is broken."""
    path = packaged_content() / "models" / "organization_words.yml"
    return NameReader(parse(Words, read_mapping(path), "models/organization_words.yml"), content.areas)


def _end(run: str, held: dict[str, list[str]], initials: list[str]) -> str:
    word = "".join(sign for sign in anyascii(run).casefold() if sign.isalnum()) if run else ""
    if word:
        held["brand"].append(word)
        initials.append(word[0])
    return ""


def _parts(held: dict[str, list[str]], initials: list[str]) -> Parts:
    brand = [word for word in held["brand"] if not _DIGITS.issuperset(word)]
    numbers = [word for word in held["brand"] if _DIGITS.issuperset(word)]
    if not brand:  # Bank of China: nothing but common words, which are its name then
        brand = held["field"] + held["place"] or numbers
    return Parts(
        _joined(brand),
        _joined(held["field"]),
        _joined(held["place"]),
        _joined(form for form in held["form"] if form != "any"),
        _joined(numbers),
        _joined(word.translate(_SOUNDS) for word in brand),
        "".join(initials[:12]) if len(initials) >= 3 else None,
    )


def _joined(words: Iterable[str]) -> str | None:
    return " ".join(sorted({word for word in words if word}))[:_KEPT] or None


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"


class _Signs(dict[int, str]):
    """How each sign is written: a–z, digits, Han signs as they are, or a space; filled as signs are met."""

    def __missing__(self, code: int) -> str:
        self[code] = written = _written(chr(code))
        return written


def _written(sign: str) -> str:
    if sign in "'’ʼ`" or unicodedata.category(sign) in ("Mn", "Cf"):  # part of a word, or no sign at all
        return ""
    if _is_han(sign):
        return sign
    if not sign.isalnum():
        return " "
    return "".join(letter for letter in anyascii(sign).casefold() if letter.isalnum() and letter.isascii())
