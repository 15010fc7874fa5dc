"""Numbers of projects and countries of each organisation of a question, side by side."""

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import size_of


def counts_of_organizations(scope: ProjectScope, mask: Mask) -> tuple[list[tuple[str, int, int]], dict[str, int]]:
    """Return the label and numbers of projects of each of the question's organisations, and numbers of countries by label.

    The first number is that of an organisation's projects in the mask that count. The second is that of its announced,
    cancelled, denied or unverified projects. If the question names a status, all projects count. The numbers of countries are
    those of the projects that count; there are none unless the question is about countries.
    """
    asks_for_countries = scope.question.intent == "places" or "places" in scope.intents
    disputed = scope.reader.vectors.mask() if scope.question.ids("status") else scope.disputed
    counts, countries = list[tuple[str, int, int]](), dict[str, int]()
    for identity in scope.organizations:
        label = scope.label("organization", identity, identity)
        own = mask & matching_projects(scope.reader, ProjectFilter(company=(identity,)))
        counted = own & ~disputed
        counts.append((label, size_of(counted), size_of(own & disputed)))
        if asks_for_countries and counted.any():
            countries[label] = len(scope.rows("countries", counted))
    return counts, countries
