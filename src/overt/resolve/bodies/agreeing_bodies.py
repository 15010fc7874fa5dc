"""Pairs of bodies of one country for which several kinds of evidence together suffice (`models/bodies.yml`)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from overt.resolve.bodies.body_evidence import Evidence, evidence_of
from overt.resolve.bodies.body_model import body_model
from overt.resolve.bodies.organization_bodies import Body
from overt.resolve.bodies.translated_bodies import candidates
from overt.resolve.names.folding import script_of

_MAX_ACROSS = 400
"""Maximum number of pairs of bodies of a country, of which one has only names in another script, to compare by these names."""
_MAX_BEARERS = 10
"""Maximum number of bodies of a country that share an abbreviation, alias or page by which they are compared."""


def agreeing_bodies(bodies: Sequence[Body], cluster_of: Callable[[str], str]) -> Iterator[tuple[Body, Body, Evidence]]:
    """Yield pairs of bodies of one country, with the evidence, that are one and have no second partner nearly as likely.

    A stated parent of one that the other may be, nearly as likely, is such a partner, too.
    `cluster_of`: record → its present cluster. Bodies that are in one cluster already are not compared, and don't compete.
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
    for left, partners in sorted(points.items()):
        right = max(sorted(partners), key=lambda partner: partners[partner])
        least = partners[right] - model.margin
        rivals = [(left, right), (right, left)]
        is_rivalled = any(
            value > least and clusters[other] != clusters[partner]
            for body, partner in rivals
            for other, value in points[body].items()
            if other != partner
        )
        if left < right and partners[right] >= model.same and not is_rivalled:
            yield bodies[left], bodies[right], evidence[left, right]


def _candidates(bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """Return pairs of bodies, by number, that share a word, an abbreviation, an alias or a page, or have names in two scripts."""
    pairs = set(candidates(bodies))
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, body in enumerate(bodies):
        for item in {*body.short, *body.records, *body.sites}:
            bearers[item].add(number)
    for numbers in bearers.values():
        if len(numbers) <= _MAX_BEARERS:
            pairs |= set(combinations(sorted(numbers), 2))
    scripts = [{script_of(name[0]) not in ("latin", "") for name in body.own_names} for body in bodies]
    foreign = [number for number, of in enumerate(scripts) if of == {True}]
    plain = [number for number, of in enumerate(scripts) if of == {False}]
    if len(foreign) * len(plain) <= _MAX_ACROSS:
        pairs |= {(min(left, right), max(left, right)) for left in foreign for right in plain}
    return sorted(pairs)


def _is_parent(left: Body, right: Body, least: float) -> bool:
    """Return whether one body may be a stated parent of the other, by more than `least` points: NTT, of NTT East."""
    return any(
        (evidence := evidence_of(parent, other)) is not None and body_model().sum(evidence) > least
        for body, other in ((left, right), (right, left))
        for parent in body.parents
    )
