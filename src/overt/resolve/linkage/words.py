"""An organisation's name taken apart fast: brand, field of work, places, legal form, numbers, initials.

For a million names, by the same lists of words as `overt.resolve.names`, which takes more care and twice the time.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from anyascii import anyascii

from overt.model.areas import Areas
from overt.model.content import Catalogue
from overt.model.legal_forms import FormFile, legal_forms
from overt.model.yaml import packaged_content, parse, read_mapping
from overt.resolve.names.fold import LONGEST, simplified
from overt.resolve.names.lexicon import WordFile

_KEPT = 120
"""Only so many characters of a brand are compared."""
_SOUNDS = str.maketrans({**dict.fromkeys("aeiouwyh", ""), "c": "k", "q": "k", "g": "k", "j": "k", "z": "s", "x": "ks", "v": "f"})
_ARTICLES = re.compile(r"\b(?:ال|لل)(?=\w{3})")
"""The, for the: written against an Arabic word."""


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
"""What a word is (`form`, `field`, `place`, `number`, `empty`) and the word that stands for it."""


class NameReader:
    """Takes names apart by a list of words. Equal names give equal parts; nothing else than the name decides."""

    def __init__(self, words: WordFile, forms: FormFile, areas: Areas) -> None:
        self._signs = _Signs()
        self._words: dict[str, _Known] = {}
        self._phrases: dict[str, list[tuple[list[str], _Known]]] = {}
        self._han: dict[str, _Known] = {}
        for plain in (True, False):  # a spelling that needs no transliteration comes before one that looks like it after it
            for form in forms.forms:
                self._learn((held for held in form.spellings if held.isascii() is plain), ("form", form.kind))
        self._learn(words.stop, ("empty", ""))
        fields = (words.field, words.body, words.generic, words.scope)
        kinds = [("field", held) for held in fields] + [("number", words.numbers)]
        for kind, held in [*kinds, *(("place", held) for held in (words.places, words.regions, words.cities))]:
            for stands, spellings in held.items():
                self._learn(spellings, (kind, stands.lower()))
        for area in areas.areas.values():
            self._learn([area.label, area.label_zh, *area.names], ("place", area.code.lower()))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase[0]))
        self._longest = max(map(len, self._han), default=1)

    def _learn(self, spellings: Iterable[str], known: _Known) -> None:
        """Spellings of a word or phrase; the first meaning that one is given is the one that stays."""
        for spelling in spellings:
            folded = self._fold(spelling)
            pieces = _initialled(folded.split())
            if not pieces or (len(spelling.strip("()")) == 1 and not spelling.isascii()):  # one sign is a part of other words
                continue
            if all(_is_han(sign) for sign in folded):
                self._han.setdefault(folded, known)
            elif len(pieces) == 1:
                self._words.setdefault(pieces[0], known)
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
        pieces = _initialled(self._fold(name).split())
        held: dict[str, list[str]] = {"brand": [], "field": [], "place": [], "number": [], "form": [], "empty": []}
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
                        initials.append(piece[at].translate(_PINYIN)[:1])
                    at += length
                    break
            else:
                run += piece[at]
                at += 1
        _end(run, held, initials)


def _initialled(pieces: list[str]) -> list[str]:
    """The words with letters that stand alone made one: S.A., L.L.C."""
    if all(len(piece) > 1 for piece in pieces):
        return pieces
    joined: list[str] = []
    alone = False
    for piece in pieces:
        single = len(piece) == 1 and piece.isascii()
        if single and alone:
            joined[-1] += piece
        else:
            joined.append(piece)
        alone = single
    return joined


def load_reader(content: Catalogue) -> NameReader:
    """A reader by the lists of words in `content/names`. Raises ContentError when one is broken."""
    folder = packaged_content() / "names"
    words = parse(WordFile, read_mapping(folder / "words.yml"), "names/words.yml")
    return NameReader(words, legal_forms(), content.areas)


def _end(run: str, held: dict[str, list[str]], initials: list[str]) -> str:
    """Take what lies between known words for a word of the brand; returns the next run, which is empty."""
    word = run.translate(_PINYIN)
    if word:
        held["brand"].append(word)
        initials.append(word[0])
    return ""


def _parts(held: dict[str, list[str]], initials: list[str]) -> Parts:
    words = held["brand"]
    digits = [word for word in words if word.isdigit()]
    brand = [word for word in words if not word.isdigit()] if digits else words
    numbers = digits + held["number"]
    if not brand:  # Bank of China: nothing but common words, which are its name then
        brand = held["field"] + held["place"] or numbers
    return Parts(
        _joined(brand),
        _joined(held["field"]),
        _joined(held["place"]),
        _joined([form for form in held["form"] if form != "any"]),
        _joined(numbers),
        _joined([word.translate(_SOUNDS) for word in brand]),
        "".join(initials[:12]) if len(initials) >= 3 else None,
    )


def _joined(words: list[str]) -> str | None:
    if len(words) < 2:
        return (words[0][:_KEPT] or None) if words else None
    return " ".join(sorted({word for word in words if word}))[:_KEPT] or None


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"


class _Signs(dict[int, str]):
    """How each sign is written: a–z, digits, Han signs as they are, or a space; filled as signs are met."""

    def __missing__(self, code: int) -> str:
        self[code] = written = _written(chr(code))
        return written


class _Pinyin(dict[int, str]):
    """How each Han sign sounds, without its tone; filled as signs are met."""

    def __missing__(self, code: int) -> str:
        self[code] = latin = _latin(chr(code))
        return latin


_PINYIN = _Pinyin()


def _written(sign: str) -> str:
    if sign in "'’ʼ`" or unicodedata.category(sign) in ("Mn", "Cf"):  # part of a word, or no sign at all
        return ""
    if _is_han(sign):
        return simplified(sign)
    if not sign.isalnum():
        return " "
    return _latin(sign)


def _latin(sign: str) -> str:
    return "".join(letter for letter in anyascii(sign).casefold() if letter.isalnum() and letter.isascii())
