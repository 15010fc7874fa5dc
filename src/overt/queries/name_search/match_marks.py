"""Marks the part of a name that matches a query."""

import unicodedata
from collections.abc import Collection, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from overt.index.search_text import runs, sound, written
from overt.queries.name_search.name_fit import Query

Parts = list[str]
"""A name in pieces that are alternately unmarked and marked, beginning with an unmarked one."""


def marked(line: str, query: Query, near: Collection[str] = ()) -> Parts:
    """Return a name with the parts that match the query marked.

    `line`: the name as stored in `entries.names`. `near`: words that are similar to typed words.
    """
    name, _, heard = line.partition("\t")
    sounds = [sound(sign) for sign in name]
    letters = _spell(name, [written(sign) for sign in name], doubled=True)
    heard_as = [_spell(name, sounds), *([_spell(name, _read(name, sounds, heard))] if heard else [])]
    each = [run for run, _ in query.runs]
    tries = [(letters, [query.compact]), (letters, query.words)]
    tries += [(spelling, words) for spelling in heard_as for words in ([query.squeezed], each)]
    partly: list[_Span] = []
    for spelling, words in tries:
        spans = [span for word in words if (span := _find(spelling, word))]
        if len(spans) == len(words):
            return _cut(name, spans)
        partly = partly or spans
    slipped = [span for spelling in heard_as for word in near if (span := _find(spelling, word))]
    return _cut(name, slipped[:1] or partly)


_Span = tuple[int, int]


class _Spelling(NamedTuple):
    text: str
    """The name without spaces."""
    places: list[int]
    """For each letter, the index of the character of the name that it comes from."""
    begins: set[int]
    """Indexes of letters that begin a word, or that represent a character which is a word by itself."""


def _spell(name: str, pieces: Sequence[str], *, doubled: bool = False) -> _Spelling:
    """Join the spelled pieces of a name into one text. Unless `doubled`, double letters become single, also across words."""
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


def _read(name: str, sounds: Sequence[str], heard: str) -> list[str]:
    """Return the sound of each character of a name; Chinese characters as they are read in this name."""
    syllables = iter(heard.split())
    read: list[str] = []
    for run, unspaced in runs(sound(name)):
        spoken_signs = [next(syllables, "") for _ in (run if unspaced else " ")]
        read += spoken_signs if unspaced else []
    remaining = iter(read)
    return [next(remaining, "") if any(unspaced for _, unspaced in runs(piece)) else piece for piece in sounds]


def _find(spelling: _Spelling, word: str) -> _Span | None:
    """Return where a word begins and ends in the name, in characters of the name; None if the word does not occur."""
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
        elif end > done:  # the span continues the previous one
            parts[-2] += name[done:end]
        done = max(done, end)
    return [*parts[:-1], parts[-1] + name[done:]]
