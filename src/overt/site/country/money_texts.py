"""Sentences about promised money in a country's briefing."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.language.language import N_, NN_
from overt.queries.labels import RecordLabel
from overt.queries.rows.countries import Financier
from overt.site.country.charts import UnitCommitments
from overt.site.country.projects_with_details import ContractValue, DocumentedProject
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import company_link, record_link, text_link
from overt.site.site import Site

CHINESE_MONEY = "aiddata_gcdf"
"""Slug of the source that has Chinese lenders and donors only."""
_VALUES = 6
"""Maximum number of contract values in the sentence."""
_NO_VALUE = NN_(
    "For %(n)s more system, no contract value is on record.",
    "For %(n)s more systems, no contract value is on record.",
)
_NO_VALUE_BUT_PLANS = NN_(
    "For %(n)s more system that isn’t only planned, no contract value is on record.",
    "For %(n)s more systems that aren’t only planned, no contract value is on record.",
)
_FOR_OTHER_PROJECTS = N_(
    "Financiers promised at least %(amount)s to projects here, none of it known to be for surveillance or censorship."
)
"""The only sentence on money if none of it is for systems. The page on money, to which it links, has the details."""


class Purpose(NamedTuple):
    """What promised money is for."""

    to_systems: float
    """The amount for projects with systems of surveillance or censorship."""
    only_chinese: bool = False
    """Whether the only source of the commitments is `CHINESE_MONEY`."""


def money(
    site: Site,
    code: str,
    promised: Sequence[tuple[str, UnitCommitments]],
    financiers: Sequence[Financier],
    sources: int,
    purpose: Purpose,
    systems: Sequence[DocumentedProject] = (),
    value_sources: Mapping[str, int] | None = None,
) -> Markup | None:
    """Return sentences on the money promised to the country's projects: how much, when, by whom and for what.

    If none of it is for systems of surveillance or censorship, one short sentence says so, without years and financiers.

    A sentence on the contract values of `systems`, which are not part of that money, comes first if none of the money is for
    systems, and last otherwise. None if there are neither promises nor contract values. `sources`: the lowest number of
    separate sources of any commitment. `purpose`: what the money in the first unit of `promised` is for. `value_sources`: as in
    `contract_values`.
    """
    contracts = contract_values(site, systems, value_sources)
    loans = _promised(site, code, promised, financiers, sources, purpose) if promised else ""
    if contracts and not loans:
        loans = site.gettext("No loan or grant is on record.")
    if contracts and loans and purpose.to_systems:
        apart = site.gettext("No source here says whether the promises pay for it, so don’t add them up.")
        contracts = join_sentences(site, contracts, apart)
    order = (loans, contracts) if purpose.to_systems else (contracts, loans)
    return join_sentences(site, *order) or None


def contract_values(
    site: Site, systems: Sequence[DocumentedProject], value_sources: Mapping[str, int] | None = None
) -> Markup | str:
    """Return sentences on the contract values of the systems that count, each with its system; empty if there are none.

    The values aren't added up: they are in several currencies and in prices of different years. A second sentence counts the
    systems without a value, except those that are only announced. `value_sources`: the number of separate sources of each
    system's values, by the system's id; 1 for a system without an entry.
    """
    counted = [system for system in systems if system.counts]
    valued = sorted((row for row in counted if row.contract_values), key=_order)
    if not valued:
        return ""
    values = [_contract(site, row, (value_sources or {}).get(row.id, 1)) for row in valued[:_VALUES]]
    sentence = site.language.nmarkup(
        "Contract value on record: %(values)s.",
        "Contract values on record: %(values)s.",
        len(valued), values=join(site, values, len(valued) - len(values)),
    )  # fmt: skip
    without = [system for system in counted if not system.contract_values]
    rest = sum(system.is_documented for system in without)
    message = _NO_VALUE if rest == len(without) else _NO_VALUE_BUT_PLANS
    return join_sentences(site, sentence, site.ngettext(*message, rest) if rest else "")


def _contract(site: Site, system: DocumentedProject, sources: int) -> Markup:
    """Return the value of a system's contract with its mark, and the system as a link.

    If only one claim gives the value, the mark leads to that claim, otherwise to all claims about the project.
    """
    label = RecordLabel(system.id, system.label, system.label_lang, system.label_zh)
    claims = [claim for value in system.contract_values for claim in value.claims]
    page = site.url(f"/claim/{claims[0]}") if len(claims) == 1 else f"{site.record_url('project', system.id)}#claims"
    amount = contract_words(site, system.contract_values) + evidence_mark(site, page, sources)
    return site.markup("%(amount)s for %(system)s", amount=amount, system=record_link(site, "project", label))


def contract_words(site: Site, values: Sequence[ContractValue]) -> str:
    """Return the values that sources give for a contract: `$126 m`, or `$24 m or $28 m` if they differ."""
    amounts = dict.fromkeys(site.formats.money_short(value.amount, value.unit) for value in values)
    return site.language.join(list(amounts), "or")


def _order(system: DocumentedProject) -> tuple[bool, str, float, str]:
    """Return the sort key of a system by its contract: dollars first, then other currencies; in each, the largest value first."""
    value = system.contract_values[-1]
    return value.unit != "USD", value.unit or "", -float(value.amount), system.id


def _promised(
    site: Site,
    code: str,
    promised: Sequence[tuple[str, UnitCommitments]],
    financiers: Sequence[Financier],
    sources: int,
    purpose: Purpose,
) -> Markup:
    page = site.url(f"/country/{code}/money")
    unit, sums = promised[0]
    commitments = site.ngettext("%(n)s commitment", "%(n)s commitments", sums.commitments)
    mark = evidence_mark(site, page, sources)
    if not unit or not sums.stated:
        return (
            site.markup("Financiers promised money here in %(count)s, none with an amount on record.", count=commitments) + mark
        )
    amount = text_link(page, site.formats.money_short(sums.amount, unit))
    if not purpose.to_systems:
        return site.markup(_FOR_OTHER_PROJECTS, amount=amount) + mark
    years = [row.year for row in sums.rows if row.year]
    when = site.formats.period(str(min(years)), str(max(years))) if years else ""
    details = site.language.comma.join(filter(None, [when, site.formats.prices_in_sentence(unit)]))
    details = site.gettext(" (%(words)s)", words=details) if details else ""
    total = _total(site, amount, sums.amount, purpose, unit, details)
    leading = next((row for row in financiers if row.unit == unit and row.stated), None)
    parts = [total + mark + (_largest(site, leading, sums.amount, unit) if leading else site.gettext("."))]
    if purpose.only_chinese:
        parts.append(only_chinese_words(site))
    if amounts := [site.formats.money_short(row.amount, other) for other, row in promised[1:] if other and row.stated]:
        more = site.language.join(amounts)
        parts.append(site.markup("More is recorded in other currencies or prices, and not added: %(amounts)s.", amounts=more))
    if sums.cancelled:
        gone = site.formats.money_short(sums.cancelled, unit)
        parts.append(site.markup("Of the sum, %(amount)s was cancelled.", amount=gone))
    return join_sentences(site, *parts)


def only_chinese_words(site: Site) -> Markup:
    """Return a sentence saying that the only source of commitments has Chinese lenders and donors only."""
    return site.markup("AidData, the only source here, has Chinese lenders and donors only.")


def _largest(site: Site, financier: Financier, total: float, unit: str) -> Markup:
    """Return the end of a sentence on all the money: the largest financier, and its share."""
    name = company_link(site, RecordLabel(financier.id, financier.label, financier.label_lang, financier.label_zh))
    if financier.amount >= total:
        return site.markup("; all by %(name)s.", name=name)
    return site.markup(
        "; the largest part of the total by %(name)s (%(amount)s).",
        name=name,
        amount=site.formats.money_short(financier.amount, unit),
    )


def _total(site: Site, amount: Markup, total: float, purpose: Purpose, unit: str, details: str) -> Markup:
    """Return the beginning of a sentence on the money: the total, and how much of it is for surveillance or censorship.

    `amount`: the total, as a link. `details`: the years and the prices, in brackets after a space.
    """
    if purpose.to_systems >= total:
        return site.markup(
            "Financiers promised at least %(amount)s to projects with surveillance or censorship here%(details)s",
            amount=amount, details=details,
        )  # fmt: skip
    return site.markup(
        "Financiers promised at least %(part)s to projects with surveillance or censorship, "
        "of %(amount)s for all projects here%(details)s",
        part=site.formats.money_short(purpose.to_systems, unit), amount=amount, details=details,
    )  # fmt: skip
