"""How well a name fits what was typed, and which part of it does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from string import ascii_lowercase

from overt.index.search_text import LONGEST_QUERY, LONGEST_WORD, MOST_WORDS, reading, runs, sound, squeeze, vowelled, written

_SHORTEST_PLURAL = 5


class Fit(IntEnum):
    """From the best to the worst. What is read in Latin letters (two Chinese signs or more), or was typed in another alphabet,
    fits as well as what is spelled so; letters that only sound alike fit less.
    """

    WHOLE = 0
    """The name is what was typed, but for case, accents, punctuation and spaces."""
    BEGINS = 1
    """The name begins so."""
    SOUNDS_WHOLE = 2
    """The name is that in another spelling."""
    CONTAINS = 3
    """From one of its words on the name is that, or begins so; where a script writes no spaces, it is anywhere in it."""
    WORDS = 4
    """Each word that was typed begins a word of the name."""
    SOUNDS_BEGIN = 5
    SOUNDS_CONTAIN = 6
    SOUNDS_WORDS = 7
    SCATTERED = 8
    """The words are in several names of one thing."""
    SLIP = 9
    """A word of the name is a slip away from one that was typed."""


@dataclass(frozen=True)
class Query:
    """What was typed, in the forms in which it is compared."""

    text: str
    """As `written` folds it."""
    words: tuple[str, ...]
    compact: str
    """The words without spaces."""
    runs: tuple[tuple[str, bool], ...]
    """The words as they sound, cut as the index is; whether each is in a script that writes no spaces."""
    squeezed: str
    """The words as they sound, without spaces."""
    foreign: bool
    """Whether something in it is not Latin."""
    thin: bool = False
    """Whether too little is left of a word as it sounds to look for: of aaaaaa one letter, which every second name has."""


def read_query(typed: str) -> Query | None:
    """What was typed, cut to what is looked for; None when that is nothing (only punctuation, say)."""
    typed = typed[:LONGEST_QUERY]
    words = tuple(written(typed).split()[:MOST_WORDS])
    heard = " ".join(sound(typed).split()[:MOST_WORDS])
    cut = tuple((run[:LONGEST_WORD], unspaced) for run, unspaced in list(runs(heard))[:MOST_WORDS])
    text = " ".join(words)
    thin = any(map(_thin, words))
    return Query(text, words, "".join(words), cut, squeeze(heard), not text.isascii(), thin) if cut else None


def _thin(word: str) -> bool:
    """Whether a word is mostly one letter over and over: its sound is a single letter, or less than half of it."""
    heard = sound(word)
    return heard.isascii() and heard.isalpha() and len(heard) < len(word) and (len(heard) == 1 or 2 * len(heard) < len(word))


def read_aloud(query: Query) -> Query | None:
    """The query as it is read in Latin letters: 华为 as huawei, هواوي as huawi; None where nothing in it is read so."""
    heard = ["".join(reading(run)) if unspaced else vowelled(run) for run, unspaced in query.runs]
    return read_query(" ".join(heard)) if all(heard) and heard != [run for run, _ in query.runs] else None


def singular(query: Query) -> Query | None:
    """The query with English words of several things as of one: safe cities as safe city; None where no word looks so."""
    words = [_singular_word(word) for word in query.words]
    return read_query(" ".join(words)) if tuple(words) != query.words else None


def _singular_word(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.isascii() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def fit(lines: Sequence[str], query: Query, *, may_equal: bool) -> tuple[Fit, str] | None:
    """The name of a thing that fits best, and how; None if none does.

    `lines`: names as `entries.names` holds them, each perhaps with how it is read. `may_equal`: whether one of them can equal the
    query. The index knows that, and comparisons left out save most of the time.
    """
    best: tuple[Fit, str] | None = None
    enough = Fit.WHOLE if may_equal else Fit.BEGINS
    for line in lines:
        name_fit = _spelled(line, query)
        if name_fit is not None and (best is None or name_fit < best[0]):
            best = name_fit, line
            if name_fit <= enough:
                return best
    if not query.thin and (best is None or (may_equal and best[0] > Fit.SOUNDS_WHOLE)):
        for line in lines:
            name_fit = _alike(line, query)
            if name_fit is not None and (best is None or name_fit < best[0]):
                best = name_fit, line
    return best


def spoken(line: str, words: Iterable[str]) -> str | None:
    """The first of some words of the index that begins at a word or syllable of a name."""
    name, _, heard = line.partition("\t")
    spellings = [_together(sound(name)), *([_together(heard)] if heard else [])]
    return next((word for word in words if any(_at(text, begins, word) for text, begins in spellings)), None)


def _spelled(line: str, query: Query) -> Fit | None:
    """How a name fits by its letters, or by how it is read."""
    name, _, heard = line.partition("\t")
    text = written(name)
    compact = text.replace(" ", "")
    if compact.startswith(query.compact):
        return Fit.WHOLE if len(compact) == len(query.compact) else Fit.BEGINS
    name_fit = Fit.CONTAINS if _has(text, query.text) else Fit.WORDS if all(_has(text, word) for word in query.words) else None
    for spelled in (heard, sound(name) if query.foreign else ""):
        if spelled and not query.thin and (by_sound := _sounds(spelled, query, two=not query.foreign)) is not None:
            name_fit = by_sound if name_fit is None else min(name_fit, by_sound)
    return name_fit


def _alike(line: str, query: Query) -> Fit | None:
    """How a name fits by letters that sound alike, or by one Chinese sign that is read so."""
    name, _, heard = line.partition("\t")
    fits = [name_fit for spelled in (sound(name), heard) if (name_fit := _sounds(spelled, query, two=False)) is not None]
    return _ALIKE[min(fits)] if fits else None


_ALIKE = {
    Fit.WHOLE: Fit.SOUNDS_WHOLE,
    Fit.BEGINS: Fit.SOUNDS_BEGIN,
    Fit.CONTAINS: Fit.SOUNDS_CONTAIN,
    Fit.WORDS: Fit.SOUNDS_WORDS,
}


def _sounds(spelled: str, query: Query, *, two: bool) -> Fit | None:
    """Where the query is in how a name sounds; with `two`, only if more than one word or syllable has a part in it."""
    text, begins = _together(spelled)
    for at in begins:
        if text.startswith(query.squeezed, at):
            if two and not any(at < other < at + len(query.squeezed) for other in begins):
                continue
            return Fit.CONTAINS if at else Fit.WHOLE if len(text) == len(query.squeezed) else Fit.BEGINS
    if len(query.runs) > 1 or query.foreign:
        return Fit.WORDS if all(_at(text, begins, run) or (unspaced and run in text) for run, unspaced in query.runs) else None
    return None


def _together(spelled: str) -> tuple[str, list[int]]:
    """What `squeeze` makes of a text, and where its words or syllables begin in that."""
    text, begins = "", []
    for piece in spelled.split():
        shared = text.endswith(piece[0]) and piece[0] in ascii_lowercase
        begins.append(len(text) - shared)
        text += piece[shared:]
    return text.replace("lv", "lu").replace("nv", "nu"), begins


def _at(text: str, begins: Sequence[int], word: str) -> bool:
    return word in text and any(text.startswith(word, at) for at in begins)


def _has(text: str, word: str) -> bool:
    """Whether a word of the text begins so; where a script writes no spaces, whether it is anywhere."""
    return text.startswith(word) or f" {word}" in text or (not word.isascii() and word in text and _unspaced(word))


def _unspaced(word: str) -> bool:
    return any(unspaced for _, unspaced in runs(word))
