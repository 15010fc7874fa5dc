"""Labels of platforms, and the domains that have pages in a release with blocklists or measurements."""

from collections.abc import Iterable

from overt.queries.blocking import blocklists, measurements
from overt.queries.database import Reader
from overt.site import measurement_sections
from overt.site.site import Site


def platform_term(site: Site, platform: str | None) -> dict[str, str] | None:
    """Return a platform's id and label, or None if the vocabulary has no such id."""
    terms = site.words.terms.get("platforms", {})
    return {"id": platform, "label": site.words.term("platforms", platform)} if platform and platform in terms else None


def measured_platforms(reader: Reader) -> dict[str, list[str]]:
    """Return the domains of each platform; empty if the release has neither blocklists nor measurements."""
    return blocklists.platform_domains(reader) if blocklists.series(reader) or measurements.countries(reader) else {}


def domains_with_pages(reader: Reader, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return the domains of platforms, followed by the other domains in `rows`.

    `rows`: pairs of a country's code and a name that was measured in the country.
    """
    domains = [domain for names in measured_platforms(reader).values() for domain in names]
    return [*domains, *sorted({name for _, name in rows if measurement_sections.is_domain(name)} - set(domains))]
