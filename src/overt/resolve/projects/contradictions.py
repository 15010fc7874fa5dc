"""Evidence that projects with the same product, supplier or number are different: other towns, customers or editions."""

from collections.abc import Iterable, Iterator, Set
from typing import Any

import numpy as np
import numpy.typing as npt

from overt.resolve.names import fold
from overt.resolve.names.consonant_comparison import sound_alike
from overt.resolve.names.folding_and_scripts import latin, script_of
from overt.resolve.names.lexicon import lexicon
from overt.resolve.projects.brands_in_supplier_names import differ_across_scripts
from overt.resolve.projects.participant_name_reader import read_party
from overt.resolve.projects.participants import only_country
from overt.resolve.projects.places.towns_in_project_texts import are_apart, towns_by_country, towns_in
from overt.resolve.projects.product_editions import other_editions
from overt.resolve.projects.project_model import BASELINE, ProjectModel
from overt.resolve.projects.project_texts import DescribedWords, ProjectTexts
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels, have_common_party

ELSEWHERE = "elsewhere"
"""Level of `place` for places with names that sound different, or that are more than 40 km apart."""
TOWNS, EDITION, OTHER_CUSTOMERS = "towns", "edition", "other-named"
"""Levels of `place`, `mention` and `customers` for two projects that name only different towns, different editions of a product
or, in their titles, different customers."""
OTHER_SOUND = "other-sound"
"""Level of `suppliers` for names in two alphabets that sound different."""
_MIN_BRAND = 3
"""Minimum number of letters of a customer's brand in a title."""
_SHORT_BRAND = 2
"""Number of letters of a short brand, which counts only if the title has the customer's entire name."""
_MIN_CUSTOMER = 4
"""Minimum number of letters of a customer's name in a text."""
_MIN_STEM, _ENDING, _MAX_ENDING = 5, 2, 4
"""Minimum number of letters of a town's name without its ending, number of letters of the ending, and maximum number of letters
by which an inflected form is longer than the name.
"""
_ALPHABETS = ("cyrillic", "greek")
"""Scripts whose words are compared with Latin words by their sound."""
_LEAST = 0.01
"""Minimum probability of the pairs to examine. Pairs above it can still become matches through titles in two scripts."""
_NEAR = ("near", "several", "many", "ends")
_EQUAL = ("equal-common", "equal-telling")


def add_contradictions(
    left: npt.NDArray[Any],
    right: npt.NDArray[Any],
    levels: Levels,
    probability: npt.NDArray[np.float64],
    texts: ProjectTexts,
    model: ProjectModel,
) -> None:
    """Set levels for pairs in the same countries that can still match and whose names are not equal.

    `place` becomes `towns` if both projects name towns (in places, titles or customers) and share none. A coined name or number
    that both have is then ignored, because one product is sold to many towns. `mention` becomes `edition` if the titles name
    two editions of one product. `suppliers` becomes `other-sound` if their names in two alphabets sound different. `customers`
    becomes `other-named` if each title names, in Latin, Cyrillic or Greek letters, a customer that the other project doesn't
    have. In each case but that of suppliers, names that match in part get the level `little`.

    If the projects have a participant in common, different customers or towns don't count where a text about one project names
    the customer or town of the other. Towns and customers are compared only for projects in a single country, and not if both
    are boundless, as cables are.
    """
    near = (probability >= _LEAST) & ~np.isin(levels["name"].astype(str), _EQUAL)
    rows = np.flatnonzero(near & np.isin(levels["country"].astype(str), ("same",))).tolist()
    described = DescribedWords(texts)
    towns, customers = _Towns(texts, described), _TitledCustomers(texts, described)
    have_party = have_common_party(levels)
    for row in rows:
        first, second = left[row], right[row]
        if other_editions(texts.titles.get(first, ()), texts.titles.get(second, ()), _words(texts, first, second), model.words):
            levels["mention"][row] = EDITION
            _ignore_shared_words(levels, row)
        if str(levels["suppliers"][row]) == BASELINE and differ_across_scripts(
            *(texts.suppliers.get(project, ()) for project in (first, second))
        ):
            levels["suppliers"][row] = OTHER_SOUND
        has_common_party = bool(have_party[row])
        if has_common_party and str(levels["customers"][row]) == "other" and customers.are_named(first, second):
            levels["customers"][row] = BASELINE
        is_local = bool(only_country(first, texts.countries)) and not {first, second} <= texts.boundless
        if (
            is_local
            and str(levels["customers"][row]) in (BASELINE, "other")
            and customers.differ(first, second, has_common_party)
        ):
            levels["customers"][row] = OTHER_CUSTOMERS
            _ignore_shared_words(levels, row)
        is_town_named = is_local and has_common_party and towns.are_named(first, second)
        if is_town_named and str(levels["place"][row]) == ELSEWHERE:
            levels["place"][row] = BASELINE
        elif (
            is_local
            and not is_town_named
            and str(levels["place"][row]) not in _NEAR
            and towns.are_apart(first, second, str(levels["place"][row]))
        ):
            levels["place"][row] = TOWNS
            levels["stated"][row] = BASELINE
            _ignore_shared_words(levels, row)
            if str(levels["mention"][row]) == "same":
                levels["mention"][row] = BASELINE


def _ignore_shared_words(levels: Levels, row: int) -> None:
    """Set the level of names that match in part to `little`, because they share only the product."""
    if str(levels["name"][row]) == "part":
        levels["name"][row] = "little"


def _words(texts: ProjectTexts, *projects: str) -> set[str]:
    return set().union(*(texts.parties.get(project, set()) for project in projects))


class _TitledCustomers:
    """The customers that the titles of projects name. Each project is read only once."""

    def __init__(self, texts: ProjectTexts, described: DescribedWords) -> None:
        self._texts = texts
        self._described = described
        self._names: dict[str, tuple[str, ...]] = {}
        self._folded: dict[str, tuple[str, ...]] = {}
        self._of: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def differ(self, left: str, right: str, has_common_party: bool) -> bool:
        """Return whether each title has a customer's brand that isn't a word of the other project's titles or customers.

        If the projects have a participant in common, the brand must not be in the other's short descriptions either. Words in
        two alphabets that sound alike count as equal: МТС, MTS.
        """
        named, words = self._read(left)
        other_named, other_words = self._read(right)
        if has_common_party:
            words, other_words = words | self._described.words(left), other_words | self._described.words(right)
        return _has_another(named, other_words) and _has_another(other_named, words)

    def are_named(self, left: str, right: str) -> bool:
        """Return whether a title or short description of one project has the name of a customer of the other."""
        return any(
            f" {name} " in text
            for project, other in ((left, right), (right, left))
            for name in self._long_names(project)
            for text in self._folded_texts(other)
        )

    def _long_names(self, project: str) -> tuple[str, ...]:
        """Return the folded names of a project's customers that are long enough to be recognised in a text."""
        if project not in self._names:
            names = map(fold, self._texts.customers.get(project, ()))
            self._names[project] = tuple(name for name in names if len(name) >= _MIN_CUSTOMER)
        return self._names[project]

    def _folded_texts(self, project: str) -> tuple[str, ...]:
        """Return the folded titles and short descriptions of a project, with a space at both ends."""
        if project not in self._folded:
            self._folded[project] = tuple(f" {fold(text)} " for text in _texts(self._texts, project))
        return self._folded[project]

    def _read(self, project: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the brands of customers in a project's titles, and all words of its titles and customers."""
        if project not in self._of:
            names = sorted(self._texts.customers.get(project, ()))
            titles = {word for title in self._texts.titles.get(project, ()) for word in fold(title).split()}
            brands = _brands(names, only_country(project, self._texts.countries)) if titles else set()
            brands |= _short_brands(names, self._texts.titles.get(project, ()))
            words = titles | {word for name in names for word in fold(name).split()}
            self._of[project] = frozenset(brands & titles), frozenset(words)
        return self._of[project]


def _has_another(brands: Set[str], words: Set[str]) -> bool:
    """Return whether a brand is neither one of the words, nor sounds like one of them in another alphabet."""
    return any(
        brand not in words
        and not any(
            latin(brand) == latin(word) or sound_alike(brand, word) for word in words if word.isascii() != brand.isascii()
        )
        for brand in brands
    )


def _brands(names: Iterable[str], country: str) -> set[str]:
    """Return the words of names that may be brands: words in Latin, Cyrillic or Greek letters that are in no word list.

    `country`: the country whose word lists apply. In Hungary, “Belügyminisztérium” (Ministry of the Interior) is a known word.
    """
    words = (name.written.get(word, word) for name in (read_party(text, country) for text in names) for word in name.unknown)
    return {word for word in words if len(word) >= _MIN_BRAND and (word.isascii() or script_of(word[0]) in _ALPHABETS)}


def _short_brands(names: Iterable[str], titles: Iterable[str]) -> set[str]:
    """Return brands of two letters that begin a customer's name of several words, if a title has this name: BW Digital."""
    folded = [f" {fold(title)} " for title in titles]
    named = (
        words for name in names if len(words := fold(name).split()) > 1 and any(f" {fold(name)} " in title for title in folded)
    )
    return {words[0] for words in named if len(words[0]) == _SHORT_BRAND and words[0].isascii() and lexicon().has_brand(words[0])}


def _texts(texts: ProjectTexts, project: str) -> Iterator[str]:
    yield from texts.titles.get(project, ())
    yield from texts.descriptions.get(project, ())


def _stem(town: str) -> str:
    """Return the beginning that all inflected forms of a town's name share: kragujev for Kragujevac, Kragujevca."""
    return town[:-_ENDING] if len(town) >= _MIN_STEM + _ENDING and script_of(town[0]) not in ("han", "kana", "hangul") else town


class _Towns:
    """The towns of projects. Each project is read only once."""

    def __init__(self, texts: ProjectTexts, described: DescribedWords) -> None:
        self._texts = texts
        self._described = described
        self._known = towns_by_country(
            ((project, name) for project, names in texts.places.items() for name in names), texts.countries
        )
        self._of: dict[str, frozenset[str]] = {}

    def are_apart(self, left: str, right: str, level: str) -> bool:
        """Return whether two projects in one country both name towns, and have none in common.

        `level`: the pair's level of `place`. If both projects have places and this level is the baseline, the result is false.
        """
        country = only_country(left, self._texts.countries)
        have_places = all(self._texts.places.get(project) for project in (left, right))
        if have_places and level == BASELINE:
            return False
        return are_apart(self._towns(left, country), self._towns(right, country), country)

    def are_named(self, left: str, right: str) -> bool:
        """Return whether a short description of one project names a town that only the other project has."""
        country = only_country(left, self._texts.countries)
        towns, opposite = self._towns(left, country), self._towns(right, country)
        return self._names(right, towns - opposite) or self._names(left, opposite - towns)

    def _names(self, project: str, towns: Iterable[str]) -> bool:
        """Return whether a short description of a project mentions one of these towns, perhaps with another ending."""
        words = self._described.words(project)
        return any(word.startswith(_stem(town)) and len(word) - len(town) <= _MAX_ENDING for town in towns for word in words)

    def _towns(self, project: str, country: str) -> frozenset[str]:
        if project not in self._of:
            texts = (*self._texts.titles.get(project, ()), *self._texts.customers.get(project, ()))
            known = self._known.get(country, frozenset())
            named = {town for text in texts for town in towns_in(text, known, country)}
            self._of[project] = frozenset(named | (self._texts.places.get(project, set()) & known))
        return self._of[project]
