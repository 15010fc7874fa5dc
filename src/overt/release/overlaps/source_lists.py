"""Which sources can stand as lists beside one another, and which witness nothing that another does not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

from overt.estimation.estimates import FEWEST_SHARED, too_few_shared
from overt.model.source import SourceSpec

Cells = Mapping[frozenset[str], int]
"""How many things exactly these sources tell of."""


class Scope(NamedTuple):
    """Where and when the things of a source are, of those in a group."""

    countries: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None


@dataclass
class Lists:
    """The lists of a group. `of`: source → its list; what is left out has none. `reasons`: why there can be no estimate;
    `notes`: what was done with sources. Both are told by a `code` and what belongs to it.
    """

    of: dict[str, str]
    cells: Cells
    reasons: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The lists."""
        return sorted(set(self.of.values()))


def lists_of(unit: str, cells: Cells, specs: Mapping[str, SourceSpec], scopes: Mapping[str, Scope]) -> Lists:
    """Sort the sources of a group into lists, and say why its things that no source tells of cannot be estimated, if so.

    A source that holds all there are by what it is, is no list: what it lacks it lacks by rule. One that repeats several others
    is none either, and one that carries on a single other is one list with it (`complete` and `draws_on` of source.yml). What
    is left has to be three lists that can hold the same (`limited_to`) and share things. `unit`: `project`, `organization` or
    `presence`.
    """
    present = sorted({source for held in cells for source in held})
    found = Lists({source: source for source in present}, cells)
    if len(present) == 1:
        found.reasons.append({"code": "one-source", "source": present[0]})
    _leave_out(found, unit, present, specs)
    found.cells = merged(cells, found.of)
    names = found.names
    if len(present) > 1 and len(names) < 3:
        found.reasons.append({"code": "two-lists" if len(names) == 2 else "one-left", "lists": names})
    shared = sum(count for held, count in found.cells.items() if len(held) > 1)
    if len(names) > 1 and shared == 0:
        found.reasons.append({"code": "no-overlap", "lists": names})
    elif len(names) > 2 and too_few_shared(shared):
        found.reasons.append({"code": "few", "shared": shared, "least": FEWEST_SHARED})
    if len(names) > 1:
        found.reasons += [*_limits(found, unit, specs), *_apart(found, scopes)]
    return found


def merged(cells: Cells, lists: Mapping[str, str]) -> dict[frozenset[str], int]:
    """The table over lists instead of sources, without things that no list tells of."""
    found: dict[frozenset[str], int] = {}
    for held, count in cells.items():
        if on := frozenset(lists[source] for source in held if source in lists):
            found[on] = found.get(on, 0) + count
    return found


def _leave_out(found: Lists, unit: str, present: Sequence[str], specs: Mapping[str, SourceSpec]) -> None:
    for source in present:
        spec = specs.get(source)
        if spec is None:
            continue
        if why := spec.complete.get(unit):
            del found.of[source]
            found.notes.append({"code": "complete", "source": source, "why": why})
            continue
        if drawn := sorted(set(spec.draws_on) & set(present)):
            why = spec.draws_on[drawn[0]]
            if len(spec.draws_on) > 1:
                del found.of[source]
                found.notes.append({"code": "repeats", "source": source, "others": drawn, "why": why})
            else:
                name = f"{drawn[0]}+{source}"
                found.of |= {source: name, drawn[0]: name}
                found.notes.append({"code": "one-list", "source": source, "others": drawn, "why": why})


def _limits(found: Lists, unit: str, specs: Mapping[str, SourceSpec]) -> list[dict[str, Any]]:
    """What each list can hold at most, where that differs between them."""
    held = {
        name: next((specs[one].limited_to.get(unit) for one, of in found.of.items() if of == name and one in specs), None)
        for name in found.names
    }
    if len(set(held.values())) < 2:
        return []
    return [{"code": "scopes", "lists": [{"list": name, "limit": limit} for name, limit in held.items()]}]


def _apart(found: Lists, scopes: Mapping[str, Scope]) -> list[dict[str, Any]]:
    """Pairs of lists that cannot tell of one thing, by country or by year."""
    reasons: list[dict[str, Any]] = []
    for one, other in combinations(found.names, 2):
        if any({one, other} <= held for held in found.cells):
            continue
        mine, theirs = (_scope([source for source, name in found.of.items() if name == held], scopes) for held in (one, other))
        if mine.countries and theirs.countries and not mine.countries & theirs.countries:
            counts = [len(mine.countries), len(theirs.countries)]
            reasons.append({"code": "no-common-country", "lists": [one, other], "countries": counts})
        elif _before(mine, theirs) or _before(theirs, mine):
            years = [[mine.first, mine.last], [theirs.first, theirs.last]]
            reasons.append({"code": "no-common-year", "lists": [one, other], "years": years})
    return reasons


def _scope(sources: Collection[str], scopes: Mapping[str, Scope]) -> Scope:
    held = [scopes.get(source, Scope()) for source in sources]
    first = [scope.first for scope in held if scope.first is not None]
    last = [scope.last for scope in held if scope.last is not None]
    countries = frozenset().union(*(scope.countries for scope in held))
    return Scope(countries, min(first, default=None), max(last, default=None))


def _before(one: Scope, other: Scope) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first
