"""The network of countries and cables: how few cables must fail to cut a country off, now and year by year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

HUBS = 10
"""Number of hubs: the countries with the most international cables. Together, they represent the rest of the world."""
_COUNTRY, _INTO, _OUT = range(3)
_Node = tuple[int, int]
"""A node of the flow network: its kind (country, or entrance or exit of a cable), and the number of the country or cable."""


class Cable(NamedTuple):
    """A submarine cable."""

    id: str
    countries: Sequence[str]
    """Countries where the cable lands."""
    suppliers: Sequence[str] = ()
    owners: Sequence[str] = ()
    is_built_or_under_way: bool = True
    """Whether the cable is under construction, completed or in use."""
    first: int | None = None
    """First year of use; None if unknown."""
    last: int | None = None
    """Last year of use; None if no end is known."""

    @property
    def international(self) -> bool:
        """Whether the cable lands in more than one country."""
        return len(self.countries) > 1


class CableNetwork:
    """A network of cables and the countries where they land.

    `hubs` represent the rest of the world; by default, they are the `HUBS` countries with the most of these cables.
    """

    def __init__(self, cables: Sequence[Cable], hubs: Sequence[str] | None = None) -> None:
        self._cables = list(cables)
        counts = Counter(country for cable in cables for country in cable.countries)
        self.hubs = list(hubs or sorted(counts, key=lambda country: (-counts[country], country))[:HUBS])
        self._names = sorted({*counts, *self.hubs})
        self._number = {country: number for number, country in enumerate(self._names)}
        self._landings = [[self._number[country] for country in cable.countries] for cable in self._cables]
        self._cables_of: list[list[int]] = [[] for _ in self._names]
        for number, countries in enumerate(self._landings):
            for country in countries:
                self._cables_of[country].append(number)

    def cables(self, country: str) -> list[str]:
        """Return the ids of the cables that land in a country; none for a country that is not in the network."""
        if country not in self._number:
            return []
        return [self._cables[number].id for number in self._cables_of[self._number[country]]]

    def cut(self, country: str) -> list[str]:
        """Return the ids, sorted, of a smallest set of cables whose loss cuts a country off from every hub except itself.

        The set is empty if no cable connects the country to such a hub. The set is computed as a maximum flow with capacity one
        per cable, by shortest paths (J. Edmonds and R. M. Karp, Theoretical improvements in algorithmic efficiency for network
        flow problems, Journal of the ACM 19, 1972); by the theorem of Ford and Fulkerson (1956), this equals the smallest cut.
        If several cuts are smallest, the one nearest to the country is returned. The model assumes that a cable reaches all of
        a country in which it lands, and that no paths cross land borders.
        """
        if country not in self._number:
            return []
        start = self._number[country]
        sinks = {self._number[hub] for hub in self.hubs} - {start}
        flow: dict[int, list[int]] = {}
        """For each cable that carries flow, the countries where the flow enters and leaves it."""
        own = self._cables_of[start]
        while sum(number in flow and flow[number][0] == start for number in own) < len(own):
            previous, end = self._shortest_path(start, sinks, flow)
            if end is None:
                return sorted(
                    self._cables[number].id for number in flow if (_INTO, number) in previous and (_OUT, number) not in previous
                )
            _augment(previous, end, flow)
        return sorted(self.cables(country))

    def _shortest_path(
        self, start: int, sinks: set[int], flow: dict[int, list[int]]
    ) -> tuple[dict[_Node, _Node | None], _Node | None]:
        """Search breadth-first up to a sink. Return the nodes reached, each with its predecessor, and the sink or None."""
        previous: dict[_Node, _Node | None] = {(_COUNTRY, start): None}
        queue: list[_Node] = [(_COUNTRY, start)]
        for node in queue:
            for neighbour in self._residual_neighbours(node, flow):
                if neighbour not in previous:
                    previous[neighbour] = node
                    if neighbour[0] == _COUNTRY and neighbour[1] in sinks:
                        return previous, neighbour
                    queue.append(neighbour)
        return previous, None

    def _residual_neighbours(self, node: _Node, flow: dict[int, list[int]]) -> Iterator[_Node]:
        """Yield the nodes that can be reached directly from a node. Flow that a cable already carries can be redirected."""
        kind, number = node
        if kind == _COUNTRY:
            for cable in self._cables_of[number]:
                yield _INTO, cable
                if cable in flow and flow[cable][1] == number:
                    yield _OUT, cable
        elif kind == _INTO:
            yield (_COUNTRY, flow[number][0]) if number in flow else (_OUT, number)
        else:
            for country in self._landings[number]:
                yield _COUNTRY, country
            if number in flow:
                yield _INTO, number


def _augment(previous: dict[_Node, _Node | None], end: _Node, flow: dict[int, list[int]]) -> None:
    """Add one unit of flow along a path, from the end back to the start."""
    steps: list[tuple[_Node, _Node]] = []
    node = end
    while (parent := previous[node]) is not None:
        steps.append((parent, node))
        node = parent
    for (kind, number), (next_kind, _) in steps:
        if (kind, next_kind) == (_OUT, _INTO):  # The path cancels the flow through this cable.
            del flow[number]
    ends: dict[int, list[int | None]] = {}
    for (kind, number), (next_kind, next_number) in steps:
        if (kind, next_kind) == (_COUNTRY, _INTO):
            ends.setdefault(next_number, [None, None])[0] = number
        elif (kind, next_kind) == (_OUT, _COUNTRY):
            ends.setdefault(number, [None, None])[1] = next_number
    for cable, (source, target) in ends.items():
        countries = flow.setdefault(cable, [-1, -1])
        countries[0] = countries[0] if source is None else source
        countries[1] = countries[1] if target is None else target


def cuts_by_year(cables: Sequence[Cable]) -> Iterator[dict[str, Any]]:
    """Yield a row for each country and year in which its cables in use, or its cut, changed from the previous year.

    Only international cables with a known first year count. Keys are `country`, `year`, `cables`, `cut` and `cut_cables`. The
    hubs are the same for all years, so that a country's cut doesn't change because other countries became hubs.
    """
    dated = [cable for cable in cables if cable.international and cable.first is not None]
    first_years = {cable.first for cable in dated if cable.first is not None}
    years = sorted(first_years | {cable.last + 1 for cable in dated if cable.last is not None})
    hubs = CableNetwork(dated).hubs
    last_rows: dict[str, tuple[list[str], list[str]]] = {}
    in_use_before: set[str] = set()
    for year in years:
        in_use = [cable for cable in dated if (cable.first or 0) <= year and (cable.last is None or year <= cable.last)]
        network = CableNetwork(in_use, hubs)
        lost, in_use_before = in_use_before - {cable.id for cable in in_use}, {cable.id for cable in in_use}
        for country in sorted({country for cable in in_use for country in cable.countries} | last_rows.keys()):
            own, (own_before, cut_before) = network.cables(country), last_rows.get(country, ([], []))
            # Otherwise, the cut is the same: it never has more cables than land in the country, and new cables elsewhere never
            # make it smaller.
            if own != own_before or lost or len(cut_before) < len(own):
                cut = network.cut(country)
                if (own, cut) != (own_before, cut_before):
                    yield {"country": country, "year": year, "cables": own, "cut": len(cut), "cut_cables": cut}
                last_rows[country] = own, cut
