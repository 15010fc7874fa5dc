"""All countries of a series: newest value, rank and shade, and a summary sentence."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from overt.charts.chart import Drawing
from overt.charts.line_chart import make_sparkline
from overt.language.language import N_
from overt.queries.labels import Term
from overt.queries.series import SeriesValue
from overt.site.series.class_breaks import ShadeClass, has_published_classes, is_standardised, shade_classes
from overt.site.series.index_publishers import index_publisher
from overt.site.series.scales import Scale, scale_of, share_of_scale
from overt.site.series_addresses import has_page, series_page
from overt.site.series_values_in_words import CODES, FLAGS, value_text
from overt.site.site import Site

_ANSWER = N_(
    "In %(year)s, the newest year in Overt’s data, the lowest of %(n)s countries’ values is %(low)s (%(low_names)s), the highest "
    "%(high)s (%(high_names)s)."
)
_SCORED = N_("In %(year)s, %(members)s of %(n)s countries scored %(range)s.")
_SCORED_OF_PART = N_("In %(year)s, %(members)s of the %(n)s countries in Overt’s data scored %(range)s.")
_HIGHEST = N_("Of %(n)s countries with a score for %(year)s, %(names)s have the highest.")
_SCORE = N_(
    "Experts rated the countries; nothing was counted. A score has no unit: 0 is about the average of all countries and years "
    "rated, and higher is more repression."
)
LEADING = 5
"""Number of countries that the answer and the map of a standardised score name."""
_EXTREMES = N_("The lowest value is %(low)s (%(low_names)s), the highest %(high)s (%(high_names)s).")
_REPRESSIVE = 4
"""The weaker of the two strongest shades, which mark the least free values of codes and of a series with a direction."""


class Standing(NamedTuple):
    """A country in a series."""

    code: str
    label: str
    text: str
    """The newest value in words; if sources differ, all their values."""
    value: float | None
    """The newest value as a number; None for a code."""
    year: int
    rank: int | None
    """1 means most repression, or the highest value. None for a code or flag, and without a value in the series' newest year.
    In a subset of an edition, the rank is that in the edition.
    """
    shade: int
    first_text: str
    first_year: int
    page: str
    line: Drawing | None


class LeastFree(NamedTuple):
    """The countries with the least free values of a series' newest year: those with one of the two strongest shades."""

    words: str
    """The range of their values, such as `under 0.4 on a scale from 0 to 1`; for codes, the values themselves."""
    codes: frozenset[str]
    """Codes of the countries."""
    coded: bool = False
    """Whether the values are codes."""
    own_limit: str = ""
    """Why the range ends where it does, if Overt sets this limit and not the publisher of the series; empty otherwise."""


class SeriesStandings(NamedTuple):
    """All countries of a series."""

    rows: Sequence[Standing]
    """Countries with a value in the series' newest year first, by rank or, for codes, by shade."""
    year: int
    answer: str
    extremes: str
    """A sentence on the lowest and the highest value or, for a standardised score, on what a score means.

    Empty if `answer` names these values, and for codes. Also empty if a source other than the maker passes on the values,
    because countries that this source lacks may have lower or higher values.
    """
    legend: Sequence[tuple[int, str]]
    scale: Scale
    ends: tuple[float, float]
    """The drawn ends of the scale."""
    compared: Mapping[str, float]
    """Value of each ranked country in the series' newest year, by code. A subset includes the edition's other countries."""
    least_free: LeastFree | None
    """None for flags, for numbers without a direction, and if no country or every country has one of the least free values."""


def series_standings(
    site: Site, term: Term, values: Sequence[SeriesValue], part_of: str = "", *, outside: Sequence[SeriesValue] = ()
) -> SeriesStandings:
    """Return the countries of a series. `values`: its values, at least one, sorted by country and year.

    `outside`: in a subset of an edition, the newest values of the edition's other countries, sorted by country. These countries
    have no rows, but with them, ranks, shades and the ends of the scale are the same as in the edition.

    `part_of`: the titles of the sources that pass on the values, if the maker of the series published none of them; the answer
    then says that the countries are those in Overt's data.
    """
    scale = scale_of(term.id)
    newest = max(row.year for row in values)
    countries, beyond = _by_country(site, term, values), _by_country(site, term, outside)
    last = {code: _values_of_year(entries, entries[-1].year) for code, entries in (countries | beyond).items()}
    numbers = {code: float(rows[0].value) for code, rows in last.items() if rows[0].value is not None}
    ranked_year = max([newest, *(row.year for row in outside)])
    current = {code: number for code, number in numbers.items() if last[code][0].year == ranked_year}
    coded = term.unit in ("code", "flag")
    ends = scale.ends(numbers.values()) if numbers else (0.0, 0.0)
    steps = [] if coded else shade_classes(term.id, list(numbers.values()))
    rows = []
    for code, entries in countries.items():
        words = [value_text(site, term.id, row.value, row.code) for row in last[code]]
        first = _values_of_year(entries, entries[0].year)
        line = {row.year: float(row.value) for row in reversed(entries) if row.value is not None}
        rows.append(
            Standing(
                code, site.words.area(code), site.language.comma.join(dict.fromkeys(filter(None, words))), numbers.get(code),
                last[code][0].year, None if coded else _rank(scale, current, code), _shade(term, steps, last[code][0]),
                value_text(site, term.id, first[0].value, first[0].code), entries[0].year,
                site.url(series_page(term.id, code)), make_sparkline({} if coded else line),
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (row.year != newest, row.rank or 0, -row.shade, row.label))
    ranges = [(step.shade, _range_label(site, step)) for step in steps]
    legend = _code_legend(rows) if coded else sorted(ranges)
    least = _least_free(site, term, [row for row in rows if row.year == newest], steps, scale)
    answer, extremes = _answer(
        site, rows, newest, None if coded else least, part_of, coded=coded, standardised=is_standardised(term.id)
    )
    return SeriesStandings(rows, newest, answer, extremes, legend, scale, ends, current, least)


def _least_free(
    site: Site, term: Term, current: Sequence[Standing], steps: Sequence[ShadeClass], scale: Scale
) -> LeastFree | None:
    """Return the countries with the least free values, or None. `current`: the countries with a value in the newest year."""
    members = [row for row in current if row.shade >= _REPRESSIVE]
    coded = term.unit == "code"
    if not 0 < len(members) < len(current) or term.unit == "flag" or not (coded or scale.direction):
        return None
    codes = frozenset(row.code for row in members)
    if coded:
        words = site.language.join([f"“{text}”" for text in dict.fromkeys(row.text for row in members)], "or")
        return LeastFree(words, codes, coded=True)
    ranges = [step for step in steps if step.shade >= _REPRESSIVE]
    own_limit = "" if has_published_classes(term.id) else _own_limit(site, term, scale)
    write = site.formats.rounded
    if scale.direction > 0:
        short = site.gettext("under %(n)s", n=write(max(step.below for step in ranges)))
    else:
        short = site.gettext("%(n)s or more", n=write(min(step.minimum for step in ranges)))
    if not scale.bounds:
        words = site.gettext("%(range)s, where 0 is about the mean", range=short) if is_standardised(term.id) else short
        return LeastFree(words, codes, own_limit=own_limit)
    low, high = map(write, scale.bounds)
    words = site.gettext("%(range)s on a scale from %(low)s to %(high)s", range=short, low=low, high=high)
    called = {step.words for step in ranges}
    if len(called) == 1 and (word := called.pop()):
        maker = index_publisher(term.id)
        who = maker.short_name(site) if maker else site.gettext("its publisher")
        words = site.gettext("%(range)s, which %(who)s calls “%(word)s”", range=words, who=who, word=site.gettext(word))
    return LeastFree(words, codes, own_limit=own_limit)


def _range_label(site: Site, step: ShadeClass) -> str:
    """Return the range of a class in words and, if there is one, the publisher's word for it."""
    label = step.label(site.language, site.formats.rounded)
    return site.gettext("%(range)s: %(word)s", range=label, word=site.gettext(step.words)) if step.words else label


def _own_limit(site: Site, term: Term, scale: Scale) -> str:
    """Return the sentence that says where the limit of the two strongest shades comes from."""
    if is_standardised(term.id):
        return site.gettext("Overt chose this limit, not the publisher: one standard deviation above the mean.")
    if not scale.bounds:
        return site.gettext(
            "Overt chose this limit, not the publisher. It divides the countries into groups of about the same size."
        )
    if scale.direction > 0:
        return site.gettext(
            "Overt chose this limit, not the publisher. Countries below it are in the lowest two fifths of the scale."
        )
    return site.gettext(
        "Overt chose this limit, not the publisher. Countries above it are in the highest two fifths of the scale."
    )


def _by_country(site: Site, term: Term, values: Sequence[SeriesValue]) -> dict[str, list[SeriesValue]]:
    """Return the values by country, without countries that have no page in the series."""
    by_country = {code: list(group) for code, group in groupby(values, key=lambda row: row.country)}
    return {code: entries for code, entries in by_country.items() if has_page(site, term.id, code)}


def _values_of_year(entries: Sequence[SeriesValue], year: int) -> list[SeriesValue]:
    return [row for row in entries if row.year == year]


def _rank(scale: Scale, current: dict[str, float], code: str) -> int | None:
    own = current.get(code)
    if own is None:
        return None
    return 1 + sum((other < own) if scale.direction == 1 else (other > own) for other in current.values())


def _shade(term: Term, steps: Sequence[ShadeClass], row: SeriesValue) -> int:
    """Return a shade from 1 to 5; the strongest means most repression, or the highest value."""
    if row.value is None:
        return CODES.get(row.code or "", (3, ""))[0]
    if term.unit == "flag":
        return FLAGS.get(float(row.value), (3, ""))[0]
    return next(step.shade for step in steps if step.contains(float(row.value)))


def _code_legend(rows: Sequence[Standing]) -> list[tuple[int, str]]:
    counts: dict[tuple[int, str], int] = {}
    for row in rows:
        counts[row.shade, row.text] = counts.get((row.shade, row.text), 0) + 1
    return [(shade, f"{text} ({n})") for (shade, text), n in sorted(counts.items())]


def _answer(
    site: Site, rows: Sequence[Standing], year: int, least: LeastFree | None, part_of: str, *, coded: bool, standardised: bool
) -> tuple[str, str]:
    """Return the answer of a series, and a sentence on its lowest and highest value, as in `SeriesStandings`.

    For a standardised score, the answer names the `LEADING` countries with the highest scores if there are more countries, and
    the sentence says what a score is. `part_of`: see `series_standings`.
    """
    current = [row for row in rows if row.year == year]
    if len(current) == 1:
        only = site.gettext(
            "In %(year)s, only %(country)s: %(value)s.", year=str(year), country=current[0].label, value=current[0].text
        )
        return only, ""
    if coded or all(row.value is None for row in current):
        counts: dict[str, int] = {}
        for row in sorted(current, key=lambda row: -row.shade):
            counts[row.text] = counts.get(row.text, 0) + 1
        listed = site.language.comma.join(f"{text} {site.formats.number(n)}" for text, n in counts.items())
        return site.gettext("In %(year)s, %(n)s countries: %(counts)s.", year=str(year), n=len(current), counts=listed), ""
    low, high = (pick(row.value for row in current if row.value is not None) for pick in (min, max))
    names = {end: [row.label for row in current if row.value == end] for end in (low, high)}
    write = site.formats.number
    extremes = {
        "low": site.formats.score(low), "low_names": _name_some(site, names[low]),
        "high": site.formats.score(high), "high_names": _name_some(site, names[high]),
    }  # fmt: skip
    if least is None:
        return site.gettext(_ANSWER, year=str(year), n=write(len(current)), **extremes), ""
    if standardised and len(current) > LEADING:
        numbered = [row for row in current if row.value is not None]
        highest = sorted(numbered, key=lambda row: row.value or 0, reverse=True)[:LEADING]
        leading = [row.label + site.gettext(" (%(details)s)", details=row.text) for row in highest]
        words = {"n": write(len(current)), "year": str(year), "names": site.language.join(leading)}
        return site.gettext(_HIGHEST, **words), site.gettext(_SCORE)
    members = write(len(least.codes))
    if part_of:
        return site.gettext(_SCORED_OF_PART, year=str(year), n=write(len(current)), members=members, range=least.words), ""
    answer = site.gettext(_SCORED, year=str(year), n=write(len(current)), members=members, range=least.words)
    return answer, site.gettext(_SCORE) if standardised else site.gettext(_EXTREMES, **extremes)


def _name_some(site: Site, names: Sequence[str]) -> str:
    if len(names) <= 2:
        return site.formats.join(list(names))
    return site.ngettext("one country", "%(n)s countries", len(names))


def plain_rows(rows: Sequence[Standing], limit: int) -> tuple[Sequence[Standing], Sequence[Standing]]:
    """Return the rows that a table shows at once, and the rows that it folds away. It never folds away five rows or fewer."""
    return (rows, []) if len(rows) <= limit + 5 else (rows[:limit], rows[limit:])


def scale_share(standings: SeriesStandings, row: Standing) -> float | None:
    """Return a value's position on the scale, from 0 to 1; None for a code, or if all values are equal."""
    low, high = standings.ends
    return None if row.value is None or high <= low else share_of_scale(row.value, standings.ends)
