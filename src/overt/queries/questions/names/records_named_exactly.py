"""Finds the records that a question names exactly: projects, laws, agreements and programmes, in English or Chinese.

Names have several forms: the whole name, the name without brackets, each part that “also” separates, what is in brackets or in
quotation marks, and what is before a comma, colon or dash. A form that several records share means all of them, but a form that
more than `_MAX_SHARED` records share means none.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import orjson

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader, json_array
from overt.queries.questions.names.short_derived_and_misspelled_names import HEAD_ENDS, entities_named
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.titles_in_questions import TITLED, Title, known_titles
from overt.queries.questions.understood_question import Marker, Part

_BOUNDS = frozenset({"before", "after", "since", "until"})
"""Words for years that narrow a question: “before BOL-110”."""
_KEY = "names of records"
_TYPES = (*TITLED, "project")
_MOST = 20_000
"""Maximum number of records whose names are compared with a question."""
_MAX_SHARED = 4
_PARENTHESIS = re.compile(r"\s*[(（]([^()（）]*)[)）]")
_QUOTED = re.compile(r"[“「《\"]([^“”「」《》\"]+)[”」》\"]")
_ALSO = re.compile("，即|，又称|, also ")
_MIN_LETTERS, _MIN_HAN = 5, 3
_LONG = 6
"""Minimum number of words, or of Chinese characters, of a whole name that can mean only its record."""
_PAIR = 2
_FREE = frozenset({"filler", "verb", "years"})
"""Types of words that can be ignored, because they ask for nothing."""
_NAMED = frozenset({"organization", "place", "absent"})
"""Types of parts that are looked for in texts, because their words are not in the grammar."""


class NamedRecord(NamedTuple):
    """A title, or a part of one, in a question, and the positions of its words."""

    title: Title
    start: int
    end: int
    is_whole: bool
    """Whether the words are a whole name, and not a part of one that readers also use."""

    @property
    def is_long(self) -> bool:
        """Whether the words are a whole name of at least `_LONG` words, which can mean nothing but this record."""
        return self.is_whole and self.end - self.start >= _LONG


class Rest(NamedTuple):
    """The words of a question other than the names of records."""

    sought: list[str]
    """Words to look for in texts: those that are not in the grammar, and words for kinds, subjects, services and the like."""
    intents: list[Part]
    """Words that say what the question asks for, such as “who supplied”."""
    left_out: list[str]
    """Words that narrow the question, such as another country or a status."""
    markers: list[Marker]


class Form(NamedTuple):
    """A record's name, or a part of it that readers use."""

    title: Title
    is_whole: bool


def named_records(reader: Reader, lexicon: Lexicon, words: Sequence[str], areas: Sequence[str]) -> list[NamedRecord]:
    """Return the records that a question names. Where several names begin at the same word, the longest counts.

    `areas`: codes of the countries in the question. A title that leaves out its country counts only in Chinese, or if that
    country is among `areas`. A part of a name doesn't count if `areas` has only countries other than the record's. A part that
    consists of words of the grammar, or is the name of an organisation or town, counts only if the record's country is among
    `areas` and the part is not itself a phrase of the grammar.
    """
    forms, named, position = known_names(reader, lexicon), list[NamedRecord](), 0
    while position < len(words):
        for end in range(len(words), position, -1):
            phrase = tuple(words[position:end])
            listed = [form for form in forms.get(phrase, ()) if _may_mean(form, phrase, areas)]
            is_there = any(not set(areas).isdisjoint(form.title.countries) for form in listed)
            is_sure = any(form.is_whole for form in listed) or (is_there and not lexicon.senses(phrase))
            if listed and (is_sure or not _has_other_meaning(reader, lexicon, phrase)):
                if not any(form.is_whole for form in listed):
                    listed = [form for form in _sharing(forms, phrase, listed) if _may_mean(form, phrase, areas)]
                named += [NamedRecord(form.title, position, end, form.is_whole) for form in _of_most_areas(listed, areas)]
                position = end
                break
        else:
            position += 1
    return named


def _of_most_areas(listed: Sequence[Form], areas: Sequence[str]) -> list[Form]:
    """Return the records of one name that share the most countries with a question that names two: 中国与匈牙利联合巡逻
    (“China–Hungary joint patrols”).

    If the question doesn't name exactly two countries, return all records, because the members of a group are alternatives.
    """
    if len(areas) != _PAIR:
        return [*listed]
    met = [len(set(areas) & set(form.title.countries)) for form in listed]
    return [form for form, number in zip(listed, met, strict=True) if number == max(met)]


def rest_of(lexicon: Lexicon, words: Sequence[str], named: Sequence[NamedRecord], parts: Sequence[Part]) -> Rest:
    """Read the words of a question other than the names of records, taking the longest phrases of the grammar.

    `parts`: the parts of the question. Those that are not in the grammar, such as organisations and towns, are sought
    words.
    """
    spans = {part.start: part.end for part in parts if part.type in _NAMED}
    inside = {at for record in named for at in range(record.start, record.end)}
    countries = {code for record in named for code in record.title.countries}
    rest, position = Rest([], [], [], []), 0
    while position < len(words):
        if position in inside:
            position += 1
            continue
        most = next(at for at in range(position, len(words) + 1) if at == len(words) or at in inside)
        if position in spans and spans[position] <= most:
            rest.sought.append(join(words[position : spans[position]]))
            position = spans[position]
            continue
        ends = range(most, position, -1)
        end = next((end for end in ends if _has_meaning(lexicon, tuple(words[position:end]))), 0)
        phrase = tuple(words[position : end or position + 1])
        senses, text = lexicon.senses(phrase), join(phrase)
        kind, identity = senses[0] if senses else ("", "")
        if not end or kind in ("kind", "subject", "service", "restriction", "project_name", "name", "unweighed", "refused"):
            joined = rest.sought and IS_HAN.search(text) and not {position - 1} & inside and _ends_here(rest, words, position)
            joined = joined and position not in spans.values()
            if joined:
                rest.sought[-1] += text
            else:
                rest.sought.append(text)
        elif kind == "intent":
            rest.intents.append(Part("intent", identity, text, position, end))
        elif kind == "marker":
            rest.markers.append(Marker(identity, text, position, end))
        elif (
            identity in _BOUNDS
            or "abroad" in lexicon.markers_of(phrase)
            or not (kind in _FREE or phrase in lexicon.record_words or any(sense.id in countries for sense in senses))
        ):
            rest.left_out.append(text)
        position = end or position + 1
    return rest


def _has_meaning(lexicon: Lexicon, phrase: tuple[str, ...]) -> bool:
    return bool(lexicon.senses(phrase)) or phrase in lexicon.record_words


def _ends_here(rest: Rest, words: Sequence[str], position: int) -> bool:
    """Return whether the last sought word is Chinese and ends right before a position."""
    last = rest.sought[-1]
    return bool(IS_HAN.search(last)) and "".join(words[max(position - len(last), 0) : position]).endswith(last)


def known_names(reader: Reader, lexicon: Lexicon) -> dict[tuple[str, ...], list[Form]]:
    """Return the forms of names by their words, except forms that more than `_MAX_SHARED` records share.

    The lexicon, which belongs to one release, caches them.
    """
    if _KEY not in lexicon.derived:
        lexicon.derived[_KEY] = _names_of(reader, lexicon)
    names: dict[tuple[str, ...], list[Form]] = lexicon.derived[_KEY]
    return names


def _names_of(reader: Reader, lexicon: Lexicon) -> dict[tuple[str, ...], list[Form]]:
    forms: dict[tuple[str, ...], list[Form]] = {}
    for key, titles in known_titles(reader, lexicon).items():
        forms[key] = [Form(title, not title.is_short) for title in titles if title.type in _TYPES]
    for row in reader.rows("question_names.titled", {"types": json_array(_TYPES), "most": _MOST}):
        title = Title(row["type"], row["id"], row["label"], tuple(orjson.loads(row["countries"])), False)
        english = [line.partition("\t")[0] for line in str(row["names"]).split("\n")]
        chinese = [text for name in (row["label"], *english) if (text := lexicon.chinese.get(name))]
        for name in dict.fromkeys([*english, *chinese]):
            for text, is_whole in _forms_of(name):
                key = tokens(text) if is_whole or _is_proper(text) else ()
                listed = forms.setdefault(key, []) if _is_name(key, is_whole=is_whole) else []
                if all(form.title.id != title.id for form in listed):
                    listed.append(Form(title, is_whole))
    return {key: listed for key, listed in forms.items() if 0 < len(listed) <= _MAX_SHARED}


def _forms_of(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the forms of a name, and whether each is the whole name."""
    yield name, True
    bare = _PARENTHESIS.sub("", name)
    if bare != name:
        yield bare, False
    for part in _ALSO.split(name):
        yield HEAD_ENDS.split(part)[0], False
        yield _PARENTHESIS.sub("", part), False
    for inside in (*_PARENTHESIS.findall(name), *_QUOTED.findall(name)):
        yield inside, False


def _is_proper(text: str) -> bool:
    """Return whether a part of a name can be used alone: several words, or one that isn't written like an ordinary word."""
    is_acronym = sum(letter.isupper() or letter.isdigit() for letter in text) > 1
    return is_acronym or len(tokens(text)) > 1 or bool(IS_HAN.search(text))


def _is_name(key: tuple[str, ...], *, is_whole: bool) -> bool:
    text = join(key)
    if not text:
        return False
    if IS_HAN.search(text):
        return len(key) >= (2 if is_whole else _MIN_HAN)
    return len(key) > 1 or (len(text) >= (2 if is_whole else _MIN_LETTERS) and not text.isdigit())


def _may_mean(form: Form, phrase: Sequence[str], areas: Sequence[str]) -> bool:
    """Return whether a form of a name can mean its record.

    A part of a name can't if the question names only countries other than the record's. A title without its country can't,
    except in Chinese, unless the question names that country.
    """
    is_elsewhere = bool(areas and form.title.countries) and set(areas).isdisjoint(form.title.countries)
    if is_elsewhere and not form.is_whole:
        return False
    is_full = not form.title.is_short or bool(IS_HAN.search(phrase[0]))
    return is_full or not set(areas).isdisjoint(form.title.countries)


def _sharing(forms: dict[tuple[str, ...], list[Form]], phrase: tuple[str, ...], listed: list[Form]) -> list[Form]:
    """Return a form for each record with a name that contains `phrase`. If there are more than `_MAX_SHARED`, return `listed`."""
    size = len(phrase)
    more = {form.title.id: form._replace(is_whole=False) for form in listed}
    for key, sharing in forms.items():
        if len(key) > size and any(key[at : at + size] == phrase for at in range(len(key) - size + 1)):
            more |= {form.title.id: form._replace(is_whole=False) for form in sharing if form.title.id not in more}
    return [*more.values()] if len(more) <= _MAX_SHARED else listed


def _is_split(lexicon: Lexicon, phrase: tuple[str, ...]) -> bool:
    """Return whether a phrase can be split into phrases of the grammar, the longest ones first."""
    position = 0
    while position < len(phrase):
        end = next((end for end in range(len(phrase), position, -1) if lexicon.senses(phrase[position:end])), 0)
        if not end:
            return False
        position = end
    return True


def _has_other_meaning(reader: Reader, lexicon: Lexicon, phrase: tuple[str, ...]) -> bool:
    """Return whether a part of a name consists of words of the grammar, or is the name of an organisation or town."""
    return _is_split(lexicon, phrase) or bool(entities_named(reader, lexicon.chinese_names.get(phrase, join(phrase))))
