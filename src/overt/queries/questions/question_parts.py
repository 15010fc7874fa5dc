"""What is understood of a question."""

from dataclasses import dataclass, field
from typing import NamedTuple

from overt.index.search_text import IS_HAN
from overt.queries.questions.question_words import join


class Part(NamedTuple):
    """A part of a question that was understood."""

    type: str
    id: str
    text: str
    """The words, as they were read."""
    start: int
    """Number of its first token, and of the token after it."""
    end: int
    label: str = ""
    alternatives: tuple[tuple[str, str], ...] = ()
    """Id and label of other things of this name."""
    is_renamed: bool = False
    """Whether the label doesn't show what was typed, so that readers must see how it was read."""


class Reading(NamedTuple):
    """Words of a question and the name that they were taken for."""

    typed: str
    read: str
    type: str = ""
    """Type and id of the part that a short name means; empty for a misspelling."""
    id: str = ""


@dataclass
class Question:
    """What was understood of a question."""

    text: str
    tokens: tuple[str, ...]
    """Its words; misspelled names are corrected."""
    parts: list[Part] = field(default_factory=list)
    """Everything with a meaning, in order, without fillers."""
    unknown_at: set[int] = field(default_factory=set)
    """Numbers of the tokens without a meaning here."""
    readings: list[Reading] = field(default_factory=list)
    """Corrected misspellings, and other names with the organisations and regions that they mean."""
    unweighed: list[str] = field(default_factory=list)
    """Words that narrow the question in a way that the answer leaves out."""
    agreement_kinds: list[str] = field(default_factory=list)
    """Kinds of agreement that its words ask for."""
    years: tuple[int | None, int | None] | None = None
    has_verb: bool = False
    """Whether a word says what an organisation does."""
    intent: str = ""
    """What is asked; empty if that is not understood."""
    reason: str = ""
    """Why it is not understood: words, ambiguous, combination or nothing; empty if it is understood."""

    @property
    def understood(self) -> bool:
        """Whether the question was understood."""
        return bool(self.intent)

    @property
    def unknown(self) -> list[str]:
        """The words without a meaning here; adjacent Chinese characters are one word."""
        words: list[str] = []
        for at in sorted(self.unknown_at):
            token = self.tokens[at]
            if at - 1 in self.unknown_at and IS_HAN.match(token) and IS_HAN.search(words[-1]):
                words[-1] += token
            else:
                words.append(token)
        return words

    def ids(self, kind: str) -> list[str]:
        """Return the ids of the parts of a type, each once."""
        return list(dict.fromkeys(part.id for part in self.parts if part.type == kind))

    def known(self) -> str:
        """Return the question without the words that were not understood."""
        return join(token for at, token in enumerate(self.tokens) if at not in self.unknown_at)

    def without(self, part: Part, instead: str = "") -> str:
        """Return the question without a part, or with other words in its place."""
        return join([*self.tokens[: part.start], *([instead] if instead else []), *self.tokens[part.end :]])
