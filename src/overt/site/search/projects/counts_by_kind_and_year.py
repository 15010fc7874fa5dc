"""Sentences with the number of projects of each kind and of each year."""

from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope


def counts_by_kind(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence with the number of a mask's projects by kind, as sources state the kinds; empty if there are none."""
    rows = scope.rows("kinds", scope.seated(mask))
    counts = [
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.words.term("project-kinds", row["id"]), detail=row["projects"])
        for row in rows
    ]
    return scope.language.gettext("By kind: %(kinds)s.", kinds=scope.listed(counts)) if counts else ""


def counts_by_year(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence with the number of a mask's projects of each year; empty if there are none."""
    counts = [
        scope.language.gettext(
            "%(name)s (%(detail)s)",
            name=scope.formats.date(str(row["year"])) if row["year"] else scope.language.gettext("no date"),
            detail=row["projects"],
        )
        for row in scope.rows("years", scope.seated(mask))
    ]
    return scope.language.gettext("By year: %(years)s.", years=scope.listed(counts)) if counts else ""
