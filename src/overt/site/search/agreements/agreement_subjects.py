"""The subjects of laws and agreements in a question, and the texts that mention them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from overt.index.search_text import fold
from overt.queries.database import Row
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import are_listed, inflected, join, tokens
from overt.queries.questions.understood_question import Part
from overt.site.search.projects.project_scope import ProjectScope

_SUBJECTS = ("subject", "kind", "service", "restriction")
_LONG_WORD = 5
_JOINING = frozenset({"and", "or", "和", "与", "及", "或", "以及", "或者", "还有"})
"""Words that join subjects: “and”, “or” and the same in Chinese.

A text needs only one of the joined subjects: “cybercrime and data protection laws”.
"""
_JOINING_MARKS = "/&"
"""Marks that join subjects, besides the commas of lists."""
_BANS, _VENDOR_EXCLUSION = "blocked", "vendor-exclusion"
TRAINING = "training"
"""A kind of project that is also a kind of agreement."""


class Subject(NamedTuple):
    """A subject of laws and agreements in a question."""

    topic: str
    """Id of the topic or, for a subject that isn't a topic itself, of the part of the question."""
    words: tuple[str, ...]
    """Folded words; a text mentions the subject if it has one of them."""
    label: str
    wider: str = ""
    """The topic that includes this subject; empty if the subject is a topic itself."""
    start: int = -1
    end: int = -1
    """`start` and `end` are the positions of the subject's first token in the question and of the token after its last one.

    Both are -1 if the subject isn't from the question's words.
    """


def subjects_of(scope: ProjectScope, lexicon: Lexicon) -> list[Subject]:
    """Return the subjects in a question. Bans of organisations or equipment are about the exclusion of suppliers.

    A topic is left out if the question also has a narrower subject that it includes.
    """
    if is_about_bans(scope):
        return [Subject(_VENDOR_EXCLUSION, (), scope.words.term("provision-topics", _VENDOR_EXCLUSION))]
    parts = [part for part in scope.question.parts if part.type in _SUBJECTS and part.id != TRAINING]
    wider = lexicon.wider_subjects
    narrow = {wider[part.id] for part in parts if part.id in wider}
    return [
        Subject(part.id, _words(part, lexicon), part.text, wider.get(part.id, ""), part.start, part.end)
        for part in parts
        if part.id not in narrow
    ]


def joined_subjects(scope: ProjectScope, subjects: Sequence[Subject]) -> list[list[Subject]]:
    """Return the subjects in groups joined by “and”, “or” or a comma. A text must be about one subject of each group."""
    groups: list[list[Subject]] = []
    for subject in sorted(subjects, key=lambda subject: subject.start):
        if groups and _are_joined(scope, groups[-1][-1], subject):
            groups[-1].append(subject)
        else:
            groups.append([subject])
    return groups


def _are_joined(scope: ProjectScope, first: Subject, second: Subject) -> bool:
    """Return whether two subjects are separated only by a joining word or mark, or are meanings of the same words."""
    if first.start == second.start:
        return first.start >= 0
    between = join(scope.question.tokens[first.end : second.start])
    return between in _JOINING or are_listed(scope.question.text, first.label, second.label, _JOINING_MARKS)


def is_about_bans(scope: ProjectScope) -> bool:
    """Return whether a question is about bans of an organisation, of suppliers from a country, or of a kind of equipment."""
    return _BANS in scope.intents and bool(scope.organizations or scope.seats or scope.kinds)


def wider_subjects(subjects: Sequence[Subject]) -> list[Subject]:
    """Return the subjects that aren't topics themselves."""
    return [subject for subject in subjects if subject.wider]


def mentioning_rows(scope: ProjectScope, rows: Sequence[Row], subjects: Sequence[Subject]) -> list[Row]:
    """Return the agreements whose texts or provisions mention a subject that isn't a topic itself."""
    listed: list[Row] = []
    for subject in wider_subjects(subjects):
        notes = {
            row["id"]: f" {fold(row['texts'])} "
            for row in scope.reader.rows("question_restrictions_laws_and_scores.provision_notes", {"topic": subject.wider})
        }
        listed += [
            row
            for row in rows
            if mentions(row, subject) or any(has_word(notes.get(row["id"], ""), word) for word in subject.words)
        ]
    return listed


def rows_with_kinds(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the agreements whose names, summaries or provisions mention a kind of project in the question."""
    words = [word for part in scope.question.parts if part.type == "kind" for word in _words(part, scope.lexicon)]
    return [row for row in rows if any(has_word(text_of(row), word) for word in words)]


def _words(part: Part, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words for a part: its own words in the singular and plural, and the grammar's words with the same meaning."""
    phrase = tokens(part.text)
    return tuple(fold(word) for word in (part.text, *map(join, inflected(phrase)), *lexicon.words_like(phrase)))


def is_about_subject(row: Row, subject: Subject) -> bool:
    """Return whether a law or agreement is about a subject."""
    return bool({subject.topic, subject.wider} & set(row["topics"])) or mentions(row, subject)


def is_about_each(row: Row, groups: Sequence[Sequence[Subject]]) -> bool:
    """Return whether a law or agreement is about at least one subject of each group."""
    return all(any(is_about_subject(row, subject) for subject in group) for group in groups)


def mentions(row: Row, subject: Subject) -> bool:
    """Return whether a name, a summary or a provision mentions a subject."""
    return any(has_word(text_of(row), word) for word in subject.words)


def mentions_in_translation(scope: ProjectScope, row: Row, subjects: Sequence[Subject]) -> bool:
    """Return whether the Chinese translation of a name, a summary or a provision mentions any of the subjects."""
    text = translation_of(scope, row)
    return any(has_word(text, word) for subject in subjects for word in subject.words)


def translation_of(scope: ProjectScope, row: Row) -> str:
    """Return the Chinese translations of the texts that `text_of` returns, folded."""
    lines = "\n".join(filter(None, (row["texts"], row["provision_texts"]))).split("\n")
    return _folded(*(chinese for line in lines if (chinese := scope.lexicon.chinese.get(line))))


def text_of(row: Row) -> str:
    """Return the names and summary of a law or agreement, and the notes on its provisions, folded."""
    return _folded(row["texts"] or "", row["label_zh"] or "", row["provision_texts"] or "")


@lru_cache(2_048)
def _folded(*texts: str) -> str:
    return f" {' '.join(map(fold, texts))} "


def has_word(text: str, word: str) -> bool:
    """Return whether a folded string contains a word.

    A non-ASCII word may be anywhere. An ASCII word of fewer than `_LONG_WORD` characters must be a whole word, but may have a
    plural s. A longer one may also be the beginning of another word.
    """
    if not word.isascii():
        return word in text
    return f" {word}" in text if len(word) >= _LONG_WORD else f" {word} " in text or f" {word}s " in text
