"""Rank countries by the money that lenders and donors promised to projects there: “which country owes China most”."""

from collections.abc import Sequence

from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.site.search.money.us_dollar_amount_check import is_in_dollars
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item

_FIRST = 3
"""Maximum number of countries that the sentence names for each unit."""


def highest_countries(scope: ProjectScope, by_project: Sequence[Row]) -> str:
    """Return a sentence with the countries that have the highest sums in each unit of dollars; empty without such sums.

    `by_project`: commitments by project and unit. A project in several countries counts in full in each of them.
    """
    sums = _by_country(scope, by_project)
    names = []
    for unit in dict.fromkeys(unit for by_unit in sums.values() for unit in by_unit):
        ranked = sorted((code for code in sums if unit in sums[code]), key=lambda code: -sums[code][unit])
        names += [
            scope.language.gettext(
                "%(name)s (%(detail)s)", name=scope.words.area(code), detail=scope.amount(sums[code][unit], unit)
            )
            for code in ranked[:_FIRST]
        ]
    return scope.language.gettext("Most on record in US dollars: %(names)s.", names=scope.listed(names)) if names else ""


def compared_countries(scope: ProjectScope, by_project: Sequence[Row]) -> str:
    """Return a sentence that compares the question's countries by their sums in dollars."""
    sums, none = _by_country(scope, by_project), scope.language.gettext("no amount in US dollars on record")
    counts = []
    for code in scope.areas:
        amounts = [scope.amount(amount, unit) for unit, amount in sums.get(code, {}).items()]
        detail = scope.language.comma.join(amounts) or none
        counts.append(scope.language.gettext("%(name)s (%(detail)s)", name=scope.words.area(code), detail=detail))
    return scope.language.gettext("On record in US dollars by country: %(counts)s.", counts=scope.listed(counts))


def asks_for_sums(scope: ProjectScope) -> bool:
    """Return whether a question asks for countries with sums above an amount."""
    return "places" in scope.intents and scope.question.counts("amount")


def countries_above(scope: ProjectScope, by_project: Sequence[Row]) -> str:
    """Return a sentence with the countries whose sum in any unit of dollars is above the question's amount, highest first."""
    sums, names = _above(scope, _by_country(scope, by_project)), []
    for code in sorted(sums, key=lambda code: -max(sums[code].values())):
        amounts = scope.language.comma.join(scope.amount(amount, unit) for unit, amount in sums[code].items())
        names.append(scope.language.gettext("%(name)s (%(detail)s)", name=scope.words.area(code), detail=amounts))
    limit = scope.threshold_label(scope.question.threshold) if scope.question.threshold else ""
    if not names:
        return scope.language.gettext("No country’s commitments here add up to %(limit)s.", limit=limit)
    return scope.language.ngettext(
        "The commitments to %(n)s country add up to %(limit)s: %(names)s.",
        "The commitments to %(n)s countries add up to %(limit)s each: %(names)s.", len(names), limit=limit,
        names=scope.named(names, MAX_ITEMS),
    )  # fmt: skip


def _above(scope: ProjectScope, sums: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return the countries with a sum above the question's amount; all countries if the question has none."""
    limit = scope.question.threshold
    if limit is None or not asks_for_sums(scope):
        return sums
    return {code: by_unit for code, by_unit in sums.items() if any(map(limit.admits, by_unit.values()))}


def countries_by_amount(scope: ProjectScope, by_project: Sequence[Row], financed: Mask) -> tuple[list[Item], int]:
    """Return items for the countries with the highest sums in any unit of dollars, and the number of all countries.

    If the question asks for sums above an amount, only countries with such a sum count. `by_project`: commitments by project
    and unit. `financed`: the projects of these commitments.
    """
    sums = _above(scope, _by_country(scope, by_project))
    rows = [row for row in scope.rows("countries", financed) if row["id"] in sums or not asks_for_sums(scope)]
    rows = sorted(rows, key=lambda row: -max(sums.get(row["id"], {"": 0}).values()))
    items = []
    for row in rows[:MAX_ITEMS]:
        item = scope.country_item(row)
        amounts = [scope.amount(amount, unit) for unit, amount in sums.get(row["id"], {}).items()]
        items.append(item._replace(detail=scope.language.comma.join([item.detail, *amounts])))
    return items, len(rows)


def _by_country(scope: ProjectScope, by_project: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Return the sums of commitments in dollars by country and unit."""
    financed = scope.reader.vectors.mask_of({row["id"] for row in by_project})
    places: dict[str, list[str]] = {}
    for row in scope.rows("countries_of", financed):
        places.setdefault(row["project"], []).append(row["id"])
    sums: dict[str, dict[str, float]] = {}
    for row in by_project:
        if not (is_in_dollars(row) and row["stated"]):
            continue
        for code in places.get(row["id"], ()):
            by_unit = sums.setdefault(code, {})
            by_unit[row["unit"]] = by_unit.get(row["unit"], 0) + row["amount"]
    return sums
