"""Detect titles that name two editions of one product: SARI Real Time, SARI Enterprise; Sergek 1.0, Sergek 2.0."""

import re
from collections.abc import Iterable, Iterator, Set

from overt.resolve.names import fold
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.lexicon import lexicon
from overt.resolve.projects.coined_project_names import COINED
from overt.resolve.projects.project_model import ProjectNameRules

_WORDS = re.compile(r"\d+(?:\.\d+)+|[^\W_]+|[^\w\s-]")
_MAX_QUALIFIER = 2
"""Maximum number of words that name an edition, as in “Real Time”."""


def other_editions(left: Iterable[str], right: Iterable[str], unspecific: Set[str], rules: ProjectNameRules) -> bool:
    """Return whether the titles of two projects name different editions of one product, by the words that follow the product.

    A product is a coined word (SARI), or a capitalised word of four letters or more that is in no word list. Words in
    `unspecific`, such as those of participants' names, aren't products. An edition is a number with a decimal point (2.0) or a
    word in `rules.editions`. After a coined word, so is any capitalised word that isn't generic, unless most words of the title
    are capitalised.
    """
    first, second = (dict(_editions(titles, unspecific, rules)) for titles in (left, right))
    return any(_differ(first[product], second[product]) for product in first.keys() & second.keys())


def _differ(left: str, right: str) -> bool:
    return not (left.startswith(right) or right.startswith(left))


def _editions(titles: Iterable[str], unspecific: Set[str], rules: ProjectNameRules) -> Iterator[tuple[str, str]]:
    """Yield each product in the titles, folded, with the words for its edition in lower case and without spaces."""
    for title in sorted(titles):
        words = _WORDS.findall(title)
        cased = [word for word in words[1:] if word[:1].isalpha() and word.upper() != word]
        is_sentence = 2 * sum(word.islower() for word in cased) >= len(cased)
        for place, word in enumerate(words):
            product = fold(word)
            if not COINED.fullmatch(word) and not _is_name(word, product):
                continue
            if product in unspecific or product in rules.plain or product in rules.quiet or not lexicon().has_brand(product):
                continue
            is_coined = bool(COINED.fullmatch(word)) and is_sentence
            if qualifier := "".join(_qualifier(words[place + 1 :], is_coined=is_coined, rules=rules)):
                yield product, qualifier


def _is_name(word: str, product: str) -> bool:
    return word[:1].isupper() and len(word) >= 4 and bool(read_translated(product, "").unknown)


def _qualifier(words: list[str], *, is_coined: bool, rules: ProjectNameRules) -> Iterator[str]:
    """Yield the words for an edition at the beginning of `words`, folded and without spaces."""
    for word in words[:_MAX_QUALIFIER]:
        folded = fold(word)
        is_edition = folded in rules.editions or bool(re.fullmatch(r"\d+(?:\.\d+)+", word))
        is_named = is_coined and word[:1].isupper() and folded not in rules.plain and folded not in rules.quiet
        if not (is_edition or is_named):
            return
        yield folded.replace(" ", "")
