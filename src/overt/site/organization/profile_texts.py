"""Sentences of an organisation's profile: what it is, who owns it, what it states, lists that name it, and its lenders.

Each uses only released rows.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from markupsafe import Markup, escape

from overt.language.language import NN_
from overt.queries.labels import RecordLabel
from overt.queries.organizations import FinancedUnit
from overt.queries.rows.countries import Financier
from overt.queries.rows.records import Record
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.sentence_parts import company_link, prices, record_mark, text_link
from overt.site.country.system_texts import NAMED
from overt.site.organization.ownership import Owners, Tie
from overt.site.site import Site

STATE_OWNED = "state-owned-company"
"""The kind of an organisation that a state controls."""
_OWNERS = 3
_ENTITY_LIST = "us-entity-list"
"""Id of the best-known official list that no packaged source has."""
_STATEMENTS = {
    "reply": NN_("It has replied to %(n)s claim about its projects.", "It has replied to %(n)s claims about its projects."),
    "confirmation": NN_("It confirms %(n)s claim about its projects.", "It confirms %(n)s claims about its projects."),
}
"""Sentences on statements other than denials, by their kind."""


def identity(site: Site, record: Record, owners: Owners, state_owned: Collection[str] = ()) -> Markup:
    """Return sentences that say what the organisation is, where it is based, and who owns it, may own it or used to own it.

    `state_owned`: the ids of its owners that a state controls. If the organisation itself is on record as state-owned, and all
    its current owners are among them, one sentence says both.
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
    parts = [first]
    if through_owners:
        names = _owners(site, owners.current)
        parts.append(site.markup("Owned, in whole or in part, by the state, through %(names)s.", names=names))
    elif owners.current:
        parts.append(site.markup("Owned, in whole or in part, by %(names)s.", names=_owners(site, owners.current)))
    if owners.unclear:
        parts.append(site.markup("Perhaps owned, in whole or in part, by %(names)s.", names=_owners(site, owners.unclear)))
    if owners.former:
        parts.append(site.markup("Formerly owned, in whole or in part, by %(names)s.", names=_owners(site, owners.former)))
    return join_sentences(site, *parts)


def _owner_ids(ties: Sequence[Tie]) -> set[str]:
    return {tie.owner.value for tie in ties}


def _mark(site: Site, record: Record, sources: int | None) -> Markup:
    return record_mark(site, "organization", record.id, sources or 1)


def _owners(site: Site, ties: Sequence[Tie]) -> Markup:
    names = [_owner(site, tie) for tie in ties[:_OWNERS]]
    words = [str(name) for name in names]
    if more := len(ties) - len(names):
        words.append(site.ngettext("%(n)s other", "%(n)s others", more))
    return Markup(site.language.join(words))  # noqa: S704 (the parts are markup already)


def _owner(site: Site, tie: Tie) -> Markup:
    owner, value = tie.owner, tie.record.value
    name = company_link(site, RecordLabel(owner.value, owner.label, owner.label_lang, owner.label_zh))
    details = [f"{site.formats.number(value('share'))} %" if value("share") else "", _period(site, tie)]
    words = site.language.comma.join(part for part in details if part)
    mark = record_mark(site, "relation", tie.record.id, tie.record.independent_sources or 1)
    return name + (site.markup(" (%(details)s)", details=words) if words else Markup()) + mark


def _period(site: Site, tie: Tie) -> str:
    start, end = tie.record.value("start"), tie.record.value("end")
    return site.formats.period(start, end) if end else ""


def answers(site: Site, statements: Sequence[Record]) -> Markup | None:
    """Return sentences on statements that deny something, each project once, and on other statements; None without any.

    A statement is in our words, with its project, its date and its evidence. It isn't called a denial, because the data doesn't
    say which part of the record it denies.
    """
    denials: dict[str, list[Record]] = {}
    for row in statements:
        if row.value("kind") == "denial" and (about := row.value("about")):
            denials.setdefault(about, []).append(row)
    parts = list[Markup]()
    if denials:
        count = site.ngettext("%(n)s project", "%(n)s projects", len(denials))
        parts.append(site.markup("Its statements about %(count)s are on record.", count=text_link("#statements", count)))
        parts += [_denied(site, rows) for rows in list(denials.values())[:NAMED]]
    counts = {kind: sum(row.value("kind") == kind for row in statements) for kind in _STATEMENTS}
    parts += [text_link("#statements", site.ngettext(*_STATEMENTS[kind], n)) for kind, n in counts.items() if n]
    return join_sentences(site, *parts) or None


def _denied(site: Site, denials: Sequence[Record]) -> Markup:
    """Return a sentence on the first denial about a project: the project, the dates of all its denials, and what it says."""
    about = denials[0].fact("about")
    assert about is not None
    dates = sorted({date for row in denials if (date := row.value("date"))})
    label = RecordLabel(about.value, about.label, about.label_lang, about.label_zh)
    name = site.called(label)
    lang = label.label_lang if name == label.label else site.language.code
    link = text_link(site.record_url("statement", denials[0].id), site.foreign(name, lang))
    when = site.gettext(" (%(details)s)", details=site.language.comma.join(map(site.formats.date, dates))) if dates else ""
    note = denials[0].value("note") or ""
    says = site.language.phrase(note) or site.foreign(note, "en") if note else site.gettext("what exactly isn’t on record here.")
    mark = record_mark(site, "statement", denials[0].id, denials[0].independent_sources or 1)
    return site.markup("On “%(name)s”%(when)s: %(note)s", name=link, when=when, note=says) + mark


def listed(
    site: Site, current: int, unclear: int, former: int, names: Sequence[str], in_release: Sequence[str], page: str = ""
) -> Markup | None:
    """Return sentences on official lists that name, may name or used to name the organisation; None without any.

    `current`, `unclear`, `former`: the numbers of these lists. `names`: names of the `current` lists. `in_release`: the ids of
    all lists of the release; the sentences name them, and say that the best-known other list isn't among them.
    `page`: address of the organisation's page, where the lists are; empty on that page itself.
    """
    address = f"{page}#lists"

    def lists(count: int) -> Markup:
        return text_link(address, site.ngettext("%(n)s official list", "%(n)s official lists", count))

    parts = list[Markup | str]()
    on_all = current == len(in_release)
    if current:
        every = site.gettext("both official lists that Overt has")
        on = text_link(address, every) if on_all and current == 2 else lists(current)
        parts.append(site.markup("It is on %(lists)s: %(names)s.", lists=on, names=site.language.join(list(names))))
    if unclear:
        parts.append(site.markup("It may be on %(lists)s.", lists=lists(unclear)))
    if former:
        parts.append(site.markup("It was on %(lists)s.", lists=lists(former)))
    if parts and not (on_all and current == 2):
        known = site.language.join([site.words.term("lists", name) for name in in_release])
        parts.append(site.gettext("Official lists in Overt: %(names)s.", names=known))
    if parts and _ENTITY_LIST not in in_release:
        parts.append(site.gettext("The US Entity List is not among them."))
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
