"""Clusters of organisations in one country, with the names, sites and lists that show whether two clusters are one body."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from overt.model.record_ids import list_of
from overt.resolve.equal_names_and_identifiers import FORMER, KIND, WEBSITE, MatchingClaim
from overt.resolve.evidence_beyond_names import seats
from overt.resolve.home_pages import registered_domain, shared_pages
from overt.resolve.names import NameKeys
from overt.resolve.names.abbreviations.abbreviations_without_parsing import is_abbreviation_of
from overt.resolve.names.country_words import country_words
from overt.resolve.names.equal_name_keys import GROUP_WORDS, without_seat
from overt.resolve.names.folding_and_scripts import fold, latin
from overt.resolve.names.former_and_registered_notes import brand_before_description, former_names_in
from overt.resolve.names.institution_name_meanings import TranslatedName, read_translated
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names.notes_in_brackets import abbreviation_in_note, is_former_by_note, is_registered_by_note
from overt.resolve.names.numbered_institutes import NumberedInstitute, read_institute
from overt.resolve.names.translated_name_comparison import left_over
from overt.resolve.same_organizations.removal_of_ministry_from_authority_names import names_without_ministry

AMBIGUOUS = 2
"""Maximum number of letters of an ambiguous abbreviation, which many bodies share."""
_LONGEST, _LONGEST_FORM = 12, 4
"""Maximum number of letters of an abbreviation, and of an abbreviated kind of body beside it: ЈП (public firm) in ЈП ЕТВ."""
_GROUPS = {
    "company": {"company"}, "consortium": {"company"}, "state-owned-company": {"company", "state", "bank"}, "bank": {"bank"},
    "policy-bank": {"bank"}, "insurer": {"bank"}, "fund": {"bank"}, "state-body": {"state"}, "university": {"science"},
    "research-institute": {"science", "state"}, "intergovernmental": {"intergovernmental"}, "non-governmental": {"civil"},
}  # fmt: skip
"""Kind of organisation → groups of kinds. If sources give one body different kinds, these usually share a group."""
_AREAS = frozenset({"region", "province", "city", "municipality"})
OF_OPERATORS = frozenset({"telecommunications", "communications"})
"""Meanings of words that can be left out of an operator's name: OGERO Telecom."""
_BRACKETED = re.compile(r"([^()]+?)\s*\(([A-Z]{4,12})\)")
_MIN_ABBREVIATED = 3
"""Minimum number of words before an abbreviation in brackets. After fewer, brackets often contain a place or a legal form."""
_MIN_INITIALS = 3
_PAIRED = re.compile(r"\b([A-Z]{3,8})-([A-Z]{4,10})\b")
"""Matches two abbreviations of one body: ICP-ANACOM."""
_LEADING = re.compile(r"^([A-Z]{4,12})\s+[-–—]\s+(\S+\s.+)$")
"""Matches an abbreviation before a name: CAMTEL - Cameroon Telecommunications."""
_MIN_COMPOUND = 8
"""Minimum number of letters of a brand that begins with the country's name: Uzbektelecom."""
_GROUP = re.compile(
    r"group|\b(?:groupe|grupo|gruppo|gruppe|holdings?)\b|集团|集團|控股|групп|холдинг|مجموعة|مجموعه|القابضة|그룹|홀딩스|グループ|ホールディングス"
)
"""Matches words for a body that owns other bodies."""
_STOCK = re.compile(r"(?:[A-Z]{2,6}\s*[:：]\s*)?(\d{4,6})(?:\.[A-Z]{1,3})?")
"""Matches a numeric stock code, with or without the exchange: 688244.SH, SSE: 688244."""

_TICKER = re.compile(r"([A-Z]{3,6})[ -][A-D]|[A-Z]{2,8}\s*[:：]\s*([A-Z]{3,8})")
"""Matches a stock ticker in letters, with the class of the share or the exchange: MSAB B, NASDAQ: CLBT."""


@dataclass
class Body:
    """A cluster of organisations in one country."""

    country: str
    own_names: set[str] = field(default_factory=set)
    """Keys of names, and of aliases that a note in brackets marks as registered names."""
    formal: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Key of each name or alias with a legal form → its forms."""
    form_words: set[str] = field(default_factory=set)
    """The folded words of legal forms of its names and aliases."""
    former: set[str] = field(default_factory=set)
    """Keys of former names."""
    groups: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    """The registered domains of `sites`."""
    lists: set[str] = field(default_factory=set)
    short: dict[str, str] = field(default_factory=dict)
    """Abbreviation, or the only word of a name apart from the country's, in Latin letters → a record that has it."""
    full: dict[str, TranslatedName] = field(default_factory=dict)
    """Key of a full name (several words, or one word with several meanings, such as Belügyminisztérium) → its meanings."""
    records: dict[str, str] = field(default_factory=dict)
    """Key of each name or alias → a record that has it."""
    brands: dict[str, str] = field(default_factory=dict)
    """Name of one word, or the only word apart from the country and the kind of body, as written → a record that has it."""
    cores: dict[str, str] = field(default_factory=dict)
    """The only specific word of a name, beyond the kind of body and “telecom”, as written → a record that has it."""
    initials: set[str] = field(default_factory=set)
    """Initials of Latin names that contain the country's name, with and without the initials of the legal form."""
    stocks: dict[str, str] = field(default_factory=dict)
    """Stock code → a record that has it as a name."""
    institutes: set[NumberedInstitute] = field(default_factory=set)
    """The numbered institutes that its names and aliases refer to."""
    parents: list["Body"] = field(default_factory=list)
    """The organisations that sources name as its parents, treated as if they were in the same country."""

    def excludes(self, other: "Body") -> bool:
        """Return whether two bodies can't be the same, because of their kinds (a university and a ministry) or `are_two`."""
        return bool(self.groups and other.groups and not self.groups & other.groups) or self.are_two(other)

    def are_two(self, other: "Body") -> bool:
        """Return whether anything other than their kinds shows that two bodies can't be the same.

        Two rows of one list are two bodies. So are a group and a firm with its own home page, a country's ministry and a
        region's ministry, or the 28th and the 38th institute of a group.
        """
        of_two_numbers = bool(self.institutes and other.institutes and not self.institutes & other.institutes)
        return bool(self.lists & other.lists) or of_two_numbers or self.is_group_beside(other) or self.is_area_beside(other)

    def is_area_beside(self, other: "Body") -> bool:
        """Return whether a name of one body is a name of the other with an area: Ministry of Interior, Kurdistan Region.

        Only names in the same script are compared. Aliases are not, because an alias may leave the region out.
        """
        return any(
            _has_area_beyond(self.full[name], other.full[theirs]) or _has_area_beyond(other.full[theirs], self.full[name])
            for name in self.own_names & self.full.keys()
            for theirs in other.own_names & other.full.keys()
            if self.full[name].script == other.full[theirs].script
        )

    def is_group_beside(self, other: "Body") -> bool:
        """Return whether only one of two bodies is called a group in all its names, and both have home pages of their own.

        If they don't have two pages, the names with and without “Group” both mean the head of the group (docs/decisions/0070).
        """
        are_groups = [all(map(names_group, body.own_names)) for body in (self, other) if body.own_names]
        have_pages = bool(self.sites and other.sites and not self.sites & other.sites)
        return have_pages and len(are_groups) == 2 and are_groups[0] != are_groups[1]

    @property
    def labels(self) -> frozenset[str]:
        """The labels of its domains, such as `bndes` for bndes.gov.br."""
        return frozenset(domain.partition(".")[0] for domain in self.domains)

    @property
    def first(self) -> str:
        """The alphabetically first of the records in `records`."""
        return min(self.records.values())


def read_bodies(
    claims: Iterable[MatchingClaim], clusters: Mapping[str, str], keys: NameKeys, parents: Iterable[tuple[str, str]] = ()
) -> dict[str, Body]:
    """Return the clusters that are in exactly one country, by cluster. A cluster that is alone in its country is left out.

    `clusters`: record → its cluster. `parents`: record and the record of its parent.
    """
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record, record_type, property_, value in claims:
        if record_type == "organization":
            values[record][property_].append(value)
    portals = shared_pages({record: frozenset(of.get(WEBSITE, ())) for record, of in values.items()}) | {""}
    countries: dict[str, set[str]] = defaultdict(set)
    for record, of in values.items():
        if record in clusters:
            countries[clusters[record]] |= seats(of)
    country_of = {cluster: next(iter(codes)) for cluster, codes in countries.items() if len(codes) == 1}
    counts = Counter(country_of.values())
    bodies = {cluster: Body(country) for cluster, country in country_of.items() if counts[country] > 1}
    for record, of in sorted(values.items()):
        if body := bodies.get(clusters.get(record, "")):
            _add_record(body, record, of, portals, keys)
    for record, parent in sorted(parents):
        if (body := bodies.get(clusters.get(record, ""))) and parent in values:
            owner = Body(body.country)
            _add_record(owner, parent, values[parent], portals, keys)
            body.parents.append(owner)
    return bodies


def _add_record(body: Body, record: str, values: Mapping[str, list[str]], portals: frozenset[str], keys: NameKeys) -> None:
    body.lists.add(list_of(record))
    pages = set(values.get(WEBSITE, ())) - portals
    body.sites |= pages
    body.domains |= {domain for page in pages if (domain := registered_domain(page))}
    for kind in values.get(KIND, ()):
        body.groups |= _GROUPS.get(kind, set())
    own = country_words(body.country)
    for property_ in ("name", "alias"):
        for name in values.get(property_, ()):
            if stock := _STOCK.fullmatch(name.strip()):
                body.stocks.setdefault(stock[1], record)
                continue
            if property_ == "alias" and (ticker := _TICKER.fullmatch(name.strip())):
                name = ticker[1] or ticker[2]
            formers = former_names_in(name, has_form=keys.has_form(name)) if property_ == "alias" else ()
            former = formers[0] if formers else ""
            brands = {keys.key(brand) or fold(brand) for brand in formers[1:]}
            brands |= brand_before_description(former) if keys.has_form(former.rpartition(",")[0]) else set()
            body.former |= brands
            body.records |= dict.fromkeys(brands - body.records.keys(), record)
            beside = _abbreviations_beside(name, own)
            for short in filter(None, (*beside[1], fold(abbreviation_in_note(name)))):
                body.short.setdefault(short, record)
            if not (key := keys.key(former or name)):
                continue
            body.records.setdefault(key, record)
            if institute := read_institute(key):
                body.institutes.add(institute)
            if property_ == "name" or is_registered_by_note(name):
                body.own_names.add(key)
                body.initials |= _initials(name, key, own)
            if (form := keys.form_of(name)) is not None:
                body.formal[key].add(form)
                body.form_words |= {*fold(name).split()} - {*key.split()}
            if former or is_former_by_note(name) or name in values.get(FORMER, ()):
                body.former.add(key)
            if beside[1]:
                key = keys.key(beside[0]) or key
            elif seated := without_seat(name, keys):
                key = keys.key(seated) or key
            read = read_translated(key, body.country)
            aside = {latin(word) for word in read.bodies.values() if len(word) <= _LONGEST_FORM} | GROUP_WORDS
            rest = [word for word in read.tokens if word not in own and word not in aside]
            # A full name may have one word: “Police” in Nepal Police, or Belügyminisztérium, Hungarian for “interior ministry”.
            if len(rest) > 1 or (rest and not read.unknown and (read.names_country or len(read.meanings) > 1)):
                body.full.setdefault(key, read)
            if property_ == "name" and "state" in body.groups:
                for short in names_without_ministry(name, key, body.country):
                    body.full.setdefault(short, read_translated(short, body.country))
            if (
                len(rest) == 1
                and AMBIGUOUS <= len(rest[0]) <= _LONGEST
                and _is_abbreviation(rest[0])
                and lexicon().has_brand(rest[0])
            ):
                body.short.setdefault(rest[0], record)
            if (
                " " not in key
                and len(key) >= _MIN_COMPOUND
                and key not in own
                and not (read.words or read.bodies or read.unknown)
            ):
                body.brands.setdefault(key, record)
                body.cores.setdefault(key, record)
            long = [word for word in read.unknown if len(word) > AMBIGUOUS]
            if len(long) == 1 and not read.words:
                body.brands.setdefault(read.written[long[0]], record)
            if len(read.unknown) == 1 and read.words.keys() <= OF_OPERATORS:
                body.cores.setdefault(read.written[read.unknown[0]], record)


def _initials(name: str, key: str, own_country: frozenset[str]) -> set[str]:
    """Return the initials of a name that contains the country's name, such as TTCL and CETC.

    The legal form and words such as “group” are included in some results and left out in others. `key`: the name without its
    form. Connectives are skipped. Initials of fewer than three letters, or not in Latin letters, are left out. The result is
    empty if the name doesn't contain the country's name.
    """
    if not own_country.intersection(fold(name).split()):
        return set()
    words = [[word for word in fold(text).split() if not _is_connective(word)] for text in (name, key)]
    letters = {"".join(word[0] for word in of if word not in aside) for of in words for aside in ((), GROUP_WORDS)}
    return {short for short in letters if len(short) >= _MIN_INITIALS and short.isascii()}


def _is_connective(word: str) -> bool:
    known = lexicon().words.get(word)
    return known is not None and known.kind == "stop"


def _has_area_beyond(longer: TranslatedName, shorter: TranslatedName) -> bool:
    """Return whether a name has all words of another name and, in addition, a kind of area and the area's name."""
    if not longer.unknown or longer.meanings.isdisjoint(_AREAS - shorter.meanings):
        return False
    over = left_over(longer, shorter)
    return not over.right and not over.unknown_right and bool(over.unknown_left) and bool(over.left & _AREAS)


def _is_abbreviation(word: str) -> bool:
    """Return whether a word begins with a letter and has only letters and digits, as in A05."""
    return word.isalnum() and not word[0].isdigit()


def names_group(name: str) -> bool:
    """Return whether a folded name is that of a group: MTN Group."""
    return bool(_GROUP.search(name))


def _abbreviations_beside(name: str, own_country: frozenset[str]) -> tuple[str, list[str]]:
    """Return a name of several words without its abbreviations in capitals, and the folded abbreviations.

    An abbreviation may follow the name in brackets or, if it fits the name, precede it with a dash. Two abbreviations may be
    joined by a hyphen: ICP-ANACOM. If there are none, both results are empty.
    """
    name = name.strip()
    rest, shorts = name, []
    if (match := _BRACKETED.fullmatch(name)) and len(match[1].split()) >= _MIN_ABBREVIATED:
        rest, shorts = match[1], [match[2]]
    elif (match := _LEADING.match(name)) and is_abbreviation_of(match[1], match[2]):
        rest, shorts = match[2], [match[1]]
    elif (match := _PAIRED.search(name)) and len(_PAIRED.sub(" ", name).split()) >= _MIN_ABBREVIATED - 1 and not name.isupper():
        rest, shorts = _PAIRED.sub(" ", name, count=1), [match[1], match[2]]
    folded = [short for short in map(fold, shorts) if lexicon().has_brand(short) and short not in own_country]
    return (rest, folded) if folded else ("", [])
