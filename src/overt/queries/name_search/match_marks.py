"""Which part of a name was looked for."""

import unicodedata
from collections.abc import Collection, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from overt.index.search_text import runs, sound, written
from overt.queries.name_search.name_fit import Query

Parts = list[str]
"""A name in pieces: not marked, marked, not marked, and so on."""


def marked(line: str, query: Query, near: Collection[str] = ()) -> Parts:
    """A name with what fits the query marked. `line`: as `entries.names` holds it; `near`: words a slip away from typed ones."""
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
    """Of each letter: which sign of the name it comes from."""
    begins: set[int]
    """Letters with which a word begins, or a sign that is one by itself."""


def _spell(name: str, pieces: Sequence[str], *, doubled: bool = False) -> _Spelling:
    """The pieces in one; unless letters stay doubled, one that is doubled is written once, also from word to word."""
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
    """How each sign of a name sounds, Chinese ones as they are read in it."""
    syllables = iter(heard.split())
    read: list[str] = []
    for run, unspaced in runs(sound(name)):
        spoken_signs = [next(syllables, "") for _ in (run if unspaced else " ")]
        read += spoken_signs if unspaced else []
    remaining = iter(read)
    return [next(remaining, "") if any(unspaced for _, unspaced in runs(piece)) else piece for piece in sounds]


def _find(spelling: _Spelling, word: str) -> _Span | None:
    """Where a word begins and ends in the name, counted in its signs."""
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
        elif end > done:  # it goes on where the one before ended
            parts[-2] += name[done:end]
        done = max(done, end)
    return [*parts[:-1], parts[-1] + name[done:]]
