"""What hangs together in a graph of records, and by what."""

from collections.abc import Iterable, Sequence


def parts(records: Iterable[str], pairs: Sequence[tuple[str, str]]) -> list[set[str]]:
    """The connected parts of a graph."""
    beside = _beside(pairs)
    found: list[set[str]] = []
    seen: set[str] = set()
    for record in records:
        if record in seen:
            continue
        part, waiting = {record}, [record]
        while waiting:
            more = [other for other in beside.get(waiting.pop(), ()) if other not in part]
            part.update(more)
            waiting += more
        seen |= part
        found.append(part)
    return found


def bridges(pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs without which a graph falls apart, in the time of one walk.

    R. E. Tarjan (1974), A note on finding the bridges of a graph, Information Processing Letters 2, 160–161. A pair that is there
    both ways round holds by itself.
    """
    beside, known = _beside(pairs), set(pairs)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    found: set[tuple[str, str]] = set()
    for start in beside:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        walk = [(start, "", iter(beside[start]))]
        while walk:
            here, came, rest = walk[-1]
            for other in rest:
                if other not in order:
                    order[other] = low[other] = len(order)
                    walk.append((other, here, iter(beside[other])))
                    break
                if other != came:
                    low[here] = min(low[here], order[other])
            else:
                walk.pop()
                if came:
                    low[came] = min(low[came], low[here])
                    held = {(came, here), (here, came)} & known
                    if low[here] > order[came] and len(held) == 1:
                        found |= held
    return found


def _beside(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for one, other in pairs:
        found.setdefault(one, {})[other] = None
        found.setdefault(other, {})[one] = None
    return {record: list(others) for record, others in found.items()}
