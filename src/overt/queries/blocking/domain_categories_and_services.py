"""Labels of domains on lists of sites: categories, and the services that hosts belong to."""

from typing import NamedTuple

from overt.queries.database import Reader, json_array


class DomainLabel(NamedTuple):
    """A category of a domain on one list, or the service that a host belongs to."""

    domain: str
    source: str
    list: str
    country: str | None
    """Country of the list; None for a list that applies to all countries."""
    subdomains: int
    """1 if the label applies to all subdomains."""
    category: str | None
    platform: str | None
    service: str | None
    part: str | None
    """The part of the service to which the host belongs, in the source's words."""
    added: str | None
    capture: str
    place: str


class CategoryCount(NamedTuple):
    """A category of the sites on the lists of one country."""

    category: str
    sites: int
    listed: int
    """Number of these sites that are or were on a list of what the country blocks."""


class CountryList(NamedTuple):
    """A source with a list of sites to test in a country."""

    source: str
    sites: int


def labels_of_domain(reader: Reader, name: str) -> list[DomainLabel]:
    """Return the labels of a domain, and those of parent domains that apply to all their subdomains.

    If a source names the same service for several of these domains, only its labels of the longest domain are returned. Lists
    leave out `www.`, so `www.example.org` has the labels of `example.org`.
    """
    return _most_specific(_labels_of_names(reader, name))


def _labels_of_names(reader: Reader, name: str) -> list[DomainLabel]:
    labels = name.split(".")
    names = [".".join(labels[at:]) for at in range(len(labels) - 1)] or [name]
    own = [name, name.removeprefix("www.")]
    return reader.query(
        DomainLabel, "domain_categories_and_services.of_domain", {"names": json_array(names), "own": json_array(own)}
    )


def _most_specific(labels: list[DomainLabel]) -> list[DomainLabel]:
    """Keep only the longest domain for each source and service: web.example.org rather than example.org.

    Labels without a service are all kept.
    """
    longest: dict[tuple[str, str | None], int] = {}
    for label in labels:
        key = label.source, label.service
        longest[key] = max(longest.get(key, 0), len(label.domain))
    return [label for label in labels if label.service is None or len(label.domain) == longest[label.source, label.service]]


def hosts_of_platform(reader: Reader, platform: str) -> list[DomainLabel]:
    """Return the labels of the hosts that belong to a platform."""
    return reader.query(DomainLabel, "domain_categories_and_services.of_platform", [platform])


def categories(reader: Reader, country: str) -> list[CategoryCount]:
    """Count the sites on a country's lists by category, largest category first."""
    return reader.query(CategoryCount, "domain_categories_and_services.categories", {"country": country})


def country_lists(reader: Reader, country: str) -> list[CountryList]:
    """Return the sources that have a list of sites to test in a country."""
    return reader.query(CountryList, "domain_categories_and_services.country_lists", [country])


def countries(reader: Reader) -> list[str]:
    """Return the codes of the countries that have a list of their own."""
    return [row["country"] for row in reader.rows("domain_categories_and_services.countries")]
