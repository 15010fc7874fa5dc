"""Countries and the cables between them: the fewest cables without which a country is cut off, now and year by year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

HUBS = 10
"""The countries with the most international cables, which together stand for the rest of the world."""
_COUNTRY, _INTO, _OUT = range(3)
_Node = tuple[int, int]
"""A country, or where one goes into a cable or out of it; and its number."""


class Cable(NamedTuple):
    """A submarine cable. Years are those in which it was in use; none where that is not known."""

    id: str
    countries: Sequence[str]
    """In which it lands."""
    suppliers: Sequence[str] = ()
    owners: Sequence[str] = ()
    stands: bool = True
    """Whether it is more than announced."""
    first: int | None = None
    last: int | None = None

    @property
    def international(self) -> bool:
        """Whether it lands in more countries than one."""
        return len(self.countries) > 1


class Net:
    """The cables of one time. `hubs`: what stands for the rest of the world, else the countries with the most of these cables."""

    def __init__(self, cables: Sequence[Cable], hubs: Sequence[str] | None = None) -> None:
        self._cables = list(cables)
        counts = Counter(country for cable in cables for country in cable.countries)
        self.hubs = list(hubs or sorted(counts, key=lambda country: (-counts[country], country))[:HUBS])
        self._names = sorted({*counts, *self.hubs})
        self._place = {country: number for number, country in enumerate(self._names)}
        self._lands = [[self._place[country] for country in cable.countries] for cable in self._cables]
        self._at: list[list[int]] = [[] for _ in self._names]
        for number, lands in enumerate(self._lands):
            for country in lands:
                self._at[country].append(number)

    def cables(self, country: str) -> list[str]:
        """Those that land in a country."""
        return [self._cables[number].id for number in self._at[self._place[country]]] if country in self._place else []

    def cut(self, country: str) -> list[str]:
        """The fewest cables, by id, without which no way leads from a country to any hub but itself; none where none leads now.

        A maximum flow in which each cable bears one, found by shortest ways (J. Edmonds and R. M. Karp, Theoretical improvements
        in algorithmic efficiency for network flow problems, Journal of the ACM 19, 1972): by the theorem of Ford and Fulkerson
        (1956) it is as great as the smallest cut. Of several smallest cuts it is the one nearest to the country. All of a country
        is reached where a cable lands in it, and no way leads over land borders.
        """
        if country not in self._place:
            return []
        start = self._place[country]
        sinks = {self._place[hub] for hub in self.hubs} - {start}
        used: dict[int, list[int]] = {}
        """Cable that bears something: where it comes from and where it goes."""
        while sum(number in used and used[number][0] == start for number in self._at[start]) < len(self._at[start]):
            before, end = self._way(start, sinks, used)
            if end is None:
                return sorted(
                    self._cables[number].id for number in used if (_INTO, number) in before and (_OUT, number) not in before
                )
            _take(before, end, used)
        return sorted(self.cables(country))

    def _way(self, start: int, sinks: set[int], used: dict[int, list[int]]) -> tuple[dict[_Node, _Node | None], _Node | None]:
        """The nodes that can still be reached, each with the one before it, and the first sink among them."""
        before: dict[_Node, _Node | None] = {(_COUNTRY, start): None}
        queue: list[_Node] = [(_COUNTRY, start)]
        for node in queue:
            for beyond in self._beyond(node, used):
                if beyond not in before:
                    before[beyond] = node
                    if beyond[0] == _COUNTRY and beyond[1] in sinks:
                        return before, beyond
                    queue.append(beyond)
        return before, None

    def _beyond(self, node: _Node, used: dict[int, list[int]]) -> Iterator[_Node]:
        """Where one can go from a node; what a cable bears already can be sent another way."""
        kind, number = node
        if kind == _COUNTRY:
            for cable in self._at[number]:
                yield _INTO, cable
                if cable in used and used[cable][1] == number:
                    yield _OUT, cable
        elif kind == _INTO:
            yield (_COUNTRY, used[number][0]) if number in used else (_OUT, number)
        else:
            for country in self._lands[number]:
                yield _COUNTRY, country
            if number in used:
                yield _INTO, number


def _take(before: dict[_Node, _Node | None], end: _Node, used: dict[int, list[int]]) -> None:
    """Let one more flow along a way, from its end back to its start."""
    steps: list[tuple[_Node, _Node]] = []
    node = end
    while (came := before[node]) is not None:
        steps.append((came, node))
        node = came
    for (kind, number), (beyond, _) in steps:
        if (kind, beyond) == (_OUT, _INTO):  # nothing goes through it any more
            del used[number]
    ends: dict[int, list[int | None]] = {}
    for (kind, number), (beyond, other) in steps:
        if (kind, beyond) == (_COUNTRY, _INTO):
            ends.setdefault(other, [None, None])[0] = number
        elif (kind, beyond) == (_OUT, _COUNTRY):
            ends.setdefault(number, [None, None])[1] = other
    for cable, (source, target) in ends.items():
        held = used.setdefault(cable, [-1, -1])
        held[0] = held[0] if source is None else source
        held[1] = held[1] if target is None else target


def by_year(cables: Sequence[Cable]) -> Iterator[dict[str, Any]]:
    """For each country the years in which its cables in use, or the fewest that cut it off, became others than in the year
    before: `country`, `year`, `cables`, `cut`, `cut_cables`. The hubs are those of all these years together, so that a country's
    number does not move because others became hubs.
    """
    dated = [cable for cable in cables if cable.international and cable.first is not None]
    begun = {cable.first for cable in dated if cable.first is not None}
    years = sorted(begun | {cable.last + 1 for cable in dated if cable.last is not None})
    hubs = Net(dated).hubs
    known: dict[str, tuple[list[str], list[str]]] = {}
    held: set[str] = set()
    for year in years:
        there = [cable for cable in dated if (cable.first or 0) <= year and (cable.last is None or year <= cable.last)]
        net = Net(there, hubs)
        lost, held = held - {cable.id for cable in there}, {cable.id for cable in there}
        for country in sorted({country for cable in there for country in cable.countries} | known.keys()):
            own, (before, cut) = net.cables(country), known.get(country, ([], []))
            # All of its own cables are the most that can be needed, and more cables elsewhere need no fewer.
            if own != before or lost or len(cut) < len(own):
                now = net.cut(country)
                if (own, now) != (before, cut):
                    yield {"country": country, "year": year, "cables": own, "cut": len(now), "cut_cables": now}
                known[country] = own, now
