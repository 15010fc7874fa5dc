"""Connected components and bridges of a graph of records."""

from collections.abc import Iterable, Sequence


def connected_components(records: Iterable[str], pairs: Sequence[tuple[str, str]]) -> list[set[str]]:
    """Return the connected components that contain any of `records`, in the order of `records`.

    A record without a pair is a component of its own.
    """
    neighbours = _neighbours(pairs)
    components: list[set[str]] = []
    visited: set[str] = set()
    for record in records:
        if record in visited:
            continue
        component, waiting = {record}, [record]
        while waiting:
            more = [other for other in neighbours.get(waiting.pop(), ()) if other not in component]
            component.update(more)
            waiting += more
        visited |= component
        components.append(component)
    return components


def bridges(pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the pairs whose removal splits a component, in linear time.

    R. E. Tarjan (1974), A note on finding the bridges of a graph, Information Processing Letters 2, 160–161. A pair that occurs
    in both directions is not a bridge.
    """
    neighbours, known = _neighbours(pairs), set(pairs)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    result: set[tuple[str, str]] = set()
    for start in neighbours:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        walk = [(start, "", iter(neighbours[start]))]
        while walk:
            record, parent, rest = walk[-1]
            for other in rest:
                if other not in order:
                    order[other] = low[other] = len(order)
                    walk.append((other, record, iter(neighbours[other])))
                    break
                if other != parent:
                    low[record] = min(low[record], order[other])
            else:
                walk.pop()
                if parent:
                    low[parent] = min(low[parent], low[record])
                    directions = {(parent, record), (record, parent)} & known
                    if low[record] > order[parent] and len(directions) == 1:
                        result |= directions
    return result


def _neighbours(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    neighbours: dict[str, dict[str, None]] = {}
    for left, right in pairs:
        neighbours.setdefault(left, {})[right] = None
        neighbours.setdefault(right, {})[left] = None
    return {record: list(adjacent) for record, adjacent in neighbours.items()}
