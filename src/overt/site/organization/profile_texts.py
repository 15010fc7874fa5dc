"""Sentences of an organisation's profile: what it is, who owns it, lists that name it, what it promised, and what it states.

They use only released rows.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.country_article import with_article
from overt.language.first_letter_case import lower_first
from overt.language.language import N_, NN_
from overt.queries.labels import RecordLabel
from overt.queries.organizations import FinancedKind, FinancedUnit
from overt.queries.rows.records import Record
from overt.site.organization.ownership import Owners, Tie
from overt.site.project.statement_response import NO_ANSWER, response
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import company_link, record_link, text_link
from overt.site.site import Site

STATE_OWNED = "state-owned-company"
"""The kind for organisations that are controlled by a state."""
_OWNERS = 3
"""Maximum number of owners that a sentence names."""
_NAMED_LISTS = 2
"""Maximum number of former official lists that a sentence names."""
_ENTITY_LIST = "us-bis-entity-list"
_WELL_KNOWN = {
    "eu-sanctions": N_("the EU"),
    "uk-sanctions": N_("the UK"),
    "un-sanctions": N_("the UN"),
}
"""Well-known sanctions lists by the ids that they would have in the vocabulary of lists, each with the body that maintains it."""
_STATEMENTS = {
    "dispute": NN_("%(n)s objection", "%(n)s objections"),
    "denial-of-use": NN_("%(n)s denial of use", "%(n)s denials of use"),
    "rejection": NN_("%(n)s statement that rejects an accusation", "%(n)s statements that reject an accusation"),
    "reply": NN_("%(n)s reply", "%(n)s replies"),
    "confirmation": NN_("%(n)s confirmation", "%(n)s confirmations"),
}
"""Words for the number of statements with each response (`response`), except for those that only refuse an answer."""
_VAGUE, _FLOW_KINDS = "vague", 4
"""The flow type of a commitment that may be a loan or a grant, and the maximum number of flow types that are named."""
_SCREENING_LIST = "https://www.trade.gov/consolidated-screening-list"
"""Page of the US government where one can search the Entity List and its other export lists."""
_NOT_ON_RECORD = NN_(
    "The accusation that it rejects isn’t on record here.", "The accusations that it rejects aren’t on record here."
)


def identity(site: Site, record: Record, owners: Owners, state_owned: Collection[str]) -> Markup:
    """Return sentences that say what the organisation is, where it is based, and who owns it, may own it or used to own it.

    Each owner is followed by its share in brackets, or by a note that no source states the share. `state_owned`: the ids of the
    owners that a state controls; the brackets also say so. If the organisation is itself on record as state-owned and all its
    current owners are state-owned, it is called a company, and only the owners are called state-owned.
    """
    through_owners = record.value("kind") == STATE_OWNED and owners.current and _owner_ids(owners.current) <= {*state_owned}
    kind_id = "company" if through_owners else record.value("kind")
    kind = site.words.term("organization-kinds", kind_id) or site.schema.types["organization"].label
    seats = [
        text_link(site.url(f"/country/{fact.value}"), with_article(site.language, site.words.area(fact.value)))
        + _mark(site, record, fact.independent_sources)
        for fact in sorted(record.facts.get("country", ()), key=lambda fact: not fact.shown)
        if fact.shown or fact.value in site.rival_seats.get(record.id, ())
    ]
    countries = escape(site.language.comma).join(seats)
    if record.id in site.rival_seats:
        rivals = Markup(site.language.join([str(seat) for seat in seats], "or"))  # noqa: S704 (the links are markup already)
        countries = site.markup("%(countries)s (sources disagree)", countries=rivals)
    first = (
        site.markup("%(kind)s based in %(countries)s.", kind=kind, countries=countries)
        if seats
        else site.markup("%(kind)s. No source here says where it is based.", kind=kind)
    )
    owner_groups = (
        (NN_("Named as owner: %(names)s.", "Named as owners: %(names)s."), owners.current),
        (NN_("Perhaps an owner: %(names)s.", "Perhaps owners: %(names)s."), owners.unclear),
        (NN_("Former owner: %(names)s.", "Former owners: %(names)s."), owners.former),
    )
    parts = [first]
    for messages, ties in owner_groups:
        if ties:
            parts.append(site.language.nmarkup(*messages, len(ties), names=_owners(site, ties, state_owned)))
    return join_sentences(site, *parts)


def _owner_ids(ties: Sequence[Tie]) -> set[str]:
    return {tie.owner.value for tie in ties}


def _mark(site: Site, record: Record, sources: int | None) -> Markup:
    return record_mark(site, "organization", record.id, sources or 1)


def _owners(site: Site, ties: Sequence[Tie], state_owned: Collection[str]) -> Markup:
    names = [_owner(site, tie, is_state_owned=tie.owner.value in state_owned) for tie in ties[:_OWNERS]]
    return join(site, names, len(ties) - len(names))


def _owner(site: Site, tie: Tie, *, is_state_owned: bool) -> Markup:
    owner, value = tie.owner, tie.record.value
    name = company_link(site, RecordLabel(owner.value, owner.label, owner.label_lang, owner.label_zh))
    number = site.formats.number(value("share")) if value("share") else ""
    share = site.gettext("%(n)s %%", n=number) if number else site.gettext("share not stated")
    details = [site.gettext("state-owned") if is_state_owned else "", share, _period(site, tie)]
    words = site.language.comma.join(part for part in details if part)
    mark = record_mark(site, "relation", tie.record.id, tie.record.independent_sources or 1)
    return name + site.markup(" (%(details)s)", details=words) + mark


def _period(site: Site, tie: Tie) -> str:
    start, end = tie.record.value("start"), tie.record.value("end")
    return site.formats.period(start, end) if end else ""


def answers(site: Site, statements: Sequence[Record], responses: Mapping[str, str]) -> Markup | None:
    """Return sentences with the numbers of the organisation's statements about projects, by kind; None if there are none.

    The sentences give the date of the newest statement, if dated. If a statement rejects an accusation, they say that the
    accusation isn't on record, and name the project if there is only one. Projects on which the organisation only refused an
    answer are counted separately.

    `responses`: how each statement responds (`statement_response`), by the statement's id.
    """
    statements = [row for row in statements if row.value("about")]
    comments = [row for row in statements if responses[row.id] != NO_ANSWER]
    commented = {row.value("about") for row in comments}
    refusals = [row for row in statements if responses[row.id] == NO_ANSWER and row.value("about") not in commented]
    counts = Counter(responses[row.id] for row in comments)
    return join_sentences(site, _comments(site, comments, counts), _refusals(site, refusals)) or None


def _refusals(site: Site, statements: Sequence[Record]) -> Markup:
    """Return a sentence on projects on which the organisation neither confirmed nor denied anything.

    `statements`: those that only refuse an answer; without any, the sentence is empty.
    """
    if not statements:
        return Markup()
    about, newest = {row.value("about") for row in statements}, max(row.value("date") or "" for row in statements)
    projects = text_link("#statements", site.ngettext("%(n)s project", "%(n)s projects", len(about)))
    if not newest:
        return site.markup("On %(projects)s, it neither confirmed nor denied anything.", projects=projects)
    date = site.formats.date(newest)
    if len(statements) == 1:
        return site.markup("On %(projects)s, it neither confirmed nor denied anything (%(date)s).", projects=projects, date=date)
    return site.markup(
        "On %(projects)s, it neither confirmed nor denied anything (the last time: %(date)s).", projects=projects, date=date
    )


def _comments(site: Site, statements: Sequence[Record], counts: Mapping[str, int]) -> Markup:
    """Return sentences on statements about projects, other than those that only refuse an answer; empty if there are none.

    `counts`: the number of statements by `response`.
    """
    if not statements:
        return Markup()
    about = {row.value("about") for row in statements}
    kinds = [site.ngettext(*_STATEMENTS[kind], counts[kind]) for kind in _STATEMENTS if counts.get(kind)]
    projects: Markup | str = site.ngettext("%(n)s project", "%(n)s projects", len(about))
    if (rejections := counts.get("rejection", 0)) and len(about) == 1 and (fact := statements[0].fact("about")):
        label = RecordLabel(fact.value, fact.label, fact.label_lang, fact.label_zh)
        projects = site.markup("“%(name)s”", name=record_link(site, "project", label))
    rejected = site.ngettext(*_NOT_ON_RECORD, rejections) if rejections else ""
    newest = max(row.value("date") or "" for row in statements)
    what = text_link("#statements", site.language.join(kinds))
    if not newest:
        sentence = site.markup("It commented on %(projects)s: %(statements)s.", statements=what, projects=projects)
        return join_sentences(site, sentence, rejected)
    date = site.formats.date(newest)
    if len(statements) == 1:
        sentence = site.markup(
            "It commented on %(projects)s: %(statements)s, of %(date)s.", statements=what, projects=projects, date=date
        )
    else:
        sentence = site.markup(
            "It commented on %(projects)s: %(statements)s. The newest dated one is of %(date)s.",
            statements=what,
            projects=projects,
            date=date,
        )
    return join_sentences(site, sentence, rejected)


def statement_response(statement: Record, unused: Collection[str]) -> str:
    """Return how a statement responds to a project (`response`). `unused`: ids of projects that aren't on record as in use."""
    parts = [fact.value for fact in statement.shown("concerns")]
    return response(statement.value("kind"), parts, use_on_record=statement.value("about") not in unused)


def listed(
    site: Site, current: int, unclear: int, former: Sequence[Markup], names: Sequence[str], in_release: Sequence[str]
) -> Markup | None:
    """Return sentences on official lists that name, may name or used to name the organisation; None if there are none.

    `current`, `unclear`: the numbers of lists that name it or may name it. `names`: names of the `current` lists. `former`:
    names of the lists that used to name it, with dates; if there are more than `_NAMED_LISTS`, the sentence gives only their
    number. `in_release`: the ids of all lists in the release. Links lead to the table of lists on the organisation's page.
    """
    address, parts = "#lists", list[Markup | str]()
    on_both = current == len(in_release) == 2
    if current:
        words = site.language.join(list(names))
        if on_both:
            both = text_link(address, site.gettext("both official lists"))
            parts.append(site.markup("It is on %(lists)s that Overt has: %(names)s.", lists=both, names=words))
        else:
            parts.append(named_on(site, names, address))
    if unclear:
        parts.append(site.markup("It may be on %(lists)s.", lists=_lists(site, unclear, address)))
    if former:
        count = len(former)
        was = _lists(site, count, address) if count > _NAMED_LISTS else text_link(address, join(site, former))
        parts.append(site.markup("It was on %(lists)s.", lists=was))
    return join_sentences(site, *parts) or None


def list_coverage(site: Site, in_release: Sequence[str], in_part: Collection[str] = ()) -> Markup:
    """Return sentences on the official lists that Overt has, those of which it has only a part, and well-known ones it lacks.

    `in_release`: the ids of all lists in the release. `in_part`: the ids of lists for which the release has only the entries of
    some organisations.
    """
    parts = list[Markup | str]()
    if known := [site.words.term("lists", name) for name in in_release if name not in in_part]:
        parts.append(site.gettext("Official lists that Overt has: %(names)s.", names=site.language.join(known)))
    if in_part:
        some = site.language.join([site.words.term("lists", name) for name in in_part])
        parts.append(site.gettext("Overt has only some entries of: %(names)s.", names=some))
    if missing := _missing_lists(site, in_release):
        parts.append(site.markup("Overt doesn’t have %(lists)s, so it can’t say whether they name it.", lists=missing))
    return join_sentences(site, *parts)


def named_on(site: Site, names: Sequence[str], address: str) -> Markup:
    """Return a sentence with the names of the official lists that an organisation is on. `address`: that of their table."""
    return site.markup(
        "It is on %(lists)s: %(names)s.", lists=_lists(site, len(names), address), names=site.language.join(list(names))
    )


def _lists(site: Site, count: int, address: str) -> Markup:
    return text_link(address, site.ngettext("%(n)s official list that Overt has", "%(n)s official lists that Overt has", count))


def _missing_lists(site: Site, in_release: Sequence[str]) -> Markup | None:
    """Return the well-known lists that the release lacks, in words; None if it has all of them.

    The US Entity List is followed by a link to its search page.
    """
    missing = list[Markup]()
    if _ENTITY_LIST not in in_release:
        search = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(_SCREENING_LIST, site.gettext("search it"))
        missing.append(site.markup("the US Entity List (%(search)s)", search=search))
    if keepers := [site.gettext(keeper) for name, keeper in _WELL_KNOWN.items() if name not in in_release]:
        missing.append(site.markup("the sanctions lists of %(keepers)s", keepers=site.language.join(keepers)))
    return Markup(site.language.join([str(part) for part in missing], "or")) if missing else None  # noqa: S704 (markup already)


def commitments(site: Site, promised: Sequence[FinancedUnit], kinds: Sequence[FinancedKind]) -> Markup | None:
    """Return a sentence on the organisation's own commitments, in the first unit with an amount; None without an amount.

    `kinds`: the same commitments by kind of flow, such as export credit, in all units.
    """
    own = next((row for row in promised if row.unit and row.stated), None)
    if own is None:
        return None
    amount = text_link("#money", site.formats.money_short(own.amount, own.unit))
    count = site.ngettext("%(n)s commitment", "%(n)s commitments", own.commitments)
    details = site.language.comma.join(filter(None, [count, site.formats.prices_in_sentence(own.unit)]))
    parts = [
        site.gettext(
            "%(kind)s (%(amount)s)", kind=_flow_kind(site, row.kind), amount=site.formats.money_short(row.amount, row.unit)
        )
        for row in kinds
        if row.unit == own.unit and row.amount
    ]
    values = {"amount": amount, "details": details, "kinds": site.language.join(parts)}
    if len(parts) > _FLOW_KINDS or not parts:
        return site.markup("As a financier, it promised %(amount)s to projects on record (%(details)s).", **values)
    return site.markup("As a financier, it promised %(amount)s to projects on record (%(details)s): %(kinds)s.", **values)


def _flow_kind(site: Site, kind: str | None) -> str:
    words = site.words.term("flow-types", kind) if kind and kind != _VAGUE else site.gettext("unstated kind")
    return lower_first(site.language, words)
