"""The earliest date of laws and agreements, in words."""

from collections.abc import Sequence

from overt.queries.database import Row
from overt.site.search.project_scope import ProjectScope


def earliest_agreement(scope: ProjectScope, rows: Sequence[Row], mentioning: Sequence[Row]) -> str:
    """Return a sentence with the earliest date of laws and agreements, or that none has a date.

    `mentioning`: those that mention the question's organisation. If there are any, only their dates count.
    """
    rows = mentioning or rows
    dated = sorted((row for row in rows if row["date"]), key=lambda row: (str(row["date"]), row["id"]))
    names = scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
    if not dated and mentioning:
        return scope.language.gettext("No date is on record for those that mention %(names)s.", names=names.removesuffix("."))
    if not dated:
        return scope.language.gettext("No date is on record for them.")
    first = dated[0]
    message = scope.language.gettext(
        "The earliest date on record is %(date)s: %(name)s.",
        date=scope.formats.date(first["date"]), name=scope.called_row(first).removesuffix("."),
    )  # fmt: skip
    if scope.organizations and not mentioning:
        none = scope.language.gettext("None of them mentions %(names)s in a name or summary.", names=names)
        message = scope.language.gettext("%(first)s %(second)s", first=none, second=message)
    missing = len(rows) - len(dated)
    if not missing:
        return message
    more = scope.language.ngettext("%(n)s of them has no date.", "%(n)s of them have no date.", missing)
    return scope.language.gettext("%(first)s %(second)s", first=message, second=more)
