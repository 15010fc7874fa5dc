"""Addresses of the lists of systems that numbers on the front page count."""

from overt.site.site import Site

_SYSTEMS = ("system", "named-supplier")
"""The explorer's filter for the systems that count."""


def systems_of_seat(site: Site, country: str) -> str:
    """Return the address of the list of systems with a supplier or implementer that has its seat in a country."""
    return site.explorer([_SYSTEMS, ("supplier_country", country)])


def systems_of_supplier(site: Site, organization: str) -> str:
    """Return the address of the list of systems in which an organisation has a part."""
    return site.explorer([_SYSTEMS, ("company", organization)])
