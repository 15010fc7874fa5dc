"""Participants in one country's projects that are the same organisation under two names: PSCA, Punjab Safe Cities Authority.

Within the projects of one country, less evidence is needed than for two records of organisations: an abbreviation of the full
name, a translation, the same sound in another script, or the brand of a supplier. Two participants of one project are never
joined.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from overt.resolve.evidence_beyond_names import name_keys
from overt.resolve.names.abbreviations.abbreviations_without_parsing import plain_initials
from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_most_words, abbreviates_words
from overt.resolve.names.abbreviations.translated_abbreviations import (
    MIN_SYLLABLES,
    SYLLABLE,
    abbreviates_by_syllables,
    abbreviates_translation,
    syllables,
    translated_letters,
)
from overt.resolve.names.consonant_comparison import sound_alike
from overt.resolve.names.country_words import country_words
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.projects.brand_sounds import are_joined_alike, sound_like
from overt.resolve.projects.brands_in_supplier_names import brands, share_brand
from overt.resolve.projects.makers_by_name import full_names, only_maker
from overt.resolve.projects.participant_name_comparison import (
    is_one_office,
    keys_of,
    with_names_in_brackets,
    without_suffixes,
)
from overt.resolve.projects.participant_name_reader import read_party, shorts_in

ANYWHERE = ""
"""Stands for the country of projects that are in several countries or in none, such as cables."""
_SOUNDS_ALIKE = 0.9
"""Minimum probability (`cross_score`) for names in two scripts to be one name. Police bureaus of two towns reach 0.85."""
_BRAND_SOUNDS_ALIKE = 0.35
"""Minimum probability if a name is a single word, which is hard to recognise by sound.

The probability must also be more than twice as high as that of any other organisation.
"""
_MAX_LEFT_OVER = -1.0
"""If the words without a counterpart have fewer bits than this in total (`explain_cross`), two names mean two bodies."""
_LONGEST_HAN_BRAND = 4
_HAN = re.compile("[\u3400-\u9fff]")
_AUTONOMOUS = re.compile("(?:维吾尔|壮族|回族)?自治区")
"""Matches “autonomous region”, which English names leave out."""
_CONNECTIVES = frozenset({"and", "of", "for"})
_MAX_GROUP = 150
"""Maximum number of organisations in a country that are compared because they share a word."""
_MAX_ACROSS = 1_000
"""Maximum number of pairs of names in two scripts to compare in a country."""


@dataclass
class _Party:
    """An organisation in one country's projects."""

    organization: str
    roles: set[str] = field(default_factory=set)
    projects: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def meanings(self, country: str) -> list[TranslatedName]:
        """Return the meanings of its names."""
        return [read_party(name, country) for name in sorted(self.names)]

    def is_beside(self, other: "_Party") -> bool:
        """Return whether both take part in one project."""
        return bool(self.projects & other.projects)


def alike_participants(participants: Iterable[tuple[str, str, str, str, frozenset[str]]]) -> Iterator[tuple[str, str, str]]:
    """Yield a country and two organisations that count as one within its projects, once for each such pair.

    `participants`: country (or ANYWHERE), project, role, organisation and its names. A supplier with names in Latin letters only
    is also compared by the full names of its maker (`full_names`).
    """
    by_country: dict[str, dict[str, _Party]] = defaultdict(dict)
    for country, project, role, organization, names in participants:
        party = by_country[country].setdefault(organization, _Party(organization))
        party.roles.add(role)
        party.projects.add(project)
        party.names |= with_names_in_brackets(names)
    for parties in by_country.values():
        for party in parties.values():
            if "supplier" in party.roles and not any(map(script_in, party.names)):
                party.names |= full_names(only_maker(party.names))
    for country, parties in sorted(by_country.items()):
        joined = set()
        for left, right in _pairs(sorted(parties.values(), key=lambda party: party.organization), country):
            pair = frozenset((left.organization, right.organization))
            if pair not in joined and left.roles & right.roles and not left.is_beside(right):
                joined.add(pair)
                yield country, left.organization, right.organization


def _pairs(parties: list[_Party], country: str) -> Iterator[tuple[_Party, _Party]]:
    yield from _across_scripts(parties, country)
    by_maker: dict[str, list[_Party]] = defaultdict(list)
    for party in parties:
        if maker := only_maker(party.names):
            by_maker[maker].append(party)
    yield from _matching(by_maker, lambda left, right: "supplier" in left.roles & right.roles)
    if country == ANYWHERE:
        makers = [party for party in parties if "supplier" in party.roles]
        # Grouping by words is enough, because a brand that is part of another shares all its words with it.
        by_brand: dict[str, list[_Party]] = defaultdict(list)
        for party in makers:
            for word in frozenset().union(*brands(party.names)):
                by_brand[word].append(party)
        yield from _matching(by_brand, _share_brand)
        yield from _abbreviated(makers, country)
        return
    yield from _abbreviated(parties, country)
    by_word: dict[str, list[_Party]] = defaultdict(list)
    for party in parties:
        for word in {word for name in party.meanings(country) for word in keys_of(name)}:
            by_word[word].append(party)
    yield from _matching(by_word, lambda left, right: _share_name(left, right, country))


def _matching(groups: Mapping[str, list[_Party]], is_match: Callable[[_Party, _Party], bool]) -> Iterator[tuple[_Party, _Party]]:
    """Yield the matching pairs within groups, each once. Groups of more than _MAX_GROUP share a common word and are skipped."""
    seen = set()
    for _, group in sorted(groups.items()):
        for left, right in combinations(group, 2) if len(group) <= _MAX_GROUP else ():
            pair = left.organization, right.organization
            if pair not in seen:
                seen.add(pair)
                if is_match(left, right):
                    yield left, right


def _share_name(left: _Party, right: _Party, country: str) -> bool:
    """Return whether two parties have names that mean the same office, or are suppliers with the same brand."""
    if any(is_one_office(first, second) for first in left.meanings(country) for second in right.meanings(country)):
        return True
    return _share_brand(left, right)


def _share_brand(left: _Party, right: _Party) -> bool:
    return "supplier" in left.roles & right.roles and share_brand(left.names, right.names)


def _abbreviated(parties: list[_Party], country: str) -> Iterator[tuple[_Party, _Party]]:
    """Yield pairs that share an abbreviation, or have one and its full form. Skip those that fit several parties' names."""
    shorts: dict[str, list[_Party]] = defaultdict(list)
    for party in parties:
        for short in {short for name in party.names for short in shorts_in(name, country)}:
            shorts[short].append(party)
    by_letter: dict[str, list[tuple[_Party, str]]] = defaultdict(list)
    by_syllable: dict[str, list[tuple[_Party, TranslatedName]]] = defaultdict(list)
    beginnings = {short[:SYLLABLE] for short in shorts if len(short) >= MIN_SYLLABLES}
    for party in parties:
        for name in sorted(party.names):
            read = read_party(name, country)
            for letter in {word[0] for word in (*read.tokens, *plain_initials(name), *translated_letters(read, country))}:
                by_letter[letter].append((party, name))
            for syllable in syllables(read, country) & beginnings if beginnings else ():
                by_syllable[syllable].append((party, read))
    for short, owners in sorted(shorts.items()):
        fitting = {party.organization: party for party, name in by_letter[short[0]] if _fits(short, name, country)}
        fitting |= {
            party.organization: party
            for party, read in by_syllable.get(short[:SYLLABLE], ())
            if abbreviates_by_syllables(short, read, country)
        }
        full = [fitting[organization] for organization in sorted(fitting)]
        bodies = {party.organization: party for party in (*owners, *full)}
        if len(full) <= 1 and len(bodies) > 1:
            yield from combinations([bodies[key] for key in sorted(bodies)], 2)


def _across_scripts(parties: list[_Party], country: str) -> Iterator[tuple[_Party, _Party]]:
    """Yield pairs of parties whose names in two scripts sound alike or mean the same.

    Parties with names both in Latin letters and in another script are left out.
    """
    scripts = [({script_in(name) for name in party.names}, party) for party in parties]
    by_script: dict[str, list[tuple[_Party, str]]] = defaultdict(list)
    for of_party, party in scripts:
        if of_party and (len(of_party) == 1 or "" not in of_party):
            by_script[min(of_party)] += [(party, name) for name in sorted(party.names)]
    latin_names = by_script.pop("", [])
    for script, names in sorted(by_script.items()):
        yield from _beside_latin(names, latin_names, country)
        yield from _in_two_other_scripts(names, [entry for other, of in by_script.items() if other > script for entry in of])


def _beside_latin(
    names: list[tuple[_Party, str]], latin_names: list[tuple[_Party, str]], country: str
) -> Iterator[tuple[_Party, _Party]]:
    if len(latin_names) * len(names) > _MAX_ACROSS:
        return
    for left, other in names:
        scores = [
            (max(_likeness(name, form) for form in without_suffixes(other, country)), party)
            for party, name in latin_names
            if party.roles & left.roles and not party.is_beside(left)
        ]
        by_party: dict[str, float] = {}
        for score, party in scores:
            by_party[party.organization] = max(score, by_party.get(party.organization, 0.0))
        best, second = (*sorted(by_party.values(), reverse=True), 0.0, 0.0)[:2]
        least = _BRAND_SOUNDS_ALIKE if _is_brand(other) else _SOUNDS_ALIKE
        if (best >= least and best > 2 * second) or (best >= _SOUNDS_ALIKE and best > second):
            yield left, next(party for score, party in scores if score == best)


def _in_two_other_scripts(
    names: list[tuple[_Party, str]], other_names: list[tuple[_Party, str]]
) -> Iterator[tuple[_Party, _Party]]:
    """Yield pairs of parties whose names in two non-Latin scripts sound alike, word by word: Роскосмос, روسکاسموس (Roscosmos)."""
    if len(names) * len(other_names) > _MAX_ACROSS:
        return
    for left, name in names:
        for right, other in other_names:
            words, other_words = (fold(name_keys().key(text) or text).split() for text in (name, other))
            if len(words) == len(other_words) and all(map(sound_like, words, other_words)):
                yield left, right


@lru_cache(maxsize=1 << 14)
def _likeness(latin_name: str, other: str) -> float:
    """Return the probability that a Latin name and a name in another script mean the same body.

    The result is 0 if important words have no counterpart: a city's railway police is not the city's police, and a branch is
    not the company.
    """
    from overt.resolve.names.cross_script.cross_script_comparison import (  # imported here because importing it is slow
        cross_score,
        explain_cross,
    )

    if not _HAN.search(other):
        words, other_words = (sorted(fold(name_keys().key(name) or name).split()) for name in (latin_name, other))
        if len(words) == len(other_words) and all(any(sound_alike(word, spelled) for spelled in other_words) for word in words):
            return 1.0
        if "and" in words and are_joined_alike(words, other_words):
            return 1.0
    other = _AUTONOMOUS.sub("", other)
    score = cross_score(latin_name, other)
    if score < _SOUNDS_ALIKE:
        return score
    left_over = sum(bits for part, bits, _ in explain_cross(latin_name, other) if part == "unanswered")
    return score if left_over >= _MAX_LEFT_OVER else 0.0


def _is_brand(name: str) -> bool:
    """Return whether a name is a single word. A Chinese name, which has no spaces, must have at most four characters."""
    return " " not in fold(name) and (len(name) <= _LONGEST_HAN_BRAND or not _HAN.search(name))


@lru_cache(maxsize=1 << 16)
def _fits(short: str, name: str, country: str) -> bool:
    tokens = read_party(name, country).tokens
    own = country_words(country)
    abroad = tuple(token for token in tokens if token not in own)
    in_full = tuple(word for word in fold(name).split() if word not in _CONNECTIVES and word.isascii())
    return (
        short in plain_initials(name)
        or abbreviates_words(short, tokens)
        or (" and " in short and short == _initials_with_and(name) != fold(name))
        or abbreviates_words(short, abroad)
        or abbreviates_most_words(short, tokens)
        or abbreviates_most_words(short, in_full)  # with legal forms: the last C of CEIEC stands for Corporation
        or abbreviates_translation(short, read_party(name, country), country)
    )


def _initials_with_and(name: str) -> str:
    """Return the initials of a name's words, without abbreviating “and”: “l and t” for Larsen & Toubro Limited."""
    return " ".join(word if word == "and" else word[0] for word in fold(name_keys().key(name) or name).split())


def merged(pairs: Iterable[tuple[str, str, str]], roots: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return `roots` (country and organisation → another organisation of its group), with the groups of each pair joined."""
    united = dict(roots)
    for country, left, right in pairs:
        ends = sorted({root_of(united, country, left), root_of(united, country, right)})
        if len(ends) == 2:
            united[country, ends[1]] = ends[0]
    return united


def root_of(roots: Mapping[tuple[str, str], str], country: str, organization: str) -> str:
    """Return the organisation that represents the group of an organisation; the organisation itself if it is in no group."""
    while (country, organization) in roots:
        organization = roots[country, organization]
    return organization
