"""The content of the page on a value of an index: who made the value, its scale, and the pages to which it belongs."""

from typing import NamedTuple

from markupsafe import Markup

from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record
from overt.site.series.country_answer import score_words
from overt.site.series.index_publishers import IndexPublisher, has_opposite_sign, index_publisher, is_passed_on
from overt.site.series.scales import scale_of
from overt.site.series_addresses import series_page
from overt.site.series_values_in_words import indicator, value_text
from overt.site.site import Site


class IndexValue(NamedTuple):
    """A value of an index for a country in a year."""

    heading: str
    """A sentence, without its full stop, that gives the value and credits the publisher of the index.

    Empty if no publisher of the index is listed (`index_publisher`), or if the sign is reversed (`is_reversed`).
    """
    definition: str
    """What the index measures, its scale, and what a higher value means; empty if the heading gives the scale."""
    maker: IndexPublisher | None
    """The publisher that made the value, if the source only passes it on; otherwise None."""
    is_reversed: bool
    """Whether the value has the opposite sign of the maker's own."""
    crumbs: list[tuple[str, str]]
    """Addresses and names of the breadcrumbs: the country, and the series in the country."""


def index_value(site: Site, reader: Reader, claim: Claim, record: Record | None) -> IndexValue | None:
    """Return the content of the page of a claim about an indicator.

    None if the record is of another type, or has no value, year or country. A claim about the value itself gives its own value,
    which may have been withdrawn. For other claims, the value is that of the record.
    """
    value = indicator(site, record) if record and record.type == "indicator" else None
    if record is None or value is None:
        return None
    series, code = record.value("series") or "", record.value("country") or ""
    text = value.text
    if claim.property in ("value", "code"):
        own = (claim.value, None) if claim.property == "value" else (None, claim.value)
        text = value_text(site, series, *own)
    term, country = site.words.terms["series"][series], site.words.areas[code]
    maker = index_publisher(series) if is_passed_on(site, reader, series, claim.source) else None
    heading, is_reversed = "", has_opposite_sign(series)
    ends = scale_of(series).bounds if record.fact("value") else None
    if index_publisher(series) is not None and not is_reversed:
        heading = score_words(site, term, country, text, value.year, ends)
    definition = "" if heading and ends else term.definition or ""
    crumbs = [(f"/country/{code}", country.label), (series_page(series, code), term.label)]
    return IndexValue(heading, definition, maker, is_reversed, crumbs)


def maker_words(site: Site, value: IndexValue) -> Markup:
    """Return a link to the maker of a value, with a note if the value's sign is reversed; empty if `value.maker` is None."""
    if value.maker is None:
        return Markup()
    maker = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(value.maker.address, site.gettext(value.maker.name))
    return maker if not value.is_reversed else site.markup("%(maker)s, with the sign reversed", maker=maker)
