"""Restrictions as rows of a CSV file, with the values as stored in the release."""

from collections.abc import Iterable, Iterator

from overt.queries.rows.records import Record
from overt.site.site import Site


def restriction_lines(site: Site, restrictions: Iterable[Record]) -> Iterator[list[str]]:
    """Yield a header, and a line for each restriction with its id, its shown values by property, and its sources."""
    types = site.schema.types["restriction"].properties
    yield ["id", *(prop.column for prop in types.values()), "source"]
    for record in restrictions:
        yield [record.id, *("; ".join(fact.value for fact in record.shown(name)) for name in types), _sources(record)]


def _sources(record: Record) -> str:
    return "; ".join(sorted({fact.source for facts in record.facts.values() for fact in facts if fact.source}))
