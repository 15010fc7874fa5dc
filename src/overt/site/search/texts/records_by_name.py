"""Find records by words in their names: “the app that scans phones at the Xinjiang border”."""

import re
from collections.abc import Sequence

from overt.index.search_text import IS_HAN, written
from overt.queries.database import Reader
from overt.queries.questions.names.records_named_exactly import Form, known_names
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.titles_in_questions import Title
from overt.queries.questions.words_sought_in_texts import SoughtWord, has_word, stem

_KEY, _PROGRAMMES = "stems of names", "stems of programmes' names"
_MOST = 4
"""Maximum number of records. If more have the words, the question doesn't mean single records."""
_MIN_PART = 6
_HAN_RUNS = re.compile("[\u3400-\u9fff]+")
_TYPES = ("project", "agreement", "programme")


def records_with_words(reader: Reader, lexicon: Lexicon, words: Sequence[SoughtWord], areas: Sequence[str]) -> list[Title]:
    """Return the records that have a name with all the words; none if more than `_MOST` do.

    `areas`: codes of countries. A record must be about all of them.
    """
    named = all_with_words(reader, lexicon, words, areas) if words else []
    return named if len(named) <= _MOST else []


def all_with_words(reader: Reader, lexicon: Lexicon, words: Sequence[SoughtWord], areas: Sequence[str]) -> list[Title]:
    """Return all records that have a name with all the words, and are about all countries of `areas` (codes)."""
    records: dict[str, Title] = {}
    for folded, stems, forms in _read_names(reader, lexicon):
        if all(has_word(folded, stems, word, in_full=True) for word in words):
            titles = [form.title for form in forms if form.is_whole and form.title.type in _TYPES]
            records |= {title.id: title for title in titles if set(areas) <= set(title.countries)}
    return [*records.values()]


def records_with_most_words(
    reader: Reader, lexicon: Lexicon, words: Sequence[SoughtWord], areas: Sequence[str]
) -> tuple[list[Title], int]:
    """Return the records that have a name with the highest number of the words, and that number; 0 without such a record.

    `areas`: codes of countries. A record must be about all of them.
    """
    counts: dict[str, tuple[int, Title]] = {}
    for folded, stems, forms in _read_names(reader, lexicon):
        number = sum(has_word(folded, stems, word, in_full=True) for word in words)
        for form in forms if number else ():
            title = form.title
            if form.is_whole and title.type in _TYPES and set(areas) <= set(title.countries):
                counts[title.id] = max(counts.get(title.id, (0, title)), (number, title), key=lambda pair: pair[0])
    most = max((number for number, _ in counts.values()), default=0)
    return [title for number, title in counts.values() if number == most], most


def programmes_with_words(reader: Reader, lexicon: Lexicon, words: Sequence[SoughtWord], least: int) -> list[str]:
    """Return the ids of the programmes that have a name with the highest number of the words, and at least `least` of them."""
    counts: dict[str, int] = {}
    for folded, stems, ids in _programme_names(reader, lexicon):
        number = sum(has_word(folded, stems, word, in_full=True) for word in words)
        for identity in ids if number >= least else ():
            counts[identity] = max(counts.get(identity, 0), number)
    most = max(counts.values(), default=0)
    return sorted(identity for identity, number in counts.items() if number == most)


def projects_with_stems(reader: Reader, lexicon: Lexicon, sought: set[str], least: int) -> list[str]:
    """Return the ids of the projects that have a name with at least `least` of the sought stems. Numbers don't count."""
    counted = {word for word in sought if not word.isdigit()}
    ids = {
        form.title.id
        for _, stems, forms in _read_names(reader, lexicon)
        if len(stems & counted) >= least
        for form in forms
        if form.is_whole and form.title.type == "project"
    }
    return sorted(ids)


def _read_names(reader: Reader, lexicon: Lexicon) -> list[tuple[str, frozenset[str], list[Form]]]:
    """Return all folded names with the stems of their words and their records. The lexicon caches the result."""
    if _KEY not in lexicon.derived:
        names = known_names(reader, lexicon)
        lexicon.derived[_KEY] = [(join(key), frozenset(map(stem, key)), forms) for key, forms in names.items()]
    read: list[tuple[str, frozenset[str], list[Form]]] = lexicon.derived[_KEY]
    return read


def _programme_names(reader: Reader, lexicon: Lexicon) -> list[tuple[str, frozenset[str], list[str]]]:
    """Return the folded names of programmes with the stems of their words and the programmes' ids.

    The lexicon caches them separately because every question is compared with programmes, and few names are of programmes.
    """
    if _PROGRAMMES not in lexicon.derived:
        names = []
        for folded, stems, forms in _read_names(reader, lexicon):
            if ids := [form.title.id for form in forms if form.is_whole and form.title.type == "programme"]:
                names.append((folded, stems, ids))
        lexicon.derived[_PROGRAMMES] = names
    read: list[tuple[str, frozenset[str], list[str]]] = lexicon.derived[_PROGRAMMES]
    return read


def names_of(reader: Reader, lexicon: Lexicon, ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the folded names of records, by id."""
    names: dict[str, list[str]] = {identity: [] for identity in ids}
    for folded, _, forms in _read_names(reader, lexicon):
        for form in forms:
            if form.title.id in names:
                names[form.title.id].append(folded)
    return names


def records_with_part(reader: Reader, lexicon: Lexicon, text: str, areas: Sequence[str]) -> list[Title]:
    """Return the records whose names contain the longest Chinese string that a text shares with any name; none if too many do.

    Strings of fewer than `_MIN_PART` characters are too short to mean a record. Phrases of the grammar don't mean a record.
    `areas`: codes of the question's countries; records of other countries are left out.
    """
    runs = _HAN_RUNS.findall(written(text))
    longest = max(map(len, runs), default=0)
    if longest < _MIN_PART:
        return []
    names = {name: forms for name, _, forms in _read_names(reader, lexicon) if IS_HAN.search(name[:1])}
    every = "\n".join(names)
    for size in range(longest, _MIN_PART - 1, -1):
        parts = {run[at : at + size] for run in runs for at in range(len(run) - size + 1)}
        if shared := {part for part in parts if part in every and not lexicon.senses(tokens(part))}:
            titles = {
                form.title.id: form.title
                for name, forms in names.items()
                for form in forms
                if any(part in name for part in shared)
            }
            listed = [
                title
                for title in titles.values()
                if title.type in _TYPES and not (areas and set(areas).isdisjoint(title.countries))
            ]
            return listed if len(listed) <= _MOST else []
    return []
