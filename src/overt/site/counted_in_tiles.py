"""How many projects several tiles of a page count."""

from collections import Counter
from collections.abc import Iterable, Mapping


def in_several_tiles(projects: Mapping[str, Iterable[str]]) -> int:
    """Return the number of projects that several tiles count. `projects`: the ids that each tile counts, by its layer."""
    counts = Counter(identity for ids in projects.values() for identity in set(ids))
    return sum(n > 1 for n in counts.values())
