"""Reads misspelled words of the grammar: those of a compound such as “face recogniton”, and common words such as “goverment”."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from overt.queries.database import Reader
from overt.queries.questions.names.non_name_words import common_stems
from overt.queries.questions.names.short_derived_and_misspelled_names import Correction
from overt.queries.questions.question_lexicon import Lexicon, Sense
from overt.queries.questions.question_tokens import join
from overt.queries.questions.understood_question import Question
from overt.queries.questions.words_sought_in_texts import stem

_MIN_LETTERS, _TWO_ERRORS = 4, 9
"""Minimum length of a misspelled word in a compound, and of a word that may contain two errors."""
_MIN_COMMON = 6
"""Minimum length of a common word whose misspellings are read. A misspelling may have one letter fewer."""
_COMMON_TYPES = frozenset(
    {"intent", "kind", "restriction", "service", "status", "subject", "marker", "verb", "filler", "unweighed"}
)
"""Types of senses that common words and compounds can have."""
_COMPOUNDS, _COMMON = "compounds by initials", "common words of the grammar by initial"


def corrected_compound(lexicon: Lexicon, words: Sequence[str], unknown_at: Collection[int]) -> Correction | None:
    """Return a correction of the first words that misspell a compound: “face recognition” for “face recogniton”.

    Each word must equal the word of the compound or, if it isn't understood, be close to it. The longest compound at a position
    wins. None if there is no such compound, or if several equally close compounds mean different things.
    """
    longest = max((len(initials) for initials in _compounds(lexicon)), default=0)
    for start in range(len(words)):
        for end in range(min(len(words), start + longest), start + 1, -1):
            if not any(start <= at < end for at in unknown_at):
                continue
            typed = words[start:end]
            near = {
                phrase: distance
                for phrase in _compounds(lexicon).get("".join(word[:1] for word in typed), ())
                if len(phrase) == len(typed) and (distance := _distance(lexicon, typed, phrase, start, unknown_at))
            }
            if near and (meant := _nearest(lexicon, near)):
                return Correction(start, end, meant, meant)
    return None


def corrected_common(reader: Reader, lexicon: Lexicon, word: str) -> str | None:
    """Return the common word of the grammar that a word misspells; None if none is near, or if several mean different things.

    A word in the texts of records is no misspelling.
    """
    if len(word) < _MIN_COMMON - 1 or not _may_be_misspelled(lexicon, word) or stem(word) in common_stems(reader, lexicon):
        return None
    near = {phrase: _errors(word, phrase[0]) for phrase in _common_words(lexicon).get(word[:1], ())}
    near = {phrase: errors for phrase, errors in near.items() if errors <= _max_errors(word)}
    return _nearest(lexicon, near) if near else None


def is_in_compound(lexicon: Lexicon, word: str) -> bool:
    """Return whether a compound of the grammar begins with a word, as “face recognition” does with “face”."""
    return any(
        phrase[0] == word for initials, phrases in _compounds(lexicon).items() if initials[0] == word[:1] for phrase in phrases
    )


def drop_broken_names(question: Question, lexicon: Lexicon) -> None:
    """Drop an organisation's one-word name if it begins a compound and the next word isn't understood.

    The word then isn't understood either: “Face recgnitn” isn't about Face++. A word that isn't followed by white space, as in
    “Face++”, stays a name.
    """
    for part in [part for part in question.parts if part.type == "organization" and part.end in question.unknown_at]:
        is_written = not question.text[question.text.lower().find(part.text) + len(part.text) :][:1].isspace()
        if part.end - part.start == 1 and not is_written and is_in_compound(lexicon, part.text):
            question.parts.remove(part)
            question.unknown_at.add(part.start)


def _nearest(lexicon: Lexicon, near: dict[tuple[str, ...], int]) -> str | None:
    least = min(near.values())
    nearest = sorted(phrase for phrase, errors in near.items() if errors == least)
    meanings = {frozenset(lexicon.senses(phrase)) for phrase in nearest}
    return join(nearest[0]) if len(meanings) == 1 else None


def _distance(lexicon: Lexicon, typed: Sequence[str], phrase: Sequence[str], start: int, unknown_at: Collection[int]) -> int:
    """Return the number of errors in typed words that misspell a compound.

    0 if they don't, because a word has too many errors or is understood as another word.
    """
    total = 0
    for at, (word, meant) in enumerate(zip(typed, phrase, strict=True), start):
        if word == meant:
            continue
        if at not in unknown_at or not _may_be_misspelled(lexicon, word):
            return 0
        if (errors := _errors(word, meant)) > _max_errors(word):
            return 0
        total += errors
    return total


def _may_be_misspelled(lexicon: Lexicon, word: str) -> bool:
    """Return whether a word has enough letters, all of them ASCII, and isn't refused by the grammar."""
    if len(word) < _MIN_LETTERS or not (word.isascii() and word.isalpha()):
        return False
    return not any(sense.type == "refused" for sense in lexicon.senses((word,)))


def _max_errors(word: str) -> int:
    return 2 if len(word) >= _TWO_ERRORS else 1


def _errors(typed: str, meant: str) -> int:
    """Return how many letters were left out, added, changed or swapped."""
    from rapidfuzz.distance import OSA  # Imported here because most questions have no misspelling.

    return int(OSA.distance(typed, meant))


def _compounds(lexicon: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    """Return the English phrases of several words, by the initials of these words: `fr` for “face recognition”."""
    if _COMPOUNDS not in lexicon.derived:
        by_initials = defaultdict(list)
        for phrase in _phrases(lexicon):
            if len(phrase) > 1:
                by_initials["".join(word[:1] for word in phrase)].append(phrase)
        lexicon.derived[_COMPOUNDS] = dict(by_initials)
    compounds: dict[str, list[tuple[str, ...]]] = lexicon.derived[_COMPOUNDS]
    return compounds


def _common_words(lexicon: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    """Return the long English words of the grammar by their initial."""
    if _COMMON not in lexicon.derived:
        by_initial = defaultdict(list)
        for phrase in _phrases(lexicon):
            if len(phrase) == 1 and len(phrase[0]) >= _MIN_COMMON:
                by_initial[phrase[0][:1]].append(phrase)
        lexicon.derived[_COMMON] = dict(by_initial)
    words: dict[str, list[tuple[str, ...]]] = lexicon.derived[_COMMON]
    return words


def _phrases(lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    for phrase, senses in lexicon.phrases():
        if join(phrase).isascii() and _is_common(senses):
            yield phrase


def _is_common(senses: Sequence[Sense]) -> bool:
    return bool(senses) and all(sense.type in _COMMON_TYPES for sense in senses)
