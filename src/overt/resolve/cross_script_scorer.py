"""Score pairs of organisations of which one has names in Latin letters, and the other names in another script."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from overt.resolve.equal_names_and_identifiers import WEBSITE
from overt.resolve.evidence_beyond_names import evidence_beyond_names, name_keys
from overt.resolve.linkage.linkage_model import LinkageModel
from overt.resolve.names.cross_script.cross_script_comparison import cross_score, explain_cross
from overt.resolve.names.cross_script.cross_script_model import cross_script_model
from overt.resolve.names.cross_script.cross_script_pair_finder import cross_pairs
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.scored_pair import ScoredPair, ScorePart, log2_odds, probability_from_log2_odds

MAX_NAMES = 50_000
"""Maximum number of names to compare, which takes about a minute. If there are more, none are compared across scripts here; the
linkage model still compares their consonants.
"""
Claims = Mapping[str, Mapping[str, Sequence[str]]]
"""Record → property → values."""
ClusterName = tuple[str, str, str]
"""A name, its cluster, and the record that states it."""


class NameMatch(NamedTuple):
    """The most likely match between two records' names."""

    probability: float
    latin: str
    han: str
    """The name in the other script, which need not be Chinese."""
    doubtful: bool = False
    """Whether too much of a name, or a place in it, has no match, or the names may be those of two schools. The score then
    joins the records only if they share an identifier or a home page.
    """


def score_across_scripts(claims: Claims, clusters: Mapping[str, str], linkage: LinkageModel) -> list[ScoredPair]:
    """Score pairs by their countries, and by the meaning and sound of their names in two scripts (`cross_pairs`).

    The pairs are sorted, without those whose names hardly match. `clusters`: record → its current cluster. Clusters with names
    in both scripts are left out, because each of their names is compared in its own script. There is one exception: if only
    aliases are in the other script, the legal names are compared, because an alias is often short for more than one body.
    """
    matches = _best_matches(*_names_by_script(claims, clusters), cross_script_model().review)
    return [_scored_pair(pair, matches[pair], claims, linkage) for pair in sorted(matches)]


def score_pair_across_scripts(
    claims: Claims, clusters: Mapping[str, str], linkage: LinkageModel, pair: tuple[str, str], *, standalone: bool = True
) -> list[ScoredPair]:
    """Score one pair as `score_across_scripts` does, even if a match is very unlikely.

    `score_across_scripts` skips a pair if other names match better, or if a cluster has names in both scripts. Such a pair is
    scored without rivals if `standalone` is set, and this score never joins it; otherwise the result is empty. It is always
    empty unless one record has Latin names to compare and the other has names in another script.
    """
    pair = min(pair), max(pair)
    if match := _best_matches(*_names_by_script(claims, clusters), 0.0).get(pair):
        return [_scored_pair(pair, match, claims, linkage)]
    by_record = {record: record for record in pair}
    latin, han = _names_by_script({record: claims[record] for record in pair}, by_record)
    if not standalone or not latin or not han:
        return []
    match = _best_matches(latin, han, 0.0).get(pair) or max(
        NameMatch(cross_score(latin_name, han_name), latin_name, han_name) for latin_name, *_ in latin for han_name, *_ in han
    )
    return [_scored_pair(pair, match, claims, linkage, "looked at by themselves")._replace(same=False)]


def _best_matches(
    latin: Sequence[ClusterName], han: Sequence[ClusterName], min_probability: float
) -> dict[tuple[str, str], NameMatch]:
    """Return the most likely match of names for each pair of records; empty if there are more than `MAX_NAMES` names."""
    best: dict[tuple[str, str], NameMatch] = {}
    if not latin or not han or len(latin) + len(han) > MAX_NAMES:
        return best
    for match in cross_pairs([name[:2] for name in latin], [name[:2] for name in han], min_probability):
        (latin_name, _, left), (han_name, _, right) = latin[match.latin], han[match.han]
        pair = (left, right) if left < right else (right, left)
        likely = NameMatch(round(match.probability, 6), latin_name, han_name, match.doubtful)
        best[pair] = max(best.get(pair, NameMatch(0.0, "", "")), likely)
    return best


def _names_by_script(claims: Claims, clusters: Mapping[str, str]) -> tuple[list[ClusterName], list[ClusterName]]:
    """Return the names of clusters with only Latin names, and of clusters with only names in other scripts.

    If only aliases of a cluster are in the other script, only its names with a legal form (“Co., Ltd.”) are returned.
    """
    latin: dict[str, set[ClusterName]] = defaultdict(set)
    other: dict[str, set[ClusterName]] = defaultdict(set)
    legal: dict[str, set[ClusterName]] = defaultdict(set)
    scripts_of_names: dict[str, set[bool]] = defaultdict(set)
    for record in claims:
        cluster = clusters[record]
        for property_ in ("name", "alias"):
            for name in claims[record].get(property_, ()):
                side = other if script_in(name) else latin
                side[cluster].add((name, cluster, record))
                if property_ == "name":
                    scripts_of_names[cluster].add(bool(script_in(name)))
                    if name_keys().has_form(name):
                        legal[cluster].add((name, cluster, record))
    both = latin.keys() & other.keys()
    # For clusters with names in both scripts, only legal names count, and only if all names except aliases are in one script.
    for cluster in both:
        scripts = scripts_of_names[cluster]
        for side, is_other in ((latin, False), (other, True)):
            side[cluster] = side[cluster] & legal[cluster] if scripts == {is_other} else set()
    names = [sorted(name for cluster in side for name in side[cluster]) for side in (latin, other)]
    return names[0], names[1]


def _scored_pair(
    pair: tuple[str, str], match: NameMatch, claims: Claims, linkage: LinkageModel, how: str = "beside all other names"
) -> ScoredPair:
    countries = [set(claims[record].get("country", ())) for record in pair]
    parts = [*_name_parts(match.probability, match.latin, match.han, how), *_country_parts(countries[0], countries[1], linkage)]
    probability = round(probability_from_log2_odds(sum(part.bits for part in parts)), 6)
    evidence = evidence_beyond_names(claims[pair[0]], claims[pair[1]], similar=False)
    # A shared identifier or home page removes the doubt that the names leave.
    is_sure = evidence in ("identifier", WEBSITE) or (evidence is not None and not match.doubtful)
    same = probability >= cross_script_model().same and is_sure
    return ScoredPair(*pair, probability, tuple(parts), same)


def _name_parts(probability: float, latin: str, han: str, how: str) -> Iterator[ScorePart]:
    """Yield a part for each way in which the names match. The last part is the effect of rival names."""
    by_name: dict[str, tuple[float, list[str]]] = {}
    for name, bits, words in explain_cross(latin, han):
        total, matched = by_name.get(name, (0.0, []))
        by_name[name] = total + bits, [*matched, words] if words else matched
    rest = log2_odds(probability)
    for name, (bits, matched) in by_name.items():
        rest -= round(bits, 3)
        yield ScorePart(name, round(bits, 3), ", ".join(matched) or None)
    yield ScorePart("rivals", round(rest, 3), f"“{latin}” and “{han}” {how}")


def _country_parts(left: set[str], right: set[str], linkage: LinkageModel) -> Iterator[ScorePart]:
    """Yield the weight of the two records' countries, taken from the linkage model; nothing if a country is unknown."""
    if not left or not right:
        return
    for comparison in linkage.comparisons:
        if comparison.name == "country":
            level = comparison.levels[0 if left & right else -1]
            yield ScorePart("country", round(level.weight, 3), level.label)
