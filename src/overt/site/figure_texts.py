"""Texts of figures: their numbers, gaps and comparisons in words."""

import operator
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from typing import Any

from overt.language.language import N_, NN_
from overt.language.number_and_money_formats import Formats, counted_unit
from overt.queries.figures import Figure
from overt.release.figures.figure_serialization import plain_number
from overt.release.figures.figure_sources_and_gaps import NOT_IN_SUBSET
from overt.release.figures.figure_tables import NO_ROW_ANSWERS
from overt.release.figures.gap_and_difference_labels import UNEXPLAINED
from overt.site.site import Site

_MONEY = ("USD", "EUR", "GBP", "CNY")
_BOUNDS = {
    "at least": N_("at least %(number)s"),
    "at most": N_("at most %(number)s"),
    "more than": N_("more than %(number)s"),
    "fewer than": N_("fewer than %(number)s"),
    "about": N_("about %(number)s"),
}

_EXACT = Context(prec=60)
_WITHIN: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "at least": operator.ge, "at most": operator.le, "more than": operator.gt, "fewer than": operator.lt,
}  # fmt: skip
"""For each bound of a reported total: the comparison between our value and theirs that is true if ours fits the bound."""


def is_money(unit: str) -> bool:
    """Return whether a unit is one of the currencies in _MONEY, possibly with the year of its prices."""
    return unit.partition("@")[0] in _MONEY


def writer(site: Site, unit: str) -> Callable[[Any], str]:
    """Return the function that writes numbers in sentences: money short and with its currency, others without a unit."""
    return (lambda value: site.formats.money_short(value, unit)) if is_money(unit) else site.formats.number


def rounded(value: str | None, unit: str) -> float | int | None:
    """Return a figure's value as a number for programs; None without a value. Amounts of money are rounded to the cent."""
    number = None if value is None else Decimal(value)
    return plain_number(number.quantize(Decimal("0.01"), context=_EXACT) if number is not None and is_money(unit) else number)


def value_and_unit(formats: Formats, figure: Figure) -> str:
    """Return a figure's value with its full unit: `54 cable systems`, `25,836.23 US dollars, constant prices of 2021`."""
    write = formats.cents if is_money(figure.unit) else formats.number
    return f"{write(figure.value)} {counted_unit(formats, figure._asdict(), figure.value)}"


def with_words(site: Site, figure: Figure) -> dict[str, Any]:
    """Return a figure with texts in the site's language.

    `shown` and `shown_unit` are its value in prose; `exact` is an amount of money to the cent, otherwise None.
    """
    money, formats = is_money(figure.unit), site.formats
    value, unit = figure.value, figure.unit
    write = writer(site, unit)
    withheld, absent, apart = _split_status(figure.status)
    titles = {gap["source"]: gap["title"] for gap in figure.gaps if gap.get("title")}
    of_part = site.gettext("of this part only") if site.prepared.subset else ""
    return {
        **figure._asdict(),
        "title": site.language.translated(figure.title),
        "counting_unit_words": site.language.translated(figure.counting_unit),
        "withheld": _titled(site, withheld, titles),
        "absent": _titled(site, absent, titles),
        "apart": apart,
        "missing": _missing(site, withheld, apart),
        "shown": "" if value is None else write(value),
        "shown_unit": formats.prices(unit) if money else counted_unit(formats, figure._asdict(), value),
        "exact": formats.money(value, unit) if money and value is not None else None,
        "plain": "" if value is None else write(value),
        "gaps": gaps_in_words(site, figure),
        "short_gap": site.gettext("; ").join(filter(None, (of_part, _short_gap(site, figure.gaps)))),
        "variants": [{**variant, "text": _variant(site, variant, write)} for variant in figure.variants],
        "comparators": [_comparator(site, other, write, unit, value) for other in figure.comparators],
    }


def _variant(site: Site, variant: dict[str, Any], write: Any) -> str:
    """Return a variant's value in words. Without a value, return a note that no row states it, or a dash.

    The words also say if the variant counts the same rows as the figure, and how many amounts a computed value leaves out.
    """
    if variant["value"] is None:
        return site.gettext("unknown: no row says it") if variant["note"] == NO_ROW_ANSWERS else "–"
    number: str = write(variant["value"])
    if variant.get("computed"):
        singular, plural = NN_(
            "%(number)s, computed; %(n)s amount is left out", "%(number)s, computed; %(n)s amounts are left out"
        )
        return site.language.ngettext(singular, plural, variant["left_out"], number=number)
    return site.gettext("%(number)s, the same rows", number=number) if variant["same"] else number


def gaps_in_words(site: Site, figure: Figure) -> list[str]:
    """Return a sentence for each gap of a figure.

    If a source that adds nothing to the number is only partly loaded, this gap is left out.
    """
    used = {row["source"] for row in figure.sources}
    own = figure.definition.get(f"without_{site.language.code}") or figure.definition.get("without", {})
    return [_gap(site, gap, own) for gap in figure.gaps if gap["what"] != "part" or gap["source"] in used]


def _gap(site: Site, gap: Mapping[str, Any], own: Mapping[str, str]) -> str:
    """Return a gap of a figure as a sentence. `own`: the figure's own sentences on missing sources, by source."""
    if gap["what"] in ("not loaded", "withheld") and gap["source"] in own:
        return own[gap["source"]]
    if gap["what"] == "currency":
        singular, plural = NN_(
            "%(n)s amount in %(unit)s is left out: %(sum)s.", "%(n)s amounts in %(unit)s are left out: %(sum)s in all."
        )
        total = site.formats.money(gap["amount"], gap["unit"])
        return site.language.ngettext(singular, plural, gap["rows"], unit=gap["unit"], sum=total)
    source = site.language.translated(gap["title"])
    if gap["what"] == "part":
        return site.language.markup("%(source)s: %(note)s", source=source, note=site.language.translated_markup(gap["note"]))
    if gap["what"] == "problems":
        singular, plural = NN_(
            "%(n)s row of %(source)s is left out as a problem.", "%(n)s rows of %(source)s are left out as problems."
        )
        return site.language.ngettext(singular, plural, gap["rows"], source=source)
    if gap["what"] == "withheld":
        return site.gettext(
            "The source “%(source)s” may not be republished, so it isn’t in this edition. What only it records isn’t counted.",
            source=source,
        )
    return site.gettext("The source “%(source)s” isn’t in this edition. What only it records isn’t counted.", source=source)


def _short_gap(site: Site, gaps: list[dict[str, Any]]) -> str:
    """Return the most important gap, for a list of figures; empty if there is none.

    In order of importance: problem rows, withheld sources, missing sources, amounts in other currencies, partly loaded sources.
    """
    if rows := sum(gap["rows"] for gap in gaps if gap["what"] == "problems"):
        return site.language.ngettext(*NN_("%(n)s row left out as a problem", "%(n)s rows left out as problems"), rows)
    if any(gap["what"] == "withheld" for gap in gaps):
        return site.gettext("without sources that are withheld")
    absent = [gap["title"] for gap in gaps if gap["what"] not in ("part", "problems", "currency")]
    if len(absent) == 1:
        return site.gettext("without the source “%(source)s”", source=site.language.translated(absent[0]))
    if absent:
        return site.ngettext(*NN_("%(n)s source is not in this edition", "%(n)s sources are not in this edition"), len(absent))
    if amounts := sum(gap["rows"] for gap in gaps if gap["what"] == "currency"):
        return site.language.ngettext(
            *NN_("%(n)s amount in another currency left out", "%(n)s amounts in other currencies left out"), amounts
        )
    partly = len({gap["source"] for gap in gaps if gap["what"] == "part"})
    return site.ngettext(*NN_("%(n)s source only in part", "%(n)s sources only in part"), partly) if partly else ""


def _missing(site: Site, withheld: str, apart: str) -> str:
    """Return why a figure has no value, in a few words."""
    if apart:
        return site.gettext("not in this part")
    return site.gettext("source withheld") if withheld else site.gettext("source not in this edition")


def _titled(site: Site, slugs: str, titles: dict[str, str]) -> str:
    """Return the titles of the sources that a status lists. A source without a known title is given by its slug."""
    return (
        site.language.comma.join(site.language.translated(titles.get(slug, slug)) for slug in slugs.split(", ")) if slugs else ""
    )


def _split_status(status: str) -> tuple[str, str, str]:
    """Return what a status lists: withheld sources, missing sources, and tables that are empty in a subset.

    Each of the three is a text with names separated by commas, or empty.
    """
    reasons = dict(part.partition(": ")[::2] for part in status.split("; "))
    return reasons.get("source withheld", ""), reasons.get("source not loaded", ""), reasons.get(NOT_IN_SUBSET, "")


def _comparator(site: Site, other: dict[str, Any], write: Any, unit: str, ours: Any) -> dict[str, Any]:
    """Return a reported total with texts on its number and bound, on our difference, and on the reasons for the difference."""
    place = other["place_in_document"]
    their_unit = other["unit"] or unit
    formats = site.formats
    theirs = formats.money_short(other["value"], other["unit"]) if is_money(their_unit) else formats.number(other["value"])
    apart = other["difference"] is None and (other["why"] or "").startswith("not comparable")
    return {
        **other,
        "text": bounded(site, other["bound"], theirs),
        "number": theirs,
        "apart": apart,
        "difference_text": site.gettext("not comparable") if apart else _difference(other["difference"], write),
        "why": _why(site, other, unit, ours),
        "unexplained": (other["why"] or "").startswith(UNEXPLAINED),
        "place": "; ".join(place) if isinstance(place, list) else place,
    }


def bounded(site: Site, bound: str | None, number: str) -> str:
    """Return a reported number with its bound: `at least 63`, `more than $17 bn`."""
    if bound in (None, "", "exact", "exactly"):
        return number
    return site.gettext(_BOUNDS[bound], number=number) if bound in _BOUNDS else f"{bound} {number}"


def _why(site: Site, other: dict[str, Any], unit: str, ours: Any) -> str | None:
    """Return why two totals differ or are not compared, translated if possible; None if the figure gives no reason.

    `other`: a reported total; `unit`: unit of our value; `ours`: our value, or None.
    """
    why, theirs = other["why"], other["unit"]
    if why and why.startswith(UNEXPLAINED):
        if why != UNEXPLAINED:
            return site.gettext("We can’t explain the difference. What our number lacks is listed above.")
        return site.gettext("We can’t explain the difference.")
    if why == "not comparable: given as a bound":
        return site.gettext(_agreement(other, ours))
    if why and why.startswith("not comparable: given in "):
        units = site.formats.unit_words
        theirs = units(theirs) if theirs else site.gettext("no unit")
        return site.gettext("not comparable: given in %(theirs)s, ours in %(ours)s", theirs=theirs, ours=units(unit))
    return site.language.translated_markup(why) if why else why


def _agreement(other: dict[str, Any], ours: Any) -> str:
    """Return the message that says whether our value lies within a reported bound, or why no difference is computed."""
    bound, theirs = other["bound"], other["value"]
    if ours is None or theirs is None or bound not in _WITHIN:
        return N_("it is only a bound or an estimate, so we don’t compute a difference")
    within = _WITHIN[bound](Decimal(str(ours)), Decimal(str(theirs)))
    return N_("our number fits this") if within else N_("our number does not fit this")


def _difference(value: float | None, write: Any) -> str:
    if value is None:
        return "–"
    return "0" if not value else f"{'+' if value > 0 else '−'}{write(abs(value))}"


def figure_sources(figure: Figure) -> list[str]:
    """Return the slugs of a figure's sources: all that it requires, and those that it uses among the alternatives (`any_of`).

    Sources that it counts but doesn't list, such as one that was added to an atlas, come last. A figure that uses no source,
    because it has no value, has all alternatives.
    """
    used = {row["source"]: None for row in figure.sources}
    required, some_of = figure.definition.get("requires", ()), figure.definition.get("any_of", ())
    of_variants = {slug for variant in figure.definition.get("variants", ()) for slug in variant.get("requires", ())}
    added = [slug for slug in used if slug not in {*required, *some_of, *of_variants}]
    return [*required, *(slug for slug in some_of if slug in used or not used), *added]
