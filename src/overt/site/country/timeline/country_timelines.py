"""The timelines of a country: the annotated one, and bars for projects and agreements with restrictions as ticks."""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup

from overt.charts import Chart, Event, Series, Span, layer_tone
from overt.queries import countries
from overt.queries.database import Reader
from overt.queries.projects import DatedProject
from overt.queries.rows.countries import Country
from overt.queries.rows.records import Record
from overt.site.agreement.agreements_laws_and_past_laws import Split
from overt.site.agreement.first_date import first_date, first_date_words, with_step
from overt.site.country.affected_service_names import affected
from overt.site.country.charts import layer_series
from overt.site.country.projects_with_details import DISPUTED, DocumentedProject
from overt.site.country.system_table import in_table
from overt.site.country.timeline.timeline_drawing import Entry, Lane, draw_timeline
from overt.site.restriction_facts import known_end
from overt.site.site import Site
from overt.site.timelines_of_several_projects import BEGINS, ENDS, page_timeline, project_spans

_MONTH = len("2026-11")


def country_timeline(
    site: Site,
    country: Country,
    rows: Sequence[DatedProject],
    agreements: Sequence[Record],
    restrictions: Sequence[Record],
    sources: Sequence[str],
    scanners: Collection[str],
) -> Chart:
    """Draw projects and agreements as bars, and restrictions as ticks below them.

    `scanners`: ids of projects that only scan goods or baggage. They have a row of their own.
    """
    series = {series_of_layer.id: series_of_layer for series_of_layer in layer_series(site)}
    spans = project_spans(site, rows, scanners)
    at = next(
        (place for place, series_of_layer in enumerate(spans) if series_of_layer.series.id in ("presence", "scanners", "other")),
        len(spans),
    )
    spans[at:at] = [
        Span(series["agreements"], site.called(record), date.day if date else None, None, site.record_url("agreement", record.id))
        for record in agreements
        for date in (first_date(record),)
    ]
    events = [
        Event(restriction_words(site, record), record.value("start") or "", site.record_url("restriction", record.id))
        for record in restrictions
    ]
    return page_timeline(
        site,
        site.gettext("What happened when, %(country)s", country=country.label),
        site.gettext("A row for each layer, a bar for each project from its agreement to its use; restrictions are ticks below."),
        sources,
        spans,
        events,
        Series("restrictions", site.gettext("Restrictions"), layer_tone("censorship"), "✕"),
    )


def restriction_words(site: Site, record: Record) -> str:
    """Return a restriction in words: the measure, and the platforms and services that it affected, if any are on record."""
    comma = site.language.comma
    kinds = comma.join(site.words.term("restriction-kinds", fact.value) for fact in record.shown("kind"))
    words = kinds or site.gettext("Restriction")
    platforms = [site.words.term("platforms", fact.value) for fact in record.shown("platform")]
    services = comma.join((*platforms, *(site.words.term("services", fact.value) for fact in record.shown("service"))))
    return site.gettext("%(kind)s: %(services)s", kind=words, services=services) if services else words


def briefing_timeline(
    site: Site,
    reader: Reader,
    country: Country,
    systems: Sequence[DocumentedProject],
    restrictions: Sequence[Record],
    split: Split,
) -> Markup | None:
    """Draw the timeline with lanes for restrictions, projects by layer, agreements and laws; None if nothing can be drawn."""
    scanners = {system.id for system in systems if system.scans(site.words)}
    dropped = {system.id for system in systems if not system.counts}
    weights: Mapping[str, int] = {system.id: system.independent_sources for system in systems}
    in_place_by = {system.id: f"../{system.in_place_by}" for system in systems if system.in_place_by and not system.date}
    by_layer: dict[str, list[Entry]] = {}
    for row in countries.spans(reader, country.code):
        begin = next((row.dates[name] for name in BEGINS if name in row.dates), None)
        end = next((row.dates[name] for name in ENDS if name in row.dates), None) or in_place_by.get(row.id)
        uncounted = row.id in dropped
        name = site.called(row)
        entry = Entry(name, site.record_url("project", row.id), begin, end, weights.get(row.id, 1), counts=not uncounted)
        lane = "scanners" if row.layer == "surveillance" and row.id in scanners else row.layer or "presence"
        by_layer.setdefault(lane, []).append(entry)
    blocked = _blocked_together(site, country.code, restrictions)
    drawn = ("surveillance", "censorship", "networks", "data-centres", "cables")
    lanes = [
        Lane("censorship", site.gettext("Blocked"), blocked),
        *(Lane(layer, site.words.term("layers", layer), by_layer.pop(layer, [])) for layer in drawn),
        Lane("agreements", site.gettext("Agreements"), [*_signed(site, split.agreements), *by_layer.pop("agreements", [])]),
        Lane("agreements", site.gettext("Laws"), _signed(site, [*split.laws, *split.past])),
        Lane("presence", site.gettext("Scanners"), by_layer.pop("scanners", [])),
        Lane("presence", site.gettext("Other projects"), [entry for rest in by_layer.values() for entry in rest]),
    ]
    label = site.gettext("What happened when, %(country)s", country=country.label)
    return draw_timeline(
        [lane._replace(entries=[entry for entry in lane.entries if entry.begin or entry.end]) for lane in lanes],
        label,
        int(site.words.meta["manifest"]["date"][:4]),
    )


def _blocked_together(site: Site, code: str, restrictions: Sequence[Record]) -> list[Entry]:
    """Return timeline entries for restrictions.

    Those that began in the same month and ended in the same month share an entry, because separate bars would cover each
    other. A shared entry links to the country's list of restrictions.
    """
    months: dict[tuple[str, str], list[Record]] = {}
    for row in sorted(restrictions, key=lambda row: (row.value("start") or "9", row.id)):
        months.setdefault(((row.value("start") or "")[:_MONTH], (known_end(row) or "")[:_MONTH]), []).append(row)
    entries = []
    for rows in months.values():
        names = list(dict.fromkeys(affected(site, row) for row in rows))
        page = site.record_url("restriction", rows[0].id) if len(rows) == 1 else site.url(f"/country/{code}/restrictions")
        starts = [start for row in rows if (start := row.value("start"))]
        ends = [end for row in rows if (end := known_end(row))]
        span = (min(starts, default=None), max(ends, default=None))
        entries.append(Entry(site.gettext("; ").join(names), page, *span, max(row.voices for row in rows), lasts=True))
    return entries


def undated_entries(
    site: Site, systems: Sequence[DocumentedProject], split: Split
) -> list[tuple[DocumentedProject | Record, str]]:
    """Return systems, agreements and laws without a date, each with the address of its page."""
    signed = [*split.agreements, *split.laws, *split.past]
    return [
        *(
            (system, site.record_url("project", system.id))
            for system in in_table(site, systems)
            if not system.date and not system.in_place_by
        ),
        *((row, site.record_url("agreement", row.id)) for row in signed if first_date(row) is None),
    ]


def _signed(site: Site, rows: Sequence[Record]) -> list[Entry]:
    """Return agreements and laws as entries on their first known date, with a word for what happened then."""
    entries = []
    for row in rows:
        date, page = first_date(row), site.record_url("agreement", row.id)
        name, when = (with_step(site, row, date), first_date_words(site, date)) if date else (site.called(row), "")
        details = site.gettext("%(name)s: %(value)s", name=site.called(row), value=when) if when else ""
        entries.append(
            Entry(
                name,
                page,
                date.day if date else None,
                None,
                row.voices,
                counts=row.value("status") not in DISPUTED,
                details=details,
            )
        )
    return entries
