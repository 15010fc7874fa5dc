"""The map of a figure: the countries in which it counts something, or to which money goes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import floor, log10

from overt.charts import Cell, Chart, ChartText, Measure, Table
from overt.charts.chart import header_cells, number_cell
from overt.language.country_article import with_article
from overt.language.label_order import sort_key
from overt.language.language import N_, NN_
from overt.maps.count_circle_sizes_and_positions import CountryNumber
from overt.maps.shade_scale import SHADES, shade_of
from overt.maps.small_shaded_map import Shade
from overt.queries.figures import Figure, FigureRow
from overt.site.explorer.system_count_texts import with_programmes
from overt.site.figure.group_charts import compares_countries
from overt.site.figure.supplier_countries_and_state_programmes import (
    programmes_key,
    programmes_of_country,
    state_programmes,
)
from overt.site.figure_texts import figure_sources, writer
from overt.site.map_chart import NOT_COUNTED, map_chart
from overt.site.site import Site

_SHADE_OF_ALL = 4
"""The shade of all counted countries if their numbers are in one range."""
_MIN_COUNTRIES = 8
"""Minimum number of countries. With fewer, a bar chart shows more than a map."""
_EXCEPTED = 5
"""The shade of counted countries that a number in the answer leaves out."""
_UNNAMED = 2
"""The shade of counted countries that the answer's number leaves out, if the figure has a label of its own for them."""
_EXAMINED = 1
"""The shade of countries that were examined and not counted."""
_COUNTED, _ASSESSED_ONLY, _LEFT_OUT = (
    N_("counted"),
    N_("in the data, but not counted"),
    N_("not among the %(part)s"),
)
_WITH_UNIT = NN_("%(name)s: %(n)s country", "%(name)s: %(n)s countries")
_NAMED = 3
"""Maximum number of countries that the legend names."""
_MOST_NAMED = 8
"""On a map of money, at most this many countries have a name and an amount: those with the most, but none in the palest shade."""
_NOT_IN_DATA = N_("not in the data, which doesn’t mean that there is none")
_COUNTRIES = NN_("By country: one is counted.", "By country: %(n)s are counted.")
_WITH_MOST = NN_(
    "%(n)s country is counted; most in %(names)s: %(value)s.", "%(n)s countries are counted; most in %(names)s: %(value)s."
)
_UNDER, _BETWEEN, _FROM = N_("under %(n)s"), N_("%(low)s to under %(high)s"), N_("%(n)s and more")


def country_map(site: Site, figure: Figure, rows: Sequence[FigureRow] = ()) -> Chart | None:
    """Draw a figure's countries as a map, with a table of their numbers.

    `rows`: for a figure that counts countries, the rows of all countries that it examined. If all counted countries have one
    shade, other shades mark countries that are examined but not counted, and counted ones that a number in the answer leaves
    out, such as China itself. Return None for fewer than `_MIN_COUNTRIES` counted countries, if the figure doesn't compare
    countries, or if the front end has not been built.
    """
    if not compares_countries(figure):
        return None
    counts = {code: value for code, value in figure.groups.get("country", {}).items() if code in site.words.areas and value > 0}
    if len(counts) < _MIN_COUNTRIES or not site.small_shapes:
        return None
    write = writer(site, figure.unit)
    is_sum = figure.measure == "sum"
    breaks = _amount_breaks(counts) if is_sum else ()
    numbers = {} if is_sum else _numbers(site, figure, counts)
    several = len(breaks) > 1 or bool(numbers)
    countries = {
        code: Shade(
            max(1, shade_of(value, breaks)) if several else _SHADE_OF_ALL,
            site.gettext("%(name)s: %(value)s", name=site.words.area(code), value=write(value))
            if several
            else site.words.area(code),
            site.url(f"/country/{code}"),
        )
        for code, value in counts.items()
    }
    for code, number in numbers.items():
        if number.apart and code in countries:
            countries[code] = replace(countries[code], title=with_programmes(site, countries[code].title, number.apart))
        elif number.apart:
            countries[code] = Shade(1, programmes_of_country(site, figure, code), site.url(f"/country/{code}"))
    title = site.language.translated(figure.title)
    used = {country.shade for country in countries.values()}
    shades = [(at, label) for at, label in enumerate(_amount_labels(site, figure, breaks), 1) if at in used]
    no_shade, apart = NOT_COUNTED, dict[str, Shade]()
    if not several:
        steps, apart = _other_steps(site, figure, rows)
        shades = [(_SHADE_OF_ALL, _counted_label(site, figure, len(countries.keys() - apart.keys()))), *steps]
        no_shade = _NOT_IN_DATA if any(shade == _EXAMINED for shade, _ in steps) else NOT_COUNTED
    text = ChartText(
        "map", title, _summary(site, figure, counts),
        site.credits(slug for slug in figure_sources(figure) if slug in site.sources), "",
    )  # fmt: skip
    ordered = sorted(counts, key=lambda code: (-counts[code], sort_key(site.words.area(code))))
    measure = Measure(site.gettext("Value"), write, write, site.gettext("unknown"))
    with_numbers = len(set(counts.values())) > 1
    table = Table(
        (*header_cells([site.gettext("Country")]), *(header_cells([measure.header], numbers=1) if with_numbers else ())),
        tuple(
            (
                Cell(site.words.area(code), link=site.url(f"/country/{code}")),
                *([number_cell(counts[code], measure)] if with_numbers else []),
            )
            for code in ordered
        ),
    )
    palette = "amount" if is_sum else "count" if several else "kind"
    named = {code: countries[code].title for code in ordered[:_MOST_NAMED] if is_sum and countries[code].shade > min(used)}
    return map_chart(
        site, text, table, countries | apart, shades, site.gettext(no_shade), palette=palette,
        plain=any(number.apart for number in numbers.values()), named=named, numbers=numbers,
        apart_label=programmes_key(site, figure),
    )  # fmt: skip


def _numbers(site: Site, figure: Figure, counts: Mapping[str, float]) -> dict[str, CountryNumber]:
    """Return each country's number, to be drawn as a circle; empty if no number is above 1.

    If the figure leaves out state programmes, they are counted separately.
    """
    if max(counts.values()) <= 1:
        return {}
    programmes = {code: n for code, n in state_programmes(site, figure).items() if code in site.words.areas}
    return {code: CountryNumber(round(counts.get(code, 0)), programmes.get(code, 0)) for code in sorted({*counts, *programmes})}


def _summary(site: Site, figure: Figure, counts: Mapping[str, float]) -> str:
    """Return a sentence with the number of countries. It names those with the highest number if they are few and not all."""
    highest = max(counts.values())
    most = sorted((code for code, value in counts.items() if value == highest), key=lambda code: sort_key(site.words.area(code)))
    if len(most) > _NAMED or len(most) == len(counts):
        return site.ngettext(*_COUNTRIES, len(counts))
    names = site.language.join([with_article(site.language, site.words.area(code)) for code in most])
    return site.ngettext(*_WITH_MOST, len(counts), names=names, value=writer(site, figure.unit)(highest))


def _counted_label(site: Site, figure: Figure, countries: int) -> str:
    """Return the legend's label for counted countries, with their number. A figure can define its own label."""
    label = figure.definition.get("counted_label")
    if not label:
        return _with_count(site, site.gettext(_COUNTED), countries)
    return site.ngettext(*_WITH_UNIT, countries, name=site.language.translated(label))


def _with_count(site: Site, label: str, countries: int) -> str:
    """Return a label of the legend, followed by the number of countries."""
    return site.gettext("%(name)s: %(value)s", name=label, value=site.formats.number(countries))


def _other_steps(site: Site, figure: Figure, rows: Sequence[FigureRow]) -> tuple[list[tuple[int, str]], dict[str, Shade]]:
    """Return the shades besides `_SHADE_OF_ALL`, each with its label in the legend, and the countries that have them."""
    answer = figure.definition.get("answer") or ""
    variants = [variant for variant in figure.variants if f"{{{variant['name']}}}" in answer]
    own_labels = {variant["name"]: variant.get("left_out") for variant in figure.definition.get("variants", ())}
    write = writer(site, figure.unit)
    examined = figure.definition.get("only_examined")
    steps: dict[int, str] = {}
    countries: dict[str, Shade] = {}
    for code, (is_counted, counting) in _by_country(site, rows).items():
        left_out = next((variant for variant in variants if variant["name"] not in counting), None)
        if not is_counted:
            shade, label = _EXAMINED, site.language.translated(examined) if examined else site.gettext(_ASSESSED_ONLY)
        elif left_out:
            own = own_labels.get(left_out["name"])
            shade = _UNNAMED if own else _EXCEPTED
            label = site.language.translated(own) if own else site.gettext(_LEFT_OUT, part=write(left_out["value"]))
        else:
            continue
        steps[shade] = label
        words = site.gettext("%(name)s: %(value)s", name=site.words.area(code), value=label)
        countries[code] = Shade(shade, words, site.url(f"/country/{code}"))
    members = {shade: [code for code, country in countries.items() if country.shade == shade] for shade in steps}
    return [(shade, _step_label(site, shade, steps[shade], members[shade])) for shade in sorted(steps, reverse=True)], countries


def _by_country(site: Site, rows: Sequence[FigureRow]) -> dict[str, tuple[bool, set[str]]]:
    """Return, by country, whether any row is counted, and the names of the variants that count any of these counted rows."""
    by_country: dict[str, tuple[bool, set[str]]] = {}
    for row in rows:
        if row.unit_id in site.words.areas:
            is_counted, variants = by_country.get(row.unit_id, (False, set()))
            by_country[row.unit_id] = (is_counted or bool(row.counted), variants | set(row.variants if row.counted else ()))
    return by_country


def countries_by_label(site: Site, figure: Figure, rows: Sequence[FigureRow]) -> list[tuple[str, list[str]]]:
    """Return lists of countries (codes), each preceded by its label in the map's legend.

    The first list has the countries counted in the variant whose number is in the answer. The second has the other counted
    ones. If the figure has a label for countries that are examined but not counted, a third list has these. There are no
    lists if one of the first two has no label, or if the answer has the numbers of several such variants.
    """
    answer, definition = figure.definition.get("answer") or "", figure.definition
    named = [row for row in definition.get("variants", ()) if row.get("left_out") and f"{{{row['name']}}}" in answer]
    label = definition.get("counted_label")
    if len(named) != 1 or not label:
        return []
    by_country = _by_country(site, rows)
    counted = {code: variants for code, (is_counted, variants) in by_country.items() if is_counted}

    def in_order(code: str) -> str:
        return sort_key(site.words.area(code))

    ordered = sorted(counted, key=in_order)
    examined, label_of_examined = sorted(set(by_country) - set(counted), key=in_order), definition.get("only_examined")
    inside = [code for code in ordered if named[0]["name"] in counted[code]]
    rest = [code for code in ordered if named[0]["name"] not in counted[code]]
    lists = [(label, inside), (named[0]["left_out"], rest)]
    if label_of_examined:
        lists.append((label_of_examined, examined))
    return [(site.language.translated(words), codes) for words, codes in lists]


def _step_label(site: Site, shade: int, label: str, codes: Sequence[str]) -> str:
    """Return a label of the legend with the number of its countries or, if a number leaves out only a few, their names."""
    if shade != _EXCEPTED or len(codes) > _NAMED:
        return _with_count(site, label, len(codes))
    names = site.language.join([site.words.area(code) for code in sorted(codes)])
    return site.gettext("%(name)s: %(value)s", name=names, value=label)


def _amount_breaks(amounts: Mapping[str, float]) -> tuple[float, ...]:
    """Return the lower bound of each shade for amounts of money: at most `SHADES` powers of ten, in ascending order."""
    power = floor(log10(max(amounts.values())))
    lowest = floor(log10(min(amounts.values())))
    return tuple(10.0**exponent for exponent in range(max(lowest, power - SHADES + 1), power + 1))


def _amount_labels(site: Site, figure: Figure, breaks: Sequence[float]) -> list[str]:
    if len(breaks) < 2:
        return []
    write = writer(site, figure.unit)
    between = [site.gettext(_BETWEEN, low=write(low), high=write(high)) for low, high in pairwise(breaks[1:])]
    return [site.gettext(_UNDER, n=write(breaks[1])), *between, site.gettext(_FROM, n=write(breaks[-1]))]
