"""Documented systems: surveillance and censorship with a named supplier, and what maps of them leave out."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from overt.model.values.span import NOT_DOCUMENTED
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
"""The figure's variants by whether a system's supplier is from abroad, from the same country, or from an unknown one."""
_WITHOUT_SCANS = "without-scans"
"""The figure's variant that leaves out the systems known only from network scans."""
_UNKNOWN = "not known"
"""The name of a group of rows for which a figure's grouping, such as the supplier's seat, is unknown."""
_ALL = 1_000_000


class UncountedSystems(NamedTuple):
    """Numbers of surveillance and censorship projects that the map doesn't count, by the first reason that applies."""

    announced: int
    cancelled: int
    denied: int
    unverified: int
    unnamed: int
    """Number of projects without a named supplier or implementer."""
    other_kinds: int
    """Number of projects with a named supplier or implementer, but of a kind that isn't counted, such as scanners at borders.
    """


class Crossings(NamedTuple):
    """Numbers of systems by where their suppliers are based; they add up to all systems."""

    abroad: int
    """Number of systems with a supplier from abroad: no source places this supplier in the system's country."""
    domestic: int
    """Number of systems whose suppliers are all from the system's country."""
    unknown: int
    """Number of systems with no supplier known to be from abroad, but with a supplier whose country is unknown."""
    abroad_by_seat: Mapping[str, int]
    """Numbers of the systems in `abroad` by the country in which their suppliers are based, for all countries of `by_seat`."""
    abroad_of_disputed: int
    """Number of the systems in `abroad` with a supplier on whose country sources disagree."""


class DocumentedSystems(NamedTuple):
    """Counts of a release's documented systems by country and by their suppliers' home countries, and of all other projects."""

    systems: int
    ids: Sequence[str]
    """Ids of the systems' projects, sorted."""
    by_country: Mapping[str, int]
    unnamed: Sequence[str]
    """Sorted codes of the countries in which no system has a named customer or operator. The systems were only found there, or
    were sold to a buyer whom no source names.
    """
    chart: Mapping[str, Any]
    """The finding's chart, which has its title in both languages."""
    by_seat: Mapping[str, int]
    """Numbers of systems by the country in which a supplier is based, the highest first. A system can count in several
    countries.
    """
    only_suppliers: Mapping[str, str]
    """For each country in which only one supplier of the systems is based, that supplier's id."""
    disputed_seats: Mapping[str, int]
    """Numbers of systems by supplier id, for suppliers on whose country sources disagree, the highest first.

    `by_seat` counts such a system only if another of its suppliers has an undisputed country.
    """
    without_seat: int
    """Number of systems without a supplier whose country is on record. Systems in `disputed_seats` are not counted."""
    more: ProjectGroups
    """Counts of all other projects. Together with the systems, they add up to all projects of the release."""
    rest: RestKinds
    """The kinds of the projects that `more.rest` counts."""
    programmes: Mapping[str, int]
    """Numbers of state programmes by country, the highest first. They are not projects, so no other number here counts them."""
    uncounted: UncountedSystems
    """Why other surveillance and censorship projects aren't systems; the numbers add up to `more.repression`."""
    years: Sequence[int]
    """The years in which systems are dated, each year once, in ascending order."""
    crossings: Crossings | None = None
    """How many systems crossed a border; None if the release was made before figures counted this."""
    only_scanned: int = 0
    """Number of systems known only from network scans, so that their supplier is only the maker of a product. 0 if the release
    was made before figures counted them.
    """
    figure: str = _FIGURE
    """Name of the figure with the systems' rows."""


def documented_systems(reader: Reader) -> DocumentedSystems | None:
    """Return the systems of a release; None if it lacks `FINDING` or the figure `_FIGURE`, or if the finding doesn't hold."""
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
    """Count the systems by where their suppliers are based; None if no row is in a variant that shows this.

    `seats`: the countries of `by_seat`.
    """
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
    """Count values. The most frequent come first; ties are sorted by value."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _only_suppliers(rows: Iterable[FigureRow]) -> dict[str, str]:
    """Return, for each country in which exactly one supplier of the systems is based, that supplier's id.

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
            status = row["status"] if row["status"] in NOT_DOCUMENTED else ""
            reasons[status or ("other_kinds" if row["named"] else "unnamed")] += 1
    return UncountedSystems(*(reasons[name] for name in UncountedSystems._fields))


def state_programmes(reader: Reader) -> dict[str, int]:
    """Return the number of state programmes of each country that has any, the highest first."""
    return {row["code"]: row["programmes"] for row in reader.rows("countries.programmes")}
