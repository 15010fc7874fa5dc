"""Sentences of an organisation's profile: what it is, who owns it, what it states, lists that name it, and its lenders.

Each uses only released rows.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from markupsafe import Markup, escape

from overt.language.language import N_, NN_
from overt.queries.labels import RecordLabel
from overt.queries.organizations import FinancedUnit
from overt.queries.rows.countries import Financier
from overt.queries.rows.records import Record
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.sentence_parts import company_link, join, prices, record_mark, text_link
from overt.site.organization.ownership import Owners, Tie
from overt.site.site import Site

STATE_OWNED = "state-owned-company"
"""The kind of an organisation that a state controls."""
_OWNERS = 3
_ENTITY_LIST = "us-entity-list"
"""Id of the best-known official list that no packaged source has."""
_SCREENING_LIST = "https://www.trade.gov/consolidated-screening-list"
"""Page of the US government where one can search the Entity List and its other export lists."""
_STATEMENTS = {
    "reply": N_("It has replied to %(count)s about its projects."),
    "confirmation": N_("It confirms %(count)s about its projects."),
}
"""Sentences on statements other than denials, by their kind."""


def identity(site: Site, record: Record, owners: Owners, state_owned: Collection[str]) -> Markup:
    """Return sentences that say what the organisation is, where it is based, and who owns it, may own it or used to own it.

    Each owner has its share in brackets, or a note that no source states it, since an owner may hold only a part.
    `state_owned`: the ids of its owners that a state controls, which the brackets say. If the organisation itself is on record as
    state-owned, and all its current owners are among them, it is called a company, and only its owners are called state-owned.
    """
    through_owners = record.value("kind") == STATE_OWNED and owners.current and _owner_ids(owners.current) <= {*state_owned}
    kind_id = "company" if through_owners else record.value("kind")
    kind = site.words.term("organization-kinds", kind_id) or site.schema.types["organization"].label
    seats = [
        text_link(site.url(f"/country/{fact.value}"), site.words.area(fact.value)) + _mark(site, record, fact.independent_sources)
        for fact in record.shown("country")
    ]
    first = (
        site.markup("%(kind)s with its seat in %(countries)s.", kind=kind, countries=escape(site.language.comma).join(seats))
        if seats
        else site.markup("%(kind)s. No source names its seat.", kind=kind)
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
    share = f"{site.formats.number(value('share'))} %" if value("share") else site.gettext("share not stated")
    details = [site.gettext("state-owned") if is_state_owned else "", share, _period(site, tie)]
    words = site.language.comma.join(part for part in details if part)
    mark = record_mark(site, "relation", tie.record.id, tie.record.independent_sources or 1)
    return name + site.markup(" (%(details)s)", details=words) + mark


def _period(site: Site, tie: Tie) -> str:
    start, end = tie.record.value("start"), tie.record.value("end")
    return site.formats.period(start, end) if end else ""


def answers(site: Site, statements: Sequence[Record]) -> Markup | None:
    """Return sentences on the organisation's newest statement about a project, in our words, and on how many others there are.

    If the data has no words of any, the sentences are on how many projects it makes statements about, and on its replies; None
    without any. Statements that deny something aren't called denials, because the data doesn't say which part of the record
    they deny.
    """
    worded = [row for row in statements if row.value("note") and row.fact("about")]
    if worded:
        newest = max(worded, key=lambda row: (row.value("date") or "", row.id))
        return join_sentences(site, _statement(site, newest), _further(site, len(statements) - 1))
    about = {row.value("about") for row in statements if row.value("kind") == "denial"} - {None}
    parts = list[Markup]()
    if about:
        count = site.ngettext("%(n)s project", "%(n)s projects", len(about))
        parts.append(site.markup("Its statements about %(count)s are on record.", count=text_link("#statements", count)))
    counts = {kind: sum(row.value("kind") == kind for row in statements) for kind in _STATEMENTS}
    for kind, n in counts.items():
        if n:
            count = text_link("#statements", site.ngettext("%(n)s claim", "%(n)s claims", n))
            parts.append(site.markup(_STATEMENTS[kind], count=count))
    return join_sentences(site, *parts) or None


def _statement(site: Site, statement: Record) -> Markup:
    """Return a statement about a project: on which, when, and what it says."""
    about = statement.shown("about")[0]
    link = text_link(site.record_url("statement", statement.id), site.gettext("Its statement"))
    label = site.called(RecordLabel(about.value, about.label, about.label_lang, about.label_zh))
    project = text_link(site.record_url("project", about.value), site.foreign(label, about.label_lang))
    note = statement.value("note") or ""
    words = site.language.phrase(note) or site.foreign(note, "en")
    date = statement.value("date")
    if date:
        return site.markup(
            "%(statement)s of %(date)s on “%(project)s”: %(words)s",
            statement=link, date=site.formats.date(date), project=project, words=words,
        )  # fmt: skip
    return site.markup("%(statement)s (undated) on “%(project)s”: %(words)s", statement=link, project=project, words=words)


def _further(site: Site, n: int) -> Markup | str:
    """Return a sentence on the number of an organisation's other statements; empty without any."""
    if not n:
        return ""
    count = text_link("#statements", site.ngettext("%(n)s more statement", "%(n)s more statements", n))
    return site.language.nmarkup("%(count)s by it is on record.", "%(count)s by it are on record.", n, count=count)


def listed(
    site: Site, current: int, unclear: int, former: int, names: Sequence[str], in_release: Sequence[str], page: str = ""
) -> Markup | None:
    """Return sentences on official lists that name, may name or used to name the organisation; None without any.

    `current`, `unclear`, `former`: the numbers of these lists. `names`: names of the `current` lists. `in_release`: the ids of
    all lists of the release. The sentences name these, too, unless there are only two and the organisation is on both, and say
    where to search other lists if the best-known other list is not among them. `page`: address of the organisation's page,
    where the lists are; empty on that page itself.
    """
    address = f"{page}#lists"

    def lists(count: int) -> Markup:
        return text_link(address, site.ngettext("%(n)s official list", "%(n)s official lists", count))

    parts = list[Markup | str]()
    on_both = current == len(in_release) == 2
    if current:
        words = site.language.join(list(names))
        if on_both:
            both = text_link(address, site.gettext("both official lists"))
            parts.append(site.markup("It is on %(lists)s that Overt has: %(names)s.", lists=both, names=words))
        else:
            parts.append(site.markup("It is on %(lists)s: %(names)s.", lists=lists(current), names=words))
    if unclear:
        parts.append(site.markup("It may be on %(lists)s.", lists=lists(unclear)))
    if former:
        parts.append(site.markup("It was on %(lists)s.", lists=lists(former)))
    if parts and not on_both:
        known = site.language.join([site.words.term("lists", name) for name in in_release])
        parts.append(site.gettext("Official lists in Overt: %(names)s.", names=known))
    if parts and _ENTITY_LIST not in in_release:
        label = site.gettext("the US government’s Consolidated Screening List")
        search = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(_SCREENING_LIST, label)
        parts.append(
            site.markup(
                "For the US Entity List and other US export lists, which Overt doesn’t have, search %(list)s.",
                list=search,
            )
        )
    return join_sentences(site, *parts) or None


def lenders(site: Site, financiers: Sequence[Financier], promised: Sequence[FinancedUnit]) -> Markup | None:
    """Return sentences on the organisation's own commitments and on the largest lender to its projects, each in one unit.

    None without an amount.
    """
    parts = list[Markup]()
    own = max((row for row in promised if row.unit and row.stated), key=lambda row: (row.commitments, row.unit), default=None)
    if own:
        amount = text_link("#money", site.formats.money_short(own.amount, own.unit))
        commitments = site.ngettext("%(n)s commitment", "%(n)s commitments", own.commitments)
        details = site.language.comma.join(filter(None, [commitments, prices(site, own.unit)]))
        parts.append(site.markup("It promised %(amount)s to recorded projects (%(details)s).", amount=amount, details=details))
    counts = Counter[str]()
    for row in financiers:
        if row.unit and row.stated:
            counts[row.unit] += row.commitments
    if counts:
        unit = max(counts, key=lambda unit: (counts[unit], unit))  # amounts in different units can't be compared
        first = max((row for row in financiers if row.unit == unit), key=lambda row: (row.amount, row.id))
        name = company_link(site, RecordLabel(first.id, first.label, first.label_lang, first.label_zh))
        amount = text_link("#financiers", site.formats.money_short(first.amount, unit))
        words = site.formats.prices(unit)
        priced = site.markup("%(amount)s %(prices)s", amount=amount, prices=words) if words else amount
        parts.append(
            site.markup("%(name)s promised the most to projects in which it has a part: %(amount)s.", name=name, amount=priced)
        )
    return join_sentences(site, *parts) or None
