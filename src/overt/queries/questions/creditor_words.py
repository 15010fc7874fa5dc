"""The grammar's words for lenders, donors and owners as tokens, in the forms in which questions are compared with them."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from overt.model.questions.grammar import CreditorWords
from overt.queries.questions.question_tokens import join, tokens

Phrase = tuple[str, ...]


class CreditorPhrases(NamedTuple):
    """The words of `CreditorWords`."""

    giving: frozenset[Phrase]
    owing: frozenset[Phrase]
    owning: frozenset[str]
    lending: tuple[str, ...]
    gave: frozenset[str]
    as_lender: frozenset[Phrase]
    state: frozenset[str]
    """Single tokens, in any order."""
    most_money: frozenset[str]

    @classmethod
    def from_grammar(cls, words: CreditorWords) -> Self:
        """Split the words of a grammar into tokens, and fold them."""
        return cls(
            giving=frozenset(map(tokens, words.giving)),
            owing=frozenset(map(tokens, words.owing)),
            owning=_texts(words.owning),
            lending=tuple(sorted(_texts(words.lending))),
            gave=_texts(words.gave),
            as_lender=frozenset(map(tokens, words.as_lender)),
            state=frozenset(token for phrase in words.state for token in tokens(phrase)),
            most_money=_texts(words.most_money),
        )


def _texts(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(join(tokens(phrase)) for phrase in phrases)
