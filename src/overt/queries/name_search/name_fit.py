"""How well a name matches a query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from string import ascii_lowercase

from overt.index.search_text import LONGEST_QUERY, LONGEST_WORD, MOST_WORDS, reading, runs, sound, squeeze, vowelled, written

_SHORTEST_PLURAL = 5


class Fit(IntEnum):
    """How a name matches a query, from the best match to the worst.

    A match by the reading in Latin letters (of at least two Chinese characters), or of a query in another alphabet, is as good as
    a match by spelling. A match of letters that only sound alike is worse.
    """

    WHOLE = 0
    """The name equals the query except for case, accents, punctuation and spaces."""
    BEGINS = 1
    """The name begins with the query."""
    SOUNDS_WHOLE = 2
    """The name equals the query in another spelling."""
    CONTAINS = 3
    """The query begins at a word within the name; in scripts without spaces, it occurs anywhere in the name."""
    WORDS = 4
    """Each word of the query begins a word of the name."""
    SOUNDS_BEGIN = 5
    SOUNDS_CONTAIN = 6
    SOUNDS_WORDS = 7
    SCATTERED = 8
    """The words of the query are spread over several names of one entry."""
    SLIP = 9
    """The name has a word that differs from a word of the query by a typing error."""


@dataclass(frozen=True)
class Query:
    """A query in the forms in which it is compared with names."""

    text: str
    """The words, folded as `written` does."""
    words: tuple[str, ...]
    compact: str
    """The words without spaces."""
    runs: tuple[tuple[str, bool], ...]
    """The words as `sound` writes them, split as in the index; and whether each is in a script without spaces."""
    squeezed: str
    """The words as `sound` writes them, without spaces."""
    foreign: bool
    """Whether the query has characters that are not Latin."""
    thin: bool = False
    """Whether the sound of a word is too short to look for: that of aaaaaa is a single letter, which half of all names have."""


def read_query(typed: str) -> Query | None:
    """Return what was typed as a query, truncated to the maximum length; None if it has no words (only punctuation, say)."""
    typed = typed[:LONGEST_QUERY]
    words = tuple(written(typed).split()[:MOST_WORDS])
    heard = " ".join(sound(typed).split()[:MOST_WORDS])
    cut = tuple((run[:LONGEST_WORD], unspaced) for run, unspaced in list(runs(heard))[:MOST_WORDS])
    text = " ".join(words)
    thin = any(map(_thin, words))
    return Query(text, words, "".join(words), cut, squeeze(heard), not text.isascii(), thin) if cut else None


def _thin(word: str) -> bool:
    """Return whether a word mostly repeats one letter: its sound is a single letter, or less than half as long as the word."""
    heard = sound(word)
    return heard.isascii() and heard.isalpha() and len(heard) < len(word) and (len(heard) == 1 or 2 * len(heard) < len(word))


def read_aloud(query: Query) -> Query | None:
    """Return the reading of the query in Latin letters: huawei for 华为, huawi for هواوي; None if it has no other reading."""
    heard = ["".join(reading(run)) if unspaced else vowelled(run) for run, unspaced in query.runs]
    return read_query(" ".join(heard)) if all(heard) and heard != [run for run, _ in query.runs] else None


def singular(query: Query) -> Query | None:
    """Return the query with English plurals in the singular: safe cities as safe city; None if it has no plural."""
    words = [_singular_word(word) for word in query.words]
    return read_query(" ".join(words)) if tuple(words) != query.words else None


def _singular_word(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.isascii() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def fit(lines: Sequence[str], query: Query, *, may_equal: bool) -> tuple[Fit, str] | None:
    """Return the best match among the names of an entry, with the name; None if no name matches.

    `lines`: names as stored in `entries.names`, some with their reading. `may_equal`: whether a name can equal the query. The
    index knows this, and stopping at the best possible match saves most of the time.
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
    """Return the first of `words` (words of the index) that begins a word or syllable of a name; None if there is none."""
    name, _, heard = line.partition("\t")
    spellings = [_together(sound(name)), *([_together(heard)] if heard else [])]
    return next((word for word in words if any(_at(text, begins, word) for text, begins in spellings)), None)


def _spelled(line: str, query: Query) -> Fit | None:
    """Return how a name matches by its spelling or its reading; None if it does not match."""
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
    """Return how a name matches by letters that sound alike, or by the reading of a Chinese character; None if it doesn't."""
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
    """Return how the sound of a name matches the query; None if it does not match.

    If `two` is set, the match must extend over more than one word or syllable.
    """
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
    """Return a text as `squeeze` returns it, and the positions in it at which words or syllables begin."""
    text, begins = "", []
    for piece in spelled.split():
        shared = text.endswith(piece[0]) and piece[0] in ascii_lowercase
        begins.append(len(text) - shared)
        text += piece[shared:]
    return text.replace("lv", "lu").replace("nv", "nu"), begins


def _at(text: str, begins: Sequence[int], word: str) -> bool:
    return word in text and any(text.startswith(word, at) for at in begins)


def _has(text: str, word: str) -> bool:
    """Return whether a word of the text begins with `word`; in scripts without spaces, whether `word` occurs anywhere in the
    text.
    """
    return text.startswith(word) or f" {word}" in text or (not word.isascii() and word in text and _unspaced(word))


def _unspaced(word: str) -> bool:
    return any(unspaced for _, unspaced in runs(word))
