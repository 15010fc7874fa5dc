"""The section of `/sources` on how much the sources overlap, with estimates of what no source records."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from overt.charts import Chart, ChartText, Combination, Measure, UpsetSet, make_upset_plot
from overt.estimation.estimate_result_and_verdicts import ESTIMATE, LOWER_BOUND
from overt.queries import overlaps
from overt.queries.overlaps import Overlap
from overt.site.site import Site
from overt.site.sources.overlap_texts import OverlapWords

UNITS = ("project", "organization", "presence")
_CUTS = ("kind", "region", "period")


def overlap_units(site: Site) -> list[dict[str, Any]]:
    """Return the section's units (projects, organisations, organisations in a country), each with its chart and groups."""
    with site.database.lease() as reader:
        rows = overlaps.all_overlaps(reader)
    words = overlap_words(site)
    units = [_unit(site, words, unit, [row for row in rows if row.unit == unit]) for unit in UNITS]
    return [unit for unit in units if unit]


def charts(site: Site) -> Iterator[Chart]:
    """Yield all charts of the section."""
    with site.database.lease() as reader:
        rows = overlaps.all_overlaps(reader)
    for row in rows:
        if row.cut == "all":
            yield _chart(site, row)


def overlap_words(site: Site) -> OverlapWords:
    """Return the texts about overlaps in the site's language."""

    def title_of(source: str) -> Markup:
        return site.foreign(site.title_of(source), site.language.tag)

    return OverlapWords(site.markup, title_of, site.formats.number, site.gettext("; "), site.language.translated, Markup)


def _unit(site: Site, words: OverlapWords, unit: str, rows: list[Overlap]) -> dict[str, Any] | None:
    """Return the section's part about a unit: all its records, and its groups. None if the release has no overlaps for it."""
    all_row = next((row for row in rows if row.cut == "all"), None)
    if all_row is None:
        return None
    return {
        "id": unit,
        "title": _title(site, unit),
        "chart": _chart(site, all_row),
        "all": _row_parts(site, words, all_row),
        "notes": [words.note(note) for note in all_row.notes],
        "cuts": [
            (cut, cut_rows) for cut in _CUTS if (cut_rows := [_row_parts(site, words, row) for row in rows if row.cut == cut])
        ],
    }


def _row_parts(site: Site, words: OverlapWords, row: Overlap) -> dict[str, Any]:
    shared = sum(cell.things for cell in row.cells if len(cell.sources) > 1)
    return {**row._asdict(), "label": _label(site, row), "shared": shared, "answer": _answer(site, row), "why": _why(words, row)}


def _why(words: OverlapWords, row: Overlap) -> list[str]:
    return [words.reason(reason) for reason in row.reasons]


def _answer(site: Site, row: Overlap) -> Markup:
    """Return the range over models, a lower bound, or the statement that there is no estimate; never a single estimate."""
    write = site.formats.number
    if row.verdict == ESTIMATE:
        return site.markup("%(low)s to %(high)s in all", low=write(row.low), high=write(row.high))
    if row.verdict == LOWER_BOUND:
        return site.markup("at least %(low)s in all", low=write(row.low))
    return site.markup("no estimate")


def _title(site: Site, unit: str) -> str:
    match unit:
        case "project":
            return site.gettext("Projects")
        case "organization":
            return site.gettext("Organisations")
        case _:
            return site.gettext("Organisations at work in a country")


def _label(site: Site, row: Overlap) -> str:
    """Return the name of a group in the site's language. A period, or an unknown term, is its own name."""
    vocabulary = {("project", "kind"): "project-kinds", ("organization", "kind"): "organization-kinds"}.get((row.unit, row.cut))
    if row.cut == "region":
        vocabulary = "continents"
    if vocabulary and row.part in site.words.terms.get(vocabulary, {}):
        return site.words.term(vocabulary, row.part)
    return str(row.part)


def _chart(site: Site, row: Overlap) -> Chart:
    sources = [
        source_row["source"]
        for source_row in sorted(row.sources, key=lambda source_row: (-source_row["things"], source_row["source"]))
    ]
    things = {source_row["source"]: source_row["things"] for source_row in row.sources}
    title, write = _title(site, row.unit), site.formats.number
    shared = sum(cell.things for cell in row.cells if len(cell.sources) > 1)
    about = ChartText(
        f"overlap-{row.unit}",
        site.gettext("%(things)s by the sources that list them", things=title),
        site.ngettext(
            "%(things)s in all, from %(n)s source.", "%(things)s in all, from %(n)s sources; %(shared)s from two or more.",
            len(sources), things=write(row.things), shared=write(shared),
        ),
        site.credits(sources),
        site.gettext("No source of this edition lists any."),
        site.gettext("Each is counted once, with exactly the sources that list it."),
    )  # fmt: skip
    measure = Measure(title, write, write)
    sets = [UpsetSet(site.title_of(source), things[source], site.url(f"/source/{source}")) for source in sources]
    combinations = [Combination(frozenset(sources.index(source) for source in cell.sources), cell.things) for cell in row.cells]
    return make_upset_plot(about, measure, sets, combinations, sets_header=site.gettext("Sources"), separator=" + ")
