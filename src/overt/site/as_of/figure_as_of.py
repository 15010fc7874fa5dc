"""The page of a figure as of a date: how many of its units were in place then, and which."""

from fastapi import Request
from starlette.responses import Response

from overt.language.language import N_
from overt.queries import records
from overt.queries.address_parameters import BadQuery
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.as_of.figures_as_of_date_and_by_year import figures_as_of, lasting_units
from overt.site.as_of.span_sentences import in_place_label, span_sentences
from overt.site.as_of.subject_state import StateRow
from overt.site.figure.charts_by_calendar_year import documented_chart
from overt.site.figure_texts import with_words
from overt.site.missing_merged_and_withdrawn_pages import figure_or_404
from overt.site.site import Site

ROWS = 50
"""Default number of rows on a page."""
_REFUSED = N_("as_of: this figure counts nothing that begins and ends, so it has no state as of a date. Leave out as_of.")
_NO_VALUE = N_("as_of: this figure has no value in this edition, so it has no state as of a date. Leave out as_of.")


def figure_as_of(site: Site, request: Request, name: str, as_of: str) -> Response:
    """Return the page of a figure as of a date.

    Raises HTTPException (404) if there is no such figure, and BadQuery if the figure has no value or counts units that don't
    begin and end.
    """
    query = site.query(request)
    number, size = query.number("page", 1, 100_000, 1), query.number("size", 1, 200, ROWS)
    with site.database.lease() as reader:
        figure = figure_or_404(site, reader, name)
        if lasting_units(reader, figure) is None:
            raise BadQuery(site.gettext(_NO_VALUE if figure.value is None else _REFUSED))
        [state] = figures_as_of(reader, site.prepared.release, as_of, name)
        rows = sorted(state["rows"], key=lambda row: row["in_place"])
        answers = {row["unit_id"]: row["in_place"] for row in rows[size * (number - 1) : size * number]}
        spans = spans_and_records_in_period.spans(reader, answers)
        listed = [
            StateRow(record, in_place_label(site, answers[record.id]), span_sentences(site, spans.get(record.id)))
            for record in records.records(reader, answers)
        ]
        chart = documented_chart(site, reader, figure)
    return site.page(
        "as_of/figure_as_of.html", request=request, section="/figures", figure=with_words(site, figure), value=state["value"],
        certain=state["certain"], earlier=state["earlier"], later=state["later"], counted_today=state["today"], rows=listed,
        number=number, size=size, chart_of_years=chart, as_of=as_of,
    )  # fmt: skip
