"""What is used in place of blocked services."""

from overt.queries.database import json_array
from overt.site.search.projects.project_scope import ProjectScope

REPLACEMENT = "replacement"
"""The marker of questions about replacements: “instead of”."""


def replacements(scope: ProjectScope) -> str:
    """Return a sentence on what is used in place of the question's services, if it asks for that; otherwise empty."""
    if not scope.question.has(REPLACEMENT):
        return ""
    values = {"services": json_array(scope.question.ids("service")), "countries": json_array(scope.codes())}
    rows = scope.reader.rows("question_restrictions_laws_and_scores.replacements", values)
    if not rows:
        return scope.language.gettext("No recorded restriction names what is used instead.")
    named: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        service = next(scope.part_label(part) for part in scope.question.parts if part.id == row["service"])
        names = named.setdefault((service, row["country"]), [])
        if row["replacement"] not in names:
            names.append(row["replacement"])
    texts = [
        scope.language.gettext(
            "%(names)s for %(service)s (%(country)s)",
            names=scope.listed(names), service=service, country=scope.words.area(country),
        )
        for (service, country), names in named.items()
    ]  # fmt: skip
    return scope.language.gettext("Used there instead: %(service)s.", service=scope.language.gettext("; ").join(texts))
