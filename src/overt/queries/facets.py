"""Counts the projects that each value of a facet would match, with all other filters unchanged."""

from collections.abc import Mapping

from overt.index.project_filter_declarations import FACETS
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.project_filter_masks import matching_projects, region_counts

Counts = Mapping[str, Mapping[str, int]]
"""Number of projects by facet and value. Values without projects are left out."""


def counts(reader: Reader, project_filter: ProjectFilter) -> Counts:
    """Return the counts of every facet.

    A facet's own selection does not narrow its counts, because its values are alternatives. If the filter has a date (`as_of`),
    regions are counted by their members on that date.
    """
    facets = reader.vectors.facets
    without = {name: project_filter.without(name) if getattr(project_filter, name) else project_filter for name in FACETS}
    counted = {name: facets[name].counts(matching_projects(reader, rest)) for name, rest in without.items()}
    if project_filter.as_of:
        dated = region_counts(reader, matching_projects(reader, without["region"]), project_filter.as_of)
        counted["region"] = {region: count for region, count in {**counted["region"], **dated}.items() if count}
    return counted
