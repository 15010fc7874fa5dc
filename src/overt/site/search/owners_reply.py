"""Reply to questions about the owners of organisations and projects, and about the subsidiaries of organisations."""

from collections.abc import Collection, Mapping, Sequence

from overt.http.page_addresses import record_url
from overt.queries import projects
from overt.queries.database import Row, json_array
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.home_countries.based_in_questions import asks_for_seat
from overt.queries.questions.home_countries_and_roles_of_named_organizations import seats_of
from overt.site.search.organization_records_besides_projects import relations_and_lists
from overt.site.search.owners.organizations_that_only_give_a_time import without_ordered
from overt.site.search.owners.owner_descriptions import OWNED, OWNERS, relation_in_words, several_owned, with_relations
from overt.site.search.owners.ownership_between_named_organizations import (
    beside_current,
    decisive_relations,
    describes_organizations,
    indirect_owners,
    no_relation_between,
    owner_and_owned,
    relations_between,
    relations_of,
    yes_or_no,
)
from overt.site.search.projects.only_unconfirmed_projects_sentence import counted_projects
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Note, Reply, size_of
from overt.site.sentences.linked_record_and_company_names import short_name

_COMPANY, _OUTCOME = "company", "outcome"
_MAX_NAMED = 8
"""Maximum number of operators in a note."""


def reply_about_owners(scope: ProjectScope) -> Reply:
    """Return a reply with the owners of the question's organisations or, if it names a kind, place or project, of its projects.

    The organisations' own country doesn't count as a place here. A kind doesn't count if it describes an organisation (“HMN,
    the cable company”), or if one of the question's organisations owns or owned another. If the question asks where
    organisations are based, return their home countries.
    """
    if asks_for_seat(scope.question) and not scope.question.has("owners"):
        return _reply_about_seats(scope)
    named_both = bool(relations_between(scope)) and not (scope.areas or scope.regions)
    at_home = set(scope.areas) <= set(seats_of(scope.reader, scope.organizations).values())  # “does China own Hikvision”
    is_only_described = not scope.kinds or named_both or describes_organizations(scope.question)
    if scope.organizations and at_home and is_only_described and not (scope.regions or scope.question.ids("project_name")):
        return _reply_about_relations(scope)
    chosen = scope.filter()
    matching = scope.mask(chosen)
    mask = scope.seated(matching)
    path, notes = scope.link(chosen, mask)
    owners: dict[str, list[str]] = {}
    distinct = {}
    for row in scope.rows("owners", mask):
        owners.setdefault(row["project"], []).append(scope.called_row(row))
        distinct[row["id"]] = scope.called_row(row)
    owned = scope.reader.vectors.mask_of(owners)
    rows = [*projects.first_of(scope.reader, owned, MAX_ITEMS), *projects.first_of(scope.reader, mask & ~owned, MAX_ITEMS)]
    no_owner = scope.language.gettext("no owner is recorded")
    items = [scope.project_item(row, scope.listed(owners.get(row.id, [no_owner]))) for row in rows[:MAX_ITEMS]]
    number, total = len(owners), size_of(mask)
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


def _reply_about_seats(scope: ProjectScope) -> Reply:
    """Return a reply with the recorded home countries of the question's organisations."""
    seats, unknown = seats_of(scope.reader, scope.organizations), scope.language.gettext("no home country is on record")
    texts = []
    for identity in scope.organizations:
        country = scope.seat_countries(identity, seats[identity]) if identity in seats else unknown
        name = scope.label("organization", identity, identity)
        texts.append(scope.language.gettext("%(name)s (%(detail)s)", name=name, detail=country))
    message = scope.language.gettext("Recorded home country: %(names)s.", names=scope.listed(texts))
    used = frozenset({"organization", "origin", "headquarters", "asks suppliers", "asks places"})
    return Reply(message, record_url("organization", scope.organizations[0]), used=used)


def _operators(scope: ProjectScope, mask: Mask) -> list[Note]:
    """Return a note on the operators of a mask's projects, none of which has a recorded owner."""
    operators = {row["id"]: scope.called_row(row) for row in scope.rows("operators", mask, roles=("operator",), seats=())}
    if not operators:
        return []
    text = scope.language.ngettext(
        "%(n)s operator of a project without a recorded owner is on record: %(names)s.",
        "%(n)s operators of projects without a recorded owner are on record: %(names)s.",
        len(operators), names=scope.named(operators.values(), _MAX_NAMED),
    )  # fmt: skip
    return [Note(text)]


def has_owners(scope: ProjectScope) -> bool:
    """Return whether a question only asks what became of organisations, and their owners or former owners are on record."""
    types = {part.type for part in scope.question.parts} - {"intent", "origin"}
    is_only_named = types == {"organization"} and not (scope.intents or scope.question.years or scope.question.excluded)
    return scope.question.has(_OUTCOME) and is_only_named and bool(scope.rows_of("relations", listed="owner", named="owned"))


def reply_about_outcome(scope: ProjectScope) -> Reply | None:
    """Return a reply with the owners of organisations if the question asks what became of them (`has_owners`), or None."""
    if not has_owners(scope):
        return None
    reply, mask = _reply_about_relations(scope), scope.mask(scope.filter())
    reply.sentence = scope.sentences(reply.sentence, counted_projects(scope, mask))
    return reply


def _reply_about_relations(scope: ProjectScope) -> Reply:
    """Return a reply with the owners of the question's organisations or, if it asks for these, with their subsidiaries."""
    scope = without_ordered(scope)
    reply, are_in_years = _relations(scope)
    reply.sentence = scope.sentences(reply.sentence, _kinds_of(scope))
    described = {"kind", "asks suppliers"} if describes_organizations(scope.question) else set()
    years = {"years"} if are_in_years else set()
    reply.used = frozenset({"organization", "owners", "subsidiaries", _OUTCOME}) | described | years
    scope.question.unweighed = [word for word in scope.question.unweighed if word not in scope.lexicon.present_words]
    return reply


def _relations(scope: ProjectScope) -> tuple[Reply, bool]:
    """Return a reply about relations, and whether these are limited to the question's years."""
    roles, between = owner_and_owned(scope), relations_between(scope)
    is_owner = scope.question.has("subsidiaries") and not (roles or between)
    listed, named = ("owned", "owner") if is_owner else ("owner", "owned")
    rows = scope.rows_of("relations", listed=listed, named=named)
    rows = list({(row["id"], row["kind"], row["share"], row["started"], row["ended"]): row for row in rows}.values())
    about_both, decisive = "", list[Row]()
    if not is_owner and between:  # “is HMN Tech owned by Huawei”
        rows = beside_current(rows, between)
        decisive = decisive_relations(scope, roles, between)
        about_both = yes_or_no(scope, decisive)
    elif not is_owner and (roles or scope.question.are_together):
        rows = [row for row in rows if not roles or row["owned"] == roles.owned]
        about_both = no_relation_between(scope, _named(scope))
    dated = [row for row in rows if _is_in_years(scope, row)]
    in_years = dated if any(row["started"] or row["ended"] for row in dated) else []
    rows = in_years or rows
    path = record_url("organization", scope.organizations[0])
    if not rows:
        denial = about_both or _no_relation(scope, _named(scope), is_owner=is_owner)
        return Reply(denial, path, notes=[*relations_and_lists(scope)]), False
    related = {identity for row in between for identity in (row["id"], row["owned"])}
    is_about_pair = roles or scope.question.are_together
    about_missing = "" if is_about_pair else _missing_relations(scope, related, is_owner=is_owner)
    kinds = OWNED if is_owner else OWNERS
    if is_owner:
        message = _owned(scope, len({row["id"] for row in rows}))
    else:
        is_current_named = any(not row["ended"] for row in decisive)
        more = [row for row in rows if row not in decisive]
        message = (
            _owners_in_years(scope, more, kinds)
            if scope.question.years and in_years
            else _owners(scope, more, kinds, is_current_named=is_current_named)
        )
    message = scope.sentences(about_both, message, indirect_owners(scope, roles) if roles else "", about_missing)
    named_too = set() if is_owner else several_owned(rows)
    items = [scope.organization_item(row, relation_in_words(scope, row, kinds, named_too)) for row in rows[:MAX_ITEMS]]
    note = Note(scope.language.gettext("Owners of organisations are recorded only where a source names them."))
    return Reply(message, path, items, len(rows), [note]), bool(in_years)


def _owned(scope: ProjectScope, number: int) -> str:
    """Return a sentence with the number of organisations that the question's organisations own or owned."""
    return scope.language.ngettext(
        "%(n)s organisation on record is or was owned in full or in part by %(what)s.",
        "%(n)s organisations on record are or were owned in full or in part by %(what)s.",
        number, what=_named(scope),
    )  # fmt: skip


def _is_in_years(scope: ProjectScope, row: Row) -> bool:
    """Return whether a relation may have been in force in the question's years.

    True if the question has no years, or if no date of the relation is on record.
    """
    first, last = scope.question.years or (None, None)
    started, ended = ((row[name] or "")[:4] for name in ("started", "ended"))
    if not scope.question.years:
        return True
    begins_later = last is not None and started.isdigit() and int(started) > last
    ends_before = first is not None and ended.isdigit() and int(ended) < first
    return not (begins_later or ends_before)


def _owners(scope: ProjectScope, rows: Sequence[Row], kinds: Mapping[str, str], *, is_current_named: bool) -> str:
    """Return sentences with the current owners, whose relations have no recorded end, and with the former ones.

    If no row is current, a sentence says so, unless another sentence names a current owner (`is_current_named`).
    """
    current = [row for row in rows if not row["ended"]]
    former = [row for row in rows if row["ended"]]
    owned, texts = [*dict.fromkeys(row["owned"] for row in rows)], []
    if current:
        number = len({row["id"] for row in current})
        texts.append(
            scope.language.ngettext(
                "Sources name %(n)s parent or shareholder of %(what)s: %(names)s.",
                "Sources name %(n)s parents or shareholders of %(what)s: %(names)s.",
                number, what=_short_names(scope, owned), names=with_relations(scope, current, kinds),
            )
        )  # fmt: skip
    if former:
        names = with_relations(scope, former, kinds)
        texts.append(
            scope.language.gettext("On record as ended: %(names)s.", names=names)
            if current or is_current_named
            else scope.language.gettext(
                "No current owner of %(what)s is on record. On record as ended: %(names)s.",
                what=_short_names(scope, owned), names=names,
            )
        )  # fmt: skip
    return scope.sentences(*texts)


def _owners_in_years(scope: ProjectScope, rows: Sequence[Row], kinds: Mapping[str, str]) -> str:
    """Return a sentence with the owners in the question's years, including those without dates."""
    what = scope.listed([_short_names(scope, [row["owned"] for row in rows]), scope.years()])
    names = with_relations(scope, rows, kinds)
    return scope.language.gettext("Parents or shareholders on record, %(what)s: %(names)s.", what=what, names=names)


def _named(scope: ProjectScope) -> str:
    """Return words for what the answer is about, without the organisations' own country."""
    names = (scope.label("organization", identity, identity) for identity in scope.organizations)
    return scope.listed(names) if scope.areas else scope.about()


def _short_names(scope: ProjectScope, owned: Sequence[str]) -> str:
    """Return the names of those of the question's organisations that are in `owned`, without their legal forms."""
    labels = [scope.label("organization", identity, identity) for identity in scope.organizations if identity in owned]
    return scope.language.join([*map(short_name, labels)])


def _kinds_of(scope: ProjectScope) -> str:
    """Return a sentence with the kinds of the question's organisations: “State-owned company”.

    Empty if none is recorded. The kind “company” is left out, because it leaves open whether the company is state-owned.
    """
    values = {"ids": json_array(scope.organizations), "properties": json_array(("kind",))}
    kinds = [
        scope.language.gettext(
            "%(name)s (%(detail)s)", name=scope.label("organization", row["id"], row["id"]),
            detail=scope.words.term("organization-kinds", row["value"]),
        )
        for row in scope.reader.rows("question_restrictions_laws_and_scores.facts", values)
        if row["value"] != _COMPANY
    ]  # fmt: skip
    return scope.language.gettext("Kind of organisation on record: %(names)s.", names=scope.listed(kinds)) if kinds else ""


def _missing_relations(scope: ProjectScope, related: Collection[str], *, is_owner: bool) -> str:
    """Return a sentence naming the organisations without a recorded owner or, if `is_owner`, without a recorded subsidiary.

    `related`: organisations to leave out, because they own, or are owned by, another one in the question.
    """
    listed, named = ("owned", "owner") if is_owner else ("owner", "owned")
    known = {*related, *(row[named] for row in relations_of(scope, scope.organizations, listed=listed, named=named))}
    missing = [scope.label("organization", identity, identity) for identity in scope.organizations if identity not in known]
    return _no_relation(scope, scope.listed(missing), is_owner=is_owner) if missing else ""


def _no_relation(scope: ProjectScope, names: str, *, is_owner: bool) -> str:
    if is_owner:
        return scope.none(scope.listed([scope.language.gettext("subsidiaries"), names]))
    return scope.language.gettext("No owner is on record here: %(what)s. That is not evidence of absence.", what=names)
