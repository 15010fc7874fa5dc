"""Addresses of the pages of series, and which series have pages."""

from urllib.parse import quote

from overt.site.site import Site


def series_page(series: str, code: str = "") -> str:
    """Return the English address of a series, or of a series in a country.

    On the latter page, each value's anchor is its record id.
    """
    return f"/series/{quote(series, safe='')}" + (f"/{code}" if code else "")


def has_page(site: Site, series: str, code: str) -> bool:
    """Return whether a series in a country has a page; False for an unknown series or country."""
    return series in site.words.terms["series"] and code in site.words.areas


def shared_page(site: Site, series: str | None, code: str | None) -> str | None:
    """Return the English address of the page of a record's series, or None if the record has its own page.

    `series` and `code`: the series and country, if the record is a value of a series; None for any other record.
    """
    return series_page(series, code) if series is not None and code is not None and has_page(site, series, code) else None
