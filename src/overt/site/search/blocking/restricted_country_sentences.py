"""Name the countries of an answer's restrictions, and the question's countries that have none."""

from collections.abc import Collection, Iterable, Sequence

from overt.queries.database import Row
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS
from overt.site.search.texts.searchable_texts import DatedFacts

_MAX_NAMED = 8
"""Maximum number of countries in a sentence, unless the question asks for countries."""


def places_of(scope: ProjectScope, restrictions: Iterable[DatedFacts]) -> str:
    """Return a sentence with the countries of the restrictions, in their order; empty if they are the question's only country.

    The question's conditions have a separate sentence, because readers could otherwise mistake them for countries.
    """
    places = list(dict.fromkeys(code for restriction in restrictions for code in restriction.countries))
    if not places or places == scope.areas:
        return ""
    if len(places) == 1:
        return scope.language.gettext("Countries: %(names)s.", names=scope.words.area(places[0]))
    where = scope.language.ngettext("%(n)s country", "%(n)s countries", len(places))
    names = scope.named(map(scope.words.area, places), len(places) if "places" in scope.intents else _MAX_NAMED)
    return scope.language.gettext("They are in %(countries)s: %(names)s.", countries=where, names=names)


def named_countries(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the countries of the only service; empty if there are several services or too many countries."""
    places = sorted({scope.words.area(row["country"]) for row in rows})
    if len({row["service"] for row in rows}) > 1 or len(places) > MAX_ITEMS:
        return ""
    return scope.language.gettext("Countries: %(names)s.", names=scope.listed(places))


def none_in(scope: ProjectScope, codes: Collection[str]) -> str:
    """Return a sentence with the question's countries that have no such restriction; empty if there are none.

    `codes`: the countries that have one. Members of a group in the question, such as the Baltic states, aren't named.
    """
    parts = [part for part in scope.question.parts if part.type == "area" and not scope.question.is_grouped(part)]
    names = dict.fromkeys(scope.words.area(part.id) for part in parts if part.id not in codes)
    if not names:
        return ""
    return scope.language.gettext("None is on record for %(names)s. That is not evidence of absence.", names=scope.listed(names))
