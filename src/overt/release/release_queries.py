"""The SQL queries of releases, in `release/sql/`."""

from overt.model.engines.named_sql import fill_query


def release_query(name: str, **values: str) -> str:
    """Return a query by its name (`file.query_name`), with each `${key}` replaced by the value of that key.

    The values are names and conditions made by this package, never data.
    """
    return fill_query(("release", "sql"), name, values)


def superseded_places(places: str = "places") -> str:
    """Return a query for the ids of places that are not drawn, because a site of the same project is known exactly."""
    return release_query("places.superseded", places=places).rstrip().removesuffix(";")
