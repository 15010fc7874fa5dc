"""The years of the systems that a figure counts."""

from overt.language.language import N_, NN_
from overt.queries import figures
from overt.queries.database import Reader, json_array
from overt.queries.figures import Figure
from overt.site.site import Site

_ALL = 1_000_000
_YEARS = N_("The systems’ first dates on record are from %(years)s.")
_UNDATED = NN_("%(n)s system is undated.", "%(n)s systems are undated.")


def years_counted(site: Site, reader: Reader, figure: Figure) -> str:
    """Return sentences with the first and last year of the systems behind a figure, and the number of undated systems.

    Empty if the figure doesn't count documented systems or their countries, or if no system has a date.
    """
    if not figure.definition.get("counts_documented"):
        return ""
    rows = [row for row in figures.rows(reader, figure, size=_ALL) if row.counted]
    if figure.counting_unit == "project":
        ids = {row.unit_id for row in rows}
    else:
        ids = {str(identity) for row in rows for column in figure.linked for identity in _listed(row.groups.get(column))}
    by_year = {row["year"]: row["projects"] for row in reader.rows("countries.project_years", [json_array(sorted(ids))])}
    years = sorted(year for year in by_year if year)
    if not years:
        return ""
    sentence = site.gettext(_YEARS, years=site.formats.period(str(years[0]), str(years[-1])))
    undated = by_year.get(None, 0)
    return sentence + (site.language.gap + site.ngettext(*_UNDATED, undated) if undated else "")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]
