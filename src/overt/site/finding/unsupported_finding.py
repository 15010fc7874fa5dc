"""What the page of a finding shows in an edition that doesn't support it: why, and what this edition has on the subject."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.language.language import N_
from overt.queries import figures, findings
from overt.queries.database import Reader
from overt.queries.findings import Finding
from overt.release.findings.finding_status import WITHDRAWN
from overt.site.figure.answer_texts import answer_text
from overt.site.site import Site

_PAGES = {
    "/agreements": N_("Laws & agreements"),
    "/blocked": N_("What is blocked"),
    "/companies": N_("Companies"),
    "/countries": N_("Countries"),
    "/explorer": N_("Explorer"),
    "/programmes": N_("State programmes"),
}
"""Names of pages that a finding's `check` or `related` can lead to."""
_SUPPORTED = 8
"""Maximum number of other findings that the page names."""


class PageLink(NamedTuple):
    """A link to a page of this site."""

    address: str
    title: str


class UnsupportedFinding(NamedTuple):
    """A finding that this edition doesn't support."""

    question: str
    """What the finding would answer; empty in editions that don't say."""
    withdrawn: bool
    """Whether the numbers of this edition don't carry it. If not, a source is missing and nothing was computed."""
    related: Sequence[PageLink]
    """Pages on the same subject."""
    supported: Sequence[PageLink]
    """Findings that this edition supports, the first in rank first."""


def unsupported_finding(site: Site, reader: Reader, finding: Finding) -> UnsupportedFinding:
    """Return what a page says about a finding that doesn't hold."""
    holding = findings.holding(reader)
    related = [link for path in _paths(finding) if (link := _link(site, reader, path, holding))]
    supported = [
        PageLink(site.url(f"/finding/{row.name}"), str(site.language.localized(row, "headline"))) for row in holding[:_SUPPORTED]
    ]
    return UnsupportedFinding(question(site, finding), finding.status == WITHDRAWN, related, supported)


def question(site: Site, finding: Finding) -> str:
    """Return what a finding answers, in the site's language; empty if its release doesn't say."""
    return str(site.language.localized(finding.definition, "question")) if finding.definition.get("question") else ""


def _paths(finding: Finding) -> list[str]:
    """Return the addresses of pages on a finding's subject: where it is checked, its figures, and those that it lists."""
    used = [f"/figure/{text.split()[1]}" for text in finding.definition.get("values", {}).values()]
    return list(dict.fromkeys([finding.address, *used, *finding.definition.get("related", ())]))


def _link(site: Site, reader: Reader, path: str, holding: Sequence[Finding]) -> PageLink | None:
    """Return a link to a page. None for a figure without a value, a finding that doesn't hold, and a page without a name."""
    _, kind, *rest = path.split("/")
    title: str | None = site.gettext(_PAGES[path]) if path in _PAGES else None
    if kind == "figure":
        figure = figures.find(reader, rest[0])
        title = (answer_text(site, figure) or site.language.translated(figure.title)) if figure and figure.value else None
    elif kind == "finding":
        title = next((str(site.language.localized(row, "headline")) for row in holding if row.name == rest[0]), None)
    elif kind == "country" and rest[0] in site.words.areas:
        title = site.words.area(rest[0])
    return PageLink(site.url(path), title) if title else None
