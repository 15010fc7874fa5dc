"""Count the restricted services of countries: “which country blocks the most services”, “does Russia block more than China”."""

from collections.abc import Sequence

from overt.queries.database import Row
from overt.site.search.projects.project_scope import ProjectScope

_MOST = 3
"""Number of countries that an answer about the most services names."""


def services_by_country(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the number of services of each of the question's countries, or of the countries with the most.

    Empty unless the question compares several countries, or asks which country has the most services. `rows`: a service and a
    country each.
    """
    services: dict[str, set[str]] = {code: set() for code in scope.areas}
    for row in rows:
        services.setdefault(row["country"], set()).add(row["service"])
    compares = scope.question.has("comparison") and len(scope.areas) > 1 and not scope.regions
    ranks = scope.question.has("most") and "places" in scope.intents and not scope.question.ids("service")
    if not (compares or ranks):
        return ""
    codes = scope.areas if compares else sorted(services, key=lambda code: (-len(services[code]), code))[:_MOST]
    counts = scope.listed(
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.words.area(code), detail=_number(scope, len(services[code])))
        for code in codes
    )
    if compares:
        return scope.language.gettext("Services on record by country: %(counts)s.", counts=counts)
    return scope.language.gettext("Countries with the most services on record: %(counts)s.", counts=counts)


def _number(scope: ProjectScope, services: int) -> str:
    return scope.language.ngettext("%(n)s service", "%(n)s services", services)
