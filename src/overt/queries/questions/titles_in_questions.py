"""Finds the laws, agreements, programmes and series that a question names by title, before its words are read as subjects."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import orjson

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader, json_array
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import is_article, join, tokens
from overt.queries.questions.thresholds import is_number
from overt.queries.questions.understood_question import Marker, Part, Question

SERIES, RANK = "series", "rank"
_KEY = "titles"
TITLED = ("agreement", "programme")
_MOST = 5_000
"""Maximum number of records whose titles are compared with a question."""
_PARENTHESIS = re.compile(r"\s*[(（]([^()（）]*)[)）]")
_OF_CHINA = re.compile(r"\s+of (?:the )?people['’]?s republic of china$", re.IGNORECASE)
_ENDING = re.compile(r" (?:project|system)$", re.IGNORECASE)
"""Words at the end of a programme's title that readers leave out: “Golden Shield”."""
_HAN_STATE = "中华人民共和国"
_MIN_WORDS, _MIN_HAN = 2, 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTRIES = frozenset({"area", "adjective", "seat"})
_LISTED = frozenset({"agreements", "suppliers", "projects"})
"""Intents of words that can stand beside titles. Those for suppliers and projects can only stand beside programmes and series;
beside series, they are reported as left out.
"""
_ORDERS = ("highest", "lowest")
"""Ids of `record_words` that ask for countries in the order of their values."""
_HOW = "how d"
_HAN_NUMBERS = "一二三四五六七八九十"
_MARKERS = frozenset({"dates", "comparison", "customers"})
_ENDS = frozenset({"earliest", "latest"})
"""Markers of questions about the order of several laws."""


class Title(NamedTuple):
    """A title of a record or series, or a part of one that readers use."""

    type: str
    id: str
    label: str
    countries: tuple[str, ...]
    is_short: bool
    """Whether the title leaves out the country. A question that isn't in Chinese must then name the country."""


def read_titled(reader: Reader, lexicon: Lexicon, text: str, words: tuple[str, ...]) -> Question | None:
    """Return the question if it consists of titles and words about them; None otherwise.

    Words about subjects and kinds beside a title are reported as left out. With any other word, such as another country, the
    question is about more than the title, and the result is None. Titles of series need a country, a region or a word for an
    order or a rank, such as “highest”, and no other titles beside them.
    """
    titles = known_titles(reader, lexicon)
    parts, position, longest = list[Part](), 0, max(map(len, titles), default=0)
    named, rest = list[Title](), set[int]()
    while position < len(words):
        end = next((end for end in range(min(len(words), position + longest), position, -1) if words[position:end] in titles), 0)
        if not end:
            rest.add(position)
            position += 1
            continue
        for title in titles[words[position:end]]:
            named.append(title)
            kind = SERIES if title.type == SERIES else "record"
            parts.append(Part(kind, title.id, join(words[position:end]), position, end, title.label))
        position = end
    if not parts:
        return None
    question = Question(text, words, parts=parts)
    areas = _read_rest(question, lexicon, named, rest)
    if areas is None or (_lacks_country(text, named, areas) and not _shares_country(parts, named)):
        return None
    if any(map(question.has, _ENDS)) and len({(part.start, part.end) for part in parts}) == 1:
        return None  # “the first Cybersecurity Law” isn't about the order of several laws
    are_series = [title.type == SERIES for title in named]
    if question.years and any(_YEAR.fullmatch(text) for text in question.unweighed):  # The question has several years.
        question.unweighed.append(str(question.years[0]))
        question.years = None
    is_limited = bool(areas or question.ids("region")) or any(map(question.has, ("highest", "lowest", RANK)))
    if any(are_series) and not (all(are_series) and is_limited):
        return None
    question.intent = "scores" if any(are_series) else "record"
    return question


def _lacks_country(text: str, named: Sequence[Title], areas: set[str]) -> bool:
    """Return whether a title leaves out a country that the question doesn't name either. Chinese readers needn't name China."""
    return any(title.is_short and not IS_HAN.search(text) and not areas & set(title.countries) for title in named)


def _shares_country(parts: Sequence[Part], named: Sequence[Title]) -> bool:
    """Return whether a question has several titles, all of one country: “the Data Security Law or the Cybersecurity Law”."""
    return len({(part.start, part.end) for part in parts}) > 1 and len({title.countries for title in named}) == 1


def known_titles(reader: Reader, lexicon: Lexicon) -> dict[tuple[str, ...], list[Title]]:
    """Return the titles in the served release, by their words. The lexicon, which belongs to one release, caches them."""
    if _KEY not in lexicon.derived:
        lexicon.derived[_KEY] = _titles_of(reader, lexicon)
    titles: dict[tuple[str, ...], list[Title]] = lexicon.derived[_KEY]
    return titles


def _titles_of(reader: Reader, lexicon: Lexicon) -> dict[tuple[str, ...], list[Title]]:
    """Return the titles of laws, agreements, programmes and series of scores, with the forms that readers use."""
    titles: dict[tuple[str, ...], list[Title]] = {}
    rows = reader.rows("question_names.titled", {"types": json_array(TITLED), "most": _MOST})
    for row in rows:
        countries = tuple(orjson.loads(row["countries"]))
        for name in {line.partition("\t")[0] for line in str(row["names"]).split("\n")}:
            for form, is_short in _forms(name, row["type"]):
                key = tokens(form)
                if _is_title(key, row["type"]):
                    listed = titles.setdefault(key, [])
                    if all(title.id != row["id"] for title in listed):
                        listed.append(Title(row["type"], row["id"], row["label"], countries, is_short))
    for meant, names in lexicon.record_names.items():
        for name in names:
            listed = titles.setdefault(tokens(name), [])
            listed += [title for title in titles.get(tokens(meant), []) if title not in listed]
    for series, names in lexicon.series_names.items():
        if label := next(iter(lexicon.labels("series", series)), ""):
            for name in (label, *names):
                listed = titles.setdefault(tokens(name), [])
                if all(title.id != series for title in listed):
                    listed.append(Title(SERIES, series, label, (), False))
    return {key: listed for key, listed in titles.items() if listed}


def _forms(name: str, kind: str) -> Iterator[tuple[str, bool]]:
    """Yield a title and the shorter forms that readers use, each with whether it leaves out the country."""
    yield name, False
    bare = _PARENTHESIS.sub("", name)
    if bare != name:
        yield bare, kind == "agreement"
    if kind == "programme":
        yield _ENDING.sub("", bare), False
    for inside in _PARENTHESIS.findall(name):
        if kind == "programme" or IS_HAN.search(inside):
            yield inside, False
            yield inside.removeprefix(_HAN_STATE), True
    yield _OF_CHINA.sub("", bare), True
    yield bare.removeprefix(_HAN_STATE), True


def _is_title(key: tuple[str, ...], kind: str) -> bool:
    """Return whether words are long enough for a title. A single word can only be a programme’s short name."""
    if not key:
        return False
    if IS_HAN.search(join(key)):
        return len(key) >= _MIN_HAN
    return len(key) >= _MIN_WORDS or (kind == "programme" and not is_number(key[0]))


def _read_rest(question: Question, lexicon: Lexicon, named: Sequence[Title], rest: set[int]) -> set[str] | None:
    """Read the words beside the titles into the question, and return the countries among them; None if a word asks for more."""
    words, position, beside = question.tokens, 0, _WordsBeside(question, lexicon, named)
    while position < len(words):
        if position not in rest:
            position += 1
            continue
        most = next(at for at in range(position, len(words) + 1) if at == len(words) or at not in rest)
        phrases = (Phrase(position, end, _senses(lexicon, words[position:end])) for end in range(most, position, -1))
        phrase = next((phrase for phrase in phrases if phrase.senses), None)
        if phrase is None or not beside.read(phrase):
            return None
        position = phrase.end
    return beside.areas


class Phrase(NamedTuple):
    """A phrase beside a title: its first token, the one after it, and the types and ids of its meanings."""

    start: int
    end: int
    senses: Sequence[tuple[str, str]]


class _WordsBeside:
    """Reads the words beside titles into a question."""

    def __init__(self, question: Question, lexicon: Lexicon, named: Sequence[Title]) -> None:
        self._question, self._lexicon = question, lexicon
        self._of_records = {code for title in named for code in title.countries}
        self._are_series = all(title.type == SERIES for title in named)
        self._are_programmes = all(title.type == "programme" for title in named)
        self.areas: set[str] = set()
        """Codes of the countries that were read."""

    def read(self, phrase: Phrase) -> bool:
        """Read a phrase. Return False if an answer about the titles can neither use the phrase nor leave it out."""
        text = join(self._question.tokens[phrase.start : phrase.end])
        if self._are_series and self._read_beside_series(phrase, text):
            return True
        kind, identity = phrase.senses[0]
        if self._are_programmes and self._is_about_trade(phrase):
            return False  # A programme at home isn't what was exported.
        if kind == "number":
            return self._read_number(identity)
        if kind == "record_word":
            return self._read_record_word(phrase, identity, text)
        if kind == "marker" and identity in _MARKERS:
            self._question.markers.append(Marker(identity, text, phrase.start, phrase.end))
        elif kind == "intent" and identity in _LISTED and (self._are_programmes or identity == "agreements"):
            self._question.parts.append(Part("intent", identity, text, phrase.start, phrase.end))
        elif kind in _COUNTRIES and any(code in self._of_records for other, code in phrase.senses if other == kind):
            self.areas |= {code for _, code in phrase.senses}
        elif self._is_left_out(phrase, kind, identity):
            self._question.unweighed.append(text)
        elif kind not in ("filler", "verb"):
            return False
        return True

    def _read_beside_series(self, phrase: Phrase, text: str) -> bool:
        """Read a phrase whose meaning beside series of scores differs from its meaning beside titles of records.

        Return whether the phrase was read.
        """
        question, (kind, identity) = self._question, phrase.senses[0]
        if kind == "year" and question.years is None:
            question.years = (int(text), int(text))
        elif kind == "region":
            question.parts.append(Part("region", identity, text, phrase.start, phrase.end))
        elif kind == "intent" and identity == "places":
            question.markers.append(Marker("highest", text, phrase.start, phrase.start))
        elif kind in _COUNTRIES:
            self.areas |= {identity}
            question.parts.append(Part("area", identity, text, phrase.start, phrase.end))
        elif kind == "intent" and identity in _LISTED - {"agreements"}:
            question.unweighed.append(text)
        else:
            is_how = (kind, identity) == ("marker", "reasons") and text.startswith(_HOW)  # “how does China rank”
            return is_how or (kind, identity) == ("years", "between")
        return True

    def _read_number(self, number: str) -> bool:
        """Read a number after a word such as “highest”. Return whether there is such a word."""
        markers = self._question.markers
        if not markers or markers[-1].id not in _ORDERS:
            return False
        markers[-1] = markers[-1]._replace(text=f"{markers[-1].text} {number}")
        return True

    def _read_record_word(self, phrase: Phrase, identity: str, text: str) -> bool:
        if identity == "left_out":
            self._question.unweighed.append(text)
        elif identity in _ORDERS and not self._are_series:
            return False
        elif identity in ("dates", *_ENDS, *_ORDERS) or (identity == RANK and self._are_series):
            self._question.markers.append(Marker(identity, text, phrase.start, phrase.end))
        return True

    def _is_about_trade(self, phrase: Phrase) -> bool:
        """Return whether a phrase is about exports or imports."""
        return "abroad" in self._lexicon.markers_of(self._question.tokens[phrase.start : phrase.end])

    def _is_left_out(self, phrase: Phrase, kind: str, identity: str) -> bool:
        """Return whether an answer about the titles reports a phrase as left out: years, subjects, kinds and the like."""
        is_province = kind == "project_name" and self._lexicon.province_countries.get(identity) in self._of_records
        return kind in ("year", "subject", "kind", "unweighed") or self._is_about_trade(phrase) or is_province


def _senses(lexicon: Lexicon, phrase: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the meanings of a phrase beside a title, as pairs of type and id; empty if it has none."""
    if len(phrase) == 1 and _YEAR.fullmatch(phrase[0]):
        return [("year", "")]
    if len(phrase) == 1 and phrase[0].isdigit():
        return [("number", phrase[0])]
    if len(phrase) == 1 and phrase[0] in _HAN_NUMBERS:
        return [("number", str(_HAN_NUMBERS.index(phrase[0]) + 1))]
    if is_article(phrase):
        return [("unweighed", "")]
    if phrase in lexicon.record_words:
        return [("record_word", lexicon.record_words[phrase])]
    return [(sense.type, sense.id) for sense in lexicon.senses(phrase)]
