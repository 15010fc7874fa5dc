"""Series of values by country and year."""

from typing import NamedTuple

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Record


class SeriesCounts(NamedTuple):
    """A series with its numbers of values and countries, and its first and last year."""

    series: str
    countries: int
    first_year: int
    last_year: int
    records: int


class SeriesValue(NamedTuple):
    """One value of a series: a number, or a code from the series' vocabulary."""

    country: str
    year: int
    id: str
    """Id of the record."""
    value: str | None
    code: str | None


class SeriesCountry(NamedTuple):
    """A series and a country for which it has values. Each pair has a page."""

    series: str
    country: str


def all_series(reader: Reader) -> list[SeriesCounts]:
    """Return the series that have values."""
    return reader.query(SeriesCounts, "series.all")


def values(reader: Reader, series: str) -> list[SeriesValue]:
    """Return all values of a series, sorted by country and year."""
    return reader.query(SeriesValue, "series.values", [series])


def newest_values(reader: Reader, series: str) -> list[SeriesValue]:
    """Return the values of a series in each country's latest year, sorted by country."""
    return reader.query(SeriesValue, "series.newest_values", [series])


def newest_outside_values(reader: Reader, series: str) -> list[SeriesValue]:
    """Return what `newest_values` does, but for the countries of an edition that its subset leaves out.

    Empty unless the index is that of a subset.
    """
    return reader.query(SeriesValue, "series.newest_outside_values", [series])


def country_values(reader: Reader, series: str, code: str) -> list[Record]:
    """Return the records of a series in one country, latest year first."""
    return records.records(reader, [row["id"] for row in reader.rows("series.country_values", [series, code])])


def sources(reader: Reader, series: str) -> list[str]:
    """Return the slugs of the sources of a series, sorted."""
    return [row["source"] for row in reader.rows("series.sources", [series])]


def countries(reader: Reader) -> list[SeriesCountry]:
    """Return every pair of a series and a country with values."""
    return reader.query(SeriesCountry, "series.countries")


def find(reader: Reader, identity: str) -> SeriesCountry | None:
    """Return the series and country of a record of type indicator.

    None for other records, and for an indicator without a series, a country or a year.
    """
    return reader.query_first(SeriesCountry, "series.by_id", [identity])
