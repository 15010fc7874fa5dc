"""The earliest date of laws and agreements, in words."""

from collections.abc import Sequence

from overt.queries.database import Row
from overt.site.search.agreements.agreement_subjects import is_about_bans
from overt.site.search.projects.project_scope import ProjectScope


def first_agreement_date(scope: ProjectScope, rows: Sequence[Row], mentioning: Sequence[Row]) -> str:
    """Return a sentence with the earliest date of laws and agreements, or the latest if asked for, or that none has a date.

    `mentioning`: those that mention the question's organisation. For bans, only their dates count if there are any.
    """
    rows = (mentioning or rows) if is_about_bans(scope) else rows
    latest = scope.question.has("latest")
    dated = sorted((row for row in rows if row["date"]), key=lambda row: (str(row["date"]), row["id"]), reverse=latest)
    names = scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
    if not dated and mentioning and is_about_bans(scope):
        return scope.language.gettext("No date is on record for those that mention %(names)s.", names=names.removesuffix("."))
    if not dated:
        return scope.language.gettext("No date is on record for them.")
    first = dated[0]
    values = {"date": scope.formats.date(first["date"]), "name": scope.called_row(first).removesuffix(".")}
    message = scope.language.gettext("The earliest date on record is %(date)s: %(name)s.", **values)
    if latest:
        message = scope.language.gettext("The latest date on record is %(date)s: %(name)s.", **values)
    missing = len(rows) - len(dated)
    if not missing:
        return message
    more = scope.language.ngettext("%(n)s of them has no date.", "%(n)s of them have no date.", missing)
    return scope.sentences(message, more)
