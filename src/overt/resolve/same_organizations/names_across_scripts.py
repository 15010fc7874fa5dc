"""Names in two scripts as evidence that two bodies of one country are the same."""

from collections.abc import Iterator, Set
from itertools import product

from overt.resolve.names.country_words import country_words, is_country_word, without_country
from overt.resolve.names.folding_and_scripts import has_han, latin
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.same_organizations.former_and_shortened_names import MIN_HAN
from overt.resolve.same_organizations.organization_clusters_by_country import Body, names_group

_SURE, _LIKELY, _POSSIBLE = 0.9, 0.7, 0.45
"""Minimum probabilities (`cross_match`) for the levels of `across_level`."""
_MAX_NAMES = 30
"""Maximum number of pairs of names in two scripts to compare."""


def across_level(left: Body, right: Body) -> str:
    """Return how likely it is that two bodies have the same name in two scripts: `sure`, `likely`, `possible`, or empty.

    If both have names in a common script, they are compared only by their own names (not aliases), and only if a name of one in
    this script is an alias of the other, such as 大华股份 for Dahua. Bodies with too many names are not compared.
    """
    scripts = [{script_in(name) for name in body.own_names} for body in (left, right)]
    common = scripts[0] & scripts[1]
    if common and not any(_is_alias_in(common, body, other) for body, other in ((left, right), (right, left))):
        return ""
    names = (
        (body.own_names if common else {*_comparable(body), *_chained(body), *_without_country(body)}) for body in (left, right)
    )
    pairs = [(name, other) for name, other in product(*map(sorted, names)) if bool(script_in(name)) != bool(script_in(other))]
    if len(pairs) > _MAX_NAMES:
        return ""
    best = ""
    for pair in pairs:
        name, foreign = sorted(pair, key=lambda key: bool(script_in(key)))
        level = _level(name, foreign) if latin(name) else ""
        best = min((best, level), key=("sure", "likely", "possible", "").index)
    return best


def _is_alias_in(scripts: Set[str], body: Body, other: Body) -> bool:
    """Return whether a name of one body in these scripts, but not in Latin letters, is an alias of the other."""
    return any(script_in(name) in scripts - {""} for name in body.own_names & (other.records.keys() - other.own_names))


def _comparable(body: Body) -> set[str]:
    """Return a body's names and aliases, except short former names in Chinese characters, which sound like many brands."""
    return {key for key in body.records if key not in body.former - body.own_names or len(key) >= MIN_HAN or not has_han(key)}


def _without_country(body: Body) -> Iterator[str]:
    """Yield the names of a state body without the country's name, which other sources may leave out: Japan Coast Guard.

    A name in Latin letters must keep at least two words. A name without spaces must begin with the country's name:
    한국지능정보사회진흥원 (Korea's National Information Society Agency).
    """
    if "state" not in body.groups:
        return
    own = country_words(body.country)
    for key in sorted(body.own_names):
        if rest := without_country(key, body.country):
            yield rest
        words = key.split()
        rest_of_words = [word for word in words if not is_country_word(word, own)]
        if key.isascii() and 2 <= len(rest_of_words) < len(words):
            yield " ".join(rest_of_words)


def _chained(body: Body) -> Iterator[str]:
    """Yield two names of a body joined at the brand that ends one and begins the other: Zhejiang Dahua, Dahua Technology."""
    ends: dict[str, list[str]] = {}
    for key in sorted(body.records):
        if " " in key:
            ends.setdefault(key.rpartition(" ")[2], []).append(key)
    for key in sorted(body.records):
        first, _, rest = key.partition(" ")
        if rest and lexicon().has_brand(first):
            yield from (f"{start} {rest}" for start in ends.get(first, ()) if not set(start.split()) & set(rest.split()))


def _level(name: str, foreign: str) -> str:
    from overt.resolve.names.cross_script.cross_script_comparison import cross_match  # imported here because importing it is slow

    match = cross_match(name, foreign)
    if match.misses_place or match.both_miss or match.probability < _POSSIBLE:
        return ""
    if match.is_complete and match.probability >= _LIKELY and names_group(name) == names_group(foreign):
        return "sure" if match.probability >= _SURE else "likely"
    return "possible" if match.is_contained or match.probability >= _LIKELY else ""
