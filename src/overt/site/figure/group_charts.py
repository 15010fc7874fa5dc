"""The groups of a figure: their charts, and the cells of rows that contain them."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from overt.charts import Bar, Chart, ChartText, Measure, Year, make_bar_chart, make_year_chart
from overt.queries.figures import Figure
from overt.site.figure.breakdown_labels import VOCABULARIES, group_name
from overt.site.figure_texts import figure_sources, is_money
from overt.site.site import Site

UNKNOWN = "not known"
"""The name of the group for rows that no source assigns to a group. It always comes last."""


def group_charts(site: Site, figure: Figure, picked: Sequence[str] = ()) -> list[tuple[str, Chart]]:
    """Draw each grouping as bars, the largest first, or by year. Return the name and the chart of each.

    A chart with many groups draws only the largest, but its table and its file have all of them.
    A grouping is left out if it has no groups, if each of several groups has only one unit, or if it is by country and the
    figure doesn't compare countries. `picked`: if any of these countries is counted, the chart by country shows only those.
    """
    money, formats = is_money(figure.unit), site.formats
    unit = formats.unit_words(figure.unit)
    short = (lambda value: formats.money_short(value, figure.unit)) if money else formats.number
    measure = Measure(unit, short, formats.cents if money else formats.number, site.gettext("unknown"))
    title = site.language.translated(figure.title)
    charts = []
    for group, values in figure.groups.items():
        if not values or (len(values) > 1 and figure.measure == "count" and max(values.values()) == 1):
            continue  # A chart with one unit per group would show no more than the rows.
        if group == "country" and not compares_countries(figure):
            continue
        name = group_name(site, group)
        pairs = sorted(values.items(), key=lambda pair: (pair[0] == UNKNOWN, -pair[1], pair[0]))
        note = _overlap(site, figure, sum(values.values()))
        if picked and group == "country":
            pairs = [pair for pair in pairs if pair[0] in picked] or pairs
            if absent := [site.words.area(code) for code in picked if code not in values]:
                what = site.language.join(absent)
                note += (" " if note else "") + site.gettext(
                    "No record here: %(what)s. That is not evidence of absence.", what=what
                )
        most = max(values, key=lambda name_of_group: (values[name_of_group], name_of_group))
        about = ChartText(
            group.replace("_", "-"),
            _chart_title(site, figure, title, name),
            site.ngettext(
                "One group: %(name)s, %(value)s.", "%(n)s groups; the largest is %(name)s, %(value)s.", len(values),
                name=_label(site, group, most), value=short(values[most]),
            ),
            site.credits(slug for slug in figure_sources(figure) if slug in site.sources),
            "",
            note,
        )  # fmt: skip
        if group == "year":
            years = [
                Year(
                    int(name_of_group) if name_of_group.isdigit() else None,
                    values[name_of_group],
                    _address(site, group, name_of_group),
                )
                for name_of_group in sorted(values)
            ]
            integers, undated = figure.measure == "count", site.gettext("unknown")
            chart = make_year_chart(about, measure, years, year_header=name.capitalize(), undated=undated, integers=integers)
            charts.append((group, chart))
        else:
            named = [
                Bar(_label(site, group, name_of_group), value, _address(site, group, name_of_group))
                for name_of_group, value in pairs
            ]
            charts.append((group, make_bar_chart(about, measure, named, name_header=name.capitalize())))
    return charts


def compares_countries(figure: Figure) -> bool:
    """Return whether a figure's numbers can be compared between countries."""
    return bool(figure.definition.get("compares_countries", True))


def _chart_title(site: Site, figure: Figure, title: str, group: str) -> str:
    """Return the title of a grouping's chart. For a figure that counts, it includes what is counted."""
    if figure.measure != "count":
        return site.gettext("%(figure)s, by %(group)s", figure=title, group=group)
    unit = site.formats.unit_words(figure.unit)
    return site.gettext("%(figure)s, by %(group)s (number of %(unit)s)", figure=title, group=group, unit=unit)


def _overlap(site: Site, figure: Figure, total: float) -> str:
    """Return a sentence saying that the groups add up to more than the figure; empty if they don't."""
    if figure.value is None or total <= float(figure.value) * (1 + 1e-9):  # Floating-point sums are inexact.
        return ""
    money = is_money(figure.unit)
    total_text = site.formats.money_short(figure.value, figure.unit) if money else site.formats.number(int(float(figure.value)))
    return site.gettext("Some count in several groups, so the bars add up to more than %(n)s.", n=total_text)


def _label(site: Site, group: str, name: str) -> str:
    if name == UNKNOWN:
        return site.gettext("unknown")
    for vocabulary in VOCABULARIES.get(group, ()):
        if name in site.words.terms[vocabulary]:
            return site.words.term(vocabulary, name)
    return site.words.area(name) if group in ("country", "seat") else site.language.phrase(name) or name


def _address(site: Site, group: str, name: str) -> str | None:
    """Return the address of a country's page; None for any other group.

    Other groups have no link, because a filter by the group would also match rows that the figure doesn't count.
    """
    return site.url(f"/country/{name}") if group == "country" and name != UNKNOWN else None


def group_cell(site: Site, group: str, value: Any) -> Markup:
    """Return a row's value for a group; empty if no source states it.

    Words that come unchanged from the data are marked as being in a language other than the site's.
    """
    if value is None or value == []:
        return Markup()
    names = [UNKNOWN if part is None else str(part) for part in (value if isinstance(value, list) else [value])]
    labels = [(name, _label(site, group, name)) for name in names]
    parts = [site.foreign(label) if label == name else escape(label) for name, label in labels]
    return escape(site.language.comma).join(parts)
