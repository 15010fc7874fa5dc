"""Notes on the limits of a table, and on options that some methods ignore."""

from collections.abc import Collection, Iterable
from itertools import combinations

from overt.estimation.methods import FLAGS, METHODS
from overt.estimation.overlap_tables.overlap_table import OverlapTable

_MAX_PAIRS = 6
"""Maximum number of pairs of lists that one note names."""


def table_notes(table: OverlapTable) -> list[str]:
    """Return sentences about lists with everybody, equal lists, lists within other lists, and pairs that share nobody."""
    totals, shared = table.totals(), table.overlaps()
    equal, nested, disjoint = [], [], []
    for left, right in combinations(range(len(table.names)), 2):
        both = int(shared[left, right])
        first, second = table.names[left], table.names[right]
        if both == totals[left] == totals[right]:
            equal.append(f"{first} and {second}")
        elif both == totals[left]:
            nested.append(f"{first} in {second}")
        elif both == totals[right]:
            nested.append(f"{second} in {first}")
        elif not both:
            disjoint.append(f"{first} and {second}")
    complete = [name for name, total in zip(table.names, totals, strict=True) if total == table.observed]
    notes = [
        f"everybody observed is on {name}, so the table can't show how many people it misses; leave that list out"
        for name in complete
    ]
    if equal:
        notes.append(f"equal lists: {_join(equal)}; they are one list, so leave one of the two out")
    if nested:
        notes.append(f"one list lies within another: {_join(nested)}; if one was made from the other, leave it out")
    if disjoint:
        notes.append(f"lists that share nobody: {_join(disjoint)}; a term for such a pair is at −∞")
    return notes


def option_notes(methods: Collection[str], options: Iterable[str]) -> list[str]:
    """Return sentences about options that only some of these methods accept."""
    notes = []
    for option in options:
        takers = [name for name in methods if option in METHODS[name].options]
        if len(takers) < len(methods):
            notes.append(f"{FLAGS.get(option, option)}: for {', '.join(takers)} only; the other methods don't accept it")
    return notes


def _join(pairs: list[str]) -> str:
    more = f" and {len(pairs) - _MAX_PAIRS} more" if len(pairs) > _MAX_PAIRS else ""
    return ", ".join(pairs[:_MAX_PAIRS]) + more
