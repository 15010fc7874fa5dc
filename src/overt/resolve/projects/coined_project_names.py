"""Coined names in titles of projects, and descriptions that mention them, as in “EllaLink, formerly EulaLink”."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set

from overt.model.record_ids import list_of
from overt.resolve.names import fold
from overt.resolve.names.lexicon import lexicon

_WORD = re.compile(r"[^\W_]+")
COINED = re.compile(r"(?=(?:[^\W\d_]\d?){3})(?:[A-Z0-9]{4,12}|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)")
"""Matches a word in capitals (PDI2T) or with a capital inside (EulaLink)."""
_BRACKETED = re.compile(r"\(([A-Z]{2,5})\)")
_SHORT = re.compile(r"(?<![\w-])[A-Z]{3}(?=-?\d{0,2}(?![\w-]))")
"""Matches three capitals that stand alone or before a number: AAE-1, not SEA-ME-WE."""
_MIN_NAME = 5
"""Minimum length of a one-word title that counts as a coined name however it is capitalised."""
_MAX_BEARERS = 3
"""Maximum number of projects of a source that may have a coined name in their titles. More frequent names are ignored."""


def mentions(
    names: Mapping[str, set[str]], descriptions: Mapping[str, set[str]], unspecific: Set[str]
) -> Iterator[tuple[str, str, bool]]:
    """Yield rows of project, coined name, and whether the name is in a description (otherwise in a title).

    Words of the lexicon, `unspecific` words (such as those of participants' names), and names of more than `_MAX_BEARERS`
    projects of a source are left out. `descriptions`: short ones only, because long ones also mention other projects.
    """
    in_titles = {project: {word for title in titles for word in _coined(title)} for project, titles in names.items()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for project, words in in_titles.items():
        counts[list_of(project)].update(words)
    frequent = {word for of in counts.values() for word, count in of.items() if count > _MAX_BEARERS}
    telling = _specific(set().union(*in_titles.values()) - frequent, unspecific)
    for project, words in sorted(in_titles.items()):
        yield from ((project, word, False) for word in sorted(words & telling))
    for project, texts in sorted(descriptions.items()):
        words = {word for text in texts for word in fold(text).split()}
        yield from ((project, word, True) for word in sorted(words & telling))


def own_names(names: Mapping[str, set[str]], unspecific: Set[str], boundless: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield rows of project and name: the coined names and the bracketed abbreviations in its titles.

    In titles of `boundless` projects, such as cables, three capitals count, too (AAG, AAE-1), unless the entire title is in
    capitals. Words of the lexicon and `unspecific` words are left out, as in `mentions`.
    """
    for project, titles in sorted(names.items()):
        words = {word for title in titles for word in (*_coined(title), *map(fold, _BRACKETED.findall(title)))}
        if project in boundless:
            words |= {fold(word) for title in titles if not title.isupper() for word in _SHORT.findall(title)}
        yield from ((project, word) for word in sorted(_specific(words, unspecific)))


def _specific(words: Set[str], unspecific: Set[str]) -> set[str]:
    return {word for word in words - unspecific if lexicon().has_brand(word)}


def _coined(title: str) -> Iterator[str]:
    """Yield the coined words of a title, folded.

    These are the words that match COINED, unless the title is all in capitals. The only word of a title is also coined if it
    has at least `_MIN_NAME` characters and isn't a number, or if it matches COINED and ends in a digit (SJC2).
    """
    words = _WORD.findall(title)
    is_numbered = len(words) == 1 and words[0][-1].isdigit() and bool(COINED.fullmatch(words[0]))
    if len(words) == 1 and (len(words[0]) >= _MIN_NAME or is_numbered) and not words[0].isdigit():
        yield fold(words[0])
    elif not title.isupper():
        yield from (fold(word) for word in words if COINED.fullmatch(word))
