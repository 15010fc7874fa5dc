"""Finds names in questions that are not in the lexicon: organisations, towns, projects and misspelled names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import orjson

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader
from overt.queries.name_search import fts_expressions, name_lookup
from overt.queries.name_search.name_fit import Fit, read_query
from overt.queries.questions.names.non_name_words import common_stems
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.words_sought_in_texts import stem

_MAX_WINDOW = 4
"""Maximum number of words in a short name, or in a project’s proper name."""
_MIN_NAME_LENGTH, _MIN_HAN_NAME_LENGTH = 3, 2
_MIN_TYPO_LENGTH = 5
"""Minimum length of a word that can be a misspelling, and of its correction."""
_TWO_ERRORS = 9
"""Minimum length of a word that may contain two errors."""
_MAX_DERIVED, _MAX_NAMED, _DERIVED = 14, 50_000, "derived names"
_INITIALS = re.compile(r"\w \(([A-Z][A-Z0-9]{2,6})\)$")
_HAN_FORMS = re.compile("(?:控股)?(?:股份)?(?:有限)?(?:责任)?公司$")
HEAD_ENDS = re.compile(r"\s[-–—]\s|[,:;(（，：\t]")
"""Separators between a project's proper name and the rest of its name, as in “ECU 911, Ecuador: cameras”."""


class Correction(NamedTuple):
    """Words that were read as other words."""

    start: int
    end: int
    text: str
    """The intended words, folded."""
    label: str
    """The intended words, as readers see them."""


def entities_named(reader: Reader, text: str) -> list[name_lookup.Entry]:
    """Return the organisations with exactly this name or, if there are none, the towns, except those without a country."""
    matches = [match.entry for match in name_lookup.full_name_matches(reader, text) if match.fit is Fit.EQUALS]
    organizations = [entry for entry in matches if entry.type == "organization"]
    return organizations or [entry for entry in matches if entry.type == "place" and country_of(entry)]


def short_named(reader: Reader, lexicon: Lexicon, words: Sequence[str], start: int) -> tuple[list[name_lookup.Entry], int]:
    """Return the organisations whose names differ from the words at `start` only in the ending, and where those words end.

    If there are none, the list is empty and the end is `start`.
    """
    for end in _ends(words, start):
        phrase = tuple(words[start:end])
        bases = [phrase, *(phrase[: -len(ending)] for ending in lexicon.endings if phrase[-len(ending) :] == ending)]
        for base in filter(_is_name, bases):
            entries: dict[str, name_lookup.Entry] = {}
            for ending in ((), *lexicon.endings):
                if not (ending == () and base == phrase):
                    rows = entities_named(reader, join((*base, *ending)))
                    entries |= {entry.id: entry for entry in rows if entry.type == "organization"}
            if entries:
                return list(entries.values()), end
    return [], start


def derived_name(reader: Reader, lexicon: Lexicon, words: Sequence[str], start: int) -> tuple[list[name_lookup.Entry], int]:
    """Return the organisation that a derived name at `start` means, as a list of one entry, and the end of the name.

    A derived name is a long Chinese name without its legal form, such as 中国电子科技集团 (China Electronics Technology Group),
    or the initials in brackets after a name (INSA in “Information Network Security Agency (INSA)”). If no such name begins at
    `start`, or several organisations have it, the list is empty and the end is `start`.
    """
    known = _derived_names(reader, lexicon)
    han = bool(IS_HAN.match(words[start]))
    for end in range(min(len(words), start + (_MAX_DERIVED if han else 1)), start, -1):
        if name := known.get("".join(words[start:end])):
            entries = [entry for entry in entities_named(reader, name) if entry.type == "organization"]
            return (entries, end) if len(entries) == 1 else ([], start)
    return [], start


def _derived_names(reader: Reader, lexicon: Lexicon) -> dict[str, str]:
    """Return the full names of organisations by derived name. Derived names that several organisations share are left out.

    The lexicon, which belongs to one release, caches them.
    """
    if _DERIVED not in lexicon.derived:
        names: dict[str, dict[int, str]] = {}
        for at, row in enumerate(reader.rows("question_organizations.names", {"most": _MAX_NAMED})):
            for name in (line.partition("\t")[0] for line in str(row["names"]).split("\n")):
                if match := _INITIALS.search(name):
                    names.setdefault(match[1].lower(), {})[at] = name
                elif (own := _HAN_FORMS.sub("", name)) != name and len(own) > _MAX_WINDOW and IS_HAN.match(own):
                    names.setdefault("".join(tokens(own)), {})[at] = name
        lexicon.derived[_DERIVED] = {short: next(iter(full.values())) for short, full in names.items() if len(full) == 1}
    known: dict[str, str] = lexicon.derived[_DERIVED]
    return known


def project_named(reader: Reader, words: Sequence[str], start: int) -> int:
    """Return the end of a project's proper name that begins at `start`; `start` if no such name begins there."""
    query = read_query(words[start])
    expression = fts_expressions.first_word(reader, query) if query else None
    if not expression:
        return start
    rows = reader.rows("question_names.beginnings", {"words": expression})
    heads = {tokens(HEAD_ENDS.split(name)[0]) for row in rows for name in str(row["names"]).split("\n")}
    return next((end for end in _ends(words, start) if tuple(words[start:end]) in heads), start)


def is_in_project_names(reader: Reader, word: str) -> bool:
    """Return whether a word of letters and digits, such as “SS7”, is a word in a project's name. Other words are too common."""
    if not (word.isascii() and word.isalnum() and not word.isdigit() and any(letter.isdigit() for letter in word)):
        return False
    rows = reader.rows("question_names.project_words", {"word": word})
    return any(word in tokens(str(row["names"])) for row in rows)


def correction(reader: Reader, lexicon: Lexicon, words: Sequence[str], at: int) -> Correction | None:
    """Return the name that a word misspells; None if no name is near, or if the nearest ones mean different things.

    A word that is near no name is combined with the next or the previous word, as in “Saudi Arbia”. Short words, words that are
    common in texts, and words that the grammar refuses are never misspellings.
    """
    if not _is_word(words[at]) or any(sense.type == "refused" for sense in lexicon.senses((words[at],))):
        return None
    if stem(words[at]) in common_stems(reader, lexicon):
        return None
    for start, end in ((at, at + 1), (at, at + 2), (at - 1, at + 1)):
        if start < 0 or end > len(words) or not all(word.isascii() and word.isalpha() for word in words[start:end]):
            continue
        typed = join(words[start:end])
        if spellings := _near_names(reader, lexicon, typed):
            min_distance = min(spellings.values())
            nearest = sorted(name for name, distance in spellings.items() if distance == min_distance)
            meant = {tuple(_meant(reader, lexicon, name)) for name in nearest}
            return Correction(start, end, nearest[0], _written(lexicon, nearest[0])) if len(meant) == 1 else None
    return None


def _ends(words: Sequence[str], start: int) -> Iterator[int]:
    yield from range(min(len(words), start + _MAX_WINDOW), start, -1)


def _is_name(base: tuple[str, ...]) -> bool:
    text = join(base)
    return len(text) >= (_MIN_HAN_NAME_LENGTH if IS_HAN.search(text) else _MIN_NAME_LENGTH) and not text.isdigit()


def _is_word(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) >= _MIN_TYPO_LENGTH


def country_of(entry: name_lookup.Entry) -> str:
    """Return the code of the first country of an entry; empty if it has none."""
    codes = orjson.loads(entry.countries or "[]")
    return str(codes[0]) if codes else ""


def _near(typed: str, names: Iterable[str], max_distance: int) -> dict[str, int]:
    """Return up to 20 names within `max_distance` errors, with their distances. The first letter must be right."""
    from rapidfuzz.distance import OSA  # Imported here because most questions have no misspelling.
    from rapidfuzz.process import extract

    choices = [name for name in names if name[:1] == typed[0] and len(name) >= _MIN_TYPO_LENGTH]
    return {
        name: int(distance)
        for name, distance, _ in extract(typed, choices, scorer=OSA.distance, score_cutoff=max_distance, limit=20)
    }


def _near_names(reader: Reader, lexicon: Lexicon, typed: str) -> dict[str, int]:
    """Return names, and other phrases of the lexicon, of which the typed word may be a misspelling, with their distances."""
    max_distance = 2 if len(typed) >= _TWO_ERRORS else 1
    phrases = _near(typed, lexicon.spellings, max_distance)
    names = {name: distance for name, distance in phrases.items() if distance == 1 or not _is_kind(lexicon, name)}
    return names | _near(typed, lexicon.organization_names(reader), max_distance)


def _meant(reader: Reader, lexicon: Lexicon, name: str) -> Iterator[str]:
    """Yield the ids of everything that a name can mean. Two spellings of one name have the same ids."""
    senses = lexicon.senses(tokens(name))
    for sense in senses:
        code = f"area {sense.id}" if sense.type in ("area", "adjective") else f"{sense.type} {sense.id}"
        yield from (entry.id for entry in entities_named(reader, sense.id)) if sense.type == "name" else (code,)
    if not senses:
        yield from sorted(entry.id for entry in entities_named(reader, name))


def _written(lexicon: Lexicon, name: str) -> str:
    """Return a folded name with initial capitals, or unchanged if it is a word for a kind."""
    return name if _is_kind(lexicon, name) else name.title()


def _is_kind(lexicon: Lexicon, name: str) -> bool:
    return any(sense.type == "kind" for sense in lexicon.senses(tokens(name)))
