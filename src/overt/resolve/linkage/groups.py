"""Groups of matching records, made from scored pairs. Unlikely pairs and different identifiers keep records apart."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_MAX_BITS = 8.0
"""Weights of pairs are clipped to this, for or against, so that no pair outvotes three others."""
_UNIT = 1000
"""Weights are added as integers, in thousandths of a bit, so that sums do not depend on order."""
_Ints = npt.NDArray[np.int64]
_Link = tuple[int, int]
"""The pairs between two groups: the sum of their weights, and their number."""
_Identifiers = dict[str, frozenset[str]]
"""Scheme → identifiers."""


def group_pairs(pairs: pa.Table, records: pa.Table, same: float) -> pa.Table:
    """Return the members of groups: `record`, and `cluster`, the first record of its group. Groups of one record are left out.

    `pairs`: `left`, `right`, `probability` and `weight` as `score_pairs` returns them. Include unlikely pairs (a low `minimum`),
    because they count against a group. `records`: `record` and `identifiers`. The likeliest pairs come first. A pair of
    probability `same` or more joins two groups if the average weight of the pairs between them also reaches `same`, unless a
    register that lists both gives them different identifiers. Pairs without a score do not count. The order of rows does not
    matter.

    The method is agglomerative clustering by average linkage over the existing pairs, in one pass.
    """
    names: Any = pc.unique(pa.chunked_array([*pairs["left"].chunks, *pairs["right"].chunks], pa.string())).sort()
    left, right = (pc.index_in(pairs[side], names).to_numpy().astype(np.int64) for side in ("left", "right"))
    weight = np.rint(np.clip(pairs["weight"].to_numpy(), -_MAX_BITS, _MAX_BITS) * _UNIT).astype(np.int64)
    likely = pairs["probability"].to_numpy() >= same
    root = _components(left[likely], right[likely], len(names))
    within = root[left] == root[right]  # pairs between components cannot be joined
    left, right, weight, likely = (column[within] for column in (left, right, weight, likely))
    order = np.lexsort((right, left, -weight, -likely.astype(np.int64), root[left]))
    left, right, weight, likely = (column[order] for column in (left, right, weight, likely))
    least = round(float(np.log2(same / (1 - same))) * _UNIT)
    identifiers = _identifiers(records, names)
    cluster = np.arange(len(names))
    for start, end in _runs(root[left]):
        if end - start == 1:  # most components consist of one pair
            first, second = int(left[start]), int(right[start])
            if not _contradict(identifiers.get(first), identifiers.get(second)):
                cluster[second] = first
            continue
        lefts, rights, weights = (column[start:end].tolist() for column in (left, right, weight))
        _grow(lefts, rights, weights, int(likely[start:end].sum()), least, identifiers, cluster)
    joined = np.flatnonzero(np.bincount(cluster, minlength=len(names))[cluster] > 1)
    return pa.table([names.take(pa.array(joined)), names.take(pa.array(cluster[joined]))], names=["record", "cluster"])


def _components(left: _Ints, right: _Ints, count: int) -> _Ints:
    """Return for each position the first position in its connected component."""
    parent = list(range(count))
    for first, second in zip(left.tolist(), right.tolist(), strict=True):
        here, there = _root(parent, first), _root(parent, second)
        if here < there:
            parent[there] = here
        else:
            parent[here] = there
    return np.array([_root(parent, place) for place in range(count)], np.int64)


def _root(parent: list[int], place: int) -> int:
    while (above := parent[place]) != place:
        parent[place] = place = parent[above]
    return place


def _runs(keys: _Ints) -> Iterator[tuple[int, int]]:
    """Yield where each run of equal keys begins and ends."""
    if len(keys):
        edges = [0, *(np.flatnonzero(np.diff(keys)) + 1).tolist(), len(keys)]
        yield from pairwise(edges)


def _identifiers(records: pa.Table, names: Any) -> dict[int, _Identifiers]:
    """Return the identifiers of the record at each position."""
    counts: Any = pc.list_value_length(records["identifiers"])  # null without a list, which filters out
    identified = records.filter(pc.greater(counts, pa.scalar(0)))
    places = pc.index_in(identified["record"], names).to_pylist()
    by_place: dict[int, _Identifiers] = {}
    for place, identifiers in zip(places, identified["identifiers"].to_pylist(), strict=True):
        if place is not None:
            by_scheme: _Identifiers = {}
            for identifier in identifiers or ():
                scheme = identifier.partition(":")[0]
                by_scheme[scheme] = by_scheme.get(scheme, frozenset()) | {identifier}
            by_place[place] = by_scheme
    return by_place


def _grow(
    left: Sequence[int],
    right: Sequence[int],
    weight: Sequence[int],
    likely: int,
    least: int,
    identifiers: dict[int, _Identifiers],
    cluster: _Ints,
) -> None:
    """Join the positions of one component, and write the first position of each group into `cluster`.

    The pairs are sorted; only the first `likely` of them may join.
    """
    parent: dict[int, int] = {}
    links: dict[int, dict[int, _Link]] = {}
    for first, second, bits in zip(left, right, weight, strict=True):
        for here, there in ((first, second), (second, first)):
            parent.setdefault(here, here)
            links.setdefault(here, {})[there] = (bits, 1)
    schemes = {place: identifiers[place] for place in parent if place in identifiers}
    for first, second in zip(left[:likely], right[:likely], strict=True):
        here, there = _first(parent, first), _first(parent, second)
        if here == there:
            continue
        total, count = links[here][there]
        if total < least * count or _contradict(schemes.get(here), schemes.get(there)):
            continue
        here, there = min(here, there), max(here, there)
        parent[there] = here
        _merge(links, here, there)
        if there in schemes:
            ours, theirs = schemes.get(here, {}), schemes.pop(there)
            schemes[here] = {name: ours.get(name, frozenset()) | theirs.get(name, frozenset()) for name in {*ours, *theirs}}
    for place in parent:
        cluster[place] = _first(parent, place)


def _first(parent: dict[int, int], place: int) -> int:
    while parent[place] != place:
        parent[place] = place = parent[parent[place]]
    return place


def _contradict(left: _Identifiers | None, right: _Identifiers | None) -> bool:
    """Return whether a register that lists both gives them no identifier in common."""
    return bool(left and right and any(left[scheme].isdisjoint(right[scheme]) for scheme in left.keys() & right.keys()))


def _merge(links: dict[int, dict[int, _Link]], here: int, there: int) -> None:
    """Move the links of `there` to `here`."""
    ours, theirs = links[here], links.pop(there)
    ours.pop(there)
    theirs.pop(here)
    for neighbour, (total, count) in theirs.items():
        own = ours.get(neighbour, (0, 0))
        ours[neighbour] = links[neighbour][here] = (own[0] + total, own[1] + count)
        del links[neighbour][there]
