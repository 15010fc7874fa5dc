"""Scored pairs become groups of records that are one thing, without joining what the pairs and identifiers speak against."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_MOST = 8.0
"""Bits that one pair counts for at the most, for or against: no single answer outvotes three others."""
_UNIT = 1000
"""Weights are added as whole thousandths of a bit, so that sums hang on no order."""
_Ints = npt.NDArray[np.int64]
_Link = tuple[int, int]
"""What pairs between two groups say: the sum of their weights, and how many pairs these are."""


def group(pairs: pa.Table, records: pa.Table, same: float) -> pa.Table:
    """Records in groups of one thing each: `record`, and `cluster`, the first record of its group; single ones are left out.

    `pairs`: `left`, `right`, `probability` and `weight` as `score_pairs` gives them, the unlikely ones too (`minimum` low): they
    are what speaks against. `records`: `record` and `identifiers`. The likeliest pairs come first. A pair of probability `same`
    or more joins two groups if the pairs between them, on average, say the same, and if no register that both are in gave them
    different identifiers. A pair that was not compared says nothing. The order of rows makes no difference.

    Agglomerative clustering by average linkage, with the pairs that are there, in one pass.
    """
    names: Any = pc.unique(pa.chunked_array([*pairs["left"].chunks, *pairs["right"].chunks], pa.string())).sort()
    left, right = (pc.index_in(pairs[side], names).to_numpy().astype(np.int64) for side in ("left", "right"))
    weight = np.rint(np.clip(pairs["weight"].to_numpy(), -_MOST, _MOST) * _UNIT).astype(np.int64)
    likely = pairs["probability"].to_numpy() >= same
    root = _components(left[likely], right[likely], len(names))
    of_one = root[left] == root[right]  # what lies between components cannot be joined
    left, right, weight, likely = (column[of_one] for column in (left, right, weight, likely))
    order = np.lexsort((right, left, -weight, -likely.astype(np.int64), root[left]))
    left, right, weight, likely = (column[order] for column in (left, right, weight, likely))
    least = round(float(np.log2(same / (1 - same))) * _UNIT)
    given = _identifiers(records, names)
    found = np.arange(len(names))
    for start, end in _runs(root[left]):
        if end - start == 1:  # most components are one pair
            one, other = int(left[start]), int(right[start])
            if not _contradict(given.get(one), given.get(other)):
                found[other] = one
            continue
        lefts, rights, weights = (column[start:end].tolist() for column in (left, right, weight))
        _grow(lefts, rights, weights, int(likely[start:end].sum()), least, given, found)
    joined = np.flatnonzero(np.bincount(found, minlength=len(names))[found] > 1)
    return pa.table([names.take(pa.array(joined)), names.take(pa.array(found[joined]))], names=["record", "cluster"])


def _components(left: _Ints, right: _Ints, count: int) -> _Ints:
    """The first of the places that pairs join each place with, directly or through others."""
    parent = list(range(count))
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        here, there = _root(parent, one), _root(parent, other)
        if here < there:
            parent[there] = here
        else:
            parent[here] = there
    return np.array([_root(parent, at) for at in range(count)], np.int64)


def _root(parent: list[int], at: int) -> int:
    while (above := parent[at]) != at:
        parent[at] = at = parent[above]
    return at


def _runs(keys: _Ints) -> Iterator[tuple[int, int]]:
    """Where equal neighbours begin and end."""
    if len(keys):
        edges = [0, *(np.flatnonzero(np.diff(keys)) + 1).tolist(), len(keys)]
        yield from pairwise(edges)


def _identifiers(records: pa.Table, names: Any) -> dict[int, dict[str, frozenset[str]]]:
    """The identifiers of each place by their scheme."""
    counts: Any = pc.list_value_length(records["identifiers"])  # of none it is null, which filters out
    some = records.filter(pc.greater(counts, pa.scalar(0)))
    places = pc.index_in(some["record"], names).to_pylist()
    found: dict[int, dict[str, frozenset[str]]] = {}
    for place, held in zip(places, some["identifiers"].to_pylist(), strict=True):
        values: list[str] = held or []
        if place is not None:
            schemes: dict[str, frozenset[str]] = {}
            for value in values:
                scheme = value.partition(":")[0]
                schemes[scheme] = schemes.get(scheme, frozenset()) | {value}
            found[place] = schemes
    return found


def _grow(
    left: Sequence[int],
    right: Sequence[int],
    weight: Sequence[int],
    likely: int,
    least: int,
    given: dict[int, dict[str, frozenset[str]]],
    found: _Ints,
) -> None:
    """Join the places of one component, of whose sorted pairs the first `likely` may join; writes the first place of each."""
    parent: dict[int, int] = {}
    links: dict[int, dict[int, _Link]] = {}
    for one, other, held in zip(left, right, weight, strict=True):
        for here, there in ((one, other), (other, one)):
            parent.setdefault(here, here)
            links.setdefault(here, {})[there] = (held, 1)
    schemes = {at: given[at] for at in parent if at in given}
    for one, other in zip(left[:likely], right[:likely], strict=True):
        here, there = _first(parent, one), _first(parent, other)
        if here == there:
            continue
        total, count = links[here][there]
        if total < least * count or _contradict(schemes.get(here), schemes.get(there)):
            continue
        here, there = min(here, there), max(here, there)
        parent[there] = here
        _merge(links, here, there)
        if there in schemes:
            mine, theirs = schemes.get(here, {}), schemes.pop(there)
            schemes[here] = {name: mine.get(name, frozenset()) | theirs.get(name, frozenset()) for name in {*mine, *theirs}}
    for at in parent:
        found[at] = _first(parent, at)


def _first(parent: dict[int, int], at: int) -> int:
    while parent[at] != at:
        parent[at] = at = parent[parent[at]]
    return at


def _contradict(one: dict[str, frozenset[str]] | None, other: dict[str, frozenset[str]] | None) -> bool:
    """Whether a register that both are in gave them no identifier in common."""
    return bool(one and other and any(one[name].isdisjoint(other[name]) for name in one.keys() & other.keys()))


def _merge(links: dict[int, dict[int, _Link]], here: int, there: int) -> None:
    """Give `here` what pairs say of `there`."""
    mine, theirs = links[here], links.pop(there)
    mine.pop(there)
    theirs.pop(here)
    for neighbour, (total, count) in theirs.items():
        own = mine.get(neighbour, (0, 0))
        mine[neighbour] = links[neighbour][here] = (own[0] + total, own[1] + count)
        del links[neighbour][there]
