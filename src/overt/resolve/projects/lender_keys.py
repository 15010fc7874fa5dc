"""Lenders of projects, identified by the meaning of their names: China Development Bank, Banco de Desarrollo de China.

`names/lending_countries.yml` has the lenders' countries, and words that the names of several countries share.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import Prefix

from overt.model.record_ids import list_of
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.evidence_beyond_names import name_keys
from overt.resolve.names.country_words import country_words, is_country_word
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.scripts.non_latin_name_parser import script_in

AMOUNTS = ("amount", "contract-value")
"""Properties for the sums of commitments and of contracts."""
LENDER = "lender"
"""Property of the facts that name a project's lender."""
_SURE, _LIKELY = 0.9, 0.8
"""Minimum probabilities for a name in another script to be a lender's Latin name. The lower one applies if no other Latin name
is more than half as likely.
"""
_SAME_SUM = 0.001
_MAX_ACROSS = 2_000
"""Maximum number of pairs of names in two scripts to compare."""


class LenderFile(Content):
    """`names/lending_countries.yml`."""

    title: str
    description: str
    countries: list[str]
    shared: list[str]


def lender_rows(
    facts: Iterable[tuple[str, str, str, str | None]], names: Mapping[str, Collection[str]], clusters: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield rows of project and lender key. The keys of a lender are its cluster and the meanings of its names.

    A common lender is evidence only together with equal sums, so projects that share no sum with a project of another list are
    left out.

    `facts`: project, property, value and unit; only lenders (LENDER) and sums (AMOUNTS) are read. `names`: cluster → its names.
    `clusters`: organisation → its cluster. If all names of a lender are in another script, each is replaced by the Latin name
    to which it probably corresponds.
    """
    facts = list(facts)
    compared = _with_common_sum(facts)
    lenders = sorted(
        {
            (project, clusters.get(value, value))
            for project, property_, value, _ in facts
            if property_ == LENDER and project in compared
        }
    )
    own = {lender: sorted(names.get(lender, ())) for _, lender in lenders}
    in_latin = sorted({name for of in own.values() for name in of if not script_in(name)})
    foreign = {name for of in own.values() if all(map(script_in, of)) for name in of}
    latin_names = _latin_names(foreign, in_latin)
    for project, lender in lenders:
        keys = {meaning(latin_names.get(name, name)) for name in names.get(lender, ())} - {""}
        yield from ((project, key) for key in sorted({f"cluster {lender}", *keys}))


def lender_names(
    facts: Iterable[tuple[str, str, str, str | None]], names: Mapping[str, Collection[str]], clusters: Mapping[str, str]
) -> dict[str, set[str]]:
    """Return project → the names of its lenders. Arguments as for `lender_rows`."""
    lenders: dict[str, set[str]] = defaultdict(set)
    for project, property_, value, _ in facts:
        if property_ == LENDER:
            lenders[project].update(names.get(clusters.get(value, value), ()))
    return lenders


def _with_common_sum(facts: Iterable[tuple[str, str, str, str | None]]) -> set[str]:
    """Return the projects whose sum nearly equals that of a project of another list in the same currency.

    The sums may differ by a thousandth. Sums of zero don't count.
    """
    sums: dict[str | None, list[tuple[float, str]]] = defaultdict(list)
    for project, property_, value, unit in facts:
        if property_ in AMOUNTS and float(value) > 0:
            sums[unit].append((float(value), project))
    sharing: set[str] = set()
    for of in sums.values():
        of.sort()
        starts = [place for place, (sum_, _) in enumerate(of) if not place or sum_ - of[place - 1][0] > _SAME_SUM * sum_]
        for first, last in pairwise([*starts, len(of)]):
            projects = {project for _, project in of[first:last]}
            sharing |= projects if len(set(map(list_of, projects))) > 1 else set()
    return sharing


def _latin_names(foreign: Collection[str], in_latin: Collection[str]) -> dict[str, str]:
    from overt.resolve.names.cross_script.cross_script_comparison import cross_match  # imported here because importing it is slow

    if len(foreign) * len(in_latin) > _MAX_ACROSS:
        return {}
    meant: dict[str, str] = {}
    for name in sorted(foreign):
        chances = {latin: cross_match(latin, name).probability for latin in in_latin}
        best, second = (*sorted(chances, key=lambda latin: -chances[latin])[:2], "", "")[:2]
        if best and chances[best] >= (_LIKELY if 2 * chances.get(second, 0.0) <= chances[best] else _SURE):
            meant[name] = best
    return meant


@lru_cache(maxsize=1 << 13)
def meaning(name: str) -> str:
    """Return the meaning of a lender's name: the code of its country and the meanings of its words, joined by spaces.

    Empty unless the name has exactly one country, further words with a meaning, and no unknown words.
    """
    read = read_translated(name_keys().key(name) or fold(name), "")
    countries = {code for word in read.unknown if (code := _country(word))}
    unknown = [word for word in read.unknown if not _country(word)]
    return " ".join((*sorted(countries), *sorted(read.words))) if read.words and len(countries) == 1 and not unknown else ""


@lru_cache(maxsize=1 << 13)
def _country(word: str) -> str:
    """Return the code of the lenders' country that a word may mean; empty if there is none.

    The word must be in the country's name, or begin with the same five letters as a word of that name. If several countries
    are possible, the one whose name has the longest common beginning with the word is returned: Austrian means Austria, not
    Australia.
    """
    likeness = {
        code: max(Prefix.similarity(word, own) for own in words)
        for code, words in _country_words().items()
        if is_country_word(word, words)
    }
    return max(likeness, key=lambda code: likeness[code], default="")


@cache
def _country_words() -> dict[str, frozenset[str]]:
    file = packaged_model(LenderFile, "names/lending_countries.yml")
    return {code: country_words(code).difference(file.shared) for code in file.countries}
