"""Reply with suppliers ranked by the number of countries in which they have projects."""

from collections.abc import Sequence

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Note, Reply


def reply_about_suppliers_by_countries(scope: ProjectScope, chosen: ProjectFilter, mask: Mask, suppliers: Sequence[Row]) -> Reply:
    """Return a reply with suppliers by their number of countries, the highest first, without those that have no country.

    `suppliers`: those of the mask's projects, with their numbers of countries and projects.
    """
    rows = sorted((row for row in suppliers if row["countries"]), key=lambda row: (-row["countries"], -row["projects"]))
    path, notes = scope.link(chosen, mask)
    notes = [*scope.not_built(mask), *scope.seatless(mask, "supplier", "implementer"), *scope.notes(chosen, mask), *notes]
    if not rows:
        return Reply(scope.none(), path, notes=notes)

    def countries(number: int) -> str:
        return scope.language.ngettext("%(n)s country", "%(n)s countries", number)

    highest = rows[0]["countries"]
    first = scope.named((scope.called_row(row) for row in rows if row["countries"] == highest), MAX_ITEMS)
    message = scope.language.gettext("Most on record: %(names)s (%(count)s).", names=first, count=countries(highest))
    listed = scope.language.ngettext(
        "%(n)s organisation is on record as a supplier or implementer: %(what)s. Ranked by countries.",
        "%(n)s organisations are on record as suppliers or implementers: %(what)s. Ranked by countries.",
        len(rows), what=scope.about(),
    )  # fmt: skip
    items = [
        scope.organization_item(
            row, scope.language.comma.join([countries(row["countries"]), scope.count(row["projects"])]), row["projects"]
        )
        for row in rows[:MAX_ITEMS]
    ]
    notes.insert(
        0, Note(scope.language.gettext("Announced, cancelled, denied and unverified projects don’t count for suppliers."))
    )
    sentence = scope.sentences(message, listed)
    return Reply(sentence, path, items, len(rows), notes, USED["suppliers"] | {"asks places"})
