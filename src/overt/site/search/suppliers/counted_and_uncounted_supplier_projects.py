"""Numbers of suppliers' projects, with the number of projects that don't count, such as denied projects."""

from collections.abc import Collection, Mapping, Sequence

from overt.queries.database import Row
from overt.queries.labels import record_labels
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.sentences.linked_record_and_company_names import short_name

_MAX_COUNTRIES = 6
_COUNTED = ""
"""The status that the query returns for projects that count."""


def counts_beside_unbuilt(scope: ProjectScope, mask: Mask) -> dict[str, str]:
    """Return numbers of a mask's projects in words, by supplier: “2 projects (Togo), plus 1 recorded as “Denied” (Morocco)”.

    Suppliers are left out unless they have both projects that count and projects that are announced, cancelled, denied or
    unverified.
    """
    by_status: dict[str, dict[str, list[Row]]] = {}
    for row in scope.rows_by_side("supplied_by_status", mask):
        by_status.setdefault(row["id"], {}).setdefault(row["status"], []).append(row)
    return {identity: _worded(scope, listed) for identity, listed in by_status.items() if len(listed) > 1 and _COUNTED in listed}


def suppliers_not_counted(scope: ProjectScope, mask: Mask, counted: Collection[str]) -> str:
    """Return a sentence that names the suppliers for which none of a mask's projects counts as supplied.

    Empty if there are none, or if the question has an exclusion or a status. `counted`: the ids of the suppliers that the
    answer counts.
    """
    if scope.question.excluded or scope.question.ids("status"):
        return ""
    by_supplier: dict[str, set[str]] = {}
    for row in scope.rows_by_side("supplied_by_status", mask):
        by_supplier.setdefault(row["id"], set()).add(row["status"])
    ids = [identity for identity, statuses in by_supplier.items() if _COUNTED not in statuses and identity not in counted]
    if not ids:
        return ""
    labels = record_labels(scope.reader, ids)
    return scope.language.ngettext(
        "This doesn’t count %(n)s supplier of projects that are only announced, cancelled, denied or unverified: %(names)s.",
        "This doesn’t count %(n)s suppliers of projects that are only announced, cancelled, denied or unverified: %(names)s.",
        len(ids), names=scope.named(short_name(scope.called(labels[identity])) for identity in ids if identity in labels),
    )  # fmt: skip


def _worded(scope: ProjectScope, by_status: Mapping[str, Sequence[Row]]) -> str:
    numbers = {status: len({row["project"] for row in rows}) for status, rows in by_status.items()}
    uncounted = [
        scope.language.ngettext(
            "%(n)s recorded as “%(status)s”", "%(n)s recorded as “%(status)s”",
            numbers[status], status=scope.words.term("statuses", status),
        )
        + _places(scope, rows)
        for status, rows in by_status.items() if status != _COUNTED
    ]  # fmt: skip
    counted = scope.count(numbers[_COUNTED]) + _places(scope, by_status[_COUNTED])
    return scope.language.gettext("%(counted)s, plus %(others)s", counted=counted, others=scope.listed(uncounted))


def _places(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return the countries of projects in brackets. If the question names countries, others are left out.

    Empty if the question names exactly one country.
    """
    countries = set(scope.codes())
    codes = {row["country"] for row in rows if row["country"] and (not countries or row["country"] in countries)}
    if not codes or scope.has_one_area:
        return ""
    names = sorted(map(scope.words.area, codes))
    more = [scope.language.gettext("…")] if len(names) > _MAX_COUNTRIES else []
    return scope.language.gettext(" (%(names)s)", names=scope.listed([*names[:_MAX_COUNTRIES], *more]))
