"""SQL queries for releases, from `release/sql/`."""

from overt.model.engines.named_sql import fill_query


def release_query(name: str, **values: str) -> str:
    """Return the query `file.query_name`, with each `${key}` replaced by its value.

    Values are inserted as SQL, so texts from sources and content must be quoted.
    """
    return fill_query(("release", "sql"), name, values)


def project_years() -> str:
    """Return a query for the year of each project, as lists and pages show it: the year of its first known date."""
    return release_query("flat_projects.years", first_dates=release_query("flat_projects.first_dates"))


def places_behind_sites(places: str = "places") -> str:
    """Return a query for the ids of places that are not drawn, because exact sites of their projects are drawn instead.

    These are districts and provinces where every project also has an exact site in the same country. `places`: the table of
    places.
    """
    return release_query("places_replaced_by_exact_sites_on_maps.behind_sites", places=places)
