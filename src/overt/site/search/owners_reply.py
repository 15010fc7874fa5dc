"""Reply to questions about owners, and about which suppliers are on official lists."""

from collections.abc import Mapping

from overt.http.page_addresses import record_url
from overt.queries import projects
from overt.queries.database import Row, json_array
from overt.queries.project_vectors import Mask
from overt.site.search.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item, Note

_MAX_NAMED = 8
"""Maximum number of operators in a note."""


def reply_about_owners(scope: ProjectScope) -> Reply:
    """Return the owners of the question's organisations if it names no kind, place or project, otherwise of its projects."""
    if scope.organizations and not (scope.kinds or scope.areas or scope.regions or scope.question.ids("project_name")):
        reply = _subsidiaries(scope) if scope.question.has("subsidiaries") else _owners_of_organizations(scope)
        reply.used = frozenset({"organization", "owners", "subsidiaries"})
        return reply
    chosen = scope.filter()
    matching = scope.mask(chosen)
    mask = scope.seated(matching)
    path, notes = scope.link(chosen, mask)
    owners: dict[str, list[str]] = {}
    distinct = {}
    for row in scope.rows("owners", mask):
        owners.setdefault(row["project"], []).append(scope.called_row(row))
        distinct[row["id"]] = scope.called_row(row)
    owned = scope.reader.vectors.mask(scope.reader.vectors.numbers(owners))
    rows = [*projects.first_of(scope.reader, owned, MAX_ITEMS), *projects.first_of(scope.reader, mask & ~owned, MAX_ITEMS)]
    no_owner = scope.language.gettext("no owner is recorded")
    items = [
        Item("project", row.id, scope.called(row), scope.listed(owners.get(row.id, [no_owner])), record_url("project", row.id))
        for row in rows[:MAX_ITEMS]
    ]
    number, total = len(owners), len(scope.ids(mask))
    if not total:
        return Reply(scope.none(), path, notes=[*scope.notes(chosen, mask), *notes])
    notes = [*_operators(scope, mask & ~owned), *notes]
    if not number:
        message = scope.language.ngettext(
            "No owner is on record for it: %(what)s. %(n)s project is recorded.",
            "No owner is on record for them: %(what)s. %(n)s projects are recorded.", total, what=scope.about(),
        )  # fmt: skip
    else:
        message = scope.language.ngettext(
            "%(n)s of %(total)s projects has a recorded owner: %(names)s.",
            "%(n)s of %(total)s projects have a recorded owner: %(names)s.",
            number, total=total, names=scope.named(distinct.values()),
        )  # fmt: skip
    return Reply(message, path, items, total, [*scope.not_built(mask), *scope.notes(chosen, mask), *notes])


def _operators(scope: ProjectScope, mask: Mask) -> list[Note]:
    """Return a note on the operators of a mask's projects, which have no recorded owner."""
    operators = {row["id"]: scope.called_row(row) for row in scope.rows("operators", mask, roles=("operator",), seats=())}
    if not operators:
        return []
    text = scope.language.ngettext(
        "%(n)s operator of a project without a recorded owner is on record: %(names)s.",
        "%(n)s operators of projects without a recorded owner are on record: %(names)s.",
        len(operators), names=scope.named(operators.values(), _MAX_NAMED),
    )  # fmt: skip
    return [Note(text)]


def _subsidiaries(scope: ProjectScope) -> Reply:
    """Return the organisations of which the question's organisation is on record as a parent or shareholder."""
    rows = list({row["id"]: row for row in scope.rows_of("subsidiaries")}.values())
    kinds = {
        "parent": scope.language.gettext("subsidiary"),
        "share-held": scope.language.gettext("it holds a share of this organisation"),
        "joint-venture": scope.language.gettext("joint venture"),
    }
    items = [
        Item("organization", row["id"], scope.called_row(row), _relation(scope, row, kinds), _page(row["id"])) for row in rows
    ]
    path = _page(scope.organizations[0])
    if not rows:
        return Reply(scope.none(scope.listed([scope.language.gettext("subsidiaries"), scope.about()])), path)
    message = scope.language.ngettext(
        "%(n)s organisation is or was owned by it in full or in part, on record: %(what)s.",
        "%(n)s organisations are or were owned by it in full or in part, on record: %(what)s.", len(rows), what=scope.about(),
    )  # fmt: skip
    note = Note(scope.language.gettext("Owners of organisations are recorded only where a source names them."))
    return Reply(message, path, items[:MAX_ITEMS], len(items), [note])


def _owners_of_organizations(scope: ProjectScope) -> Reply:
    rows = list({(row["id"], row["kind"], row["share"], row["ended"]): row for row in scope.rows_of("parents")}.values())
    if len(scope.organizations) > 1 and scope.question.are_together:  # “is HMN Tech owned by Huawei”
        rows = [row for row in rows if {row["id"], row["owned"]} <= set(scope.organizations)]
    kinds = {
        "parent": scope.language.gettext("parent company"),
        "share-held": scope.language.gettext("holds a share"),
        "joint-venture": scope.language.gettext("partner in a joint venture"),
    }
    items = [
        Item("organization", row["id"], scope.called_row(row), _relation(scope, row, kinds), _page(row["id"])) for row in rows
    ]
    path = _page(scope.organizations[0])
    if not rows:
        text = scope.language.gettext(
            "No owner is on record here: %(what)s. That is not evidence of absence.", what=scope.about()
        )
        return Reply(text, path)
    message = scope.language.ngettext(
        "%(n)s parent or shareholder is on record: %(what)s.", "%(n)s parents or shareholders are on record: %(what)s.",
        len({row["id"] for row in rows}), what=scope.about(),
    )  # fmt: skip
    note = Note(scope.language.gettext("Owners of organisations are recorded only where a source names them."))
    return Reply(message, path, items[:MAX_ITEMS], len(items), [note])


def _relation(scope: ProjectScope, row: Row, kinds: Mapping[str, str]) -> str:
    share = scope.language.gettext("share of %(share)s%%", share=row["share"]) if row["share"] else ""
    ended = scope.language.gettext("until %(date)s", date=scope.formats.date(row["ended"])) if row["ended"] else ""
    return scope.language.comma.join(filter(None, (kinds[row["kind"]], share, ended)))


def _page(identity: str) -> str:
    return record_url("organization", identity)


def reply_about_listed_suppliers(scope: ProjectScope) -> Reply:
    """Return the suppliers of the question's projects that an official list names on the release's day."""
    chosen = scope.filter()
    mask = scope.mask(chosen)
    suppliers = [row for row in scope.suppliers_of(mask) if row["supplied"]]
    path, notes = scope.link(chosen, mask)
    listings: dict[str, list[str]] = {}
    identities = json_array([row["id"] for row in suppliers])
    for row in (row for row in scope.reader.rows("questions.listings", {"ids": identities}) if row["is_current"]):
        name = scope.words.term("lists", row["list"])
        since = scope.language.gettext("since %(date)s", date=scope.formats.date(row["start"])) if row["start"] else ""
        listings.setdefault(row["organization"], []).append(scope.language.comma.join(filter(None, (name, since))))
    listed = [row for row in suppliers if row["id"] in listings]
    details = {identity: scope.language.gettext("; ").join(names) for identity, names in listings.items()}
    items = [
        Item("organization", row["id"], scope.called_row(row), details[row["id"]], _page(row["id"])) for row in listed[:MAX_ITEMS]
    ]
    known = scope.listed(scope.words.term("lists", name) for name in scope.words.terms.get("lists", {}))
    note = Note(scope.language.gettext("Only these lists are in the atlas: %(lists)s.", lists=known))
    notes = [note, *scope.notes(chosen, mask), *notes]
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
