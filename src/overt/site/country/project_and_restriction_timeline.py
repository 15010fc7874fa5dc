"""The timeline of a country: bars for projects and agreements, ticks for restrictions."""

from collections.abc import Collection, Sequence

from overt.charts import Chart, Event, Series, Span, layer_tone
from overt.queries.projects import DatedProject
from overt.queries.rows.countries import Country
from overt.queries.rows.records import Record
from overt.site.agreement.first_date import first_date
from overt.site.country.charts import layer_series
from overt.site.project_timeline import page_timeline, project_spans
from overt.site.site import Site


def country_timeline(
    site: Site,
    country: Country,
    rows: Sequence[DatedProject],
    agreements: Sequence[Record],
    restrictions: Sequence[Record],
    sources: Sequence[str],
    scanners: Collection[str],
) -> Chart:
    """Draw projects and agreements as bars and restrictions as ticks below them.

    `scanners`: ids of projects that only scan goods or baggage, which have a row of their own.
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
