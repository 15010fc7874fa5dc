"""Projects with their suppliers, customers, denials, dates and contract values.

They are surveillance and censorship systems, and the networks, data centres and scanners that pages count alongside them.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson

from overt.model.engines.named_sql import load_queries
from overt.model.values.span import NEVER_COUNTED
from overt.queries.database import Reader, Row, json_array
from overt.queries.labels import RecordLabel, Words
from overt.queries.projects import Involved, involved
from overt.release.source_independence.shared_announcements import ANNOUNCED
from overt.site.country.statements_and_notes_on_projects import Statement, denials

QUERIES = load_queries(Path(__file__).parent)
DISPUTED = NEVER_COUNTED
"""Statuses of systems that sentences don't count: denied, cancelled and unverified."""
BUILT = ("operational", "completed")
PLANNED = ("announced", "agreed", "under-construction", "in-progress", "draft")
_SCANNER = "security-inspection"
_SUPPLIERS = ("supplier", "implementer")
_NETWORK_LAYERS = ("networks", "data-centres")
_YEAR = re.compile(r"[12]\d{3}")


class Party(NamedTuple):
    """An organisation with a part in a project."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    seat: str | None = None
    """Code of the country where the organisation is based; None if no source names one."""


class ContractValue(NamedTuple):
    """An amount that a source gives as the value of a contract."""

    amount: str
    unit: str | None
    """The currency, such as `USD`; None if the source gives none."""
    claims: Sequence[str] = ()
    """Ids of the claims that give this value."""


class DocumentedProject(NamedTuple):
    """A project for surveillance or censorship, or another project that pages count alongside them, such as a network."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    kinds: Sequence[str]
    status: str | None
    date: str | None
    """The first known date (EDTF); None if there is none."""
    independent_sources: int
    known_from: Sequence[str] = ()
    """How the project is known: terms of the vocabulary `known-from`. Left empty by `country_networks` and `country_projects`."""
    status_as_of: str | None = None
    """Date (EDTF) of the newest source that gives the status or, if none is dated, of the agreement, start or other step that the
    status stands for; None if neither is known.
    """
    suppliers: Sequence[Party] = ()
    """Suppliers and implementers."""
    customers: Sequence[Party] = ()
    """Customers and operators."""
    denials: Sequence[Statement] = ()
    dated: str | None = None
    """The property that gives `date`, such as `agreed`; None if no date is known."""
    in_use: str | None = None
    """Date (EDTF) on which the project came or should come into use; None if no source gives one."""
    work_reported: bool = False
    """Whether a source dates the start of construction, the start of the project, or its completion."""
    use_stated: bool = False
    """Whether a statement on record concerns the project's use."""
    note: str | None = None
    """Our register's note, in English, if the system was suspended, cancelled or decommissioned, or if a supplier replied about
    its supply; None otherwise, and without a note.
    """
    contract_values: Sequence[ContractValue] = ()
    """The contract values that sources give, smallest number first. There are several if sources disagree or use different
    currencies.
    """
    found_by_scan: bool = False
    """Whether the system is known only from network scans, which show who made a product, but not who supplied it."""
    reporters: Sequence[str] = ()
    """For a denied system, the publishers of the documents that report it, oldest document first."""

    @property
    def counts(self) -> bool:
        """Whether sentences count the system, because it is not denied, cancelled or unverified."""
        return self.status not in DISPUTED

    @property
    def is_documented(self) -> bool:
        """Whether the system counts as documented: `counts` is true, and it is not only announced."""
        return self.counts and self.status != "announced"

    @property
    def disputing(self) -> dict[str, RecordLabel]:
        """The organisations that dispute something on record about the project, by their ids."""
        return {statement.by.id: statement.by for statement in self.denials if statement.disputes}

    @property
    def year(self) -> str:
        """The year of the project's first known date; empty if no date is known."""
        return year_of(self.date)

    @property
    def steps(self) -> dict[str, str]:
        """The project's first known date, and the date on which it came or should come into use (EDTF), by property."""
        first = {self.dated: self.date} if self.dated and self.date else {}
        return first | ({"operational": self.in_use} if self.in_use else {})

    @property
    def in_place_by(self) -> str:
        """The day (EDTF) by which a source reports the project built or in use; empty without a dated report."""
        return self.status_as_of or "" if self.status in BUILT else ""

    def connects(self, words: Words) -> bool:
        """Return whether the project is a network or a data centre, rather than only a cable."""
        return any(words.layer(kind) in _NETWORK_LAYERS for kind in self.kinds)

    def watches(self, words: Words) -> bool:
        """Return whether the project is a surveillance system. A scanner for goods or baggage is not."""
        return any(words.layer(kind) == "surveillance" and kind != _SCANNER for kind in self.kinds)

    def filters(self, words: Words) -> bool:
        """Return whether the project is a censorship system."""
        return any(words.layer(kind) == "censorship" for kind in self.kinds)

    def scans(self, words: Words) -> bool:
        """Return whether the project only scans goods or baggage."""
        return _SCANNER in self.kinds and not self.watches(words) and not self.filters(words)


def only_announced(systems: Iterable[DocumentedProject]) -> list[DocumentedProject]:
    """Return the systems that are only announced. Sentences don't count them, but name them separately."""
    return [system for system in systems if system.counts and not system.is_documented]


def year_of(date: str | None) -> str:
    """Return the first year in a date (EDTF); empty without one."""
    match = _YEAR.search(date or "")
    return match[0] if match else ""


def country_systems(reader: Reader, code: str) -> list[DocumentedProject]:
    """Return a country's surveillance and censorship systems, those with the most separate sources first."""
    return with_details(reader, read_systems(reader.select(QUERIES["queries.systems"], [code])))


def country_scanners(reader: Reader, code: str, words: Words) -> frozenset[str]:
    """Return the ids of a country's projects that only scan goods or baggage."""
    systems = read_systems(reader.select(QUERIES["queries.systems"], [code]))
    return frozenset(system.id for system in systems if system.scans(words))


def country_networks(reader: Reader, code: str) -> list[DocumentedProject]:
    """Return a country's networks, data centres, and cables other than submarine ones, the best documented first."""
    return with_details(reader, read_systems(reader.select(QUERIES["queries.networks"], [code])))


def country_projects(reader: Reader, code: str) -> list[DocumentedProject]:
    """Return all projects of a country with their suppliers, including implementers, in no particular order."""
    listed = read_systems(reader.select(QUERIES["queries.projects"], [code]))
    rows = _rows_by_project(reader, listed)
    return [project._replace(suppliers=_parties(rows[project.id], _SUPPLIERS)) for project in listed]


def with_details(reader: Reader, systems: Sequence[DocumentedProject]) -> list[DocumentedProject]:
    """Return systems with the fields that `read_systems` leaves empty.

    These are the fields of `DocumentedProject` with a default value, except for `known_from`.
    """
    if not systems:
        return []
    ids = json_array([system.id for system in systems])
    rows = _rows_by_project(reader, systems)
    dates = status_dates(reader, [system.id for system in systems])
    details = {row["id"]: row for row in reader.select(QUERIES["queries.details"], [ids])}
    values = contract_values(reader, [system.id for system in systems])
    scanned = found_by_scans(reader, [system.id for system in systems])
    reporters = _reporters(reader, [system.id for system in systems if system.status == "denied"])
    return [
        system._replace(
            status_as_of=dates[system.id],
            suppliers=_parties(rows[system.id], _SUPPLIERS),
            customers=_parties(rows[system.id], ("customer", "operator")),
            dated=details[system.id]["dated"],
            in_use=details[system.id]["in_use"],
            work_reported=bool(details[system.id]["work_reported"]),
            use_stated=bool(details[system.id]["use_stated"]),
            note=details[system.id]["note"],
            contract_values=values.get(system.id, ()),
            found_by_scan=system.id in scanned,
            reporters=reporters.get(system.id, ()),
        )
        for system in with_denials(reader, systems)
    ]


def with_denials(reader: Reader, systems: Sequence[DocumentedProject]) -> list[DocumentedProject]:
    """Return systems with their denials, which `read_systems` leaves out."""
    of_projects = denials(reader, [system.id for system in systems])
    return [system._replace(denials=of_projects.get(system.id, ())) for system in systems]


def status_dates(reader: Reader, projects: Sequence[str]) -> dict[str, str | None]:
    """Return, by project id, the date (EDTF) of the newest source that gives the project's status.

    If no such source is dated, it is the date of the step that the status stands for, such as the agreement. None without one.
    """
    rows = reader.select(QUERIES["queries.status_dates"], [json_array(projects)]) if projects else ()
    return {row["id"]: row["status_as_of"] for row in rows}


def is_only_scanned(known_from: Collection[str]) -> bool:
    """Return whether a project is known only from network scans. `known_from`: terms of the vocabulary `known-from`."""
    return {*known_from} == {"network-scan"}


def found_by_scans(reader: Reader, projects: Sequence[str]) -> set[str]:
    """Return the ids of those of the given projects that are known only from network scans."""
    rows = reader.select(QUERIES["queries.found_by_scans"], [json_array(projects)]) if projects else ()
    return {row["id"] for row in rows}


def contract_values(reader: Reader, projects: Sequence[str]) -> dict[str, list[ContractValue]]:
    """Return the different contract values that sources give for projects, by project id. Projects without any are left out."""
    values: dict[str, list[ContractValue]] = {}
    for row in reader.select(QUERIES["queries.contract_values"], [json_array(projects)]) if projects else ():
        values.setdefault(row["id"], []).append(ContractValue(row["value"], row["unit"], row["claims"].split(",")))
    return values


def _reporters(reader: Reader, projects: Sequence[str]) -> dict[str, list[str]]:
    """Return the publishers of the documents that report each project, oldest document first, by the project's id.

    A document that is itself a statement by the company or the state doesn't count.
    """
    publishers: dict[str, dict[str, None]] = {}
    about = {"projects": json_array(projects), "kinds": json_array(ANNOUNCED)}
    for row in reader.select(QUERIES["queries.reporters"], about) if projects else ():
        publishers.setdefault(row["id"], {})[row["publisher"]] = None
    return {project: list(names) for project, names in publishers.items()}


def read_systems(rows: Iterable[Row]) -> list[DocumentedProject]:
    """Parse the rows of a query for projects, without the fields that `with_details` adds."""
    lists = ("kinds", "known_from")
    return [
        DocumentedProject(
            **row | {name: orjson.loads(row[name]) for name in lists} | {"independent_sources": row["independent_sources"] or 1}
        )
        for row in rows
    ]


def party_places(reader: Reader, project: str) -> dict[tuple[str, str], int]:
    """Return the position of each organisation in a project's list of organisations, by role and organisation id."""
    return {(row.role, row.id): place for place, row in enumerate(involved(reader, [project]))}


def _rows_by_project(reader: Reader, listed: Sequence[DocumentedProject]) -> dict[str, list[Involved]]:
    """Return the organisations of each project by project id; an empty list if it has none."""
    rows: dict[str, list[Involved]] = {project.id: [] for project in listed}
    for row in involved(reader, list(rows)):
        rows[row.project].append(row)
    return rows


def _parties(rows: Iterable[Involved], roles: Sequence[str]) -> list[Party]:
    parties = (Party(row.id, row.label, row.label_lang, row.label_zh, row.seat) for row in rows if row.role in roles)
    return list({party.id: party for party in parties}.values())
