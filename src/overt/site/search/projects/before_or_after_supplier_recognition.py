"""Recognise a supplier or product next to a word for before or after: “before Geedge”, or 积至之前 in Chinese."""

from collections.abc import Iterator
from typing import NamedTuple

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question

BEFORE, AFTER = "before", "after"
_MAX_GAP = 2
"""Maximum number of words, such as “the”, between a word for before or after and the supplier."""


class SupplierOrder(NamedTuple):
    """A word or phrase for before or after, such as “prior to”, and the supplier or product next to it."""

    which: str
    """`BEFORE` or `AFTER`."""
    part: Part
    word: tuple[str, ...]
    start: int
    """Index of the word's first token in the question."""

    def covers(self, text: str) -> bool:
        """Return whether a text is the word for before or after, or a part of it."""
        words = tokens(text)
        return any(self.word[at : at + len(words)] == words for at in range(len(self.word)))


def supplier_orders(question: Question, lexicon: Lexicon) -> Iterator[SupplierOrder]:
    """Yield the longest word for before or after that is next to each supplier or product of a question, if there is one."""
    for part in question.parts:
        if part.type == "organization" or part.id in lexicon.grammar.products:
            orders = [*_before_name(question, lexicon, part), *_behind_name(question, lexicon, part)]
            if orders:
                yield max(orders, key=lambda order: len(order.word))


def _before_name(question: Question, lexicon: Lexicon, part: Part) -> Iterator[SupplierOrder]:
    for which in (BEFORE, AFTER):
        for phrase in map(tokens, lexicon.grammar.order_words.get(which, ())):
            for gap in range(_MAX_GAP + 1):
                start = part.start - gap - len(phrase)
                end = start + len(phrase)
                if start >= 0 and question.tokens[start:end] == phrase and _are_fillers(question, lexicon, end, part.start):
                    yield SupplierOrder(which, part, phrase, start)


def _behind_name(question: Question, lexicon: Lexicon, part: Part) -> Iterator[SupplierOrder]:
    for which in (BEFORE, AFTER):
        for phrase in map(tokens, lexicon.grammar.order_words.get(f"{which}_behind", ())):
            if question.tokens[part.end : part.end + len(phrase)] == phrase:
                yield SupplierOrder(which, part, phrase, part.end)


def _are_fillers(question: Question, lexicon: Lexicon, start: int, end: int) -> bool:
    words = question.tokens[start:end]
    return all(any(sense.type in ("filler", "verb") for sense in lexicon.senses((word,))) for word in words)
