"""Recognises words for kinds of customers, such as “police”, in questions."""

from collections.abc import Sequence

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens

_MAX_WORDS = 4
"""Maximum number of words in a phrase for customers."""


def customer_kinds(lexicon: Lexicon, word: str) -> list[str]:
    """Return the kinds of customers that a word means; empty for other words.

    “Court” is not in the grammar, because it may be about a court case.
    """
    phrase = tokens(word)
    return [kind for kind, words in lexicon.grammar.customer_words.items() if phrase in map(tokens, words)]


def is_before_customer(lexicon: Lexicon, words: Sequence[str], start: int) -> bool:
    """Return whether a word for a kind of customers, such as “police”, begins at a position of a question."""
    ends = range(min(len(words), start + _MAX_WORDS), start, -1)
    return any(customer_kinds(lexicon, join(words[start:end])) for end in ends)
