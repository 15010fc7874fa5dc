"""What in a table keeps it from telling much, in words."""

from collections.abc import Collection, Iterable
from itertools import combinations

from overt.estimation.methods import FLAGS, METHODS
from overt.estimation.overlap_tables.overlap_table import Lists

_NAMED = 6
"""Pairs that one note names."""


def notes(lists: Lists) -> list[str]:
    """Sentences on lists that hold everybody, that are equal, that lie within another, and that share nobody."""
    totals, shared = lists.totals(), lists.overlaps()
    equal, nested, apart = [], [], []
    for one, other in combinations(range(len(lists.names)), 2):
        both = int(shared[one, other])
        first, second = lists.names[one], lists.names[other]
        if both == totals[one] == totals[other]:
            equal.append(f"{first} and {second}")
        elif both == totals[one]:
            nested.append(f"{first} in {second}")
        elif both == totals[other]:
            nested.append(f"{second} in {first}")
        elif not both:
            apart.append(f"{first} and {second}")
    whole = [name for name, total in zip(lists.names, totals, strict=True) if total == lists.observed]
    said = [f"everybody observed is on {name}, so that nothing tells how many it misses; leave that list out" for name in whole]
    if equal:
        said.append(f"equal lists: {_listed(equal)}; they are one list, so leave one of the two out")
    if nested:
        said.append(f"one list lies within another: {_listed(nested)}; if one was made from the other, leave it out")
    if apart:
        said.append(f"lists that share nobody: {_listed(apart)}; a term for such a pair is at −∞")
    return said


def only_some(methods: Collection[str], options: Iterable[str]) -> list[str]:
    """Sentences on options that not all of these methods take."""
    said = []
    for option in options:
        taking = [name for name in methods if option in METHODS[name].options]
        if len(taking) < len(methods):
            said.append(f"{FLAGS.get(option, option)}: for {', '.join(taking)} alone; the other methods do not take it")
    return said


def _listed(pairs: list[str]) -> str:
    more = f" and {len(pairs) - _NAMED} more" if len(pairs) > _NAMED else ""
    return ", ".join(pairs[:_NAMED]) + more
