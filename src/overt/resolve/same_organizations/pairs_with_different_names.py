"""Find records in one country that are the same organisation although their present names differ (docs/decisions/0109).

They share an abbreviation, a former name, a home page or a stock code, or their names translate, abbreviate or misspell each
other. All of this is weaker evidence than equal names, so further evidence is needed: for example, a legal form, a second clue
of this kind, or the fact that no third body has the same clue. Two rows of one list are never the same body, nor are bodies
whose kinds exclude each other.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, product

from rapidfuzz.distance import OSA

from overt.resolve.equal_names_and_identifiers import MatchingClaim, SharedKey
from overt.resolve.names import NameKeys
from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_words
from overt.resolve.names.folding_and_scripts import latin
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.names.translated_name_comparison import Comparison, compare_translated
from overt.resolve.same_organizations.abbreviation_evidence import is_short_of
from overt.resolve.same_organizations.alias_evidence import is_alias_of_both
from overt.resolve.same_organizations.home_page_evidence import have_pages_apart
from overt.resolve.same_organizations.organization_clusters_by_country import AMBIGUOUS, Body, read_bodies
from overt.resolve.same_organizations.pairs_by_evidence_points import agreeing_bodies
from overt.resolve.same_organizations.pairs_by_translated_names import translated_pairs

_DISTINCTIVE = 4
"""Minimum number of letters of an abbreviation that rarely belongs to two bodies of one country."""
_CROSS_SCRIPT = 0.6
"""Minimum probability (`cross_score`) for two names in different scripts to count as translations."""
_LONG_NAME, _LONG_WORD = 20, 8
"""Minimum number of letters of a name, and of a word in it, for a difference in the word to count as a misspelling."""


class CorroboratedNames:
    """Finds clusters in one country that are the same organisation although their present names differ."""

    def __init__(
        self,
        claims: Iterable[MatchingClaim],
        clusters: Mapping[str, str],
        keys: NameKeys,
        parents: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Read the claims about organisations.

        `clusters`: record → its cluster so far. `parents`: record and the record of its parent, as sources state it.
        """
        self._bodies = read_bodies(claims, clusters, keys, parents)
        self._by_country: dict[str, list[str]] = defaultdict(list)
        for cluster, body in sorted(self._bodies.items()):
            self._by_country[body.country].append(cluster)

    def find(self) -> Iterator[SharedKey]:
        """Yield pairs of records whose clusters are the same body. The key is what they share."""
        for _, clusters in sorted(self._by_country.items()):
            yield from self._same_stock(clusters)
            yield from self._same_former_name(clusters)
            yield from self._same_page(clusters)
            yield from self._same_abbreviation(clusters)
            yield from self._abbreviated(clusters)
            yield from self._translated(clusters)

    def misspelled(self) -> Iterator[SharedKey]:
        """Yield pairs of records whose names differ by a misspelling. They are joined after the scored pairs.

        Scores join many of these pairs already.
        """
        for _, clusters in sorted(self._by_country.items()):
            yield from self._misspelled(clusters)

    def agreeing(self, cluster_of: Callable[[str], str]) -> Iterator[SharedKey]:
        """Yield pairs of records of bodies for which several kinds of evidence are enough together, to be joined last.

        `cluster_of`: record → its present cluster.
        """
        for _, clusters in sorted(self._by_country.items()):
            bodies = [body for cluster in clusters if (body := self._bodies[cluster]).records]
            for left, right, evidence in agreeing_bodies(bodies, cluster_of):
                yield _shared(left.first, right.first, "; ".join(f"{kind}: {level}" for kind, level in sorted(evidence.items())))

    def _same_former_name(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield pairs of bodies that share a name which no other body has.

        It must be a former name of only one of them, or an alias of both that has a legal form (Taveta Ltd) and is the present
        name of neither. A former name of one may be the present name of the other, whose source may be older than the renaming.
        """
        former = {key for cluster in clusters for key in self._bodies[cluster].former - self._bodies[cluster].own_names}
        bearers: dict[str, list[str]] = defaultdict(list)
        for cluster in clusters:
            body = self._bodies[cluster]
            for key in {*body.formal, *body.former, *(body.own_names & former)}:
                bearers[key].append(cluster)
        for key, owners in sorted(bearers.items()):
            if len(owners) != 2:
                continue
            left, right = (self._bodies[owner] for owner in owners)
            if key in left.own_names | right.own_names and key not in (left.former | right.former) - (
                left.own_names & right.own_names
            ):
                continue
            forms = [body.formal.get(key, set()) - {""} for body in (left, right)]
            is_formal = key in left.formal and key in right.formal and (not forms[0] or not forms[1] or forms[0] & forms[1])
            is_former = key in left.former ^ right.former  # two bodies with the same former name may be successors of one body
            if (is_formal or is_former) and not left.excludes(right) and lexicon().has_brand(key):
                yield _shared(left.records[key], right.records[key], key)

    def _same_page(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield pairs of bodies that share a home page and have names that abbreviate or translate each other.

        For two bodies of one kind, names in two scripts are enough, too.
        """
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
                if meaning == "equal" or (meaning == "unknown" and (abbreviates or _are_in_two_scripts(left, right))):
                    yield _shared(left.first, right.first, page)

    def _same_abbreviation(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield pairs of bodies with the same abbreviation, such as ABIN or INSA.

        Their full names must mean the same, or must not contradict each other if the abbreviation fits a name of both. If the
        abbreviation is long, and no two bodies with it contradict each other, it only needs to fit a name of one.
        """
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
        """Yield pairs of bodies if an abbreviation of one, such as Telkomsel, fits a name of the other and of no third body.

        The abbreviation must have at least four letters, and no other body may have it. If the first body also has a full name,
        this must mean the same as a name of the other. The other must not have another abbreviation. Two companies with home
        pages of their own are left out unless the abbreviation is the domain's label, because their names may begin alike:
        Syriatel, Syrian Telecom.
        """
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
                if cluster == owners[0] or is_alias_of_both(key, left, self._bodies[cluster]):
                    continue
                if abbreviates_words(short, name.tokens):
                    matches.setdefault(cluster, key)
            if len(matches) == 1:
                ((cluster, key),) = matches.items()
                right = self._bodies[cluster]
                is_known = not left.full or _compare(left, right) == "equal"
                if (
                    is_known
                    and not left.excludes(right)
                    and (short in right.labels or not have_pages_apart(left, right))
                    and not _has_other_short(right, short)
                ):
                    yield _shared(left.short[short], right.records[key], short)

    def _translated(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield pairs of bodies whose names in two languages mean the same, if neither has another such partner."""
        for left, right in translated_pairs([self._bodies[cluster] for cluster in clusters]):
            yield _shared(left.first, right.first, min(left.records))

    def _same_stock(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield pairs of bodies that have the same stock code as a name (688244, 688244.SH), if no third body has it."""
        owners: dict[str, list[str]] = defaultdict(list)
        for cluster in clusters:
            for code in self._bodies[cluster].stocks:
                owners[code].append(cluster)
        for code, bearers in sorted(owners.items()):
            if len(bearers) == 2:
                left, right = (self._bodies[bearer] for bearer in bearers)
                if not left.excludes(right):
                    yield _shared(left.stocks[code], right.stocks[code], code)

    def _misspelled(self, clusters: list[str]) -> Iterator[SharedKey]:
        """Yield pairs whose long names differ by a misspelling in a long word, if neither has another such partner."""
        names = sorted((key, cluster) for cluster in clusters for key in self._bodies[cluster].records if len(key) >= _LONG_NAME)
        by_part: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for key, cluster in names:
            words = key.split()
            for at, word in enumerate(words):
                if len(word) >= _LONG_WORD and word.isalpha():
                    by_part[(*words[:at], "", *words[at + 1 :])].append((key, cluster))
        pairs = {
            (left, right)
            for group in by_part.values()
            for left, right in combinations(sorted(group), 2)
            if left[1] != right[1] and is_slip(left[0], right[0])
        }
        partners = {frozenset((left[1], right[1])) for left, right in pairs}
        owners = Counter(cluster for pair in partners for cluster in pair)
        for (first, cluster), (second, other) in sorted(pairs):
            left, right = self._bodies[cluster], self._bodies[other]
            if owners[cluster] == owners[other] == 1 and not left.excludes(right):
                yield _shared(left.records[first], right.records[second], first)

    def _abbreviations(self, clusters: list[str]) -> dict[str, list[str]]:
        """Return each abbreviation with the bodies that have it as a name or alias."""
        owners: dict[str, list[str]] = defaultdict(list)
        for cluster in clusters:
            for short in self._bodies[cluster].short:
                owners[short].append(cluster)
        return owners


def _abbreviated_name(short: Body, full: Body) -> bool:
    """Return whether an abbreviation of one body fits a full name of the other that isn't an alias of both."""
    return any(
        len(letters) > AMBIGUOUS and abbreviates_words(letters, name.tokens)
        for letters in short.short
        for key, name in full.full.items()
        if not is_alias_of_both(key, short, full)
    )


def _has_other_short(body: Body, short: str) -> bool:
    """Return whether a body's name has an abbreviation other than `short`, which is then probably not its own."""
    return any(other != short and any(is_short_of(other, name, body) for name in body.full.values()) for other in body.short)


def _compare(left: Body, right: Body, *, aside: str = "") -> Comparison:
    """Compare the full names of two bodies.

    Return `equal` if any two names are translations of each other, otherwise `different` if any two contradict each other, and
    otherwise `unknown`. Two aliases are compared only if they are in two scripts, because a group and its subsidiary share a
    brand. `aside`: an abbreviation of both bodies, which the comparison ignores.
    """
    results = {
        compare_translated(first.without(aside), second.without(aside), strict=False)
        for (key, first), (other_key, second) in product(left.full.items(), right.full.items())
        if key in left.own_names or other_key in right.own_names
    }
    if "equal" in results or _agree_across_scripts(left, right):
        return "equal"
    return "different" if "different" in results else "unknown"


def _agree_across_scripts(left: Body, right: Body) -> bool:
    from overt.resolve.names.cross_script.cross_script_comparison import cross_score  # imported here because importing it is slow

    names = [sorted(body.full) for body in (left, right)]
    return any(
        cross_score(*((first, second) if script_in(second) else (second, first))) >= _CROSS_SCRIPT
        for first in names[0]
        for second in names[1]
        if bool(script_in(first)) != bool(script_in(second)) and latin(first) and latin(second)
    )


def _are_in_two_scripts(left: Body, right: Body) -> bool:
    """Return whether two bodies of one kind have no script in common, so that their names can't contradict each other."""
    scripts = [{name.script for name in body.full.values()} for body in (left, right)]
    return bool(left.groups & right.groups and scripts[0] and scripts[1] and not scripts[0] & scripts[1])


def is_slip(left: str, right: str) -> bool:
    """Return whether two names differ in one word, by one letter or two swapped letters. A plural s doesn't count.

    Raises ValueError if they have different numbers of words.
    """
    words = [(first, second) for first, second in zip(left.split(), right.split(), strict=True) if first != second]
    return len(words) == 1 and OSA.distance(*words[0], score_cutoff=1) == 1 and words[0][0].rstrip("s") != words[0][1].rstrip("s")


def _shared(left: str, right: str, key: str) -> SharedKey:
    return SharedKey(sorted((left, right)), "name", key)
