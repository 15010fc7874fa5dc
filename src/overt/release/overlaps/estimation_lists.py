"""The lists that sources contribute to an estimate, and why an estimate may be impossible.

An estimate is made for a group of items, such as all projects of one kind (`source_overlaps_and_estimates.Group`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

from overt.estimation.estimate_result_and_verdicts import MIN_SHARED, too_few_shared
from overt.model.source import SourceSpec

Cells = Mapping[frozenset[str], int]
"""For each set of sources (or lists), the number of items that all of these and no others have."""


class SourceScope(NamedTuple):
    """The countries and years that a source covers in a group, as far as known."""

    countries: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None


@dataclass
class SourceLists:
    """The lists of a group."""

    list_of: dict[str, str]
    """The list of each source. Sources that contribute no list are left out."""
    cells: Cells
    reasons: list[dict[str, Any]] = field(default_factory=list)
    """Reasons why there can be no estimate, each with a `code` and details."""
    notes: list[dict[str, Any]] = field(default_factory=list)
    """Notes on sources that were left out or combined, each with a `code` and details."""

    @property
    def names(self) -> list[str]:
        """The names of the lists."""
        return sorted(set(self.list_of.values()))


def make_source_lists(unit: str, cells: Cells, specs: Mapping[str, SourceSpec], scopes: Mapping[str, SourceScope]) -> SourceLists:
    """Turn the sources of a group into lists, and collect reasons why the number of items on no list can't be estimated.

    A source that is complete by definition contributes no list, because anything it lacks is outside its scope. Nor does a
    source that draws on several others. A source that draws on only one other source forms one list with that source
    (`complete` and `draws_on` of source.yml). An estimate needs at least three lists that can have the same items
    (`limited_to`) and share enough of them. `unit` is `project`, `organization` or `presence`.
    """
    present = sorted({source for sources in cells for source in sources})
    lists = SourceLists({source: source for source in present}, cells)
    if len(present) == 1:
        lists.reasons.append({"code": "one-source", "source": present[0]})
    _leave_out(lists, unit, present, specs)
    lists.cells = cells_of_lists(cells, lists.list_of)
    names = lists.names
    if len(present) > 1 and len(names) < 3:
        lists.reasons.append({"code": "two-lists" if len(names) == 2 else "one-left", "lists": names})
    shared = sum(count for members, count in lists.cells.items() if len(members) > 1)
    if len(names) > 1 and shared == 0:
        lists.reasons.append({"code": "no-overlap", "lists": names})
    elif len(names) > 2 and too_few_shared(shared):
        lists.reasons.append({"code": "few", "shared": shared, "least": MIN_SHARED})
    if len(names) > 1:
        lists.reasons += [*_different_limits(lists, unit, specs), *_disjoint_scopes(lists, scopes)]
    return lists


def cells_of_lists(cells: Cells, list_of: Mapping[str, str]) -> dict[frozenset[str], int]:
    """Return the cells by list instead of by source, leaving out items on no list."""
    merged: dict[frozenset[str], int] = {}
    for sources, count in cells.items():
        if lists := frozenset(list_of[source] for source in sources if source in list_of):
            merged[lists] = merged.get(lists, 0) + count
    return merged


def _leave_out(lists: SourceLists, unit: str, present: Sequence[str], specs: Mapping[str, SourceSpec]) -> None:
    for source in present:
        spec = specs.get(source)
        if spec is None:
            continue
        if why := spec.complete.get(unit):
            del lists.list_of[source]
            lists.notes.append({"code": "complete", "source": source, "why": why})
            continue
        if drawn_on := sorted(set(spec.draws_on) & set(present)):
            why = spec.draws_on[drawn_on[0]]
            if len(spec.draws_on) > 1:
                del lists.list_of[source]
                lists.notes.append({"code": "repeats", "source": source, "others": drawn_on, "why": why})
            else:
                name = f"{drawn_on[0]}+{source}"
                lists.list_of |= {source: name, drawn_on[0]: name}
                lists.notes.append({"code": "one-list", "source": source, "others": drawn_on, "why": why})


def _different_limits(lists: SourceLists, unit: str, specs: Mapping[str, SourceSpec]) -> list[dict[str, Any]]:
    """Return a reason if the sources of the lists are limited in different ways (`limited_to`); otherwise an empty list."""
    limits: dict[str, str | None] = {}
    for name in lists.names:
        sources = (source for source, list_name in lists.list_of.items() if list_name == name and source in specs)
        limits[name] = next((specs[source].limited_to.get(unit) for source in sources), None)
    if len(set(limits.values())) < 2:
        return []
    return [{"code": "scopes", "lists": [{"list": name, "limit": limit} for name, limit in limits.items()]}]


def _disjoint_scopes(lists: SourceLists, scopes: Mapping[str, SourceScope]) -> list[dict[str, Any]]:
    """Return a reason for each pair of lists without common countries or years, which therefore can't share any items."""
    reasons: list[dict[str, Any]] = []
    for left, right in combinations(lists.names, 2):
        if any({left, right} <= members for members in lists.cells):
            continue
        first, second = (
            _joint_scope([source for source, list_name in lists.list_of.items() if list_name == name], scopes)
            for name in (left, right)
        )
        if first.countries and second.countries and not first.countries & second.countries:
            counts = [len(first.countries), len(second.countries)]
            reasons.append({"code": "no-common-country", "lists": [left, right], "countries": counts})
        elif _is_before(first, second) or _is_before(second, first):
            years = [[first.first, first.last], [second.first, second.last]]
            reasons.append({"code": "no-common-year", "lists": [left, right], "years": years})
    return reasons


def _joint_scope(sources: Collection[str], scopes: Mapping[str, SourceScope]) -> SourceScope:
    of_sources = [scopes.get(source, SourceScope()) for source in sources]
    first = [scope.first for scope in of_sources if scope.first is not None]
    last = [scope.last for scope in of_sources if scope.last is not None]
    countries = frozenset().union(*(scope.countries for scope in of_sources))
    return SourceScope(countries, min(first, default=None), max(last, default=None))


def _is_before(first: SourceScope, second: SourceScope) -> bool:
    return first.last is not None and second.first is not None and first.last < second.first
