"""Finds records with equal identifiers or almost equal names. They are joined before any pairs are scored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from overt.model.record_ids import list_of
from overt.resolve.documents_with_and_without_address import DOCUMENT_DETAILS, documents_without_address
from overt.resolve.names import NameKeys
from overt.resolve.names.abbreviations.abbreviations_without_parsing import plain_initials
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names_with_and_without_country import national_bearers
from overt.resolve.same_name_organizations_by_legal_form import NameBearers, is_ambiguous, separate_bodies

MatchingClaim = tuple[str, str, str, str]
"""Record, type, property and value. An alias with an end date occurs again with the property FORMER."""
FORMER = "former"
WEBSITE = "website"
WORKPLACE = "workplace"
"""Property for the countries of the projects in which an organisation takes part."""
STATE_BODY = "state-body"
KIND = "kind"
_DOMAINS = {"UK": "GB"}
"""Top-level domain → country code, where the two differ."""
_NO_COUNTRY = frozenset({"EU", "SU", "IO", "AI", "CO", "TV", "ME", "CC"})
"""Two-letter top-level domains that organisations anywhere register."""
EVIDENCE_ONLY = frozenset({FORMER, WEBSITE, WORKPLACE, STATE_BODY, KIND, *DOCUMENT_DETAILS})
"""Properties that are compared but don't join records on their own."""


class SharedKey(NamedTuple):
    """Records, sorted, with the reason for joining them and its key (see `Edge`): the arguments of `Clusters.join_all`."""

    records: list[str]
    reason: str
    key: str


@dataclass
class _Names:
    """The names, identifiers and countries that `find_shared_keys` collects."""

    identified: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    bearers: dict[tuple[str, str], NameBearers] = field(default_factory=lambda: defaultdict(NameBearers))
    heads: dict[tuple[str, str], dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    """(Type, `NameKeys.head_key`) → `NameKeys.key` → records with that name: “MTN” and “MTN Group” have the same head key."""
    formal_heads: dict[tuple[str, str], dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    """The same, for aliases that are a name of their record without its legal form: MTN Group, alias of MTN Group Limited."""
    spaceless: dict[tuple[str, str], dict[str, NameBearers]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(NameBearers))
    )
    """(Type, key without spaces) → key → records with that name."""
    countries: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    workplaces: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    site_countries: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Record → countries of the top-level domains of its own sites."""
    state_bodies: set[str] = field(default_factory=set)
    initials: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def find_shared_keys(
    claims: Iterable[MatchingClaim], forms: NameKeys, one_to_one: Mapping[str, str], same: Mapping[str, str]
) -> Iterator[SharedKey]:
    """Yield the keys that records share, in joining order: identifiers first, then names. Some keys have only one record.

    Names join according to docs/decisions/0070. A name without a legal form refers to the body with that name in a source
    without duplicates; a name with a legal form refers to the body with that legal name. An alias joins its record to a record
    with that name, never to a record with the same alias ("BGI" is short for a group and for its listed company). If several
    records have an alias, it joins none of them, or only the record from a source without duplicates. An alias without a legal
    form may abbreviate a longer name, so it does not join a record whose full name is the alias plus a form (CNOOC and CNOOC
    Limited). An alias that consists of the initials of its record's name is common (RTI is a cable company and a broadcaster).
    It joins only within one country, unless it comes from a source without duplicates. A key that two records of one such
    source share is ambiguous and joins nothing. Equal names in different countries do not join.

    Four kinds of keys come last. "MTN" joins "MTN Group" unless a source has both. Long names that differ only in spaces (Yun
    Tong, Yuntong) join within one country. "Telkom", whose projects are all in South Africa, joins "Telkom South Africa". A
    document without an address joins the document with the same title and an address.

    `one_to_one`: record → its source, for sources without duplicates. `same`: record → representative of the records that
    editors judged the same, so that a record's old and new keys count as one record.
    """
    claims = list(claims)
    names = _read_names(claims, forms)
    for (_, key), records in sorted(names.identified.items()):
        if not is_ambiguous(records, one_to_one, same):
            yield SharedKey(sorted(records), "identifier", key)
    for (_, key), bearers in sorted(names.bearers.items()):
        yield from _joined_by_name(key, bearers, names, one_to_one, same)
    for (record_type, key), by_plain_key in sorted(names.heads.items()):
        by_key = _with_formal_heads(record_type, key, by_plain_key, names)
        group = set().union(*by_key.values())
        short = names.bearers[record_type, key]
        registered = (short.plain | short.by_alias) & one_to_one.keys()
        if len(by_key) > 1 and registered <= group and not _has_both(by_key) and not is_ambiguous(group, one_to_one, same):
            for heads in _by_country(key, sorted(group), names, one_to_one):
                yield SharedKey(heads, "name", f"{key} group")
    for (_, key), by_spelling in sorted(names.spaceless.items()):
        if len(by_spelling) > 1:
            yield from _joined_without_spaces(key, by_spelling.values(), names, one_to_one, same)
    for key, national in national_bearers(names.bearers, names.countries, names.workplaces):
        yield SharedKey(national, "name", key)
    for title, documents in documents_without_address(claims):
        yield SharedKey(documents, "name", title)


def _read_names(claims: Iterable[MatchingClaim], forms: NameKeys) -> _Names:
    names = _Names()
    legal_keys: dict[str, set[str]] = defaultdict(set)
    alias_heads: list[tuple[str, str, str, str]] = []
    for record, record_type, property_, value in claims:
        if property_ == "country":
            names.countries[record].add(value)
        elif property_ == WORKPLACE:
            names.workplaces[record].add(value)
        elif property_ == WEBSITE:
            names.site_countries[record] |= _domain_country(value)
        elif property_ == STATE_BODY:
            names.state_bodies.add(record)
        elif property_ in EVIDENCE_ONLY:
            continue  # a former name already joins as an alias
        elif property_ not in ("name", "alias"):
            names.identified[record_type, value].add(record)
        else:
            form = forms.form_of(value)
            for key in forms.equal_names(value):
                names.bearers[record_type, key].add(record, property_, form)
            if record_type == "organization" and (spaceless := forms.spaceless_key(value)):
                names.spaceless[record_type, spaceless][forms.key(value) or ""].add(record, property_, form)
            head, head_of = forms.head_key(value), forms.key(value) or ""
            if property_ == "name":
                names.initials[record] |= plain_initials(value)
                if form is not None:
                    legal_keys[record].add(head_of)
                if head:
                    names.heads[record_type, head][head_of].add(record)
            elif head and head != head_of:
                alias_heads.append((record_type, head, head_of, record))
    for record_type, head, head_of, record in alias_heads:
        if head_of in legal_keys[record]:
            names.formal_heads[record_type, head][head_of].add(record)
    return names


def _with_formal_heads(record_type: str, key: str, by_key: Mapping[str, set[str]], names: _Names) -> Mapping[str, set[str]]:
    """Return the records that may be the head of a group, by the key of their name: those in `by_key`, and `formal_heads`.

    The latter are companies that have the group's name as an alias, and as a name with a legal form: MTN Group, MTN Group
    Limited. They are left out if a record has the short name with a form, because it may be another body: Sony Corporation.
    """
    formal = names.formal_heads.get((record_type, key))
    if not formal or names.bearers[record_type, key].formed:
        return by_key
    return {name: by_key.get(name, set()) | formal.get(name, set()) for name in {**by_key, **formal}}


def _joined_without_spaces(
    key: str, spellings: Iterable[NameBearers], names: _Names, one_to_one: Mapping[str, str], same: Mapping[str, str]
) -> Iterator[SharedKey]:
    """Yield the records in one country whose long names differ only in their spaces."""
    bearers = NameBearers()
    for spelling in spellings:
        bearers.add_all(spelling)
    for shared in _joined_by_name(key, bearers, names, one_to_one, same):
        placed = [record for record in shared.records if names.countries.get(record)]
        if len(placed) > 1:
            yield shared._replace(records=placed)


def _joined_by_name(
    key: str, bearers: NameBearers, names: _Names, one_to_one: Mapping[str, str], same: Mapping[str, str]
) -> Iterator[SharedKey]:
    for body in separate_bodies(bearers, one_to_one):
        by_alias = _alias_bearers(body.by_alias, one_to_one, same)
        if body.has_form:
            by_alias = {record for record in by_alias if record in body.aliases_with_form}
        seats = set().union(*(names.countries[record] for record in body.by_name))
        by_alias = {
            record
            for record in by_alias
            if record in one_to_one or key not in names.initials[record] or names.countries[record] & seats
        }
        records = body.by_name | by_alias
        if body.by_name and not is_ambiguous(records, one_to_one, same):
            for group in _by_country(key, sorted(records), names, one_to_one):
                yield SharedKey(group, "name", key)


def _alias_bearers(records: set[str], one_to_one: Mapping[str, str], same: Mapping[str, str]) -> set[str]:
    """Return the record that an alias means; empty if there are several.

    This is the only record with the alias from a source without duplicates or, if no such source has the alias, the only record
    with it. Records that editors judged the same count as one, and all of them are returned.
    """
    registered = {record for record in records if record in one_to_one}
    bearers = registered or records
    return bearers if len({same.get(record, record) for record in bearers}) == 1 else set()


def _has_both(by_key: Mapping[str, set[str]]) -> bool:
    """Return whether one source has two of these records, and so treats the names with and without “Group” as two bodies."""
    sources: dict[str, set[str]] = defaultdict(set)
    for records in by_key.values():
        for record in records:
            sources[list_of(record)].add(record)
    return any(len(records) > 1 for records in sources.values())


def _by_country(key: str, records: list[str], names: _Names, one_to_one: Mapping[str, str]) -> Iterator[list[str]]:
    """Group records of one name by country.

    Records without a country join the only group that has one, or the only group with a record of a source without duplicates.
    Otherwise they form a group of their own. A state body without a country gets the country of its site's domain or, failing
    that, the only country of its projects. This keeps apart, for example, the Ministries of Interior of two states.
    """
    is_state_body = lexicon().names_state_body(key)
    groups: dict[str, list[str]] = defaultdict(list)
    for record in records:
        countries = names.countries.get(record) or set()
        if not countries and (is_state_body or record in names.state_bodies):
            clues = (names.site_countries.get(record, set()), names.workplaces.get(record, set()))
            countries = next((clue for clue in clues if len(clue) == 1), set())
        groups[" ".join(sorted(countries))].append(record)
    placeless = groups.pop("", [])
    heads = [group for group in groups.values() if any(record in one_to_one for record in group)]
    if len(groups) == 1 or len(heads) == 1:
        head = next(iter(groups.values())) if len(groups) == 1 else heads[0]
        head += placeless
        placeless = []
    if placeless:
        groups[""] = placeless
    for _, group in sorted(groups.items()):
        yield sorted(group)


def _domain_country(page: str) -> set[str]:
    """Return the country of a page's top-level domain (gov.ng); empty for other domains."""
    host = page.partition("/")[0].partition("?")[0]
    code = host.rpartition(".")[2].upper()
    return (
        {_DOMAINS.get(code, code)} if len(code) == 2 and code.isascii() and code.isalpha() and code not in _NO_COUNTRY else set()
    )
