"""How well a name fits what was typed, and which part of it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from overt.publish.serve.search_text import (
    LONGEST_QUERY,
    LONGEST_WORD,
    MOST_WORDS,
    reading,
    runs,
    sound,
    squeeze,
    written,
)


class Fit(IntEnum):
    """From the best to the worst."""

    WHOLE = 0
    """The name is what was typed, but for case, accents, punctuation and spaces."""
    BEGINS = 1
    """The name begins so."""
    SOUNDS_WHOLE = 2
    """The name is that in another script or spelling."""
    WORDS = 3
    """Each word that was typed begins a word of the name, or is in it where a script writes no spaces."""
    SOUNDS_BEGIN = 4
    SOUNDS_WORDS = 5
    SCATTERED = 6
    """The words are in several names of one thing."""
    SLIP = 7
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


def read_query(typed: str) -> Query | None:
    """What was typed, cut to what is looked for; None when that is nothing (only punctuation, say)."""
    typed = typed[:LONGEST_QUERY]
    words = tuple(written(typed).split()[:MOST_WORDS])
    heard = " ".join(sound(typed).split()[:MOST_WORDS])
    cut = tuple((run[:LONGEST_WORD], unspaced) for run, unspaced in list(runs(heard))[:MOST_WORDS])
    return Query(" ".join(words), words, "".join(words), cut, squeeze(heard)) if cut else None


def read_aloud(query: Query) -> Query | None:
    """The query as it is read in Latin letters: 华为 as huawei; None where nothing in it is read so."""
    heard = ["".join(reading(run)) if unspaced else run for run, unspaced in query.runs]
    if not all(heard) or all(not unspaced for _, unspaced in query.runs):
        return None
    return read_query(" ".join(heard))


def fit(lines: Sequence[str], query: Query, *, whole: bool) -> tuple[Fit, str] | None:
    """The name of a thing that fits best, and how; None if none does.

    `lines`: names as `entries.names` holds them, each perhaps with how it is read. `whole`: whether one of them can be all of the
    query; the index knows that, and what need not be compared makes most of the difference in time.
    """
    best: tuple[Fit, str] | None = None
    for line in lines:
        text = written(line.partition("\t")[0])
        compact = text.replace(" ", "")
        if whole and compact == query.compact:
            return Fit.WHOLE, line
        if compact.startswith(query.compact):
            best = best if best and best[0] is Fit.BEGINS else (Fit.BEGINS, line)
            if not whole:
                return best
        elif best is None and all(_has(text, word) for word in query.words):
            best = (Fit.WORDS, line)
    if best is None or (whole and best[0] is not Fit.BEGINS):
        heard = min(
            ((found, line) for line in lines if (found := _heard(line, query)) is not None), key=lambda one: one[0], default=None
        )
        best = min((one for one in (best, heard) if one), key=lambda one: one[0], default=None)
    return best


def _heard(line: str, query: Query) -> Fit | None:
    name, _, heard = line.partition("\t")
    found: Fit | None = None
    for spelled in (sound(name), heard):
        squeezed = squeeze(spelled)
        if squeezed == query.squeezed:
            return Fit.SOUNDS_WHOLE
        if squeezed.startswith(query.squeezed):
            found = Fit.SOUNDS_BEGIN
        elif found is None and _sounds(spelled, query):
            found = Fit.SOUNDS_WORDS
    return found


def _has(text: str, word: str) -> bool:
    """Whether a word of the text begins so; where a script writes no spaces, whether it is anywhere."""
    return text.startswith(word) or f" {word}" in text or (not word.isascii() and word in text and _unspaced(word))


def _unspaced(word: str) -> bool:
    return any(unspaced for _, unspaced in runs(word))


def _sounds(spelled: str, query: Query) -> bool:
    """Whether each run begins at a word or syllable, or all of them, without spaces, at one."""
    starts = _starts(spelled)
    if any(start.startswith(query.squeezed) for start in starts):
        return True
    return all(any(start.startswith(run) for start in starts) or (unspaced and run in spelled) for run, unspaced in query.runs)


def spoken(line: str, word: str) -> bool:
    """Whether a word of the index begins at a word or syllable of a name."""
    name, _, heard = line.partition("\t")
    return any(start.startswith(word) for spelled in (sound(name), heard) for start in _starts(spelled))


def _starts(spelled: str) -> list[str]:
    """The name from each of its words or syllables on, without spaces."""
    pieces = spelled.split()
    return [squeeze(" ".join(pieces[at : at + 8])) for at in range(len(pieces))]
