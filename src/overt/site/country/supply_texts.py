"""Sentences about suppliers, money and networks in a country's briefing."""

from collections.abc import Sequence

from markupsafe import Markup

from overt.language.language import NN_
from overt.queries.labels import RecordLabel
from overt.queries.rows.countries import Cable, Financier
from overt.queries.rows.records import Record
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.charts import UnitCommitments
from overt.site.country.documented_projects import DISPUTED, PLANNED, DocumentedProject
from overt.site.country.sentence_parts import company_link, evidence_mark, join, prices, record_mark, text_link
from overt.site.country.system_texts import NAMED, named_systems
from overt.site.site import Site

_NETWORKS = 2
"""Maximum number of networks named as examples. Their names are long."""


def suppliers(
    site: Site, code: str, systems: Sequence[DocumentedProject], assessments: Sequence[Record], exports: tuple[int, int]
) -> Markup | None:
    """Return sentences on suppliers of systems, systems without one, companies that only an index names, and exports.

    None without any. `exports`: from `documented_projects.exports`.
    """
    counted = [system for system in systems if system.counts and not system.scans(site.words)]
    supplied: dict[str, list[DocumentedProject]] = {}
    labels: dict[str, RecordLabel] = {}
    for system in counted:
        for row in system.suppliers:
            supplied.setdefault(row.id, []).append(system)
            labels[row.id] = row
    ranked = sorted(supplied, key=lambda name: (-len(supplied[name]), -supplied[name][0].independent_sources))
    parts = list[Markup | str]()
    if ranked:
        names = [_supplier(site, labels[name], supplied[name]) for name in ranked[:NAMED]]
        listed = join(site, names, len(ranked) - len(names))
        parts.append(
            site.language.nmarkup(
                "%(names)s is named as supplier.", "%(names)s are named as suppliers.", len(ranked), names=listed
            )
        )
    if unnamed := sum(not system.suppliers for system in counted):
        parts.append(
            site.ngettext(
                "We don’t know who supplied %(n)s of these systems.",
                "We don’t know who supplied %(n)s of these systems.",
                unnamed,
            )
        )
    if indexed := _index_only(site, assessments, set(supplied)):
        parts.append(indexed)
    if exports[0]:
        companies = text_link(site.address("/companies", [("country", code)]), site.gettext("Companies with their seat here"))
        parts.append(
            site.language.nmarkup(
                "%(companies)s are named as suppliers of %(n)s surveillance or censorship system in %(countries)s.",
                "%(companies)s are named as suppliers of %(n)s surveillance or censorship systems in %(countries)s.",
                exports[0],
                companies=companies,
                countries=site.ngettext("%(n)s other country", "%(n)s other countries", exports[1]),
            )
        )
    return join_sentences(site, *parts) or None


def _supplier(site: Site, row: RecordLabel, systems: Sequence[DocumentedProject]) -> Markup:
    mark = record_mark(site, "project", systems[0].id, systems[0].independent_sources)
    count = site.ngettext("%(n)s system", "%(n)s systems", len(systems))
    return company_link(site, row) + site.gettext(" (%(details)s)", details=count) + mark


def _index_only(site: Site, assessments: Sequence[Record], supplied: set[str]) -> Markup | None:
    facts = {fact.value: fact for record in assessments for fact in record.shown("supplier") if fact.value not in supplied}
    years = sorted(
        {record.value("year") or "" for record in assessments for fact in record.shown("supplier") if fact.value in facts}
    )
    if not facts:
        return None
    first = next(record for record in assessments if any(fact.value in facts for fact in record.shown("supplier")))
    labels = [RecordLabel(fact.value, fact.label, fact.label_lang, fact.label_zh) for fact in facts.values()]
    names = join(site, [company_link(site, row) for row in labels[:NAMED]], max(0, len(labels) - NAMED))
    index = text_link(
        site.record_url("assessment", first.id),
        site.ngettext("The index of %(years)s", "The indexes of %(years)s", len(years), years=site.language.join(years)),
    )
    messages = (
        NN_(
            "%(index)s also names %(names)s, without saying which technology.",
            "%(index)s also name %(names)s, without saying which technology.",
        )
        if supplied
        else NN_(
            "%(index)s names %(names)s, without saying which technology.",
            "%(index)s name %(names)s, without saying which technology.",
        )
    )
    return site.language.nmarkup(*messages, len(years), index=index, names=names)


def money(
    site: Site,
    code: str,
    promised: Sequence[tuple[str, UnitCommitments]],
    financiers: Sequence[Financier],
    sources: int,
    to_surveillance: float = 0,
) -> Markup | None:
    """Return sentences on the money promised to the country's projects: by whom, how much, when and for what.

    None without a commitment. `sources`: the lowest number of independent sources of any of the commitments. `to_surveillance`:
    the amount, in the first unit of `promised`, that was promised to projects of surveillance or censorship.
    """
    page = site.url(f"/country/{code}/money")
    if not promised:
        return None
    unit, sums = promised[0]
    commitments = site.ngettext("%(n)s commitment", "%(n)s commitments", sums.commitments)
    mark = evidence_mark(site, page, sources)
    if not unit or not sums.stated:
        return site.markup("Financiers promised money here in %(count)s, none of them with an amount.", count=commitments) + mark
    years = [row.year for row in sums.rows if row.year]
    when = site.formats.period(str(min(years)), str(max(years))) if years else ""
    amount = text_link(page, site.formats.money_short(sums.amount, unit))
    total = site.markup(
        "Financiers promised %(amount)s to projects here (%(details)s).",
        amount=amount,
        details=site.language.comma.join(filter(None, [prices(site, unit), commitments, when])),
    )
    parts = [total + mark]
    leading = next((row for row in financiers if row.unit == unit and row.stated), None)
    if leading:
        name = company_link(site, RecordLabel(leading.id, leading.label, leading.label_lang, leading.label_zh))
        most = site.formats.money_short(leading.amount, unit)
        message = (
            site.markup("%(name)s promised all of it.", name=name)
            if leading.amount >= sums.amount
            else site.markup("%(name)s promised the most: %(amount)s.", name=name, amount=most)
        )
        parts.append(message)
    parts.append(_purpose(site, sums.amount, to_surveillance, unit))
    if sums.cancelled:
        gone = site.formats.money_short(sums.cancelled, unit)
        parts.append(site.markup("Of the sum, %(amount)s was cancelled.", amount=gone))
    return join_sentences(site, *parts)


def _purpose(site: Site, total: float, to_surveillance: float, unit: str) -> Markup:
    """Return a sentence on how much of the money is for projects that include surveillance or censorship."""
    if not to_surveillance:
        return site.markup("None of it is for projects that include surveillance or censorship.")
    if to_surveillance >= total:
        return site.markup("All of it is for projects that include surveillance or censorship.")
    amount = site.formats.money_short(to_surveillance, unit)
    return site.markup("Of the sum, %(amount)s is for projects that include surveillance or censorship.", amount=amount)


def networks(site: Site, code: str, systems: Sequence[DocumentedProject], cables: Sequence[Cable]) -> Markup | None:
    """Return sentences on a country's networks and data centres, cables on land or leased, and submarine cables.

    None without any. Surveillance and censorship systems that are also networks are not counted again: one sentence says how many
    there are.
    """
    connecting, parts = [system for system in systems if system.counts and system.connects(site.words)], list[Markup | str]()
    also_watching = [system for system in connecting if system.watches(site.words) or system.filters(site.words)]
    counted = [system for system in connecting if system not in also_watching]
    if counted:
        parts.append(
            site.language.nmarkup(
                "%(n)s network or data centre is on record: %(names)s.",
                "%(n)s networks and data centres are on record: %(names)s.",
                len(counted),
                names=named_systems(site, counted, code=code, most=_NETWORKS),
            )
        )
    if also_watching:
        parts.append(
            site.ngettext(
                "%(n)s of the surveillance or censorship systems above is also a network or data centre.",
                "%(n)s of the surveillance or censorship systems above are also networks or data centres.",
                len(also_watching),
            )
        )
    on_land = [system for system in systems if system.counts and not system.connects(site.words)]
    if on_land:
        parts.append(
            site.language.nmarkup(
                "%(n)s cable on land or leased is on record: %(names)s.",
                "%(n)s cables on land or leased are on record: %(names)s.",
                len(on_land),
                names=named_systems(site, on_land, code=code),
            )
        )
    landing = [cable for cable in cables if cable.status not in DISPUTED]
    if landing:
        page = site.url(f"/country/{code}/cables")
        count = text_link(page, site.ngettext("%(n)s submarine cable", "%(n)s submarine cables", len(landing)))
        planned = sum(cable.status in PLANNED for cable in landing)
        parts.append(
            site.language.nmarkup(
                "%(count)s is on record as landing here.", "%(count)s are on record as landing here.", len(landing), count=count
            )
        )
        if planned:
            parts.append(
                Markup("{}").format(
                    site.ngettext(
                        "%(n)s of them is planned or being built.", "%(n)s of them are planned or being built.", planned
                    )
                )
            )
        if words := _cable_supplier(site, landing):
            parts.append(words)
    return join_sentences(site, *parts) or None


def _cable_supplier(site: Site, cables: Sequence[Cable]) -> Markup | None:
    supplied: dict[str, list[Cable]] = {}
    for cable in cables:
        for row in cable.suppliers:
            supplied.setdefault(row.id, []).append(cable)
    if not supplied:
        return None
    name = max(supplied, key=lambda name: (len(supplied[name]), name))
    first = supplied[name][0]
    row = next(row for row in first.suppliers if row.id == name)
    return site.language.nmarkup(
        "%(name)s is named as supplier of %(n)s of them.",
        "%(name)s is named as supplier of %(n)s of them.",
        len(supplied[name]),
        name=company_link(site, row),
    )
