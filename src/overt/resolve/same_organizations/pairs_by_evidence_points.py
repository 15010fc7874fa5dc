"""Pairs of organisations in one country for which several kinds of evidence are enough together.

`models/organizations_of_one_country.yml` has the points.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from overt.resolve.names.folding_and_scripts import has_han, script_of
from overt.resolve.same_organizations.evidence_levels import Evidence, evidence_of
from overt.resolve.same_organizations.evidence_points import body_model
from overt.resolve.same_organizations.former_and_shortened_names import ends
from overt.resolve.same_organizations.organization_clusters_by_country import Body
from overt.resolve.same_organizations.pairs_by_translated_names import candidates

_MAX_ACROSS = 400
"""Maximum number of pairs of bodies in two scripts per country. If there are more, only pairs that share something count."""
_ENDING = 4
"""Number of equal final characters at which two Chinese names are compared. One may lack the town at its beginning."""
_RENAMINGS = frozenset({"former", "portfolio"})
"""Kinds of evidence that a body was renamed."""
_NEARLY = 1
"""Number of points by which each pair may miss the threshold `same` if three bodies seem to be one renamed body."""
_MAX_BEARERS = 10
"""Maximum number of bodies in a country that are compared because they share an abbreviation, a name, a page or the like."""


def agreeing_bodies(bodies: Sequence[Body], cluster_of: Callable[[str], str]) -> Iterator[tuple[Body, Body, Evidence]]:
    """Yield pairs of bodies in one country with enough evidence that they are the same, and this evidence.

    A pair is left out if either body has a second partner that is nearly as likely, unless all three agree and one was renamed.
    It is also left out if a stated parent of one body matches the other body nearly as well.

    `cluster_of`: record → its present cluster. Bodies that are already in one cluster are not compared, and don't compete.
    """
    model = body_model()
    clusters = [cluster_of(body.first) for body in bodies]
    evidence: dict[tuple[int, int], Evidence] = {}
    points: dict[int, dict[int, float]] = defaultdict(dict)
    for left, right in _candidates(bodies):
        if clusters[left] == clusters[right] or (of_pair := evidence_of(bodies[left], bodies[right])) is None:
            continue
        total = model.sum(of_pair)
        if not _is_parent(bodies[left], bodies[right], total - model.margin):
            points[left][right] = points[right][left] = total
            evidence[left, right] = of_pair

    def are_one(*three: int) -> bool:
        """Return whether three bodies agree so well with each other that they are almost certainly one renamed body."""
        pairs = list(combinations(sorted(three), 2))
        kinds = {kind for pair in pairs for kind in evidence.get(pair, {})}
        return bool(kinds & _RENAMINGS) and all(points[first].get(second, 0.0) >= model.same - _NEARLY for first, second in pairs)

    likeliest = {body: max(sorted(partners), key=lambda partner: partners[partner]) for body, partners in points.items()}
    for left, partners in sorted(points.items()):
        right = likeliest[left]
        least = partners[right] - model.margin
        rivals = [(left, right), (right, left)]
        is_rivalled = any(
            value > least and clusters[other] != clusters[partner] and not are_one(body, partner, other)
            for body, partner in rivals
            for other, value in points[body].items()
            if other != partner
        )
        is_first = left < right or likeliest[right] != left
        if is_first and partners[right] >= model.same and not is_rivalled:
            yield bodies[left], bodies[right], evidence[min(left, right), max(left, right)]


def _candidates(bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """Return the pairs of bodies to compare, by index: those with something in common, and those with names in two scripts.

    Bodies can share a word, an abbreviation, a name, a page or a numbered institute that few other bodies have. The label of a
    domain and the initials of a name count as abbreviations. The ends of a name without spaces (`ends`) count as a word. Pairs
    with names in two scripts are included only if the country has few such pairs.
    """
    pairs = set(candidates(bodies))
    bearers: dict[str, set[int]] = defaultdict(set)
    former = set().union(*(body.former for body in bodies))
    for number, body in enumerate(bodies):
        unspaced = {end for name in (*body.own_names, *body.former) if (end := ends(name))}
        unspaced |= {f"…{name[-_ENDING:]}" for name in body.own_names if has_han(name)}
        unspaced |= {f"{of.group} {of.number}" for of in body.institutes}
        for item in {
            *body.short,
            *body.former,
            *(body.cores.keys() & former),
            *body.initials,
            *body.records,
            *body.sites,
            *body.labels,
            *unspaced,
        }:
            bearers[item].add(number)
    for numbers in bearers.values():
        if len(numbers) <= _MAX_BEARERS:
            pairs |= set(combinations(sorted(numbers), 2))
    scripts = [{script_of(name[0]) not in ("latin", "") for name in body.own_names} for body in bodies]
    was_foreign = [any(script_of(name[0]) not in ("latin", "") for name in body.former) for body in bodies]
    foreign = [number for number, of in enumerate(scripts) if of == {True} or was_foreign[number]]
    plain = [number for number, of in enumerate(scripts) if of == {False}]
    if len(foreign) * len(plain) <= _MAX_ACROSS:
        pairs |= {(min(left, right), max(left, right)) for left in foreign for right in plain if left != right}
    return sorted(pairs)


def _is_parent(left: Body, right: Body, least: float) -> bool:
    """Return whether a stated parent of one body, such as NTT for NTT East, matches the other with more than `least` points."""
    return any(
        (evidence := evidence_of(parent, other)) is not None and body_model().sum(evidence) > least
        for body, other in ((left, right), (right, left))
        for parent in body.parents
    )
