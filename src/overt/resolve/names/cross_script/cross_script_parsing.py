"""Parse names for comparison across scripts: Latin and Chinese names here, others in `scripts.non_latin_name_parser`."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from overt.resolve.names.cross_script.cross_script_model import CrossScriptModel, han_words
from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH
from overt.resolve.names.han.cedict import Sense, dictionary, is_connective, stem
from overt.resolve.names.han.latin_spellings_of_chinese_sounds import latin_letters
from overt.resolve.names.place_name_meanings import gazetteer

MAX_WORDS = 24
"""Maximum number of words of a Latin name to compare."""
MAX_UNITS = 60
"""Maximum number of units of a Chinese name to compare: characters, or runs of letters or digits."""
MAX_WORD_LENGTH = 12
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), 1
    )
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z]{2})")
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_RUN = re.compile(r"[A-Za-z][A-Za-z0-9]*|[0-9]+[A-Za-z]+[A-Za-z0-9]*|[0-9]+|[㐀-鿿豈-﫿〇𠀀-𲎯]|[^\W\d_]")
_SCHOOLS = ("大学", "学院")
_NUMERAL = re.compile(r"第?([〇零一二三四五六七八九十百千两]+)")


@dataclass(frozen=True)
class LatinWord:
    """A word of a Latin name."""

    text: str
    stem: str
    number: str = ""
    """The digits of a number (55 for 55th, 3 for third); empty for other words."""
    aside: bool = False
    """Whether the word is in brackets."""
    legal: bool = False
    """Whether the word is part of a legal form."""
    common: bool = False
    """Whether the word is common in names, such as technology, according to the word lists."""
    trade: bool = False
    """Whether the word describes an organisation's activity rather than its identity, according to the word lists."""
    parts: tuple[tuple[str, float], ...] = ()
    """Stems of the beginnings and ends of a long word, which may be words themselves (ocean in Oceaneering), each with its
    share of the word's letters.
    """


@dataclass(frozen=True)
class LatinForm:
    """A Latin name: its words, and pairs of adjacent words that may be written as one word."""

    words: tuple[LatinWord, ...]
    joined: tuple[tuple[int, str], ...]
    """For each such pair, the bit mask of the two words, and their letters."""

    @property
    def key(self) -> tuple[str, ...]:
        """Key shared by all spellings of a name: the stems of its words, without legal forms and words in brackets."""
        return tuple(sorted(word.stem for word in self.words if not word.legal and not word.aside))


def latin_form(name: str) -> LatinForm:
    """Parse a Latin name."""
    known = han_words()
    plain = unicodedata.normalize("NFKD", name[:MAX_NAME_LENGTH].replace("’", "'"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"'[sS]\b", "", plain).replace("'", "")
    plain = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda match: match[0].replace(".", "") + " ", plain)
    tokens: list[tuple[str, bool, int]] = []
    depth = 0
    for number, run in enumerate(re.findall(r"[()\[\]（）]|[^\W_]+", plain)):
        if run in "()[]（）":
            depth = max(0, depth + (1 if run in "([（" else -1))
            continue
        for piece in (pieces := _CAMEL.split(run)):
            if len(pieces) == 1 and (is_connective(run.casefold()) or run.casefold() in known.filler):
                continue
            if text := "".join(letter for letter in piece.casefold() if letter.isascii() and letter.isalnum()) or latin_letters(
                piece
            ):
                tokens.append((text, depth > 0, number))
    tokens = tokens[:MAX_WORDS]
    legal = _legal([text for text, _, _ in tokens])
    words = tuple(_word(text, aside, place in legal) for place, (text, aside, _) in enumerate(tokens))
    joined = tuple(
        (3 << place, words[place].text + words[place + 1].text)
        for place in range(len(words) - 1)
        if not (words[place].legal or words[place + 1].legal)
        and (tokens[place][2] == tokens[place + 1][2] or not (words[place].common or words[place + 1].common))
        and len(words[place].text) + len(words[place + 1].text) <= 12
    )
    return LatinForm(words, joined)


def _word(text: str, aside: bool, legal: bool) -> LatinWord:
    digits = re.fullmatch(r"0*(\d+)(?:st|nd|rd|th)?", text)
    number = digits[1] if digits else _ORDINALS.get(text, "")
    root = stem(text)
    common = root in han_words().common
    return LatinWord(
        text, root, number, aside, legal, common, root in han_words().trade, () if legal or common else _parts(text, root)
    )


def _parts(text: str, root: str) -> tuple[tuple[str, float], ...]:
    if len(text) < 7 or not text.isalpha():
        return ()
    cuts = [part for size in range(4, len(text) - 1) for part in (text[:size], text[-size:])]
    return tuple((stem(part), len(part) / len(text)) for part in cuts if stem(part) != root)


def _legal(texts: list[str]) -> set[int]:
    """Return the indexes of words that belong to legal forms: at the end, and common forms anywhere after the first word."""
    known, legal = han_words().legal, set()
    end = len(texts)
    while end > 1:
        size = next((size for size in (5, 4, 3, 2, 1) if size < end and tuple(texts[end - size : end]) in known), 0)
        if not size:
            break
        legal |= set(range(end - size, end))
        end -= size
    for place in range(1, end):
        if texts[place] in ("co", "inc", "ltd", "llc", "corp", "corporation", "company", "limited", "gmbh", "plc"):
            legal.add(place)
    return legal


@dataclass
class HanForm:
    """A name in another script: its units (characters or words, runs of Latin letters, runs of digits) and the words in them."""

    units: tuple[str, ...]
    costs: tuple[float, ...]
    """Cost of each unmatched unit, in bits."""
    passes: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    """Start → end of each known word that begins there (common, empty, dictionary word or place), and its cost if unmatched."""
    senses: dict[str, list[tuple[int, int, Sense, float]]] = field(default_factory=dict)
    """Stem → start and end of a word with this meaning, the meaning, and its reliability from 0 to 1."""
    pieces: dict[str, list[int]] = field(default_factory=dict)
    """Piece of one to four characters → its starts."""
    numbers: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Number → its starts and ends."""
    latin: list[tuple[int, str]] = field(default_factory=list)
    """Runs of Latin letters, with their starts."""
    rendered: set[tuple[int, int]] = field(default_factory=set)
    """Starts and ends of words whose English renderings follow no rule. In names of schools, 理工 and 工业 can both be
    “technology”.
    """
    plain: frozenset[int] = frozenset()
    """Indexes of the units that belong to common words, which are not matched by sound."""
    silent: float = 0.0
    """Cost of the entire name if nothing matches."""
    script: str = "han"
    sounds: tuple[str, ...] = ()
    """The units in Latin letters, for scripts that are compared by transliteration; an empty string for other units."""


def han_form(name: str, model: CrossScriptModel) -> HanForm:
    """Parse a Chinese name. Traditional and Japanese characters are folded to simplified ones."""
    lexicon, known, known_places = dictionary(), han_words(), gazetteer().senses
    plain = unicodedata.normalize("NFKC", name[:MAX_NAME_LENGTH])
    units = tuple(_RUN.findall(lexicon.simplify(plain)))[:MAX_UNITS]
    text = "".join(unit if len(unit) == 1 else "\0" for unit in units)
    costs = tuple(model.missed_sign if unit in lexicon or not unit.isascii() else model.missed_letters for unit in units)
    form = HanForm(units, costs)
    passes, senses, pieces = defaultdict(list), defaultdict(list), defaultdict(list)
    is_school = any(school in text for school in _SCHOOLS)
    for begin in range(len(units)):
        if text[begin] == "\0" or text[begin].isascii():
            unit = units[begin].lower()
            if unit.isdigit():
                form.numbers.setdefault(unit.lstrip("0") or "0", []).append((begin, begin + 1))
            else:
                form.latin.append((begin, unit))
            continue
        for end in range(begin + 1, min(len(units), begin + MAX_WORD_LENGTH) + 1):
            word = text[begin:end]
            if "\0" in word:
                break
            if end - begin <= 4:
                pieces[word].append(begin)
            if word in known.empty:
                passes[begin].append((end, model.missed_empty))
            own = known.senses.get(word, ()) + known_places.get(word, ())
            if is_school and word in known.schools:
                form.rendered.add((begin, end))
                own = tuple(sense for sense in own if sense not in known.schools[word])
                for sense, share in known.schools[word].items():
                    for root in sense.stems:
                        senses[root].append((begin, end, sense, share))
            for sense in own:
                for root in sense.stems:
                    senses[root].append((begin, end, sense, 1.0))
            if own and (word in known_places or all(sense.stems <= known.common for sense in own)):
                passes[begin].append((end, model.missed_common))
            if end - begin > 1 and word in lexicon:
                passes[begin].append((end, model.missed_word))
            trust = 0.9 if end - begin > 1 else 0.5
            for sense in lexicon.senses(word):
                if sense not in own and not (is_school and sense in known.schools.get(word, ())):
                    for root in sense.stems:
                        senses[root].append((begin, end, sense, trust))
    for match in _NUMERAL.finditer(text):
        value = parse_numeral(match[1])
        ordinal = match[0][0] == "第"
        if value is not None and (
            ordinal or len(match[1]) > 1 or text[match.end() : match.end() + 1] in ("厂", "所", "院", "局")
        ):
            form.numbers.setdefault(str(value), []).append(match.span())
    form.passes, form.senses, form.pieces = dict(passes), dict(senses), dict(pieces)
    add_cheapest_path(form)
    form.plain = frozenset(
        unit
        for begin, ends in form.passes.items()
        for end, cost in ends
        if end - begin > 1 and cost < model.missed_word and text[begin:end] not in known_places
        for unit in range(begin, end)
    )
    return form


def add_cheapest_path(form: HanForm) -> None:
    """Set the cost of the entire name if nothing matches (`silent`): the lowest total cost of units and words that cover it."""
    minimum = [0.0] + [float("inf")] * len(form.units)
    for place, cost in enumerate(form.costs):
        for end, less in [(place + 1, cost), *form.passes.get(place, ())]:
            minimum[end] = min(minimum[end], minimum[place] + less)
    form.silent = minimum[-1]


def parse_numeral(text: str) -> int | None:
    """Return the value of a Chinese numeral; None if it is malformed.

    It can consist of digits (八一一, 811), or be in words up to the thousands (五十五, 55).
    """
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text)) if text else None
    value, digit = 0, None
    for character in text:
        if character in _UNITS:
            value += (1 if digit is None else digit) * _UNITS[character]
            digit = None
        elif digit is not None:
            return None
        else:
            digit = _DIGITS[character] or None
    return value + (digit or 0)
