"""Numbers of projects and countries of each organisation of a question, side by side."""

from overt.index.project_filters import ProjectFilter
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import size_of


def counts_of_organizations(scope: ProjectScope, mask: Mask) -> tuple[list[tuple[str, int, int]], dict[str, int]]:
    """Return the label of each of the question's organisations with two numbers of projects, and numbers of countries by label.

    The first number is that of the mask's projects that count. The second is that of projects that are announced, cancelled,
    denied or unverified; if the question names a status, all count. Numbers of countries are those of the first number's
    projects, and are only returned for a question about countries.
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
