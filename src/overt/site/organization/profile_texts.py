"""The sentences of an organisation's profile. Each uses only released rows."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.language import NN_
from overt.queries.labels import RecordLabel
from overt.queries.organizations import FinancedUnit
from overt.queries.rows.countries import Financier
from overt.queries.rows.records import Record
from overt.site.country.briefing_texts import join_sentences, named_systems
from overt.site.country.documented_projects import DocumentedProject
from overt.site.country.sentence_parts import company_link, prices, record_mark, text_link
from overt.site.organization.ownership import Owners, Tie
from overt.site.organization.profile import NamedCountry
from overt.site.site import Site

_OWNERS = 3
_STATEMENTS = {
    "denial": NN_("It denies %(n)s claim about its projects.", "It denies %(n)s claims about its projects."),
    "reply": NN_("It has replied to %(n)s claim about its projects.", "It has replied to %(n)s claims about its projects."),
    "confirmation": NN_("It confirms %(n)s claim about its projects.", "It confirms %(n)s claims about its projects."),
}


def identity(site: Site, record: Record, owners: Owners) -> Markup:
    """Return sentences that say what the organisation is, where it is based, and who owns it, may own it or used to own it."""
    kind = site.words.term("organization-kinds", record.value("kind")) or site.schema.types["organization"].label
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
    if owners.current:
        parts.append(site.markup("Owned, in whole or in part, by %(names)s.", names=_owners(site, owners.current)))
    if owners.unclear:
        parts.append(site.markup("Perhaps owned, in whole or in part, by %(names)s.", names=_owners(site, owners.unclear)))
    if owners.former:
        parts.append(site.markup("Formerly owned, in whole or in part, by %(names)s.", names=_owners(site, owners.former)))
    return join_sentences(site, *parts)


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


def supplies(
    site: Site,
    record: Record,
    systems: Sequence[DocumentedProject],
    carried_out: Sequence[DocumentedProject],
    countries: Mapping[str, Sequence[str]],
    statements: Sequence[Record],
) -> Markup | None:
    """Return sentences on the surveillance and censorship systems that the organisation supplies, and their countries.

    Adds those that are only announced, those that it only carries out, and its own statements. None without a system.
    """
    counted, built = (
        [system for system in some if system.counts and (system.watches(site.words) or system.filters(site.words))]
        for some in (systems, carried_out)
    )
    watching = [system for system in counted if system.is_documented]
    announced = len(counted) - len(watching)
    if not counted:
        return _carries_out(site, built) if built else None
    if not watching:
        only_announced = _announced_only(site, counted)
        return join_sentences(site, only_announced, _carries_out(site, built)) if built else only_announced
    places = {code for system in watching for code in countries.get(system.id, ())}
    listed = [("supplier", record.id), ("layer", "surveillance"), ("layer", "censorship")]
    count = text_link(
        site.explorer(listed),
        site.ngettext("%(n)s surveillance or filtering system", "%(n)s surveillance and filtering systems", len(watching)),
    )
    where = text_link("#countries", site.ngettext("%(n)s country", "%(n)s countries", len(places)))
    parts = [
        site.markup("Sources name it as supplier of %(count)s in %(where)s.", count=count, where=where)
        if places
        else site.markup("Sources name it as supplier of %(count)s.", count=count),
        site.markup("The best documented: %(names)s.", names=named_systems(site, watching)),
    ]
    if announced:
        parts.append(escape(site.ngettext("%(n)s other is only announced.", "%(n)s others are only announced.", announced)))
    if built:
        parts.append(escape(site.ngettext("It carries out %(n)s other.", "It carries out %(n)s others.", len(built))))
    counts = {kind: sum(row.value("kind") == kind for row in statements) for kind in _STATEMENTS}
    answers = [text_link("#statements", site.ngettext(*_STATEMENTS[kind], n)) for kind, n in counts.items() if n]
    return join_sentences(site, *parts, *answers)


def _announced_only(site: Site, systems: Sequence[DocumentedProject]) -> Markup:
    text = site.language.nmarkup(
        "Sources name it as supplier of %(n)s surveillance or filtering system that is only announced: %(names)s.",
        "Sources name it as supplier of %(n)s surveillance and filtering systems that are only announced: %(names)s.",
        len(systems),
        names=named_systems(site, systems),
    )
    return join_sentences(site, text)


def _carries_out(site: Site, built: Sequence[DocumentedProject]) -> Markup:
    count = site.ngettext("%(n)s surveillance or filtering system", "%(n)s surveillance and filtering systems", len(built))
    text = site.markup("Sources say that it carries out %(count)s: %(names)s.", count=count, names=named_systems(site, built))
    return join_sentences(site, text)


def named(site: Site, record: Record, projects: int, countries: int, rows: Sequence[NamedCountry]) -> Markup | None:
    """Return sentences on the organisation's projects, and on countries in which indexes name it; None without any."""
    parts = list[Markup]()
    if projects:
        count = text_link(site.explorer([("company", record.id)]), site.ngettext("%(n)s project", "%(n)s projects", projects))
        where = text_link("#countries", site.ngettext("%(n)s country", "%(n)s countries", countries))
        parts.append(
            site.markup("In all it has a part in %(count)s in %(where)s.", count=count, where=where)
            if countries
            else site.markup("In all it has a part in %(count)s.", count=count)
        )
    indexed = [row for row in rows if row.indexes]
    if indexed:
        where = text_link("#countries", site.ngettext("%(n)s country", "%(n)s countries", len(indexed)))
        parts.append(site.markup("Indexes name it as a supplier in %(where)s.", where=where))
        index_only = sum(not row.systems and not row.other for row in indexed)
        if index_only:
            words = text_link(
                "#countries",
                site.ngettext(
                    "In %(n)s of them, no project of it is on record.",
                    "In %(n)s of them, no project of it is on record.",
                    index_only,
                ),
            )
            parts.append(words)
    return join_sentences(site, *parts) or None


def listed(site: Site, current: int, unclear: int, former: int, names: Sequence[str]) -> Markup | None:
    """Return sentences on official lists that name, may name or used to name the organisation; None without any.

    `names`: the lists that name it now.
    """

    def lists(count: int) -> Markup:
        return text_link("#lists", site.ngettext("%(n)s official list", "%(n)s official lists", count))

    parts = list[Markup]()
    if current:
        parts.append(site.markup("It is on %(lists)s: %(names)s.", lists=lists(current), names=site.language.join(list(names))))
    if unclear:
        parts.append(site.markup("It may be on %(lists)s.", lists=lists(unclear)))
    if former:
        parts.append(site.markup("It was on %(lists)s.", lists=lists(former)))
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
        words = prices(site, unit)
        priced = site.markup("%(amount)s %(prices)s", amount=amount, prices=words) if words else amount
        parts.append(
            site.markup("%(name)s promised the most to projects in which it has a part: %(amount)s.", name=name, amount=priced)
        )
    return join_sentences(site, *parts) or None
