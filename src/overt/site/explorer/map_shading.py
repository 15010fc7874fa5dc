"""The shading of countries on the explorer's map, with its legend and a text for each country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overt.language.language import N_, NN_
from overt.maps.count_circle_sizes_and_positions import CountryNumber
from overt.maps.shade_scale import SHADES, shade_of
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.maps import shading_values
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.queries.maps.shading_values import Values
from overt.site.explorer.circle_map import system_numbers
from overt.site.explorer.explorer_state import View
from overt.site.explorer.system_count_texts import NO_SYSTEM, system_text
from overt.site.figure_texts import gaps_in_words
from overt.site.series.class_breaks import shade_classes
from overt.site.series.scales import scale_of
from overt.site.series_values_in_words import CODES, FLAGS
from overt.site.site import Site

_PROJECTS = NN_("%(n)s project", "%(n)s projects")
_PROJECTS_APART = NN_("%(n)s project (without cables)", "%(n)s projects (without cables)")
_NOTHING = {
    (False, False): N_("no project recorded"),
    (False, True): N_("no project (without cables)"),
    (True, False): N_("no project with these filters"),
    (True, True): N_("no project with these filters (without cables)"),
}
"""Text for a country without projects. The key is whether a filter is set, and whether cables are left out.

If a filter is set, the text must not say that the country has no projects at all.
"""
_NOT_OF_PART = N_("none in this part of the edition")
_MATCHING = N_("Matching projects")
_WITH_CABLES = N_("Projects of any kind, with submarine cables")
_WITHOUT_CABLES = N_("Projects of any kind, without submarine cables")
_NO_VALUE = N_("no value")


@dataclass(frozen=True)
class Step:
    """A shade in the legend, and its label."""

    shade: int
    label: str


@dataclass(frozen=True)
class Shading:
    """The shading of the map: the legend, the shade (0: none) and text of each country, and numbers to draw as circles."""

    title: str
    note: str
    steps: Sequence[Step]
    countries: dict[str, tuple[int, str]]
    no_value: str
    """Text of a country without a value."""
    numbers: Mapping[str, CountryNumber] = field(default_factory=dict)
    """Numbers by country that are drawn as circles, such as the number of projects. These countries share one pale shade."""
    missing: Sequence[str] = ()
    """Sentences on what is missing from the figure that shades the map."""
    palette: str = "project"
    """The palette of the shades, one of `PALETTES`."""
    key: str = ""
    """The short title above the map; if empty, `title` is used there."""
    shows_systems: bool = False
    """Whether the circles count documented systems, as on the front page."""


def shade_countries(site: Site, reader: Reader, view: View) -> Shading | None:
    """Return the shading of a view, or None for no shading."""
    kind, _, name = view.shading.partition(":")
    if kind == "none":
        return None
    if kind == "figure":
        return _figure(site, reader, name)
    if kind == "index":
        return _series(site, name, shading_values.series_values(reader, name, view.selection))
    if kind == "assessed":
        return _assessed(site, view, shading_values.assessment_values(reader, view.assessed, view.selection))
    if not kind and not view.selection and site.systems:
        return _systems(site, site.systems)
    values = shading_values.project_values(reader, view.selection, with_cables=kind == "all")
    chosen = not shading_values.without_cables(view.selection)
    apart = not chosen and kind != "all"
    title = site.gettext(_MATCHING if chosen else _WITHOUT_CABLES if apart else _WITH_CABLES)
    words = _PROJECTS_APART if apart else _PROJECTS
    texts = {code: (1, site.ngettext(*words, round(number))) for code, number in values.numbers.items()}
    nothing = site.gettext(
        _NOTHING[bool(view.selection), apart] if view.selection or site.prepared.subset is None else _NOT_OF_PART
    )
    key = site.gettext("Matches in a country:") if view.selection else site.gettext("Projects in a country:")
    return Shading(title, "", [], texts, nothing, _numbers(values), key=key)


def _numbers(values: Values) -> dict[str, CountryNumber]:
    return {code: CountryNumber(round(number)) for code, number in sorted(values.numbers.items())}


def _systems(site: Site, systems: DocumentedSystems) -> Shading:
    """Return the shading of the map of systems: the same circles and palette as on the front page."""
    numbers = system_numbers(systems)
    return Shading(
        title=str(site.language.localized(systems.chart, "title")),
        note="",
        steps=[],
        countries={code: (1, system_text(site, systems, code)) for code in numbers},
        no_value=site.gettext(NO_SYSTEM),
        numbers=numbers,
        palette="count",
        key=site.gettext("Systems on record, not how much a country surveils:"),
        shows_systems=True,
    )


def _figure(site: Site, reader: Reader, name: str) -> Shading:
    values = shading_values.figure_values(reader, name)
    figure = figures.find(reader, name)
    texts = {code: (1, site.formats.number(round(number))) for code, number in values.numbers.items()}
    note = site.gettext("The figure for the whole edition, whatever is filtered here.")
    missing = gaps_in_words(site, figure) if figure else []
    return Shading(
        site.shading_figures[name], note, [], texts, site.gettext("not in this figure"), _numbers(values), missing, "count"
    )


def _series(site: Site, name: str, values: Values) -> Shading:
    term = site.shading_series[name]
    years = _years(site, values)
    note = site.language.translated(term.definition)
    title = site.gettext("%(name)s, %(years)s", name=term.label, years=years) if years else term.label
    if term.unit == "flag" or values.codes:
        flags = {code: FLAGS.get(number, (0, N_("unknown"))) for code, number in values.numbers.items()}
        words = flags if term.unit == "flag" else {code: CODES.get(texts, (0, texts)) for code, texts in values.codes.items()}
        texts = {code: (at, site.gettext(word)) for code, (at, word) in words.items()}
        steps_of = [Step(at, word) for at, word in sorted(set(texts.values()))]
    else:
        write = site.formats.rounded
        scale = scale_of(name)
        ranges = shade_classes(name, [*values.numbers.values(), *values.outside])
        texts = {
            code: (next(step.shade for step in ranges if step.contains(number)), write(number))
            for code, number in values.numbers.items()
        }
        steps_of = [Step(at, label) for at, label in sorted((step.shade, step.label(site.language, write)) for step in ranges)]
        if scale.words:
            title = site.gettext("%(title)s; %(words)s", title=title, words=site.gettext(scale.words))
    full_texts = {
        code: (at, site.gettext("%(said)s (%(name)s, %(year)s)", said=word, name=term.label, year=str(values.year_of[code])))
        for code, (at, word) in texts.items()
    }
    return Shading(title, note, steps_of, full_texts, site.gettext(_NO_VALUE), palette="score")


def _assessed(site: Site, view: View, values: Values) -> Shading:
    kinds = site.formats.join([site.words.term("project-kinds", kind) for kind in view.assessed])
    year = values.years[0] if values.years else "–"
    if len(view.assessed) == 1:
        title = site.gettext("Assessed as having %(kinds)s, index of %(year)s", kinds=kinds, year=year)
        texts = {code: (4, site.gettext("assessed so in %(year)s", year=year)) for code in values.numbers}
        return Shading(
            title, _note(site), [Step(4, site.gettext("assessed so"))], texts, site.gettext("not assessed so"), palette="score"
        )
    several = NN_("%(n)s of these kinds", "%(n)s of these kinds")
    title = site.gettext("Kinds of surveillance that the index of %(year)s names in a country", year=year)
    breaks = range(1, min(int(max(values.numbers.values(), default=1)), SHADES) + 1)
    darker = 1 if len(breaks) < SHADES else 0  # With few steps, the lightest shade isn't used.
    texts = {
        code: (shade_of(int(number), breaks) + darker, site.ngettext(*several, int(number)))
        for code, number in values.numbers.items()
    }
    names = [Step(number + darker, site.formats.number(number)) for number in breaks]
    if max(values.numbers.values(), default=1) > SHADES:
        names[-1] = Step(SHADES, site.gettext("%(n)s and more", n=SHADES))
    return Shading(title, _note(site), names, texts, site.gettext("not assessed so"), palette="score")


def _note(site: Site) -> str:
    return site.gettext("An index assesses whole countries; it counts no project.")


def _years(site: Site, values: Values) -> str:
    if values.years is None:
        return ""
    first, last = values.years
    return str(first) if first == last else site.formats.period(str(first), str(last))
