"""Kinds of customers, such as police forces: those that a question names, and those of organisations, by their names."""

from collections.abc import Collection, Iterable, Mapping

from overt.index.search_text import IS_HAN, written
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.queries.questions.customer_kind_words import customer_kinds
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question

_MARKERS = frozenset({"customers", "buyers"})
"""Markers of words that ask for customers. One of them, 政府机构 (“government agencies”), is also a kind of customer."""


def kinds_of_words(lexicon: Lexicon, question: Question) -> Mapping[str, list[str]]:
    """Return the kinds of customers that words of a question stand for, by word.

    Words that ask for customers in general only count beside a word for a certain kind: “armies or government agencies”.
    """
    words = {word: meant for word in question.unweighed if (meant := customer_kinds(lexicon, word))}
    if words:
        texts = (marker.text for marker in question.markers if marker.id in _MARKERS)
        words |= {text: meant for text in texts if (meant := customer_kinds(lexicon, text))}
    return words


def included_kinds(grammar: QuestionGrammar, kinds: Iterable[str]) -> set[str]:
    """Return kinds of customers, with the kinds that they include. The police, for example, include interior ministries."""
    every = {*kinds}
    return every.union(*(grammar.customer_includes.get(kind, ()) for kind in every))


def is_of_kind(grammar: QuestionGrammar, name: str, kinds: Collection[str]) -> bool:
    """Return whether a word in an organisation's name begins with a word for one of the kinds.

    A word in Chinese characters may be anywhere in the name.
    """
    folded = f" {written(name)}"
    listed = (word for kind in kinds for word in grammar.customer_names.get(kind, ()))
    return any(word in folded if IS_HAN.search(word) else f" {word}" in folded for word in listed)


def names_users(lexicon: Lexicon, titles: Iterable[str], kinds: Collection[str]) -> bool:
    """Return whether one of a project's names (`titles`) has a word for customers of one of these kinds, such as “police”."""
    listed = [word for kind in kinds for word in lexicon.grammar.customer_titles.get(kind, ())]
    folded = [f" {' '.join(tokens(title))} " for title in titles]
    return any(f" {' '.join(tokens(word))} " in title for word in listed for title in folded)
