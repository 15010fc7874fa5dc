"""Countries with documented filtering systems that have a named supplier."""

from pathlib import Path

from overt.model.engines.named_sql import load_queries
from overt.queries.database import Reader

_QUERIES = load_queries(Path(__file__).parent)


def filtering_countries(reader: Reader) -> frozenset[str]:
    """Return the codes of countries with a system that the figure `filtering-systems` counts and that has a supplier."""
    return frozenset(row["country"] for row in reader.select(_QUERIES["queries.filtering_countries"]))
