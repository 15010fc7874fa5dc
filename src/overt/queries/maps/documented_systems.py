"""Documented systems: surveillance and censorship with a named supplier, and what maps of them leave out."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from overt.queries import figures, findings
from overt.queries.database import Reader, json_array
from overt.queries.figures import Figure, FigureRow
from overt.queries.repression_and_infrastructure_project_counts import (
    REPRESSION,
    ProjectGroups,
    RestKinds,
    project_groups,
    rest_kinds,
)

FINDING = "documented-systems"
"""The finding whose map counts systems by country."""
LEADING_SUPPLIER = "leading-supplier"
"""The finding whose chart has the suppliers that are named for the most systems."""
_FIGURE = "deployments-by-supplier"
"""The figure whose units are the systems."""
_ABROAD, _DOMESTIC, _UNKNOWN_COUNTRY = "crossed-a-border", "domestic", "supplier-country-unknown"
"""The figure's variants that say whether a system crossed a border."""
_WITHOUT_SCANS = "without-scans"
"""The figure's variant without the systems that only network scans show."""
_UNKNOWN = "not known"
"""The name of a group of rows for which a figure's grouping, such as the supplier's seat, is unknown."""
_ALL = 1_000_000
_NOT_IN_PLACE = ("announced", "cancelled", "denied", "unverified")
"""Statuses that the figure leaves out."""


class UncountedSystems(NamedTuple):
    """Numbers of projects of surveillance or censorship that the map doesn't count, by the first reason that applies."""

    announced: int
    cancelled: int
    denied: int
    unverified: int
    unnamed: int
    """Without a named supplier or implementer."""
    other_kinds: int
    """With a named supplier or implementer, but of a kind that isn't counted, such as scanners at borders."""


class Crossings(NamedTuple):
    """Numbers of systems by where their suppliers are based; they add up to all systems."""

    abroad: int
    """With a supplier from abroad: no source places this supplier in the system's country."""
    domestic: int
    """Whose suppliers are all from the system's country."""
    unknown: int
    """Without a supplier known to be from abroad, but with one whose country isn't known."""
    abroad_by_seat: Mapping[str, int]
    """Numbers of the systems in `abroad` by their suppliers' seats, for all countries of `by_seat`."""
    abroad_of_disputed: int
    """Number of the systems in `abroad` with a supplier on whose country sources disagree."""


class DocumentedSystems(NamedTuple):
    """The systems of a release, by the country in which they are and by their suppliers' seats."""

    systems: int
    ids: Sequence[str]
    """Ids of the systems' projects, in order."""
    by_country: Mapping[str, int]
    unnamed: Sequence[str]
    """Codes of the countries in which no system has a named customer or operator, in order: they were only found there, or sold
    to a buyer whom no source names.
    """
    chart: Mapping[str, Any]
    """The finding's chart, which has its title in both languages."""
    by_seat: Mapping[str, int]
    """Numbers of systems with a supplier that has its seat in a country, the highest first. A system can be in several."""
    only_suppliers: Mapping[str, str]
    """Id of the supplier by country, for countries in which only one supplier of the systems has its seat."""
    disputed_seats: Mapping[str, int]
    """Numbers of systems by id of each supplier on whose country sources disagree, the highest first.

    `by_seat` counts such a system only if another of its suppliers has a seat.
    """
    without_seat: int
    """Number of systems none of whose suppliers has a seat on record, apart from those in `disputed_seats`."""
    more: ProjectGroups
    """All other projects; with the systems, they add up to all projects of the release."""
    rest: RestKinds
    """The kinds of the projects that `more.rest` counts."""
    programmes: Mapping[str, int]
    """Numbers of state programmes by country, the highest first. They are not projects, so no other number here counts them."""
    uncounted: UncountedSystems
    """Why other projects of surveillance or censorship aren't systems; the numbers add up to `more.repression`."""
    years: Sequence[int]
    """The years of the systems that have a date, in order, each once."""
    crossings: Crossings | None = None
    """How many crossed a border; None if the release was made before figures counted this."""
    only_scanned: int = 0
    """Number of systems that only network scans show, whose supplier is therefore only the maker of a product; 0 if the release
    was made before figures counted them.
    """
    figure: str = _FIGURE
    """Name of the figure with the systems' rows."""


def documented_systems(reader: Reader) -> DocumentedSystems | None:
    """Return the systems of a release; None if it lacks the finding or the figure, or if the finding doesn't hold."""
    finding, figure = findings.find(reader, FINDING), figures.find(reader, _FIGURE)
    if finding is None or figure is None or not finding.chart:
        return None
    seats: dict[str, set[str]] = {}
    rows = [row for row in figures.rows(reader, figure, size=_ALL) if row.counted]
    for row in rows:
        seats.setdefault(row.unit_id, set()).add(str(row.groups.get("seat") or _UNKNOWN))
    counted = reader.vectors.mask_of(seats)
    by_seat = Counter(seat for of_system in seats.values() for seat in of_system - {_UNKNOWN})
    seatless = [system for system, of_system in seats.items() if of_system == {_UNKNOWN}]
    disputed = reader.rows("organizations.disputed_seats", [json_array(sorted(seats))])
    by_year = {row["year"]: row["projects"] for row in reader.rows("countries.project_years", [json_array(sorted(seats))])}
    return DocumentedSystems(
        systems=len(seats),
        ids=sorted(seats),
        by_country={row["country"]: row["value"] for row in finding.chart["rows"]},
        unnamed=[row["country"] for row in finding.chart["rows"] if not row.get("named", row["value"])],
        chart=finding.chart,
        by_seat=_counted(by_seat.elements()),
        only_suppliers=_only_suppliers(rows),
        disputed_seats=_counted([row["organization"] for row in disputed]),
        without_seat=len(set(seatless) - {row["project"] for row in disputed}),
        more=project_groups(reader, ~counted),
        rest=rest_kinds(reader),
        programmes=state_programmes(reader),
        uncounted=_uncounted(reader, seats.keys()),
        years=[year for year in by_year if year],
        crossings=_crossings(rows, by_seat),
        only_scanned=_only_scanned(rows, figure),
    )


def _crossings(rows: Sequence[FigureRow], seats: Iterable[str]) -> Crossings | None:
    """Count the systems by where their suppliers are based; None if no row says this. `seats`: the countries of `by_seat`."""
    abroad, domestic, unknown = (
        {row.unit_id for row in rows if name in row.variants} for name in (_ABROAD, _DOMESTIC, _UNKNOWN_COUNTRY)
    )
    if not (abroad or domestic or unknown):
        return None
    by_seat = Counter(seat for seat, _ in {(row.groups.get("seat"), row.unit_id) for row in rows if _ABROAD in row.variants})
    from_each = {seat: by_seat[seat] for seat in sorted(seats)}
    return Crossings(len(abroad), len(domestic), len(unknown), from_each, by_seat[None])


def _only_scanned(rows: Sequence[FigureRow], figure: Figure) -> int:
    if all(variant["name"] != _WITHOUT_SCANS for variant in figure.variants):
        return 0
    return len({row.unit_id for row in rows if _WITHOUT_SCANS not in row.variants})


def _counted(values: Iterable[str]) -> dict[str, int]:
    """Count values, the most frequent first."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _only_suppliers(rows: Iterable[FigureRow]) -> dict[str, str]:
    """Return, for each country in which exactly one supplier of the systems has its seat, that supplier's id.

    A supplier that is in no row's `companies` is left out, because its id is unknown.
    """
    names: dict[str, set[str]] = {}
    ids: dict[str, str] = {}
    for row in rows:
        names.setdefault(str(row.groups.get("seat") or _UNKNOWN), set()).add(str(row.groups.get("company")))
        ids.update((company["label"], company["id"]) for company in row.companies or ())
    return {seat: ids[name] for seat, (name, *more) in names.items() if seat != _UNKNOWN and not more and name in ids}


def _uncounted(reader: Reader, systems: Collection[str]) -> UncountedSystems:
    reasons: Counter[str] = Counter()
    for row in reader.rows("countries.surveillance_projects", [json_array(REPRESSION)]):
        if row["id"] not in systems:
            status = row["status"] if row["status"] in _NOT_IN_PLACE else ""
            reasons[status or ("other_kinds" if row["named"] else "unnamed")] += 1
    return UncountedSystems(*(reasons[name] for name in UncountedSystems._fields))


def state_programmes(reader: Reader) -> dict[str, int]:
    """Return the number of state programmes of each country that has any, the highest first."""
    return {row["code"]: row["programmes"] for row in reader.rows("countries.programmes")}
