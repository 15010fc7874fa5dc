"""Participants of projects: which of them are the same organisation, and the keys that show whether two are different."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

import duckdb

from overt.resolve.evidence_beyond_names import name_keys
from overt.resolve.names import fold
from overt.resolve.names.abbreviations.abbreviations_without_parsing import plain_initials
from overt.resolve.names.country_words import is_country_word
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.institution_name_meanings import TranslatedName, read_translated
from overt.resolve.names.name_parser import parse_name
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.projects.makers_by_name import only_maker
from overt.resolve.projects.participants_under_two_names import ANYWHERE, alike_participants, merged, root_of
from overt.resolve.projects.project_model import ProjectNameRules
from overt.resolve.projects.project_name_tables import rarity
from overt.resolve.sql_queries import fill_query

_ABBREVIATION = re.compile(r"[A-Z]{2,7}")
_QUIET = frozenset({"republic", "kingdom", "state", "federal"})
"""Words of official names, of countries and state bodies, that don't distinguish one body from another."""
_FORCES = frozenset({"police", "army", "defence", "customs", "interior", "civil-registry"})
"""Fields in which a country has only one service. Sources confuse the service with its ministry and its headquarters."""
_ABOVE = {"police": "interior", "army": "defence", "civil-registry": "interior"}
"""Service → the field of the ministry to which it belongs."""
OPERATOR = "operator"
"""The group of `party_rows` for customers that may operate a network. Ministries don't: they buy for others."""
_COMPARED = ("arabic", "cyrillic", "han", "hangul", "kana")
"""Scripts whose names `alike_participants` compares with Latin names."""
_MIN_LOCAL_WORDS = 2
_MIN_INITIALS = 4
"""Minimum number of initials to compare. Different names often share fewer: Telenor Norge AS, Telia Norge AS."""


class Participant(NamedTuple):
    """A participant of a project."""

    project: str
    role: str
    organization: str
    """The organisation's cluster or, if it has none, the key of its name or its record id.

    Participants that are the same body within a country have the same value.
    """
    names: frozenset[str]
    local_keys: frozenset[str]
    """Its names, each as sorted words without the country of the project."""
    is_further: bool = False
    """Whether this repeats a participant of a project in several countries, with the `organization` it has in one of them."""


def read_participants(
    connection: duckdb.DuckDBPyConnection,
    facts: Iterable[tuple[str, str, str, str | None]],
    names: Mapping[str, Iterable[str]],
    clusters: Mapping[str, str],
    countries: Mapping[str, set[str]],
    own_countries: Mapping[str, frozenset[str]],
) -> list[Participant]:
    """Return the participants of all projects, sorted.

    `facts`: project, property, value and unit (for a participant, its role). `names`: cluster → its names. `clusters`:
    organisation → its cluster. `countries`: project → its countries. `own_countries`: project → the words of the names of
    its countries. One source calls a police force “National Police” and another “Kenya National Police”; within Kenya, both
    are one participant.
    """
    first_names = dict(connection.execute(fill_query("project_claims.organization_names")).fetchall())
    participants = set()
    for project, property_, record, role in facts:
        if property_ != "participant":
            continue
        own_names = frozenset(names.get(clusters.get(record, record), ()))
        first = first_names.get(record)
        organization = clusters.get(record) or (name_keys().key(first) or first if first else record)
        codes = countries.get(project, set())
        keys = _local_keys(own_names, next(iter(codes)), own_countries[project]) if len(codes) == 1 else frozenset()
        participants.add(Participant(project, role or "", organization, own_names, keys))
    return sorted(_localized(participants, countries), key=lambda participant: participant[:3])


def names_by_cluster(connection: duckdb.DuckDBPyConnection, clusters: Mapping[str, str]) -> dict[str, set[str]]:
    """Return cluster → all names of its organisations. An organisation without a cluster counts as a cluster of its own."""
    names: dict[str, set[str]] = defaultdict(set)
    for record, name in connection.execute(fill_query("project_claims.all_organization_names")).fetchall():
        names[clusters.get(record, record)].add(name)
    return names


def _local_keys(names: Iterable[str], country: str, country_words: frozenset[str]) -> frozenset[str]:
    """Return names as sorted words without the country. Those of a single word are left out, because they may mean any body."""
    keys = set()
    for name in names:
        words = {
            word.meaning
            for word in parse_name(name).words
            if not (word.kind == "country" and word.meaning == country)
            and word.written not in _QUIET
            and not is_country_word(word.written, country_words)
        }
        if len(words) >= _MIN_LOCAL_WORDS:
            keys.add(" ".join(sorted(words)))
    return frozenset(keys)


def _localized(participants: Iterable[Participant], countries: Mapping[str, set[str]]) -> Iterator[Participant]:
    """Yield the participants, with the same `organization` for those in one country that share a local key or are alike.

    A participant of a project in several countries is yielded once as it is. If it has another `organization` in projects of
    only one of these countries, it is yielded again with that `organization`.
    """
    participants = sorted(participants, key=lambda participant: participant[:3])
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for participant in participants:
        for key in participant.local_keys:
            bearers[min(countries[participant.project]), key].add(participant.organization)
    equal = (
        (country, min(organizations), other)
        for (country, _), organizations in sorted(bearers.items())
        for other in sorted(organizations)
    )
    roots = merged(equal, {})
    placed = [(only_country(participant.project, countries), participant) for participant in participants]
    alike = alike_participants(
        (place, participant.project, participant.role, root_of(roots, place, participant.organization), participant.names)
        for place, participant in placed
    )
    roots = merged(alike, roots)
    for place, participant in placed:
        yield participant._replace(organization=root_of(roots, place, participant.organization))
        if place == ANYWHERE:
            # In projects of only one of the countries, this participant may have the `organization` of another.
            there = {root_of(roots, code, participant.organization) for code in countries.get(participant.project, ())}
            for organization in sorted(there - {participant.organization}):
                yield participant._replace(organization=organization, is_further=True)


def only_country(project: str, countries: Mapping[str, Set[str]]) -> str:
    """Return the only country of a project, or ANYWHERE."""
    codes = countries.get(project, frozenset())
    return next(iter(codes)) if len(codes) == 1 else ANYWHERE


def participant_rows(participants: Iterable[Participant], rules: ProjectNameRules) -> list[tuple[str, str, str, int, bool]]:
    """Return rows of project, organisation, role, weight and `is_further`. Organisations in fewer projects weigh more."""
    rows = sorted(
        {
            (participant.project, participant.organization, participant.role, participant.is_further)
            for participant in participants
        }
    )
    counts = Counter(organization for _, organization in {row[:2] for row in rows})
    total = len({project for project, *_ in rows})
    return [(*row[:3], rarity(counts[row[1]], total, rules), row[3]) for row in rows]


def _scripts(name: str, meanings: TranslatedName | None) -> Iterator[str]:
    """Yield the groups in which a name is compared. Two names can be found different only if they have a group in common.

    `meanings`: the meanings of a customer's name; None for suppliers, which are compared within one script. A customer's name
    in a script that `alike_participants` compares with Latin is also compared with Latin names. If all its words are known, it
    is compared with every name that is Latin or fully known (`readable`). Abbreviations of customers (NADRA) are compared only
    with each other, because they are seldom the initials of all words. So are names that only mean the country's government,
    because they can mean any ministry.
    """
    own = script_in(name) or next((script for character in fold(name) if (script := script_of(character))), "")
    if meanings is None:
        yield own
        return
    if _ABBREVIATION.fullmatch(name):
        yield "abbreviation"
        return
    if not meanings.unknown and meanings.words.keys() == {"government"}:
        yield "government"
        return
    yield own
    compared = script_in(name)
    if own == "latin":
        yield from (f"latin and {script}" for script in _COMPARED)
    elif compared:
        yield f"latin and {compared}"
    if own == "latin" or not meanings.unknown:
        yield "readable"


def party_rows(
    participants: Iterable[Participant], countries: Mapping[str, set[str]], lenders: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield rows of project, role, key of a participant, and group in which its name is compared (`_scripts`).

    Each row has either a key or a group. The rows are used to decide whether participants of two projects differ: they do if
    they have a group and no key in common. Keys are the organisation, and for each of its names the first word, the initials,
    the words without the country, and for suppliers the words of the brand. If two sources spell an organisation differently
    (CEIEC), both spellings usually have a key in common. Many different organisations have one, too, so a shared key proves
    nothing.

    Customers other than ministries also have OPERATOR among their groups if their names are readable or in another script.
    Customers also share a key if both have the name of a province or city (its government and its police) or are a national
    service such as the army. So do a state's police or civil registry and its ministry of interior, and its army and its
    ministry of defence.

    If the only supplier of a project is a known maker, it can be compared in any script. So can a maker that lends to a project
    without a supplier.

    `countries`: project → its countries. `lenders`: project → the names of its lenders.
    """
    rows = set(_maker_rows(participants, lenders))
    for project, role, organization, names, local_keys, _ in participants:
        country = only_country(project, countries)
        for name in names:
            meanings = read_translated(name_keys().key(name) or "", country) if role == "customer" else None
            initials = {fold(initials) for initials in plain_initials(name)}
            keys = {*fold(name).split()[:1], *(short for short in initials if len(short) >= _MIN_INITIALS)}
            scripts = {*_scripts(name, meanings)}
            if meanings:
                keys |= {f"of {word}" for word in meanings.unknown}
                keys |= {f"for {_ABOVE.get(field, field)}" for field in meanings.words.keys() & _FORCES if not meanings.unknown}
                if ("readable" in scripts or script_in(name)) and "ministry" not in meanings.meanings:
                    scripts.add(OPERATOR)
            if role == "supplier":
                keys |= {word.written for word in parse_name(name).words if word.kind == "brand"}
            keys |= {f"cluster {organization}", *(f"words {key}" for key in local_keys)}
            rows |= {(project, role, key, "") for key in keys} | {(project, role, "", script) for script in scripts}
    yield from sorted(rows)


def _maker_rows(participants: Iterable[Participant], lenders: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield rows of `party_rows` for known makers that are a project's only supplier, or its lender if it has no supplier."""
    suppliers: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for of in participants:
        if of.role == "supplier" and not of.is_further:
            suppliers[of.project][of.organization] = suppliers[of.project].get(of.organization, frozenset()) | of.names
    for project in sorted(suppliers.keys() | lenders.keys()):
        names = [*suppliers.get(project, {}).values()]
        makers = {maker for of in names if (maker := only_maker(of))} if len(names) == 1 else set()
        if not names:
            makers = {maker for name in lenders.get(project, ()) if (maker := only_maker([name]))}
        if len(makers) == 1:
            (maker,) = makers
            yield from ((project, "supplier", key, "") for key in (fold(maker), f"maker {maker}", *fold(maker).split()[:1]))
            yield project, "supplier", "", "latin"
