"""Reply to questions about organisations that are based in certain countries and now on official lists."""

from collections import Counter
from collections.abc import Sequence

from overt.queries.database import Row
from overt.site.search.conditions_by_reply import USED
from overt.site.search.official_lists_reply import (
    about_partial_lists,
    chosen_lists,
    current_listings,
    list_entries,
    lists_in_atlas,
)
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Note, Reply

_MAX_NAMED = 12


def reply_about_listed_seats(scope: ProjectScope) -> Reply:
    """Return a reply with all organisations on the question's lists that are recorded as based in its countries.

    They need not be suppliers. A sentence gives the numbers of listed organisations based elsewhere and of those without a
    recorded home country, and notes name them. If the question names several lists, a sentence gives the number of
    organisations on all of them.
    """
    names = chosen_lists(scope)
    by_id = {row["id"]: row for row in list_entries(scope)}
    listings = current_listings(scope, [*by_id], names)
    current = [row for identity, row in by_id.items() if identity in listings]
    there = [row for row in current if row["country"] in scope.seats]
    elsewhere = [row for row in current if row["country"] and row["country"] not in scope.seats]
    unknown = [row for row in current if not row["country"]]
    lists = scope.listed(scope.words.term("lists", name) for name in names)
    message = scope.language.ngettext(
        "%(n)s of %(total)s organisations that are on an official list matches: %(what)s.",
        "%(n)s of %(total)s organisations that are on an official list match: %(what)s.",
        len(there), total=len(current), what=scope.listed([*scope.seat_labels(), lists]),
    )  # fmt: skip
    counts = scope.language.gettext(
        "%(others)s of them are recorded as based elsewhere; for %(unknown)s, no home country is on record.",
        others=len(elsewhere),
        unknown=len(unknown),
    )
    each = [row for row in there if len(listings[row["id"]]) == len(names)]
    both = scope.language.ngettext(
        "%(n)s of them is on each of these lists.", "%(n)s of them are on each of these lists.", len(each)
    )
    has_several = sum(part.id == "lists" for part in scope.question.parts if part.type == "intent") > 1
    message = scope.sentences(message, both if has_several else "", counts, about_partial_lists(scope, names))
    semicolon = scope.language.gettext("; ")
    items = [scope.organization_item(row, semicolon.join(listings[row["id"]].values())) for row in there[:MAX_ITEMS]]
    notes = [*_with_other_seats(scope, elsewhere), *_without_seats(scope, unknown), lists_in_atlas(scope)]
    used = USED["listed"] | {"asks places", "count", "both"}
    return Reply(message, "/companies?sort=listings", items, len(there), notes, used)


def _with_other_seats(scope: ProjectScope, rows: Sequence[Row]) -> list[Note]:
    """Return a note on listed organisations based elsewhere, because a company from the question's countries may own them."""
    if not rows:
        return []
    places = scope.listed(
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.words.area(code), detail=scope.formats.number(number))
        for code, number in Counter(row["country"] for row in rows).most_common()
    )
    text = scope.language.gettext(
        "Based elsewhere (%(places)s): %(names)s. One of these may be a subsidiary of a company based where the question "
        "asks.",
        places=places, names=scope.named(map(scope.called_row, rows), _MAX_NAMED),
    )  # fmt: skip
    return [Note(text)]


def _without_seats(scope: ProjectScope, rows: Sequence[Row]) -> list[Note]:
    if not rows:
        return []
    names = scope.named(map(scope.called_row, rows), _MAX_NAMED)
    return [Note(scope.language.gettext("Without a recorded home country: %(names)s.", names=names))]
