"""What the front page's map leaves out: the projects that it doesn't count, and surveillance that a state builds itself."""

from typing import NamedTuple

from overt.queries import figures, records
from overt.queries.database import Reader
from overt.queries.findings import Finding
from overt.queries.project_groups import ProjectGroups, project_groups

_FIGURE = "deployments-by-supplier"
"""The figure whose units the map counts."""
_HOME = "CN"
"""The country whose own systems and state programmes the note mentions."""
_ALL = 1_000_000


class MapNote(NamedTuple):
    """Numbers for the notes at the map."""

    systems: int
    """The systems that the map counts."""
    more: ProjectGroups
    """All other projects; with the systems, they add up to all projects of the release."""
    home: str
    """Code of the country whose own systems and programmes the note mentions."""
    home_systems: int
    """Its systems on the map."""
    home_programmes: int
    """Its state programmes, which the map doesn't count."""


def map_note(reader: Reader, finding: Finding) -> MapNote | None:
    """Return the numbers for a finding's map; None if the finding has no chart, or if the release lacks the map's figure."""
    figure = figures.find(reader, _FIGURE)
    if figure is None or not finding.chart:
        return None
    rows = figures.rows(reader, figure, size=_ALL)
    counted = reader.vectors.mask(reader.vectors.numbers(dict.fromkeys(row.unit_id for row in rows)))
    at_home = next((row["value"] for row in finding.chart["rows"] if row["country"] == _HOME), 0)
    programmes = len(records.linked(reader, _HOME, "programme", "country"))
    return MapNote(int(counted.sum()), project_groups(reader, ~counted), _HOME, at_home, programmes)
