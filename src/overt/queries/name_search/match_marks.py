"""Marks the parts of a name that match a query."""

import unicodedata
from collections.abc import Collection, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from overt.index.search_text import runs, sound, written
from overt.queries.name_search.name_fit import Query

Parts = list[str]
"""A name, split into parts. Every second part is marked, beginning with the second."""


def mark_match(line: str, query: Query, near: Collection[str] = ()) -> Parts:
    """Split a name into parts, and mark those that match the query.

    `line`: the name as in `entries.names`, with any reading after a tab. `near`: words of the name that are one or two typing
    errors away from words of the query.
    """
    name, _, reading = line.partition("\t")
    sounds = [sound(character) for character in name]
    letters = _spell(name, [written(character) for character in name], doubled=True)
    by_sound = [_spell(name, sounds), *([_spell(name, _read(name, sounds, reading))] if reading else [])]
    runs_of_query = [run for run, _ in query.runs]
    tries = [(letters, [query.compact]), (letters, query.words)]
    tries += [(spelling, words) for spelling in by_sound for words in ([query.squeezed], runs_of_query)]
    partly: list[_Span] = []
    for spelling, words in tries:
        spans = [span for word in words if (span := _find(spelling, word))]
        if len(spans) == len(words):
            return _cut(name, spans)
        partly = partly or spans
    slipped = [span for spelling in by_sound for word in near if (span := _find(spelling, word))]
    return _cut(name, slipped[:1] or partly)


_Span = tuple[int, int]


class _Spelling(NamedTuple):
    text: str
    """The name without spaces."""
    places: list[int]
    """For each letter, the position in the name of the character it comes from."""
    begins: set[int]
    """Positions in `text` at which a word begins. A character outside ASCII always begins a word."""


def _spell(name: str, pieces: Sequence[str], *, doubled: bool = False) -> _Spelling:
    """Join the spellings of a name's characters.

    Unless `doubled` is true, doubled letters become single, even where one word ends and the next begins.
    """
    text, places, begins, border = "", list[int](), set[int](), True
    for at, piece in enumerate(pieces):
        if not piece:
            border |= " " in written(f"a{name[at]}a")
            continue
        shared = not doubled and text.endswith(piece[0]) and piece[0] in ascii_lowercase
        if border or not name[at].isascii():
            begins.add(len(text) - shared)
        border = False
        text += piece[shared:]
        places += [at] * (len(piece) - shared)
    return _Spelling(text if doubled else text.replace("lv", "lu").replace("nv", "nu"), places, begins)


def _read(name: str, sounds: Sequence[str], reading: str) -> list[str]:
    """Return the sound of each character of a name. Chinese characters take their syllables from the name's reading."""
    syllables = iter(reading.split())
    read: list[str] = []
    for run, unspaced in runs(sound(name)):
        syllables_of_run = [next(syllables, "") for _ in (run if unspaced else " ")]
        read += syllables_of_run if unspaced else []
    remaining = iter(read)
    return [next(remaining, "") if any(unspaced for _, unspaced in runs(piece)) else piece for piece in sounds]


def _find(spelling: _Spelling, word: str) -> _Span | None:
    """Return where a word starts and ends in the name, counted in characters; None if the name doesn't contain the word."""
    at = spelling.text.find(word)
    while at >= 0 and at not in spelling.begins and word.isascii():
        at = spelling.text.find(word, at + 1)
    return (spelling.places[at], spelling.places[at + len(word) - 1] + 1) if at >= 0 and word else None


def _cut(name: str, spans: Sequence[_Span]) -> Parts:
    parts, done = [""], 0
    for start, end in sorted(spans):
        while end < len(name) and unicodedata.combining(name[end]):
            end += 1
        if start > done or len(parts) == 1:
            parts[-1] += name[done:start]
            parts += [name[start:end], ""]
        elif end > done:  # This span continues the previous one.
            parts[-2] += name[done:end]
        done = max(done, end)
    return [*parts[:-1], parts[-1] + name[done:]]
