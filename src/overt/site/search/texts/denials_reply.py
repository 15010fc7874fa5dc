"""Reply to questions about what was denied: projects with the status “denied”, and denials by organisations."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from overt.http.page_addresses import record_url
from overt.index.project_filter_declarations import ProjectFilter
from overt.queries import projects
from overt.queries.database import json_array
from overt.queries.labels import record_labels
from overt.queries.questions.denials_and_statements_by_organizations import asks_who_denies
from overt.site.search.closest_answers.no_record_sentences import without_conditions
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.search.texts.organization_statements_reply import statements_naming_kinds

DENIED = "denied"
_DENIAL, _REPLY = "denial", "reply"
_BUYERS, _SUPPLIERS = "buyers", "suppliers"
_SUPPLIER_ROLES = ("supplier", "implementer")


def reply_about_denials(scope: RelatedProjects) -> Reply:
    """Return a reply with the projects that are denied by their status or in a statement, and with who denied what.

    If the question asks for governments, countries or buyers that deny something, denials by a project's suppliers don't count.
    If it asks for companies, only denials by suppliers count, unless there are none. If it asks what organisations themselves
    denied, only their own denials count, unless there are none.

    If no project is denied, the reply is about the first of these that exists: projects with the organisation's name in their
    titles, projects of its group, other projects about which the question's organisations denied something, and projects of
    other kinds. Otherwise, it lists replies by organisations that may deny a part, and its sentence says so.
    """
    if scope.question.denied_by and (own := _denied_by(scope, scope.question.denied_by)):
        return own
    chosen = replace(scope.filter(), status=())
    if (
        asks_who_denies(scope.question, scope.lexicon, "suppliers")
        and (by_suppliers := _denials_about(scope, chosen, side=_SUPPLIERS)).total
    ):
        by_suppliers.used = USED["projects"] | {"asks suppliers"}
        return by_suppliers
    reply = _denials_about(scope, chosen, side=_side(scope))
    without = [identity for identity in scope.question.denied_by if not _own_denials(scope, chosen, [identity])]
    if reply.total:
        reply.sentence = scope.sentences(_no_own_denial(scope, without), reply.sentence)
    if not reply.total and scope.organizations:
        # “FinFisher” is also a product, and projects name the company that sold it, or another company of the group.
        for related in (scope.named_by_brands(chosen, scope.reader.vectors.mask()), scope.of_group(chosen)):
            if related and (by_name := _denials_about(scope, related)).total:
                return by_name
        own = _denials_about(
            scope, replace(scope.filter(), status=(), company=(), kind=()), set(scope.organizations), _side(scope)
        )
        if own.total:
            own.used = USED["projects"] - {"kind"} | {"asks suppliers"}
            return own
    if reply.total:
        return reply
    if not scope.kinds:
        return _replies_about(scope, chosen) or reply
    of_any_kind = _denials_about(scope, replace(scope.filter(), status=(), kind=()))
    if of_any_kind.total:
        words = list(dict.fromkeys(part.text for part in scope.question.parts if part.type == "kind"))
        of_any_kind.sentence = without_conditions(
            scope, scope.about(), words, scope.sentences(_no_own_denial(scope, without), of_any_kind.sentence)
        )
        of_any_kind.is_near = True
        of_any_kind.used = USED["projects"] | {"asks suppliers"}
        return of_any_kind
    return _replies_about(scope, replace(chosen, kind=()), {"kind"}) or reply


def _replies_about(scope: ProjectScope, chosen: ProjectFilter, unused: Collection[str] = ()) -> Reply | None:
    """Return a reply with statements about a filter's projects that may deny a part; None if there are no such statements.

    `unused`: the conditions of the question that the filter lacks.
    """
    ids = scope.ids(scope.seated(scope.mask(chosen)))
    statements = {
        identity: texts for identity, texts in _denials(scope, ids, (), side=_side(scope), kind=_REPLY).items() if texts
    }
    if not statements:
        return None
    none = scope.language.gettext("No record says “denied”: %(what)s.", what=scope.about())
    count = scope.language.ngettext(
        "Replies about %(n)s project are on record, and may deny a part.",
        "Replies about %(n)s projects are on record, and may deny a part.", len(statements),
    )  # fmt: skip
    rows = projects.by_id(scope.reader, [*statements][:MAX_ITEMS])
    items = [
        scope.project_item(row, scope.language.gettext("; ").join([scope.project_detail(row), *statements[identity]]))
        for identity, row in rows.items()
    ]
    path, notes = scope.link(replace(scope.filter(), status=()), scope.mask(replace(scope.filter(), status=())))
    used = USED["projects"] - {*unused} | {"asks suppliers"}
    return Reply(scope.sentences(none, count), path, items, len(statements), notes, used)


def _no_own_denial(scope: ProjectScope, speakers: Sequence[str]) -> str:
    """Return a sentence saying that no denial by these organisations is on record; empty without organisations."""
    if not speakers:
        return ""
    names = scope.listed(scope.label("organization", identity, identity) for identity in speakers)
    return scope.language.ngettext(
        "No denial of its own is on record for %(names)s here.", "No denials of their own are on record for %(names)s here.",
        len(speakers), names=names,
    )  # fmt: skip


def _denied_by(scope: ProjectScope, speakers: Sequence[str]) -> Reply | None:
    """Return a reply with the projects about which these organisations made denials, the newest first; None without denials.

    For each organisation, a sentence gives the number of projects about which it denied something, or says that no denial of
    its own is on record. If the organisations also denied something about projects of other kinds, a note names those projects.
    """
    more_parties = tuple(identity for identity in scope.organizations if identity not in speakers)
    chosen = replace(scope.filter(), status=(), company=more_parties)
    of_any_kind = _own_denials(scope, replace(chosen, kind=()), speakers)
    of_kinds = _own_denials(scope, chosen, speakers) if chosen.kind else of_any_kind
    denials = of_kinds or of_any_kind
    if not denials:
        return None
    listed_by = chosen if of_kinds else replace(chosen, kind=())
    of_each = {identity: _own_denials(scope, listed_by, [identity]) for identity in speakers}
    sentences = [
        scope.language.ngettext(
            "A denial by %(name)s about %(n)s project is on record as a statement.",
            "Denials by %(name)s about %(n)s projects are on record as statements.",
            len(own), name=scope.label("organization", identity, identity),
        )
        for identity, own in of_each.items() if own
    ]  # fmt: skip
    none = _no_own_denial(scope, [identity for identity, own in of_each.items() if not own])
    extent = scope.language.gettext("What exactly was denied is beside each; that need not be the project itself.")
    what = _limits(scope, speakers, with_kinds=bool(of_kinds))
    topic = scope.language.gettext("This is about: %(what)s.", what=what) if what else ""
    rows = projects.by_id(scope.reader, [*denials])
    listed = sorted(denials, key=lambda identity: (-(rows[identity].year or 0), identity))
    items = []
    for identity in listed[:MAX_ITEMS]:
        detail = scope.language.gettext("; ").join([scope.project_detail(rows[identity]), *denials[identity]])
        items.append(Item("project", identity, scope.called(rows[identity]), detail, record_url("project", identity)))
    more = [identity for identity in of_any_kind if identity not in denials]
    notes = [_denied_too(scope, more)] if more else []
    path = items[0].address if len(items) == 1 else record_url("organization", next(iter(speakers)))
    used = USED["projects"] | {"asks suppliers", "asks places", "asks blocked", "buyers", "customers"}
    sentence = scope.sentences(*sentences, none, topic, extent)
    return Reply(sentence, path, items, len(listed), notes, used if of_kinds else used - {"kind"})


def _limits(scope: ProjectScope, speakers: Collection[str], *, with_kinds: bool) -> str:
    """Return a question's conditions in words, except for statuses and speakers; empty if there are no other conditions.

    `speakers`: ids of organisations. `with_kinds`: whether to include the kinds of projects.
    """
    parts = [
        part
        for part in scope.question.parts
        if part.type not in ("status", "intent") and part.id not in speakers and (with_kinds or part.type != "kind")
    ]
    limited = replace(scope.question, parts=parts)
    return scope.about_question(limited).about() if parts else ""


def _own_denials(scope: ProjectScope, chosen: ProjectFilter, speakers: Collection[str]) -> dict[str, list[str]]:
    """Return the denials by organisations about a filter's projects, in words, by project."""
    denials = _denials(scope, scope.ids(scope.seated(scope.mask(chosen))), speakers)
    return {identity: texts for identity, texts in denials.items() if texts}


def _denied_too(scope: ProjectScope, ids: list[str]) -> Note:
    rows = projects.by_id(scope.reader, ids)
    text = scope.language.ngettext(
        "%(n)s project of another kind is denied, too: %(names)s.", "%(n)s projects of other kinds are denied, too: %(names)s.",
        len(ids), names=scope.named(map(scope.called, rows.values())),
    )  # fmt: skip
    return Note(text)


def _side(scope: ProjectScope) -> str:
    """Return `_BUYERS` if a question asks for governments, countries or buyers that deny something; otherwise empty."""
    question = scope.question
    asks = question.has("buyers") or question.has("customers") or asks_who_denies(question, scope.lexicon, "places")
    return _BUYERS if asks else ""


def _denials_about(scope: ProjectScope, chosen: ProjectFilter, speakers: Collection[str] = (), side: str = "") -> Reply:
    """Return a reply with the denied projects among a filter's projects.

    `speakers`: if not empty, only denials by these organisations count, and statuses of projects don't. `side`: as for
    `_denials`. If there is a side, and the question asks which countries or companies deny something, statuses don't count
    either. Without `speakers`, projects of other kinds count, too, if a denial about them names one of the question's kinds.
    """
    mask = scope.seated(scope.mask(chosen))
    asks_who = any(asks_who_denies(scope.question, scope.lexicon, intent) for intent in ("places", "suppliers")) and bool(side)
    by_status = set() if speakers or asks_who else set(scope.ids(scope.mask(replace(chosen, status=(DENIED,))) & mask))
    ids = scope.ids(mask)
    naming = statements_naming_kinds(scope, scope, ids) if chosen.kind and not speakers else {}
    ids += [identity for identity, texts in naming.items() if any(text.kind == _DENIAL for text in texts)]
    denials = _denials(scope, ids, speakers, side=side)
    listed = sorted(
        (identity for identity in ids if identity in by_status or denials[identity]), key=lambda id_: id_ not in by_status
    )
    is_of_any_kind = bool(scope.kinds) and not chosen.kind
    linked = replace(scope.filter(), kind=()) if is_of_any_kind else scope.filter()
    if listed and not by_status.issuperset(listed):
        # The list of projects with the status lacks the projects that are denied only in a statement.
        linked = replace(linked, status=())
    path, notes = scope.link(linked, scope.mask(linked))
    if not listed:
        return Reply(scope.none(), path, notes=notes)
    if not linked.status:
        label = scope.words.term("statuses", DENIED)
        notes.append(Note(scope.language.gettext("The list behind the link isn’t limited to: %(what)s.", what=label)))
    status = scope.language.ngettext(
        "%(n)s project is recorded as denied.", "%(n)s projects are recorded as denied.", len(by_status)
    )
    with_denials = sum(bool(denials[identity]) for identity in listed)
    stated = scope.language.ngettext(
        "Denials about %(n)s project are on record as statements.", "Denials about %(n)s projects are on record as statements.",
        with_denials,
    )  # fmt: skip
    what = _limits(scope, (), with_kinds=False) if is_of_any_kind else scope.about()
    topic = scope.language.gettext("This is about: %(what)s.", what=what) if what else ""
    sentence = scope.sentences(status if by_status else "", stated if with_denials else "", topic)
    if speakers:
        about_speakers = scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
        sentence = scope.language.ngettext(
            "A denial about %(n)s project that doesn’t name the organisation as a party is on record: %(what)s.",
            "Denials about %(n)s projects that don’t name the organisation as a party are on record: %(what)s.",
            len(listed), what=about_speakers,
        )  # fmt: skip
    rows = projects.by_id(scope.reader, listed[:MAX_ITEMS])
    items = []
    for identity in listed[:MAX_ITEMS]:
        detail = scope.language.gettext("; ").join([scope.project_detail(rows[identity]), *denials[identity]])
        items.append(Item("project", identity, scope.called(rows[identity]), detail, record_url("project", identity)))
    return Reply(sentence, path, items, len(listed), notes)


def _denials(
    scope: ProjectScope, ids: list[str], only_by: Collection[str], *, side: str = "", kind: str = _DENIAL
) -> dict[str, list[str]]:
    """Return the denials about projects, or the statements of another kind, in words, by project.

    `only_by`: the organisations whose denials count; if empty, all count. `side`: `_BUYERS` if denials by a project's suppliers
    don't count, `_SUPPLIERS` if only those count, and empty if all count.
    """
    rows = [
        row for row in scope.reader.rows("question_texts_and_facts.statements", {"ids": json_array(ids)}) if row["kind"] == kind
    ]
    speakers = record_labels(scope.reader, [row["speaker"] for row in rows if row["speaker"]])
    parties = scope.reader.rows("question_texts_and_facts.parties", {"ids": json_array(ids)}) if side else []
    suppliers = {(row["id"], row["organization"]) for row in parties if row["role"] in _SUPPLIER_ROLES}
    denials: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        counts = not side or ((row["id"], row["speaker"]) in suppliers) == (side == _SUPPLIERS)
        if counts and (not only_by or row["speaker"] in only_by):
            speaker = scope.called(speakers[row["speaker"]]) if row["speaker"] in speakers else scope.language.gettext("Someone")
            text = scope.language.phrase(row["note"]) or row["note"]
            denials[row["id"]].append(scope.language.gettext("%(name)s: %(text)s", name=speaker, text=text))
    return denials
