"""Compare the restricted services of countries: “which country blocks the most”, “blocked in both China and Iran”."""

from collections.abc import Iterator, Sequence

from overt.queries import pair_answers
from overt.queries.database import Row
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note

_MOST = 3
"""Number of countries to name if the question asks which has the most services."""
_MAX_ROWS = 1_000
_MAX_COUNTRIES = 60
"""Maximum number of countries in a sentence."""


def services_by_country(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the number of restricted services in each of the question's countries, or in those with the most.

    Empty unless the question compares several countries, or asks which country has the most services. `rows`: each has a
    service and a country.
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


def in_all(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return all rows, unless the question contains “both”.

    If it does, keep only countries that restrict every service in the question and, if it names several countries, only services
    that all of them restrict. `rows`: restrictions, each with a service and a country.
    """
    services, areas = set(scope.question.ids("service")), set(scope.areas)
    if not scope.question.has("both"):
        return [*rows]
    for own, other, needed in (("country", "service", services), ("service", "country", areas)):
        if len(needed) > 1:
            values: dict[str, set[str]] = {}
            for row in rows:
                values.setdefault(row[own], set()).add(row[other])
            rows = [row for row in rows if needed <= values[row[own]]]
    return [*rows]


def countries_in_all(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the countries that restrict all services of a question with “both”; empty for other questions.

    `rows`: from `in_all`.
    """
    if not scope.question.has("both") or len(scope.question.ids("service")) < 2 or not rows:
        return ""
    names = sorted({scope.words.area(row["country"]) for row in rows})
    return scope.language.ngettext(
        "%(n)s country has restricted each of these services, as far as recorded: %(names)s.",
        "%(n)s countries have restricted each of these services, as far as recorded: %(names)s.",
        len(names), names=scope.named(names, _MAX_COUNTRIES),
    )  # fmt: skip


def _contrasts(scope: ProjectScope) -> bool:
    """Return whether a question contrasts its countries with others: “blocked in Iran but not in Russia”."""
    return bool(scope.areas) and not scope.question.ids("service") and not scope.excluded_countries <= set(scope.codes())


def not_elsewhere(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of services without a record in the countries with which the question contrasts its own.

    If there is no contrast, return all rows.
    """
    if not _contrasts(scope):
        return [*rows]
    codes = sorted(scope.excluded_countries)
    elsewhere = {
        row["service"] for row in pair_answers.other_pairs(scope.reader, pair_answers.SERVICES, _MAX_ROWS, country=codes)
    }
    return [row for row in rows if row["service"] not in elsewhere]


def contrast_notes(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note saying that services with a record in the contrasted countries aren't listed; nothing without a contrast."""
    if _contrasts(scope):
        names = scope.listed(dict.fromkeys(map(scope.part_label, scope.question.excluded)))
        text = scope.language.gettext(
            "Services with a record in %(names)s aren’t listed. Others may be blocked there, too, without a record here.",
            names=names,
        )
        yield Note(text)
