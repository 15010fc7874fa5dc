"""Reply to questions about official lists: who is on them, and which suppliers are."""

from overt.http.page_addresses import record_url
from overt.queries import records
from overt.queries.database import json_array
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item, Note


def reply_about_lists(scope: ProjectScope) -> Reply:
    """Return the entries of official lists that name the question's organisations."""
    items, names = [], scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
    for organization in scope.organizations:
        for listing in records.linked(scope.reader, organization, "listing", "organization"):
            period = scope.formats.period(listing.value("start"), listing.value("end"))
            label = scope.words.term("lists", listing.value("list") or "")
            if len(scope.organizations) > 1:
                label = scope.language.comma.join([scope.label("organization", organization, organization), label])
            items.append(Item("list", listing.id, label, period, record_url("listing", listing.id)))
    path = f"{record_url('organization', scope.organizations[0])}#lists"
    message = scope.language.ngettext(
        "%(n)s entry of an official list names it: %(what)s.", "%(n)s entries of official lists name it: %(what)s.",
        len(items), what=names.removesuffix("."),
    )  # fmt: skip
    return Reply(message if items else scope.none(names), path, items[:MAX_ITEMS], len(items), [_lists_in_atlas(scope)])


def reply_about_listed_suppliers(scope: ProjectScope) -> Reply:
    """Return the suppliers of the question's projects that an official list names on the release's day."""
    chosen = scope.filter()
    mask = scope.mask(chosen)
    suppliers = [row for row in scope.suppliers_of(mask) if row["supplied"]]
    path, notes = scope.link(chosen, mask)
    listings: dict[str, list[str]] = {}
    identities = json_array([row["id"] for row in suppliers])
    for row in scope.reader.rows("question_organizations.listings", {"ids": identities}):
        if not row["is_current"]:
            continue
        name = scope.words.term("lists", row["list"])
        since = scope.language.gettext("since %(date)s", date=scope.formats.date(row["start"])) if row["start"] else ""
        listings.setdefault(row["organization"], []).append(scope.language.comma.join(filter(None, (name, since))))
    listed = [row for row in suppliers if row["id"] in listings]
    semicolon = scope.language.gettext("; ")
    items = [scope.organization_item(row, semicolon.join(listings[row["id"]])) for row in listed[:MAX_ITEMS]]
    only = scope.language.gettext("Only suppliers of projects were compared with the lists. Others may be on a list, too.")
    notes = [_lists_in_atlas(scope), Note(only), *scope.notes(chosen, mask), *notes]
    if not mask.any():
        return Reply(scope.none(), path, notes=notes)
    if not suppliers:
        message = scope.language.gettext("No organisation is on record as a supplier: %(what)s.", what=scope.about())
        return Reply(message, path, notes=notes)
    message = scope.language.ngettext(
        "%(n)s of %(total)s recorded suppliers is on an official list: %(what)s.",
        "%(n)s of %(total)s recorded suppliers are on an official list: %(what)s.",
        len(listed), total=len(suppliers), what=scope.about(),
    )  # fmt: skip
    return Reply(message, path, items, len(listed), notes)


def _lists_in_atlas(scope: ProjectScope) -> Note:
    """Return a note with the official lists that the atlas has."""
    known = scope.listed(scope.words.term("lists", name) for name in scope.words.terms.get("lists", {}))
    return Note(scope.language.gettext("Only these lists are in the atlas: %(lists)s.", lists=known))
