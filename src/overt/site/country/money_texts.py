"""Sentences about promised money in a country's briefing."""

from collections.abc import Sequence

from markupsafe import Markup

from overt.queries.labels import RecordLabel
from overt.queries.rows.countries import Financier
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.charts import UnitCommitments
from overt.site.country.sentence_parts import company_link, evidence_mark, prices, text_link
from overt.site.site import Site


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
        "Financiers promised %(amount)s here (%(details)s)",
        amount=amount,
        details=site.language.comma.join(filter(None, [when, prices(site, unit)])),
    )
    leading = next((row for row in financiers if row.unit == unit and row.stated), None)
    parts = [total + mark + (_largest(site, leading, sums.amount, unit) if leading else site.gettext("."))]
    parts.append(_purpose(site, sums.amount, to_surveillance, unit))
    if sums.cancelled:
        gone = site.formats.money_short(sums.cancelled, unit)
        parts.append(site.markup("Of the sum, %(amount)s was cancelled.", amount=gone))
    return join_sentences(site, *parts)


def _largest(site: Site, financier: Financier, total: float, unit: str) -> Markup:
    """Return the end of a sentence on all the money: the largest financier, and its part."""
    name = company_link(site, RecordLabel(financier.id, financier.label, financier.label_lang, financier.label_zh))
    if financier.amount >= total:
        return site.markup(", all of it by %(name)s.", name=name)
    return site.markup(", %(amount)s of it by %(name)s.", name=name, amount=site.formats.money_short(financier.amount, unit))


def _purpose(site: Site, total: float, to_surveillance: float, unit: str) -> Markup:
    """Return a sentence on how much of the money is for projects that include surveillance or censorship."""
    if not to_surveillance:
        return site.markup("None is for projects with surveillance or censorship.")
    if to_surveillance >= total:
        return site.markup("All is for projects with surveillance or censorship.")
    amount = site.formats.money_short(to_surveillance, unit)
    return site.markup("%(amount)s is for projects with surveillance or censorship.", amount=amount)
