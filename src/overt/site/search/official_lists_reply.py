"""Reply to questions about official lists: which organisations and which suppliers are on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from overt.http.page_addresses import record_url
from overt.queries import records
from overt.queries.database import Row, json_array
from overt.queries.organizations import lists_in_part, official_lists
from overt.queries.questions.question_focus import asks_for_removals
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.sentences.linked_record_and_company_names import short_name

_MAX_NAMED = 8
"""Maximum number of entries in a sentence."""


def reply_about_lists(scope: ProjectScope) -> Reply:
    """Return a reply with the official-list entries of the question's organisations, in the order of `ReplyItems.by_date`.

    For a question without an organisation, return the entries that began in its years or, if it asks about removals, ended in
    them. If it is about certain lists, entries of other lists are only mentioned in a sentence. If it asks who is on both of
    two lists, return the organisations with entries on each.
    """
    if not scope.organizations and scope.question.has("both") and len(chosen_lists(scope)) > 1:
        return _on_all_lists(scope)
    if not scope.organizations:
        return _entries(scope)
    chosen, items, elsewhere = chosen_lists(scope), list[Item](), list[str]()
    names = scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
    ended, entries, on_list = 0, dict[str, list[str]](), defaultdict[str, set[str]](set)
    organizations = set(scope.organizations)
    listings = [
        (organization, listing)
        for organization in scope.organizations
        for listing in records.linked(scope.reader, organization, "listing", "organization")
    ]
    for organization, listing in scope.by_date(listings, lambda pair: pair[1].value("start")):
        period = scope.formats.period(listing.value("start"), listing.value("end"))
        name = listing.value("list") or ""
        label = term = scope.words.term("lists", name)
        if len(scope.organizations) > 1:
            label = scope.language.comma.join([scope.label("organization", organization, organization), term])
        if name not in chosen:
            elsewhere.append(scope.language.gettext("%(name)s (%(detail)s)", name=label, detail=period))
            continue
        on_list[name].add(organization)
        entries.setdefault(organization, []).append(scope.listed([term, period]) if len(chosen) > 1 else period)
        ended += bool(listing.value("end"))
        items.append(Item("list", listing.id, label, period, record_url("listing", listing.id)))
    path = f"{record_url('organization', scope.organizations[0])}#lists"
    of_several = len(scope.organizations) > 1 and items
    lists = [scope.words.term("lists", name) for name in chosen]
    what = scope.listed(lists if of_several else [names, *_called(scope, chosen)])
    if len(scope.organizations) == 1 and items:
        name = short_name(scope.label("organization", scope.organizations[0], scope.organizations[0]))
        listed = scope.named(
            (scope.language.gettext("%(name)s (%(detail)s)", name=item.label, detail=item.detail) for item in items), _MAX_NAMED
        )
        message = scope.language.ngettext(
            "%(n)s entry on official lists names %(what)s: %(lists)s.",
            "%(n)s entries on official lists name %(what)s: %(lists)s.", len(items), what=name, lists=listed,
        )  # fmt: skip
    else:
        message = scope.language.ngettext(
            "%(n)s entry on official lists is on record: %(what)s.", "%(n)s entries on official lists are on record: %(what)s.",
            len(items), what=what,
        )  # fmt: skip
        message = scope.sentences(message, _of_each(scope, entries) if items else "")
    removed = asks_for_removals(scope.question)
    if removed and items and not ended:
        message = scope.sentences(message, scope.language.gettext("None of these entries has ended."))
    if ended:
        text = scope.language.ngettext("%(n)s of these entries has ended.", "%(n)s of these entries have ended.", ended)
        message = scope.sentences(message, text)
    if not items:
        message = scope.language.gettext("No entry here of an official list names it: %(what)s.", what=what)
    message = scope.sentences(
        message, about_partial_lists(scope, [name for name in chosen if not on_list[name] >= organizations])
    )
    if elsewhere:
        more = scope.language.ngettext(
            "%(n)s entry of another official list names it: %(lists)s.",
            "%(n)s entries of other official lists name it: %(lists)s.", len(elsewhere), lists=scope.listed(elsewhere),
        )  # fmt: skip
        message = scope.sentences(message, more)
    scope.question.unweighed = [word for word in scope.question.unweighed if word not in scope.lexicon.present_words]
    used = USED["lists"] | {"both", *(["asks blocked"] if removed else [])}
    return Reply(message, path, items[:MAX_ITEMS], len(items), [lists_in_atlas(scope)], used, is_by_date=True)


def _of_each(scope: ProjectScope, entries: Mapping[str, Sequence[str]]) -> str:
    """Return a sentence with the entries of each of the question's organisations. `entries`: texts by organisation id."""
    none, semicolon = scope.language.gettext("no entry on record"), scope.language.gettext("; ")
    texts = []
    for identity in scope.organizations:
        name = short_name(scope.label("organization", identity, identity))
        detail = semicolon.join(entries.get(identity, [none]))
        texts.append(scope.language.gettext("%(name)s (%(detail)s)", name=name, detail=detail))
    return scope.language.gettext("By organisation: %(names)s.", names=semicolon.join(texts))


def chosen_lists(scope: ProjectScope) -> list[str]:
    """Return the official lists that the question's words stand for; all lists if they stand for none in particular."""
    texts = [part.text for part in scope.question.parts if part.type == "intent" and part.id == "lists"]
    named = [scope.lexicon.official_list(text) for text in texts]
    return [name for name in dict.fromkeys(named) if name] or [*scope.words.terms.get("lists", {})]


def _called(scope: ProjectScope, chosen: Sequence[str]) -> list[str]:
    """Return the labels of these lists; empty if they are all lists."""
    return [scope.words.term("lists", name) for name in chosen] if len(chosen) < len(scope.words.terms.get("lists", {})) else []


def list_entries(scope: ProjectScope) -> list[Row]:
    """Return the entries of the question's lists that began in its years or, if it asks what was removed, ended in them.

    They are sorted by this date, in the order of `ReplyItems.by_date`. An entry without this date matches no years.
    """
    dated_by = "end" if asks_for_removals(scope.question) else "start"
    rows = scope.reader.rows("question_organizations.list_entries", {"lists": json_array(chosen_lists(scope))})
    if dated_by == "end":
        rows = [row for row in rows if row["end"]]
    return [row for row in scope.by_date(rows, lambda row: row[dated_by]) if scope.question.is_in_years(row[dated_by])]


def _entries(scope: ProjectScope) -> Reply:
    """Return the reply for a question that names no organisation: the entries of `list_entries`."""
    chosen, first_last = chosen_lists(scope), scope.question.years
    removed = asks_for_removals(scope.question)
    rows = list_entries(scope)
    what = scope.listed([scope.words.term("lists", name) for name in chosen] + ([scope.years()] if first_last else []))
    if removed:
        message = scope.language.ngettext(
            "%(n)s entry is on record as ended: %(what)s. An organisation can be on the list again by a later entry.",
            "%(n)s entries are on record as ended: %(what)s. An organisation can be on the list again by a later entry.",
            len(rows), what=what,
        )  # fmt: skip
    elif scope.asks_for_earliest:
        message = scope.language.ngettext(
            "%(n)s entry of these lists is on record: %(what)s.",
            "%(n)s entries of these lists are on record, the earliest first: %(what)s.",
            len(rows), what=what,
        )  # fmt: skip
    else:
        message = scope.language.ngettext(
            "%(n)s entry is on record: %(what)s.", "%(n)s entries are on record, the newest first: %(what)s.",
            len(rows), what=what,
        )  # fmt: skip
    none = scope.language.gettext("No entry is on record as ended: %(what)s.", what=what) if removed else scope.none(what)
    items = [
        Item(
            "list", row["entry"], scope.called_row(row),
            scope.language.comma.join([scope.words.term("lists", row["list"]), scope.formats.period(row["start"], row["end"])]),
            record_url("listing", row["entry"]),
        )
        for row in rows[:MAX_ITEMS]
    ]  # fmt: skip
    used = USED["lists"] | {"years", "asks suppliers", *(["asks blocked"] if removed else [])}
    message = scope.sentences(message if rows else none, about_partial_lists(scope, chosen))
    path = "/companies?sort=listings"
    return Reply(message, path, items, len(rows), [lists_in_atlas(scope)], used, is_by_date=True)


def _on_all_lists(scope: ProjectScope) -> Reply:
    """Return a reply with the organisations that have an entry on each of the question's lists, including ended entries."""
    chosen, by_organization = chosen_lists(scope), dict[str, list[Row]]()
    for row in list_entries(scope):
        by_organization.setdefault(row["id"], []).append(row)
    rows = [listed for listed in by_organization.values() if set(chosen) <= {row["list"] for row in listed}]
    what = scope.listed([scope.words.term("lists", name) for name in chosen] + ([scope.years()] if scope.question.years else []))
    message = scope.language.ngettext(
        "%(n)s organisation has an entry on each of these lists: %(what)s.",
        "%(n)s organisations have entries on each of these lists: %(what)s.", len(rows), what=what,
    )  # fmt: skip
    message = scope.sentences(message, about_partial_lists(scope, chosen))
    items = [scope.organization_item(listed[0], _periods(scope, listed)) for listed in rows[:MAX_ITEMS]]
    own = scope.language.gettext("Subsidiaries with entries of their own are organisations of their own here.")
    used = USED["lists"] | {"both", "years", "asks suppliers"}
    return Reply(message, "/companies?sort=listings", items, len(rows), [lists_in_atlas(scope), Note(own)], used)


def _periods(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return the list and period of each of these entries, in words."""
    periods = (
        scope.language.comma.join([scope.words.term("lists", row["list"]), scope.formats.period(row["start"], row["end"])])
        for row in rows
    )
    return scope.language.gettext("; ").join(periods)


def current_listings(scope: ProjectScope, ids: Sequence[str], lists: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return, in words, which of `lists` name these organisations on the release's day, and since when.

    The result has a text for each list, by organisation id and list.
    """
    listings: dict[str, dict[str, str]] = {}
    for row in scope.reader.rows("question_organizations.listings", {"ids": json_array(ids)}):
        if not row["is_current"] or row["list"] not in lists:
            continue
        name = scope.words.term("lists", row["list"])
        since = scope.language.gettext("since %(date)s", date=scope.formats.date(row["start"])) if row["start"] else ""
        listings.setdefault(row["organization"], {})[row["list"]] = scope.language.comma.join(filter(None, (name, since)))
    return listings


def reply_about_listed_suppliers(scope: ProjectScope) -> Reply:
    """Return a reply with the suppliers of the question's projects that are on an official list on the release's day."""
    chosen = scope.filter()
    mask = scope.mask(chosen)
    suppliers = [row for row in scope.suppliers_of(mask) if row["supplied"]]
    path, notes = scope.link(chosen, mask)
    listings = current_listings(scope, [row["id"] for row in suppliers], chosen_lists(scope))
    listed = [row for row in suppliers if row["id"] in listings]
    semicolon = scope.language.gettext("; ")
    items = [scope.organization_item(row, semicolon.join(listings[row["id"]].values())) for row in listed[:MAX_ITEMS]]
    only = scope.language.gettext("Only suppliers of projects were compared with the lists. Others may be on a list, too.")
    notes = [lists_in_atlas(scope), Note(only), *scope.notes(chosen, mask), *notes]
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
    message = scope.sentences(message, about_partial_lists(scope, chosen_lists(scope)))
    return Reply(message, path, items, len(listed), notes)


def about_partial_lists(scope: ProjectScope, lists: Iterable[str]) -> str:
    """Return a sentence that names the lists of which the atlas has only some entries; empty if there are none.

    Answers about such a list must not deny that an organisation is on it.
    """
    in_part = frozenset(lists_in_part(scope.reader))
    names = scope.listed(scope.words.term("lists", name) for name in lists if name in in_part)
    if not names:
        return ""
    return scope.language.gettext(
        "Overt has only some entries of: %(lists)s. Organisations without an entry here may be listed, too.", lists=names
    )


def lists_in_atlas(scope: ProjectScope) -> Note:
    """Return a note with the official lists that the atlas has, and with those of which it has only some entries."""
    in_part = lists_in_part(scope.reader)
    complete = scope.listed(scope.words.term("lists", name) for name in official_lists(scope.reader) if name not in in_part)
    partial = scope.listed(scope.words.term("lists", name) for name in in_part)
    gettext = scope.language.gettext
    if complete and partial:
        message = gettext(
            "Overt has these official lists: %(lists)s. It has only some entries of: %(some)s.", lists=complete, some=partial
        )
    elif partial:
        message = gettext("Overt has only some entries of official lists: %(lists)s.", lists=partial)
    elif complete:
        message = gettext("Overt has only these official lists: %(lists)s.", lists=complete)
    else:
        message = gettext("Overt has no official list.")
    return Note(message)
