"""Series of countries by year: the values of a series, of one country or of all."""

from overt.queries import records
from overt.queries.database import Reader, Row
from overt.queries.records import Record


def every(reader: Reader) -> list[Row]:
    """The series that anything is recorded of: `series`, of how many `countries`, `first_year`, `last_year`, `held` (records)."""
    return reader.rows("series.all")


def values(reader: Reader, series: str) -> list[Row]:
    """All values of a series: `country`, `year`, `id` (of the record), `value` or `code`, country by country and year by year."""
    return reader.rows("series.values", [series])


def of_country(reader: Reader, series: str, code: str) -> list[Record]:
    """The records of a series in one country, the newest year first."""
    return records.records(reader, [row["id"] for row in reader.rows("series.of_country", [series, code])])


def pairs(reader: Reader) -> list[Row]:
    """Every `series` and `country` that go together: each pair has a page."""
    return reader.rows("series.pairs")


def place(reader: Reader, identity: str) -> Row | None:
    """The `series` and `country` of a record of type indicator; None of any other record, and of one that lacks either."""
    return reader.one("series.place", [identity])
