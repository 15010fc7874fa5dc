"""How well a name fits a query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from string import ascii_lowercase

from overt.index.search_text import MAX_QUERY_LENGTH, MAX_WORD_LENGTH, MAX_WORDS, reading, runs, sound, squeeze, vowelled, written

_MIN_PLURAL_LENGTH = 5


class Fit(IntEnum):
    """How well a name fits a query, from the best fit to the worst.

    The reading of two or more Chinese characters, and a query in another alphabet, fit as well as equal letters. Letters that
    only sound alike fit less well.
    """

    EQUALS = 0
    """The name equals the query, except for case, accents, punctuation and spaces."""
    BEGINS = 1
    """The name begins with the query."""
    SOUNDS_WHOLE = 2
    """The name sounds the same as the query."""
    CONTAINS = 3
    """The query begins at a later word of the name; in scripts without spaces, anywhere in it."""
    WORDS = 4
    """Each word of the query is the beginning of a word of the name."""
    SOUNDS_BEGIN = 5
    SOUNDS_CONTAIN = 6
    SOUNDS_WORDS = 7
    SCATTERED = 8
    """The words of the query are spread over several names of one entry."""
    SLIP = 9
    """A word of the name is one or two typing errors away from a word of the query."""

    @property
    def id(self) -> str:
        """The name of the fit in the API, and in `FIT_NAMES` of the static edition."""
        return "whole" if self is Fit.EQUALS else self.name.lower().replace("_", "-")


@dataclass(frozen=True)
class Query:
    """A query, in the forms in which it is compared with names."""

    text: str
    """The query as returned by `written`."""
    words: tuple[str, ...]
    compact: str
    """The words without spaces."""
    runs: tuple[tuple[str, bool], ...]
    """The words by sound, split as in the index, each with whether it is in a script without spaces."""
    squeezed: str
    """The words as returned by `sound`, without spaces."""
    foreign: bool
    """Whether part of the query is not in Latin letters."""
    thin: bool = False
    """Whether a word is mostly one repeated letter. Its sound is too short to search for: aaaaaa would match about half of all
    names.
    """


def read_query(typed: str) -> Query | None:
    """Return a query, cut to the maximum length; None if it contains no word, for example if it is only punctuation."""
    typed = typed[:MAX_QUERY_LENGTH]
    words = tuple(written(typed).split()[:MAX_WORDS])
    sounds = " ".join(sound(typed).split()[:MAX_WORDS])
    cut = tuple((run[:MAX_WORD_LENGTH], unspaced) for run, unspaced in list(runs(sounds))[:MAX_WORDS])
    text = " ".join(words)
    thin = any(map(_is_thin, words))
    return Query(text, words, "".join(words), cut, squeeze(sounds), not text.isascii(), thin) if cut else None


def _is_thin(word: str) -> bool:
    """Return whether a word is mostly one repeated letter: its sound is one letter, or less than half as long."""
    short = sound(word)
    return short.isascii() and short.isalpha() and len(short) < len(word) and (len(short) == 1 or 2 * len(short) < len(word))


def read_aloud(query: Query) -> Query | None:
    """Return the query in Latin letters, in which its words are written by their sound: 华为 as huavei, هواوي as huavi.

    None if part of it has no reading, as in Thai, or if nothing would change.
    """
    read = ["".join(reading(run)) if unspaced else vowelled(run) for run, unspaced in query.runs]
    return read_query(" ".join(read)) if all(read) and read != [run for run, _ in query.runs] else None


def singular(query: Query) -> Query | None:
    """Return the query with English plurals as singulars: safe cities as safe city; None if no word looks like a plural."""
    words = [_singular_word(word) for word in query.words]
    return read_query(" ".join(words)) if tuple(words) != query.words else None


def _singular_word(word: str) -> str:
    if len(word) < _MIN_PLURAL_LENGTH or not word.isascii() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def best_fit(lines: Sequence[str], query: Query, *, may_equal: bool) -> tuple[Fit, str] | None:
    """Return how the best-fitting name of an entry fits, and that name; None if no name fits.

    `lines`: names as in `entries.names`, some with a reading. `may_equal`: whether a name can equal the query, as for entries
    that the index of full names returned. If not, the first name that begins with the query is returned, and letters that only
    sound alike are compared only if no name fits otherwise.
    """
    best: tuple[Fit, str] | None = None
    enough = Fit.EQUALS if may_equal else Fit.BEGINS
    for line in lines:
        name_fit = _fit_of_letters(line, query)
        if name_fit is not None and (best is None or name_fit < best[0]):
            best = name_fit, line
            if name_fit <= enough:
                return best
    if not query.thin and (best is None or (may_equal and best[0] > Fit.SOUNDS_WHOLE)):
        for line in lines:
            name_fit = _fit_of_sound(line, query)
            if name_fit is not None and (best is None or name_fit < best[0]):
                best = name_fit, line
    return best


def first_word_in(line: str, words: Iterable[str]) -> str | None:
    """Return the first of `words` that a word or syllable of a name begins with, compared by sound; None if there is none.

    `line`: the name as in `entries.names`.
    """
    name, _, name_reading = line.partition("\t")
    spellings = [_join(sound(name)), *([_join(name_reading)] if name_reading else [])]
    return next((word for word in words if any(_begins_at(text, begins, word) for text, begins in spellings)), None)


def _fit_of_letters(line: str, query: Query) -> Fit | None:
    """Return how a name fits by its letters or its reading, or None if it doesn't."""
    name, _, name_reading = line.partition("\t")
    text = written(name)
    compact = text.replace(" ", "")
    if compact.startswith(query.compact):
        return Fit.EQUALS if len(compact) == len(query.compact) else Fit.BEGINS
    name_fit = None
    if _has_word(text, query.text):
        name_fit = Fit.CONTAINS
    elif all(_has_word(text, word) for word in query.words):
        name_fit = Fit.WORDS
    for spelled in (name_reading, sound(name) if query.foreign else ""):
        if spelled and not query.thin and (by_sound := _fit_in(spelled, query, two=not query.foreign)) is not None:
            name_fit = by_sound if name_fit is None else min(name_fit, by_sound)
    return name_fit


def _fit_of_sound(line: str, query: Query) -> Fit | None:
    """Return how a name fits by letters that sound alike, or by the reading of one Chinese character. None if it doesn't."""
    name, _, name_reading = line.partition("\t")
    fits = [name_fit for spelled in (sound(name), name_reading) if (name_fit := _fit_in(spelled, query, two=False)) is not None]
    return _ALIKE[min(fits)] if fits else None


_ALIKE = {
    Fit.EQUALS: Fit.SOUNDS_WHOLE,
    Fit.BEGINS: Fit.SOUNDS_BEGIN,
    Fit.CONTAINS: Fit.SOUNDS_CONTAIN,
    Fit.WORDS: Fit.SOUNDS_WORDS,
}


def _fit_in(spelled: str, query: Query, *, two: bool) -> Fit | None:
    """Return how the query fits the sound of a name, or None if it doesn't.

    If `two` is true, a match without gaps counts only if it extends into a second word or syllable.
    """
    text, begins = _join(spelled)
    for at in begins:
        if text.startswith(query.squeezed, at):
            if two and not any(at < other < at + len(query.squeezed) for other in begins):
                continue
            return Fit.CONTAINS if at else Fit.EQUALS if len(text) == len(query.squeezed) else Fit.BEGINS
    if len(query.runs) > 1 or query.foreign:
        fits = all(_begins_at(text, begins, run) or (unspaced and run in text) for run, unspaced in query.runs)
        return Fit.WORDS if fits else None
    return None


def _join(spelled: str) -> tuple[str, list[int]]:
    """Return a string as `squeeze` returns it, and the positions in it where words or syllables begin."""
    text, begins = "", []
    for piece in spelled.split():
        shared = text.endswith(piece[0]) and piece[0] in ascii_lowercase
        begins.append(len(text) - shared)
        text += piece[shared:]
    return text.replace("lv", "lu").replace("nv", "nu"), begins


def _begins_at(text: str, begins: Sequence[int], word: str) -> bool:
    return word in text and any(text.startswith(word, at) for at in begins)


def _has_word(text: str, word: str) -> bool:
    """Return whether a word of the text begins with `word`; in scripts without spaces, whether the text contains it."""
    return text.startswith(word) or f" {word}" in text or (not word.isascii() and word in text and _unspaced(word))


def _unspaced(word: str) -> bool:
    return any(unspaced for _, unspaced in runs(word))
