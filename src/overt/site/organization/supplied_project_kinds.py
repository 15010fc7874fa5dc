"""The kinds of projects that an organisation supplied, as far as sources tie a kind to the organisation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from overt.model.engines.named_sql import load_queries
from overt.queries.database import Reader
from overt.site.country.projects_with_details import DocumentedProject, Party
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
_NAMED = 3
"""Maximum number of customers that are named for each kind of project."""


class SuppliedKind(NamedTuple):
    """A kind of project that the organisation supplies or carries out."""

    kind: str
    projects: int
    countries: Sequence[str]
    """Country codes, those with the most projects first."""
    customers: Sequence[Party]


def tied_kinds(reader: Reader, organization: str) -> dict[str, frozenset[str]]:
    """Return the kinds that documents tie to an organisation, by the id of the project that it supplies or carries out.

    A document ties a kind to the organisation if it states the kind, and names the organisation but no other supplier or
    implementer of the project. A source that cites no document counts as one document.
    """
    kinds: dict[str, set[str]] = {}
    for row in reader.select(_QUERIES["queries.tied_kinds"], {"organization": organization}):
        kinds.setdefault(row["id"], set()).add(row["kind"])
    return {project: frozenset(of_project) for project, of_project in kinds.items()}


def own_kinds(system: DocumentedProject, tied: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the kinds of a project that the organisation supplies: the only kind, or the kinds in `tied`."""
    if len(system.kinds) < 2:
        return [*system.kinds]
    return [kind for kind in system.kinds if kind in tied.get(system.id, ())]


def by_attribution(
    systems: Sequence[DocumentedProject], tied: Mapping[str, frozenset[str]]
) -> tuple[list[DocumentedProject], list[DocumentedProject]]:
    """Return two lists of projects: reduced to the kinds that the organisation supplies, and reduced to their other kinds.

    A project with kinds of both sorts is in both lists. `tied`: from `tied_kinds`.
    """
    own = [(system, own_kinds(system, tied)) for system in systems]
    rest = [(system, [kind for kind in system.kinds if kind not in kinds]) for system, kinds in own]
    with_own, with_open = ([system._replace(kinds=kinds) for system, kinds in pairs if kinds] for pairs in (own, rest))
    return with_own, with_open


def supplied_kinds(
    site: Site, systems: Sequence[DocumentedProject], countries: Mapping[str, Sequence[str]]
) -> list[SuppliedKind]:
    """Return the kinds of the documented projects among these. `countries`: the countries of each project, by its id.

    Surveillance and censorship come first, then the kinds with the most projects.
    """
    by_kind: dict[str, list[DocumentedProject]] = {}
    for system in systems:
        if system.is_documented:
            for kind in system.kinds:
                by_kind.setdefault(kind, []).append(system)
    rows = []
    for kind, members in by_kind.items():
        places = Counter(code for system in members for code in countries.get(system.id, ()))
        customers = Counter(row for system in members for row in system.customers)
        rows.append(
            SuppliedKind(
                kind,
                len(members),
                sorted(places, key=lambda code: (-places[code], site.words.area(code))),
                [row for row, _ in customers.most_common(_NAMED)],
            )
        )
    order = ("surveillance", "censorship")
    return sorted(rows, key=lambda row: (site.words.layer(row.kind) not in order, -row.projects, row.kind))
