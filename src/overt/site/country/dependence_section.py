"""A country's dependence on suppliers and lenders by sector, and on its submarine cables."""

from typing import Any

from overt.language.language import N_
from overt.queries import country_dependence, figures
from overt.queries.country_dependence import CableCut
from overt.queries.database import Reader
from overt.site.site import Site

_SECTORS = {
    "networks": N_("Networks"),
    "cables": N_("Cables"),
    "data-centres": N_("Data centres"),
    "finance": N_("Money promised"),
}


def dependence_parts(site: Site, reader: Reader, code: str) -> dict[str, Any]:
    """Return the content of the section on dependence.

    `sectors`: rows by sector, each with `placed`, which counts only records with a place in the country. `every`, `standing`:
    results for all cables, and for those under construction, completed or in use; None if not in the release. `leading`:
    `standing` if it has a result, otherwise `every`. `cut`: the cables whose loss cuts the country off, according to `leading`.
    `years`: results by year. `undated`: the number of cables that `years` leaves out. `shared`: money for several countries,
    which no row includes.
    """
    rows = [row for row in country_dependence.sectors(reader, code) if row.year is None]
    by_sector = {row.sector: row for row in rows if not row.placed_only}
    placed = {row.sector: row for row in rows if row.placed_only}
    sectors = [
        {
            **by_sector[sector]._asdict(),
            "called": site.gettext(name),
            "placed": placed.get(sector),
            "money": sector == "finance",
            "limited": by_sector[sector].limited_to_zh if site.language.code == "zh" else None,
        }
        for sector, name in _SECTORS.items()
        if sector in by_sector
    ]
    cables = country_dependence.cables(reader, code)
    every = next((row for row in cables if not row.standing_only), None)
    standing = next((row for row in cables if row.standing_only), None)
    leading = standing if standing and standing.state == "ok" else every
    cut = list(figures.units(reader, leading.cut_cables).values()) if leading else []
    years = country_dependence.cuts(reader, code)
    return {
        "sectors": sectors,
        "every": every,
        "standing": standing,
        "leading": leading,
        "cut": cut,
        "years": by_year(years),
        "undated": max((row.undated or 0 for row in years), default=0),
        "shared": country_dependence.shared(reader, code),
    }


def by_year(rows: list[CableCut]) -> list[dict[str, Any]]:
    """Return a row for each year with a change in a country's cables, or in the smallest set whose loss cuts it off.

    `placed`: the same numbers, counting only cables with a certain first year and a landing point known to a province or better.
    """
    by_year_of_all = {row.year: row._asdict() for row in rows if not row.placed_only}
    placed = {row.year: row._asdict() for row in rows if row.placed_only}
    lines: list[dict[str, Any]] = []
    of_all: dict[str, Any] = {"cables": [], "cut": 0}
    of_placed: dict[str, Any] = {"cables": [], "cut": 0}
    for year in sorted({*by_year_of_all, *placed}):
        of_all, of_placed = by_year_of_all.get(year, of_all), placed.get(year, of_placed)
        lines.append({**of_all, "year": year, "placed": of_placed})
    return lines
