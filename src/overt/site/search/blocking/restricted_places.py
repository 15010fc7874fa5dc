"""Name the countries of an answer's restrictions."""

from collections.abc import Iterable

from overt.site.search.projects.project_scope_notes import ProjectScope
from overt.site.search.texts.searchable_texts import DatedFacts

_MAX_NAMED = 8
"""Maximum number of countries in a sentence, unless the question asks for countries."""


def places_of(scope: ProjectScope, restrictions: Iterable[DatedFacts]) -> str:
    """Return a sentence with the names of the restrictions' countries, in their order; empty if it is the question's only one.

    The conditions of the question are in a sentence of their own, so that none is taken for a country.
    """
    places = list(dict.fromkeys(code for restriction in restrictions for code in restriction.countries))
    if not places or places == scope.areas:
        return ""
    if len(places) == 1:
        return scope.language.gettext("Countries: %(names)s.", names=scope.words.area(places[0]))
    where = scope.language.ngettext("%(n)s country", "%(n)s countries", len(places))
    names = scope.named(map(scope.words.area, places), len(places) if "places" in scope.intents else _MAX_NAMED)
    return scope.language.gettext("They are in %(countries)s: %(names)s.", countries=where, names=names)
