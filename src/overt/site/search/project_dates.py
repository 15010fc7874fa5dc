"""The dates of a question's projects: the earliest, and what each date is of."""

import numpy as np

from overt.language.language import N_
from overt.queries import projects
from overt.queries.database import Row
from overt.queries.project_arrays import Mask
from overt.site.search.project_scope import ProjectScope

_EVENTS = {
    "agreed": N_("agreed %(date)s"),
    "contract-signed": N_("contract signed %(date)s"),
    "construction-start": N_("construction began %(date)s"),
    "started": N_("started %(date)s"),
    "operational": N_("in operation %(date)s"),
    "completed": N_("completed %(date)s"),
    "ended": N_("ended %(date)s"),
}
"""Messages by property of a project."""


def projects_by_date(scope: ProjectScope, mask: Mask) -> list[projects.Project]:
    """Return the dated projects of a mask, the earliest first, or the latest first if the question asks for that."""
    dated = mask & (scope.reader.vectors["year.ranks"] >= 0)
    rows = projects.by_id(scope.reader, scope.ids(dated)).values()
    return sorted(rows, key=lambda row: (row.date or str(row.year), row.id), reverse=scope.question.has("latest"))


def first_date(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence with the earliest or, if the question asks for it, the latest date of a mask's projects, or that none has one."""
    rows, total = projects_by_date(scope, mask), int(np.count_nonzero(mask))
    if not rows:
        return scope.language.ngettext(
            "%(n)s project is recorded, without a date: %(what)s.", "%(n)s projects are recorded, none with a date: %(what)s.",
            total, what=scope.about(),
        )  # fmt: skip
    first = rows[0]
    values = {"date": scope.formats.date(str(first.date or first.year)), "name": scope.called(first).removesuffix(".")}
    message = scope.language.gettext("The earliest date on record is %(date)s: %(name)s.", **values)
    if scope.question.has("latest"):
        message = scope.language.gettext("The latest date on record is %(date)s: %(name)s.", **values)
    counted = scope.language.ngettext(
        "%(n)s of %(total)s projects has a date.", "%(n)s of %(total)s projects have a date.", len(rows), total=total
    )
    return scope.language.gettext("%(first)s %(second)s", first=message, second=counted)


def recorded_dates(scope: ProjectScope, mask: Mask) -> dict[str, str]:
    """Return what each date of a mask's projects is of, in words, by project: “agreed 2011, in operation 2012”."""
    by_project: dict[str, list[Row]] = {}
    for row in scope.rows("project_dates", mask, properties=tuple(_EVENTS)):
        by_project.setdefault(row["id"], []).append(row)
    return {
        project: scope.listed(
            scope.language.gettext(_EVENTS[row["property"]], date=scope.formats.date(row["date"])) for row in rows
        )
        for project, rows in by_project.items()
    }
