"""Search matches in groups: companies, projects, countries, laws, documents and the rest."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from overt.language.language import N_
from overt.queries.name_search.name_fit import Fit
from overt.queries.name_search.name_lookup import Match
from overt.queries.projects import FIRST_LAYERS
from overt.site.search.match_descriptions import describe_match
from overt.site.site import Site

_COMPANIES, _PROJECTS, _COUNTRIES, _LAWS, _DOCUMENTS, _OTHER = (
    N_("Companies and other organisations"),
    N_("Projects"),
    N_("Countries and places"),
    N_("Laws and agreements"),
    N_("Documents"),
    N_("Everything else"),
)
_ORDER = (_COMPANIES, _PROJECTS, _COUNTRIES, _LAWS, _DOCUMENTS, _OTHER)
_GROUPS = {
    "organization": _COMPANIES,
    "project": _PROJECTS,
    "country": _COUNTRIES,
    "region": _COUNTRIES,
    "place": _COUNTRIES,
    "agreement": _LAWS,
    "provision": _LAWS,
    "topic": _LAWS,
    "document": _DOCUMENTS,
}
"""Heading of the group for each type of entry. All other types are in the last group."""


class MatchGroup(NamedTuple):
    """The matches of a group, as `describe_match` returns them."""

    heading: str
    rows: list[dict[str, Any]]


def group_matches(site: Site, matches: Sequence[Match]) -> list[MatchGroup]:
    """Group matches. The group of the best match comes first, the others in a fixed order.

    Within a group, the order stays the same, except that surveillance and censorship come first among projects whose full name
    was not typed.
    """
    groups: dict[str, list[Match]] = {}
    for match in matches:
        groups.setdefault(_GROUPS.get(match.entry.type, _OTHER), []).append(match)
    if _PROJECTS in groups:
        groups[_PROJECTS].sort(key=lambda match: (match.fit != Fit.EQUALS, not _is_in_first_layers(site, match)))
    first = next(iter(groups), None)
    order = sorted(groups, key=lambda heading: (heading != first, _ORDER.index(heading)))
    return [MatchGroup(site.gettext(heading), [describe_match(site, match) for match in groups[heading]]) for heading in order]


def _is_in_first_layers(site: Site, match: Match) -> bool:
    return site.words.layer(match.entry.kind or "") in FIRST_LAYERS
