"""Open Contracting for Infrastructure (OC4IDS 0.9): projects that build something, as one package. docs/decisions/0030."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from overt.export.json_list import json_list
from overt.export.loss_report import Account
from overt.export.oc4ids.parts import Looked, budget_of, day, documents_of, locations_of, parties_of
from overt.export.public_release import Holdings
from overt.export.result import NothingToWrite, Written
from overt.model.settings import UNREGISTERED_PREFIX

_UNREGISTERED = (
    f"ids begin with {UNREGISTERED_PREFIX}, a prefix that the Open Contracting Partnership has given to nobody: whoever "
    "publishes this file asks for one, and writes it into overt.toml ([export] oc4ids_prefix)"
)
SECTORS = {
    "communications": (
        "telecom-ict", "mobile-network", "5g-network", "fixed-network", "broadcasting", "satellite", "submarine-cable",
        "terrestrial-cable", "data-centre", "cloud",
    ),
    "governance": ("smart-city", "video-surveillance"),
}  # fmt: skip
"""Kinds of project that are infrastructure, by the standard's sector."""
STATUSES = {
    "announced": "identification", "under-construction": "implementation", "in-progress": "implementation",
    "completed": "completion", "operational": "maintenance", "decommissioned": "decommissioned", "cancelled": "cancelled",
}  # fmt: skip
"""The standard's phase of each status that lies in one: of what was agreed we do not know whether it was procured."""
_WHYS = {
    "status of project": "the standard has no such phase",
    "started of project": "a date is a day",
    "construction-start of project": "a date is a day, and a period begins once",
    "completed of project": "a date is a day",
    "ended of project": "a date is a day, and a period ends once",
    "amount of commitment": "no amount is told",
    "geometry of place": "a schematic route, or a point that stands for a whole area, is no location of works",
    "project of place": "projects that are no infrastructure",
}
Json = dict[str, Any]


def write(holdings: Holdings, target: Path) -> Written:
    """Write the package. Raises NothingToWrite where the edition has no project that is infrastructure."""
    account = Account(holdings)
    looked = Looked.of(holdings)
    manifest = holdings.edition.manifest
    head: Json = {
        "version": "0.9",
        "uri": f"{holdings.address}/release/{holdings.release}" if holdings.address else f"urn:overt:{holdings.release}",
        "publishedDate": f"{manifest['date']}T00:00:00Z",
        "publisher": {"name": manifest["title"]},
    }
    licences = {row["licence_url"] for row in holdings.sources}
    if len(licences) == 1 and (licence := licences.pop()) and licence.startswith(("http://", "https://")):
        head["license"] = licence  # else each source has its own, and the report says which
    with json_list(target, head, "projects") as projects:
        for row in _projects(holdings):
            projects.add({"id": f"{holdings.oc4ids_prefix}-{row['id']}", **_project(row, looked, account)})
    if not account.written["project"]:
        raise NothingToWrite(
            "the edition has no project that is infrastructure, and the standard knows no package without a project"
        )
    account.lose_the_rest(_WHYS)
    whys = {
        "project": "no infrastructure is built",
        "place": "a place of projects that are no infrastructure, or a schematic route",
    }
    account.leave_the_rest("the standard is of infrastructure projects", whys)
    unregistered = (_UNREGISTERED,) if holdings.oc4ids_prefix == UNREGISTERED_PREFIX else ()
    return replace(account.close(), notes=unregistered)


def _projects(holdings: Holdings) -> Iterator[Json]:
    kinds = ", ".join(f"'{kind}'" for held in SECTORS.values() for kind in held)
    for batch in holdings.batches(holdings.told("oc4ids_projects", {"kinds": kinds}), 1_000):
        yield from batch.to_pylist()


def _project(row: Json, looked: Looked, account: Account) -> Json:
    account.write("project", row["id"], *(["name"] if row["name"] else []), *["kind"] * len(row["kind"]))
    project: Json = {
        "identifiers": [{"id": record["record"], "scheme": record["source"]} for record in row["records"]],
        "title": row["name"],
        "description": row["description"],
        "status": STATUSES.get(row["status"]),
        "period": _period(row, account),
        "sector": [sector for sector, kinds in SECTORS.items() if set(kinds) & set(row["kind"])],
        "additionalClassifications": [
            {"scheme": "x_overtProjectKinds", "id": kind, "description": looked.kinds[kind]} for kind in row["kind"]
        ],
        "locations": locations_of(row, looked, account),
        "budget": budget_of(row, looked, account),
        "parties": parties_of(row, looked, account),
        "documents": documents_of(row, looked, account),
        "completion": _completion(row, account),
    }
    for name in ("description", "status"):
        if project[name] is not None:
            account.carry("project", name)
    return {name: value for name, value in project.items() if value not in (None, [], {})}


def _period(row: Json, account: Account) -> Json:
    """The days on which the works began and ended, where they are known to the day."""
    period: Json = {}
    for field, names in (("startDate", ("started", "construction-start")), ("endDate", ("ended",))):
        for name in names:
            said = day(row[name.replace("-", "_")])
            if said and field not in period:
                period[field] = said
                account.carry("project", name)
    return period


def _completion(row: Json, account: Account) -> Json:
    said = day(row["completed"])
    if said is None:
        return {}
    account.carry("project", "completed")
    return {"endDate": said}
