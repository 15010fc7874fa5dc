"""Join records that their source links, or that have the same recipient and phase, if their facts allow it.

If a source states which of its records belong together (property `linked`), this is better evidence than their names: two loans
for one phase are one project, and two phases are two projects. Names aren't compared.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from overt.model.record_ids import list_of
from overt.model.values.dates import date_bounds
from overt.resolve.equal_names_and_identifiers import SharedKey

ProjectClaim = tuple[str, str, str]
"""Record, property and value. The properties `recipient` and `province` come from the project's participants and places."""
MAX_DAYS_BETWEEN = 366
"""Two projects are different if one ended more than this many days before the other was agreed or started."""
_BEGINS = ("agreed", "construction-start", "started")
_ENDS = ("operational", "completed", "ended")


@dataclass
class LinkedProject:
    """What a source states about a project, as far as it shows whether linked records are one project."""

    record: str
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def begin(self) -> datetime.date | None:
        """The earliest day on which the project could have been agreed or started; None if the record has no such date."""
        return min((date_bounds(value)[0] for name in _BEGINS for value in self.values[name]), default=None)

    @property
    def end(self) -> datetime.date | None:
        """The latest day on which the project can have ended or come into use; None if the record has no such date."""
        return max((date_bounds(value)[1] for name in _ENDS for value in self.values[name]), default=None)

    def links(self, other: "LinkedProject") -> bool:
        """Return whether this project links to `other`."""
        return other.record in self.values["linked"]

    def links_any(self) -> bool:
        """Return whether this project links to any record, including records that are not read."""
        return bool(self.values["linked"] or self.values["linked-outside"])


def linking_sources(claims: Iterable[ProjectClaim]) -> frozenset[str]:
    """Return the lists whose records link to one another. Within these lists, no score joins records."""
    return frozenset(list_of(record) for record, name, value in claims if name == "linked" and list_of(record) == list_of(value))


def find_linked_projects(claims: Iterable[ProjectClaim], manners: Collection[str]) -> Iterator[SharedKey]:
    """Yield pairs of records that are one project (docs/decisions/0083): linked ones, and ones with the same recipient and phase.

    The facts of both must allow it (`is_one_project`). In a linked pair, neither record may link only to others. A pair that
    isn't linked must be from one list.

    `manners`: kinds that describe how a project is carried out (a gift, a course), which different projects can share.
    """
    projects: dict[str, LinkedProject] = {}
    for record, name, value in claims:
        projects.setdefault(record, LinkedProject(record)).values[name].add(value)
    pairs = {
        (min(record, other), max(record, other))
        for record, project in projects.items()
        for other in project.values["linked"]
        if other in projects and other != record
    }
    for left, right in sorted(pairs):
        if _agree_on_links(projects[left], projects[right]) and is_one_project(projects[left], projects[right], manners):
            yield SharedKey([left, right], "link", _phase(projects[left]))
    by_borrower: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for record, project in sorted(projects.items()):
        for borrower in project.values["recipient"] if project.values["phase"] else ():
            by_borrower[list_of(record), borrower, _phase(project)].append(record)
    for (_, _, phase), records in sorted(by_borrower.items()):
        for left, right in combinations(records, 2):
            if (left, right) not in pairs and is_one_project(projects[left], projects[right], manners):
                yield SharedKey([left, right], "link", phase)


def is_one_project(left: LinkedProject, right: LinkedProject, manners: Collection[str]) -> bool:
    """Return whether the facts of two records allow them to be one project.

    They must have the same countries and phases, a common kind, and equal or overlapping works. Neither may be an umbrella
    project, or have ended long before the other began. Without a phase, they must be in the same provinces, if known: two places
    are two projects.
    """
    if "true" in left.values["umbrella"] | right.values["umbrella"]:
        return False
    kinds = (left.values["kind"] & right.values["kind"]) - set(manners)
    works = left.values["work"], right.values["work"]
    provinces = left.values["province"], right.values["province"]
    return bool(
        kinds
        and left.values["country"] == right.values["country"]
        and left.values["phase"] == right.values["phase"]
        and (works[0] == works[1] or works[0] & works[1])
        and (left.values["phase"] or not all(provinces) or provinces[0] == provinces[1])
        and not _ended_before(left, right)
        and not _ended_before(right, left)
    )


def _agree_on_links(left: LinkedProject, right: LinkedProject) -> bool:
    """Return whether each of two records links to the other or has no links at all."""
    return (left.links(right) or not left.links_any()) and (right.links(left) or not right.links_any())


def _ended_before(first: LinkedProject, second: LinkedProject) -> bool:
    end, begin = first.end, second.begin
    return end is not None and begin is not None and (begin - end).days > MAX_DAYS_BETWEEN


def _phase(project: LinkedProject) -> str:
    return ", ".join(f"phase {phase}" if phase[:1].isdigit() else phase for phase in sorted(project.values["phase"]))
