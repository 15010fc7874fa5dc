"""Credits beside a project's map, for sources of positions whose licences require credit."""

from collections.abc import Iterable

from overt.queries import sources
from overt.queries.database import Reader
from overt.queries.rows.records import Record


def place_credits(reader: Reader, places: Iterable[Record]) -> list[sources.Source]:
    """Return the sources of the places' positions that must be credited beside the map, because they aren't openly licensed."""
    slugs = sorted({fact.source for place in places for fact in place.shown("geometry") if fact.source})
    return [source for slug in slugs if (source := sources.find(reader, slug)) and source.reuse != "open"]
