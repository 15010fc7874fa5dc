"""A note on why a figure that counts countries or projects has more rows than it counts."""

from collections import defaultdict
from collections.abc import Sequence

from overt.language.language import N_
from overt.queries.figures import Figure, FigureRow
from overt.site.site import Site

_RECORDS = {
    "deployment": N_("Each row is a system, so a country with several systems has several rows."),
    "agreement": N_("Each row is an agreement, so a country with several agreements has several rows."),
}
"""For columns that contain the record of a row: the sentence for figures with a row for each of a country's records."""
_GROUPS = N_("A record with several suppliers, or in several groups, has a row for each.")


def more_rows_than_counted(site: Site, figure: Figure, rows: Sequence[FigureRow]) -> str:
    """Return a sentence on why a figure has more rows than it counts. `rows`: all its counted rows.

    If all rows of each country are different records, such as systems, the sentence says so. Otherwise, or if `rows` is empty,
    it says that a record has a row for each supplier and group.
    """
    record = next((column for column in figure.linked if column in _RECORDS), None)
    if record is None or not rows:
        return site.gettext(_GROUPS)
    by_country: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_country[row.unit_id].append(str(row.groups.get(record)))
    distinct = all(len(set(records)) == len(records) for records in by_country.values())
    return site.gettext(_RECORDS[record] if distinct else _GROUPS)
