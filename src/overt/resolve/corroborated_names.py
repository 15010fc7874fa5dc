"""Find organisations of one country whose names agree by an abbreviation, a translation or a former name (docs/decisions/0109).

Such names show less than equal current names do, so each needs something besides: an abbreviation that only these two have, a
home page, a legal form, or that one name translates the other word by word. Names that contradict each other, other numbers of
one register, kinds that exclude each other and two rows of one list keep two organisations apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from overt.resolve.equal_names_and_identifiers import FORMER, KIND, WEBSITE, MatchingClaim, SharedKey
from overt.resolve.evidence_beyond_names import seats
from overt.resolve.home_pages import shared_pages
from overt.resolve.list_membership import list_of
from overt.resolve.names import NameKeys
from overt.resolve.names.country_words import country_words
from overt.resolve.names.folding import latin
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names.name_keys import is_note_of_time
from overt.resolve.names.scripts.script_parser import script_in
from overt.resolve.names.syllables import abbreviates_words
from overt.resolve.names.translated_names import Comparison, TranslatedName, compare_translated, read_translated

_DISTINCTIVE = 4
"""Minimum number of letters of an abbreviation that rarely belongs to two bodies of one country."""
_AMBIGUOUS = 2
_LONGEST = 12
_GROUPS = {
    "company": {"company"}, "consortium": {"company"}, "state-owned-company": {"company", "state", "bank"}, "bank": {"bank"},
    "policy-bank": {"bank"}, "insurer": {"bank"}, "fund": {"bank"}, "state-body": {"state"}, "university": {"science"},
    "research-institute": {"science", "state"}, "intergovernmental": {"intergovernmental"}, "non-governmental": {"civil"},
}  # fmt: skip
"""Kind of organisation → groups of the kinds that another source may give it."""
_GROUP_WORDS = frozenset({"group", "groupe", "grupo", "gruppe", "holding", "kumpulan"})
_TRANSLATED = frozenset({"state", "science"})
"""Groups of kinds whose names are translated as a whole. Names of companies are not translated."""
_CROSS_SCRIPT = 0.6
"""Probability from which two names in different scripts count as translations (`cross_score`)."""


@dataclass
class _Body:
    """A cluster of organisations in one country."""

    country: str
    names: set[tuple[str, str]] = field(default_factory=set)
    """Key of each name or alias, and the record that has it."""
    own_names: set[str] = field(default_factory=set)
    """Keys of names, without aliases."""
    formal: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Key of each name or alias with a legal form → its forms."""
    former: set[str] = field(default_factory=set)
    """Keys of names that it no longer has."""
    groups: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    short: dict[str, str] = field(default_factory=dict)
    """Name of one word, in Latin letters → a record that has it."""
    full: dict[str, TranslatedName] = field(default_factory=dict)
    """Key → meanings of a name of several words."""
    records: dict[str, str] = field(default_factory=dict)
    """Key → a record that has it."""

    def excludes(self, other: "_Body") -> bool:
        """Return whether the two can't be one body whatever their names."""
        return bool(self.lists & other.lists or (self.groups and other.groups and not self.groups & other.groups))

    @property
    def first(self) -> str:
        """The first record."""
        return min(self.records.values())


class CorroboratedNames:
    """The bodies of every country with their abbreviations and the meanings of their names."""

    def __init__(self, claims: Iterable[MatchingClaim], clusters: Mapping[str, str], keys: NameKeys) -> None:
        """Read the claims about organisations. `clusters`: record → its cluster so far."""
        self._bodies = _read_bodies(claims, clusters, keys)
        self._by_country: dict[str, list[str]] = defaultdict(list)
        for cluster, body in sorted(self._bodies.items()):
            self._by_country[body.country].append(cluster)

    def find(self) -> Iterator[SharedKey]:
        """Yield pairs of records whose clusters are one body, with what they share."""
        for _, clusters in sorted(self._by_country.items()):
            yield from self._same_former_name(clusters)
            yield from self._same_page(clusters)
            yield from self._same_abbreviation(clusters)
            yield from self._abbreviated(clusters)
            yield from self._translated(clusters)

    def _same_former_name(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield pairs of bodies that share a name which no other body has, and which is the present name of neither.

        It must be a former name of one of them, or an alias of both with a legal form: Taveta Ltd.
        """
        bearers: dict[str, list[str]] = defaultdict(list)
        for cluster in clusters:
            body = self._bodies[cluster]
            for key in {*body.formal, *body.former}:
                bearers[key].append(cluster)
        for key, owners in sorted(bearers.items()):
            if len(owners) != 2 or any(key in self._bodies[owner].own_names for owner in owners):
                continue
            left, right = (self._bodies[owner] for owner in owners)
            forms = [body.formal.get(key, set()) - {""} for body in (left, right)]
            is_formal = key in left.formal and key in right.formal and (not forms[0] or not forms[1] or forms[0] & forms[1])
            if (is_formal or key in left.former | right.former) and not left.excludes(right) and _is_brand(key):
                yield _shared(left.records[key], right.records[key], key)

    def _same_page(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield two bodies with the same home page, if a name of one abbreviates or translates a name of the other."""
        bearers: dict[str, list[str]] = defaultdict(list)
        for cluster in clusters:
            for page in self._bodies[cluster].sites:
                bearers[page].append(cluster)
        for page, owners in sorted(bearers.items()):
            for left, right in combinations([self._bodies[owner] for owner in owners], 2):
                if left.excludes(right):
                    continue
                abbreviates = _abbreviated_name(left, right) or _abbreviated_name(right, left)
                meaning = _compare(left, right)
                if meaning == "equal" or (abbreviates and meaning == "unknown"):
                    yield _shared(left.first, right.first, page)

    def _same_abbreviation(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield bodies with the same abbreviation, whose names don't contradict each other: ABIN, INSA."""
        for short, owners in sorted(self._abbreviations(clusters).items()):
            pairs = [
                (left, right, _compare(left, right, aside=short))
                for left, right in combinations([self._bodies[owner] for owner in owners], 2)
            ]
            certain = len(short) >= _DISTINCTIVE and all(meaning != "different" for *_, meaning in pairs)
            for left, right, meaning in pairs:
                if left.excludes(right):
                    continue
                fits = any(abbreviates_words(short, name.tokens) for body in (left, right) for name in body.full.values())
                both = all(any(abbreviates_words(short, name.tokens) for name in body.full.values()) for body in (left, right))
                if meaning == "equal" or (meaning == "unknown" and (both or (certain and fits))):
                    yield _shared(left.short[short], right.short[short], short)

    def _abbreviated(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield bodies of which one is known only by an abbreviation of the other's name, which fits no third: Telkomsel."""
        names: dict[str, list[tuple[TranslatedName, str, str]]] = defaultdict(list)
        for cluster in clusters:
            for key, name in self._bodies[cluster].full.items():
                if name.tokens:
                    names[name.tokens[0][0]].append((name, key, cluster))
        for short, owners in sorted(self._abbreviations(clusters).items()):
            if len(short) < _DISTINCTIVE or len(owners) != 1:
                continue
            left = self._bodies[owners[0]]
            matches: dict[str, str] = {}
            for name, key, cluster in names[short[0]]:
                if cluster != owners[0] and abbreviates_words(short, name.tokens):
                    matches.setdefault(cluster, key)
            if len(matches) == 1:
                ((cluster, key),) = matches.items()
                right = self._bodies[cluster]
                is_known = not left.full or _compare(left, right) == "equal"
                if is_known and not left.excludes(right) and not _has_other_short(right, short):
                    yield _shared(left.short[short], right.records[key], short)

    def _translated(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield state bodies and schools or institutes whose names have the same meaning in two languages, which no third has."""
        meanings: dict[tuple[frozenset[str], ...], set[str]] = defaultdict(set)
        for cluster in clusters:
            body = self._bodies[cluster]
            for name in body.full.values():
                if body.groups & _TRANSLATED and name.words and name.bodies and not name.unknown:
                    meanings[frozenset(name.words), frozenset(name.bodies)].add(cluster)
        for _, owners in sorted(meanings.items(), key=lambda item: [sorted(part) for part in item[0]]):
            if len(owners) == 2:
                left, right = (self._bodies[owner] for owner in sorted(owners))
                if not left.excludes(right) and _compare(left, right, strict=True) == "equal":
                    yield _shared(left.first, right.first, min(left.full))

    def _abbreviations(self, clusters: list[str]) -> dict[str, list[str]]:
        """Return each abbreviation with the bodies that have it as a name or alias."""
        owners: dict[str, list[str]] = defaultdict(list)
        for cluster in clusters:
            for short in self._bodies[cluster].short:
                owners[short].append(cluster)
        return owners


def _read_bodies(claims: Iterable[MatchingClaim], clusters: Mapping[str, str], keys: NameKeys) -> dict[str, _Body]:
    """Return the clusters that are in exactly one country, by cluster."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record, record_type, property_, value in claims:
        if record_type == "organization":
            values[record][property_].append(value)
    portals = shared_pages({record: frozenset(of.get(WEBSITE, ())) for record, of in values.items()}) | {""}
    countries: dict[str, set[str]] = defaultdict(set)
    for record, of in values.items():
        if record in clusters:
            countries[clusters[record]] |= seats(of)
    bodies = {cluster: _Body(next(iter(codes))) for cluster, codes in countries.items() if len(codes) == 1}
    for record, of in sorted(values.items()):
        if body := bodies.get(clusters.get(record, "")):
            _add_record(body, record, of, portals, keys)
    return bodies


def _add_record(body: _Body, record: str, values: Mapping[str, list[str]], portals: frozenset[str], keys: NameKeys) -> None:
    body.lists.add(list_of(record))
    body.sites |= set(values.get(WEBSITE, ())) - portals
    for kind in values.get(KIND, ()):
        body.groups |= _GROUPS.get(kind, set())
    own = country_words(body.country)
    for property_ in ("name", "alias"):
        for name in values.get(property_, ()):
            key = keys.key(name)
            if not key:
                continue
            body.records.setdefault(key, record)
            if property_ == "name":
                body.own_names.add(key)
            if (form := keys.form_of(name)) is not None:
                body.formal[key].add(form)
            if is_note_of_time(name) or name in values.get(FORMER, ()):
                body.former.add(key)
            read = read_translated(key, own)
            rest = [word for word in read.tokens if word not in own and word not in _GROUP_WORDS]
            if len(rest) == 1 and _AMBIGUOUS <= len(rest[0]) <= _LONGEST and rest[0].isalpha() and _is_brand(rest[0]):
                body.short.setdefault(rest[0], record)
            elif len(rest) > 1:
                body.full.setdefault(key, read)


def _is_brand(key: str) -> bool:
    """Return whether a name has a word that is neither a field of work nor a place."""
    known = lexicon().words
    return any(word not in known or known[word].kind == "brand" for word in key.split())


def _abbreviated_name(short: _Body, full: _Body) -> bool:
    """Return whether an abbreviation of one body fits a full name of the other."""
    return any(
        len(letters) > _AMBIGUOUS and abbreviates_words(letters, name.tokens)
        for letters in short.short
        for name in full.full.values()
    )


def _has_other_short(body: _Body, short: str) -> bool:
    """Return whether a body has another abbreviation of its name, so that `short` is not its own."""
    return any(
        other != short and any(abbreviates_words(other, name.tokens) for name in body.full.values()) for other in body.short
    )


def _compare(left: _Body, right: _Body, *, strict: bool = False, aside: str = "") -> Comparison:
    """Return the best comparison of the names of several words, or `unknown` if one side has none.

    One pair of names that are translations is enough. Otherwise two that contradict each other decide. `aside`: an abbreviation
    of both bodies, which one of them may have in its name.
    """
    names = [[name.without(aside) for name in body.full.values()] for body in (left, right)]
    results = {compare_translated(first, second, strict=strict) for first in names[0] for second in names[1]}
    if "equal" in results or _agree_across_scripts(left, right):
        return "equal"
    return "different" if "different" in results else "unknown"


def _agree_across_scripts(left: _Body, right: _Body) -> bool:
    from overt.resolve.names.han.han_comparison import cross_score  # imported here because it loads a dictionary

    names = [sorted(body.full) for body in (left, right)]
    return any(
        cross_score(*((first, second) if script_in(second) else (second, first))) >= _CROSS_SCRIPT
        for first in names[0]
        for second in names[1]
        if bool(script_in(first)) != bool(script_in(second)) and latin(first) and latin(second)
    )


def _shared(left: str, right: str, key: str) -> SharedKey:
    return SharedKey(sorted((left, right)), "name", key)
