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
from overt.resolve.names.folding import LONGEST, simplified
from overt.resolve.names.lexicon import WordFile

_LAST_LATIN = "\u024f"
_KEPT = 120
"""Only so many characters of a brand are compared."""
_SOUNDS = str.maketrans({**dict.fromkeys("aeiouwyh", ""), "c": "k", "q": "k", "g": "k", "j": "k", "z": "s", "x": "ks", "v": "f"})
_DIGRAPHS = (("dzh", "j"), ("kh", "h"))
"""How letters of other scripts come out that Latin spellings have another way of writing for."""
_TWICE = re.compile(r"(.)\1+")
_ARTICLES = re.compile(r"\b(?:ال|لل)(?=\w{3})")
"""The, for the: written against an Arabic word."""


class Parts(NamedTuple):
    """What a name is made of: words of a–z and digits, sorted, or nothing; for fields and places the word that the list has."""

    brand: str | None
    letters: str | None
    """The brand as it is written, without spaces."""
    signs: str | None
    """The brand in simplified Han signs, where all of it is in these."""
    script: str | None
    """What the brand is written in: `latin`, `han`, or `other`, which may be several."""
    field: str | None
    place: str | None
    form: str | None
    numbers: str | None
    sound: str | None
    """The brand's consonants as they are written, alike ones as one, each word apart: what stays of a word in another script."""
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
        folded, signs = self._fold(name), ""
        pieces = _initialled(folded.split())
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
                signs += self._read_han(piece, held, initials)
                continue
            kind, stands = self._words.get(piece, ("brand", piece))
            held[kind].append(stands)
            if kind != "form" and kind != "empty":
                initials.append(piece[0])
        return _parts(held, initials, signs, _script(name[:LONGEST], folded, signs))

    def _phrase(self, pieces: list[str], at: int) -> tuple[int, _Known] | None:
        for held, known in self._phrases[pieces[at]]:
            if pieces[at : at + len(held)] == held:
                return len(held), known
        return None

    def _read_han(self, piece: str, held: dict[str, list[str]], initials: list[str]) -> str:
        """Signs without spaces: from the end, where the words that names share stand, the longest known word at each place.

        What lies between is brand, in pinyin; returns its signs.
        """
        cut: list[tuple[str, _Known | None]] = []
        run = ""
        at = len(piece)
        while at:
            for length in range(min(self._longest, at), 0, -1):
                if known := self._han.get(piece[at - length : at]):
                    if run:
                        cut.append((run, None))
                        run = ""
                    cut.append((piece[at - length : at], known))
                    at -= length
                    break
            else:
                at -= 1
                run = piece[at] + run
        if run:
            cut.append((run, None))
        signs = ""
        for text, found in reversed(cut):
            kind, stands = found or ("brand", text.translate(_PINYIN))
            if not stands and kind == "brand":
                continue
            held[kind].append(stands)
            if kind == "brand":
                signs += "".join(sign for sign in text if _is_han(sign))
            if kind != "form":
                initials.append(text[0].translate(_PINYIN)[:1])
        return signs


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
    """A reader by the lists of words in `content/names` and the areas of a catalogue; for equal ones it is made once. Raises
    ContentError when one is broken.
    """
    lists = content.digest("names", "vocab")
    reader = _made.get(lists)
    if reader is None:
        words = parse(WordFile, read_mapping(packaged_content() / "names" / "words.yml"), "names/words.yml")
        reader = NameReader(words, legal_forms(), content.areas)
        _made.clear()  # whoever has several atlases mostly has the same lists in all
        _made[lists] = reader
    return reader


_made: dict[str, NameReader] = {}


def _parts(held: dict[str, list[str]], initials: list[str], signs: str, script: str) -> Parts:
    words = held["brand"]
    digits = [word for word in words if word.isdigit()]
    brand = [word for word in words if not word.isdigit()] if digits else words
    numbers = digits + held["number"]
    if not brand:  # Bank of China: nothing but common words, which are its name then
        brand, signs, script = held["field"] + held["place"] or numbers, "", "latin"
    letters = "".join(brand)[:_KEPT]
    return Parts(
        _joined(brand),
        letters or None,
        signs[:_KEPT] if script == "han" and signs else None,
        script if letters else None,
        _joined(held["field"]),
        _joined(held["place"]),
        _joined([form for form in held["form"] if form != "any"]),
        _joined(numbers),
        _sound(brand),
        "".join(initials[:12]) if len(initials) >= 3 else None,
    )


def _script(name: str, folded: str, signs: str) -> str:
    """What a brand is written in. Han signs stand as they are in a folded name; what else is not Latin does not."""
    if name.isascii():
        return "latin"
    if signs:
        return "other" if any("a" <= sign <= "z" for sign in folded) else "han"
    written = unicodedata.normalize("NFKC", name)
    return "other" if any(sign > _LAST_LATIN and sign.isalpha() and not _is_han(sign) for sign in written) else "latin"


def _sound(brand: list[str]) -> str | None:
    text = " ".join(brand)[:_KEPT]
    for written, sounds in _DIGRAPHS:
        if written in text:
            text = text.replace(written, sounds)
    return " ".join(_TWICE.sub(r"\1", text.translate(_SOUNDS)).split()) or None


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
