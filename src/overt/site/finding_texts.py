"""Findings in the site's language."""

from typing import NamedTuple

from overt.queries.findings import Finding
from overt.site.finding.finding_chart_context import FindingChart, finding_chart_data
from overt.site.site import Site


class FindingText(NamedTuple):
    """A finding as readers see it."""

    name: str
    headline: str
    text: str
    caveat: str
    would_change: str
    check: str
    """Address of the page where a reader can check the finding."""
    chart: FindingChart


def finding_text(site: Site, finding: Finding, *, links: bool = False) -> FindingText:
    """Return a finding that holds, in the site's language. `links`: whether countries on its map link to their pages."""
    headline, text, caveat, would_change = (
        str(site.language.localized(finding, name)) for name in ("headline", "text", "caveat", "would_change")
    )
    chart = finding_chart_data(site, finding, links=links)
    return FindingText(finding.name, headline, text, caveat, would_change, site.url(finding.address), chart)
